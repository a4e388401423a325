"""What must hold whoever writes: each named constraint of the training house, broken once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from factory import LazyAttribute

from tests.constraints import complaint, constraints_of
from tests.factories import certificates, courses, desk, interfaces, loads, notes, scenario_reviews, scripts
from tests.factories import trainer as make
from tests.factories.quizzes import QuestionFactory, TopicFactory
from tests.factories.roleplay import ScenarioFactory
from tests.trainer import breaking_assessment, breaking_decisions


def twice(factory, **same):
    factory(**same)
    factory(**same)


def day_before(field):
    return LazyAttribute(lambda o: getattr(o, field) - timedelta(days=1))


BREAKS = {
    **breaking_assessment.BREAKS,
    "api_token_expires_after_creation": lambda: interfaces.ApiTokenFactory(expires_at=day_before("created_at")),
    "api_token_revoked_by_somebody": lambda: interfaces.ApiTokenFactory(
        revoked_at=LazyAttribute(lambda o: o.expires_at)
    ),
    "assignment_due_after_assigning": lambda: courses.AssignmentFactory(
        due_at=LazyAttribute(lambda o: o.assigned_at)
    ),
    "assignment_ends_by_somebody_for_a_reason": lambda: courses.AssignmentFactory(state="excused"),
    "assignment_given_once_per_period": lambda: twice(
        courses.AssignmentFactory, learner=make.UserFactory(), course=courses.CourseFactory()
    ),
    "assignment_of_an_order_or_a_recurrence": lambda: courses.AssignmentFactory(
        order=courses.StandingOrderFactory(), recurrence=courses.RecurringAssignmentFactory()
    ),
    "attendance_missed_for_a_reason": lambda: courses.AttendanceFactory(presence="absent"),
    "attendance_once_per_session": lambda: twice(
        courses.AttendanceFactory, session=courses.TrainingSessionFactory(), learner=make.UserFactory()
    ),
    "channel_once_per_team_and_kind": lambda: twice(courses.ChannelFactory, team=make.TeamFactory()),
    "course_takes_a_day": lambda: courses.CourseFactory(days=0),
    "delivery_failed_why": lambda: courses.DeliveryFactory(outcome="failed"),
    "delivery_one_digest_per_channel_and_day": lambda: twice(
        courses.DeliveryFactory, channel=courses.ChannelFactory()
    ),
    "delivery_one_digest_per_person_and_day": lambda: twice(
        courses.DeliveryFactory, channel=None, team=None, kind="email", person=make.UserFactory()
    ),
    "recurring_days_in_order": lambda: courses.RecurringAssignmentFactory(ends_on=day_before("starts_on")),
    "recurring_has_the_terms_of_its_cadence": lambda: courses.RecurringAssignmentFactory(day_of_month=None),
    "roster_exception_of_a_team_or_a_person": lambda: courses.RosterExceptionFactory(team=None),
    "roster_exception_once_per_person_and_day": lambda: twice(
        courses.RosterExceptionFactory, team=None, person=make.UserFactory(), day=date(2026, 10, 1)
    ),
    "roster_exception_once_per_team_and_day": lambda: twice(
        courses.RosterExceptionFactory, team=make.TeamFactory(), day=date(2026, 10, 1)
    ),
    "roster_of_a_team_or_a_person": lambda: courses.RosterFactory(team=None),
    "standing_order_gives_a_day": lambda: courses.StandingOrderFactory(workdays=0),
    "standing_order_of_all_teams_once_per_course": lambda: twice(
        courses.StandingOrderFactory, course=courses.CourseFactory()
    ),
    "standing_order_once_per_course_and_team": lambda: twice(
        courses.StandingOrderFactory, course=courses.CourseFactory(), team=make.TeamFactory()
    ),
    "training_session_ends_after_it_starts": lambda: courses.TrainingSessionFactory(
        ends_at=LazyAttribute(lambda o: o.starts_at)
    ),
    "unit_day_from_one": lambda: courses.UnitFactory(day=0),
    "unit_has_a_target": lambda: courses.UnitFactory(target=""),
    "unit_key_once_per_version": lambda: twice(courses.UnitFactory, course=courses.CourseFactory(), key="warm-up"),
    "unit_position_once_per_version": lambda: twice(
        courses.UnitFactory, course=courses.CourseFactory(), position=1
    ),
    "employment_probation_ends_after_hiring": lambda: make.EmploymentFactory(probation_ends_on=day_before("hired_on")),
    "fact_key_once_per_version": lambda: twice(make.FactFactory, version=make.LessonVersionFactory(), key="r05-sign"),
    "idempotent_call_once_per_token_and_key": lambda: twice(
        interfaces.IdempotentCallFactory, token=interfaces.ApiTokenFactory(), key="a"
    ),
    "lesson_change_of_a_rule_has_a_due_date": lambda: make.LessonChangeFactory(kind="rule", due_on=None),
    "lesson_note_once": lambda: twice(
        notes.LessonNoteFactory, learner=make.UserFactory(), lesson=make.LessonFactory()
    ),
    "lesson_note_revision_from_one": lambda: notes.LessonNoteFactory(revision=0),
    "proposal_has_words": lambda: notes.NoteProposalFactory(text=""),
    "proposal_one_open_of_a_kind": lambda: twice(
        notes.NoteProposalFactory, learner=make.UserFactory(), lesson=make.LessonFactory()
    ),
    "proposal_decided_by_somebody": lambda: notes.NoteProposalFactory(state="promoted"),
    "proposal_declined_for_a_reason": lambda: notes.NoteProposalFactory(promoted=True, state="declined"),
    "proposal_promoted_script_is_there": lambda: notes.NoteProposalFactory(promoted=True, kind="script"),
    "proposal_settled_correction": lambda: notes.NoteProposalFactory(
        settled_by=make.UserFactory(), settled_at=LazyAttribute(lambda o: o.proposed_at)
    ),
    "lesson_read_once_per_period": lambda: twice(
        make.LessonReadFactory, learner=make.UserFactory(), lesson=make.LessonFactory()
    ),
    "lesson_read_right_within_asked": lambda: make.LessonReadFactory(done=True, right=3, asked=2),
    "lesson_topic_once": lambda: twice(
        make.LessonTopicFactory, version=make.LessonVersionFactory(), topic=TopicFactory()
    ),
    "lesson_version_dates_in_order": lambda: make.LessonVersionFactory(effective_to=day_before("effective_from")),
    "lesson_version_number_once": lambda: twice(
        make.LessonVersionFactory, lesson=make.BareLessonFactory(), number=1
    ),
    "notice_once_per_person_and_key": lambda: twice(make.NoticeFactory, person=make.UserFactory(), key="review:1:14"),
    "load_confirmed_by_somebody": lambda: loads.LoadFactory(state="confirmed"),
    "load_entry_position_once": lambda: twice(loads.LoadEntryFactory, file=loads.LoadFileFactory(), position=1),
    "load_entry_taken_has_content": lambda: loads.LoadEntryFactory(decision="take", data=None),
    "load_file_failed_why": lambda: loads.LoadFileFactory(state="failed"),
    "load_file_once_per_load": lambda: twice(loads.LoadFileFactory, load=loads.LoadFactory(), sha256="a" * 64),
    "load_file_position_once": lambda: twice(loads.LoadFileFactory, load=loads.LoadFactory(), position=1),
    "load_published_some_time": lambda: loads.LoadFactory(published=True, published_at=None),
    "load_released_by_a_second_person": lambda: loads.LoadFactory(
        published=True, by_two=True, released_by=LazyAttribute(lambda o: o.confirmed_by)
    ),
    "load_released_by_somebody": lambda: loads.LoadFactory(published=True, released_by=None),
    "load_rolled_back_by_somebody": lambda: loads.LoadFactory(state="rolled_back"),
    "load_scheduled_for_a_day": lambda: loads.LoadFactory(published=True, state="scheduled"),
    "people_load_keeps_rows_until_confirmed": lambda: interfaces.PeopleLoadFactory(rows=None),
    "observation_is_of_somebody_else": lambda: (
        lambda person: make.ObservationFactory(learner=person, by=person)
    )(make.UserFactory()),
    "observation_says_what_was_seen": lambda: make.ObservationFactory(text=""),
    "plan_version_cuts_of_100": lambda: make.PlanVersionFactory(theory_cut=0),
    "plan_version_draft_has_no_publisher": lambda: make.PlanVersionFactory(
        draft=True, published_by=make.UserFactory()
    ),
    "plan_version_number_from_one": lambda: make.PlanVersionFactory(number=0),
    "plan_version_number_once": lambda: twice(
        make.PlanVersionFactory, plan=make.ConfirmationPlanFactory(), number=1
    ),
    "plan_version_one_draft": lambda: twice(make.PlanVersionFactory, plan=make.ConfirmationPlanFactory(), draft=True),
    "plan_one_default": lambda: twice(make.ConfirmationPlanFactory, is_default=True),
    "product_has_sku_and_name": lambda: make.ProductFactory(sku=""),
    "recheck_ends_with_a_pass_or_a_named_excuse": lambda: make.RecheckFactory(state="passed"),
    "recheck_once_per_learner_and_version": lambda: twice(
        make.RecheckFactory, learner=make.UserFactory(), version=make.LessonVersionFactory()
    ),
    "requirement_position_once_per_version": lambda: twice(
        make.RequirementFactory, version=make.PlanVersionFactory(), position=1
    ),
    "requirement_slug_once_per_version": lambda: twice(
        make.RequirementFactory, version=make.PlanVersionFactory(), slug="rules-exam"
    ),
    "requirement_weight_counts_towards_a_part": lambda: make.RequirementFactory(weight=20),
    "retrieval_question_once": lambda: twice(
        make.RetrievalQuestionFactory, lesson=make.BareLessonFactory(), question=QuestionFactory()
    ),
    "scenario_review_once_per_change": lambda: twice(
        scenario_reviews.ScenarioReviewFactory, scenario=ScenarioFactory(), change=make.LessonChangeFactory()
    ),
    "scenario_review_settled_by_somebody": lambda: scenario_reviews.ScenarioReviewFactory(
        settled_at=LazyAttribute(lambda o: o.since)
    ),
    "script_has_words": lambda: scripts.ScriptFactory(good=""),
    "script_bad_example_has_a_reason": lambda: scripts.ScriptFactory(why=""),
    "script_check_has_a_bad_example": lambda: scripts.ScriptFactory(bad=""),
    "script_holds_somewhere": lambda: scripts.ScriptFactory(
        on_tmall=False, on_taobao=False, on_douyin=False, on_vip=False
    ),
    "script_live_was_approved": lambda: scripts.ScriptFactory(approved_at=None),
    "search_entry_of_a_lesson_or_a_question": lambda: make.SearchEntryFactory(lesson_version=None),
    "standing_all_met_is_complete": lambda: make.StandingSnapshotFactory(all_met=True, percent=90),
    "standing_met_of_total": lambda: make.StandingSnapshotFactory(met=5, total=4),
    "standing_percent": lambda: make.StandingSnapshotFactory(percent=101),
    "user_email_once": lambda: [make.UserFactory(email=email) for email in ("lin@example.com", "Lin@example.com")],
    "webhook_delivery_once_per_event": lambda: twice(
        interfaces.WebhookDeliveryFactory,
        event=interfaces.WebhookEventFactory(), webhook=interfaces.WebhookFactory(),
    ),
    "webhook_delivery_pending_has_a_time": lambda: interfaces.WebhookDeliveryFactory(next_try_at=None),
    "action_has_text": lambda: desk.ActionFactory(text=""),
    "action_done_by_somebody": lambda: desk.ActionFactory(done_at=timezone.now()),
    "certificate_one_stands": lambda: certificates.CertificateFactory.create_batch(
        2, holder=make.UserFactory(), about="douyin"
    ),
    "certificate_rests_on_one_thing": lambda: certificates.CertificateFactory(attempt=None),
    "certificate_is_not_taken_without_a_reason": lambda: certificates.CertificateEventFactory(step="revoked"),
    **breaking_decisions.BREAKS,
}


def test_each_constraint_is_broken_below():
    assert BREAKS.keys() == constraints_of("trainer").keys()


@pytest.mark.django_db
@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(name):
    model, constraint = constraints_of("trainer")[name]

    with pytest.raises(IntegrityError, match=complaint(model, constraint)):
        BREAKS[name]()
