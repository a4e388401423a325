"""What is learnt and by whom: lessons, scripts, courses, and how their content is kept."""

from tests.factories.courses import ChannelFactory, RosterExceptionFactory, TrainingSessionFactory
from tests.factories.scripts import ScriptFactory
from tests.trainer.access.rows import ADMIN_ONLY, REACH, SIGNED_IN, STAFF, Row

ROWS: dict[str, Row] = {
    # lessons, courses and search
    "trainer:lessons": Row(SIGNED_IN),
    "trainer:lesson": Row(SIGNED_IN, lambda w: [w.lesson.slug]),
    "trainer:lesson_end": Row(SIGNED_IN, lambda w: [w.lesson.slug], "post"),
    "trainer:lesson_progress": Row(SIGNED_IN, lambda w: [w.lesson.slug]),
    "trainer:search": Row(SIGNED_IN),
    "trainer:courses": Row(SIGNED_IN),
    "trainer:course": Row(SIGNED_IN, lambda w: [w.course.slug]),
    # notes and proposals
    "trainer:notes": Row(SIGNED_IN),
    "trainer:lesson_note": Row(SIGNED_IN, lambda w: [w.lesson.slug], "post", lambda w: {"text": "记", "revision": 0}),
    "trainer:note_propose": Row(SIGNED_IN, lambda w: [w.lesson.slug]),
    "trainer:proposals": Row(STAFF),
    "trainer:proposal": Row(REACH, lambda w: [w.note_proposal.pk]),
    "trainer:proposal_promote": Row(REACH, lambda w: [w.note_proposal.pk], "post"),
    "trainer:proposal_decline": Row(REACH, lambda w: [w.note_proposal.pk], "post", lambda w: {"reason": "已经有了"}),
    "trainer:proposal_settle": Row(ADMIN_ONLY, lambda w: [w.note_proposal.pk], "post"),
    "trainer:streak": Row(SIGNED_IN, method="post"),
    # scripts
    "trainer:scripts": Row(SIGNED_IN),
    "trainer:script_new": Row(STAFF),
    "trainer:script": Row(SIGNED_IN, lambda w: [ScriptFactory().slug]),
    "trainer:script_edit": Row(STAFF, lambda w: [ScriptFactory().slug]),
    "trainer:script_step": Row(STAFF, lambda w: [ScriptFactory().slug], "post"),
    # assigning
    "trainer:assignments": Row(STAFF),
    "trainer:assign": Row(STAFF),
    "trainer:assign_undo": Row(STAFF, lambda w: [w.assignment.batch], "post"),
    "trainer:assignment_end": Row(REACH, lambda w: [w.assignment.pk], "post"),
    "trainer:orders": Row(STAFF),
    "trainer:course_list": Row(STAFF),
    "trainer:course_new": Row(ADMIN_ONLY),
    "trainer:course_edit": Row(ADMIN_ONLY, lambda w: [w.course.slug]),
    "trainer:rosters": Row(STAFF),
    "trainer:roster": Row(REACH, lambda w: [w.team.pk]),
    "trainer:roster_day_remove": Row(
        REACH, lambda w: [w.team.pk, RosterExceptionFactory(team=w.team).pk], "post"
    ),
    "trainer:sessions": Row(STAFF),
    "trainer:session_attendance": Row(REACH, lambda w: [TrainingSessionFactory(team=w.team).pk]),
    "trainer:channels": Row(ADMIN_ONLY),
    "trainer:channel_test": Row(
        ADMIN_ONLY, lambda w: [ChannelFactory(team=w.team, webhook="https://example.com/").pk], "post"
    ),
    "trainer:channel_delete": Row(ADMIN_ONLY, lambda w: [ChannelFactory(team=w.team).pk], "post"),
    "trainer:order_end": Row(REACH, lambda w: ["joiners", w.order.pk], "post"),
    # content
    "trainer:content": Row(ADMIN_ONLY),
    "trainer:content_lessons": Row(ADMIN_ONLY),
    "trainer:content_lesson": Row(ADMIN_ONLY, lambda w: [w.lesson.slug]),
    "trainer:content_edit": Row(ADMIN_ONLY, lambda w: [w.lesson.slug]),
    "trainer:content_owner": Row(ADMIN_ONLY, lambda w: [w.lesson.slug], "post"),
    "trainer:content_retire": Row(ADMIN_ONLY, lambda w: [w.lesson.slug]),
    "trainer:content_restore": Row(ADMIN_ONLY, lambda w: [w.lesson.slug], "post"),
    "trainer:content_impact": Row(ADMIN_ONLY, lambda w: [w.lesson.slug, 1]),
    "trainer:content_scenarios": Row(STAFF),
    "trainer:content_scenario_new": Row(ADMIN_ONLY),
    "trainer:content_scenario": Row(STAFF, lambda w: [w.scenario.slug]),
    "trainer:content_scenario_edit": Row(ADMIN_ONLY, lambda w: [w.scenario.slug]),
    "trainer:content_scenario_try": Row(ADMIN_ONLY, lambda w: [w.scenario.slug, 1], "post"),
    # loading
    "trainer:loads": Row(ADMIN_ONLY),
    "trainer:load_new": Row(ADMIN_ONLY),
    "trainer:load": Row(ADMIN_ONLY, lambda w: [w.load.pk]),
    "trainer:load_progress": Row(ADMIN_ONLY, lambda w: [w.load.pk]),
    "trainer:load_step": Row(ADMIN_ONLY, lambda w: [w.load.pk], "post"),
    "trainer:load_open": Row(ADMIN_ONLY, lambda w: [w.load.pk], "post"),
    "trainer:load_columns": Row(ADMIN_ONLY, lambda w: [w.load.pk, w.load.files.first().pk]),
    "trainer:load_template": Row(ADMIN_ONLY),
    "trainer:load_entry_edit": Row(ADMIN_ONLY, lambda w: [w.load.pk, w.load.entries.first().pk]),
    "trainer:load_entry": Row(ADMIN_ONLY, lambda w: [w.load.pk, w.load.entries.first().pk], "post"),
}
