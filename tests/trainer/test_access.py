"""Every address as every role. A new URL pattern fails ``test_every_pattern_has_a_row`` until it has its row here."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from quizzes.commands.sessions import leave, say, start_session
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.vocabulary import Kind
from tests.factories.assessment import InterviewFactory, InterviewScoreFactory, PerformanceLineFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import (
    AssignmentFactory,
    ChannelFactory,
    CourseFactory,
    RosterExceptionFactory,
    StandingOrderFactory,
    TrainingSessionFactory,
)
from tests.factories.decisions import DecisionAppealFactory, DecisionFactory
from tests.factories.desk import ActionFactory
from tests.factories.drills import SortingRunFactory, TypingRunFactory
from tests.factories.interfaces import ApiTokenFactory, PeopleLoadFactory, WebhookDeliveryFactory
from tests.factories.loads import LoadEntryFactory
from tests.factories.notes import NoteProposalFactory
from tests.factories.quizzes import AppealFactory, AttemptFactory, BlueprintFactory, QuestionFactory
from tests.factories.roleplay import ScenarioFactory
from tests.factories.scripts import ScriptFactory
from tests.factories.trainer import (
    LessonFactory,
    NoticeFactory,
    PlanVersionFactory,
    ProductFactory,
    RecheckFactory,
    RequirementFactory,
)

ROLES = ("anonymous", "trainee", "other_supervisor", "supervisor", "admin")
IN, LOGIN, FORBIDDEN, MISSING = "let in", "sent to sign in", "forbidden", "not found"
NO_TOKEN = "needs a token"

# Who gets where, in the order of ROLES. ``trainee`` owns what the row names, ``supervisor`` leads their team.
ANYBODY = (IN, IN, IN, IN, IN)
SENT_TO_SIGN_IN = (LOGIN, LOGIN, LOGIN, LOGIN, LOGIN)
SIGNED_IN = (LOGIN, IN, IN, IN, IN)
OWN = (LOGIN, IN, MISSING, MISSING, MISSING)
STAFF = (LOGIN, FORBIDDEN, IN, IN, IN)
REACH = (LOGIN, FORBIDDEN, MISSING, IN, IN)
RATER = (LOGIN, MISSING, MISSING, IN, MISSING)
ADMIN_ONLY = (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, IN)
SWITCHED_OFF = (MISSING, MISSING, MISSING, MISSING, MISSING)
BY_TOKEN = (NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN)  # who gets where with one: ``test_api_access``


class World:
    """What the rows name, made when one asks for it."""

    def __init__(self, trainee):
        self.trainee = trainee

    @cached_property
    def lesson(self):
        return LessonFactory(retrieval=2)

    @cached_property
    def note_proposal(self):
        return NoteProposalFactory(learner=self.trainee)

    @cached_property
    def load(self):
        return LoadEntryFactory().load

    @cached_property
    def people_load(self):
        return PeopleLoadFactory()

    @cached_property
    def token(self):
        return ApiTokenFactory()

    @cached_property
    def delivery(self):
        return WebhookDeliveryFactory()

    @cached_property
    def question(self):
        return QuestionFactory()

    @cached_property
    def blueprint(self):
        QuestionFactory.create_batch(3)
        return BlueprintFactory()

    @cached_property
    def attempt(self):
        return AttemptFactory(learner=self.trainee)

    @cached_property
    def practice(self):
        return AttemptFactory(learner=self.trainee, practice=True)

    @cached_property
    def handed_in(self):
        return AttemptFactory(learner=self.trainee, submitted=True)

    @cached_property
    def waiting(self):
        question = QuestionFactory(kind=Kind.FREE_TEXT)
        return AttemptFactory(learner=self.trainee, submitted=True, items=[question]).items.get()

    @cached_property
    def leader(self):
        return self.trainee.employment.team.supervisor

    @cached_property
    def interview(self):
        form = InterviewFactory(learner=self.trainee, rater=self.leader, final=True)
        InterviewScoreFactory(interview=form)
        return form

    @cached_property
    def draft(self):
        return InterviewFactory(learner=self.trainee, rater=self.leader)

    @cached_property
    def sheet(self):
        return PerformanceLineFactory(sheet__created_by=self.leader, learner=self.trainee).sheet

    @cached_property
    def recheck(self):
        return RecheckFactory(learner=self.trainee)

    @cached_property
    def course(self):
        return CourseFactory(lessons=[self.lesson])

    @cached_property
    def assignment(self):
        return AssignmentFactory(learner=self.trainee, course=self.course)

    @cached_property
    def team(self):
        return self.trainee.employment.team

    @cached_property
    def order(self):
        return StandingOrderFactory(course=self.course, team=self.trainee.employment.team)

    @cached_property
    def certificate(self):
        return CertificateFactory(holder=self.trainee)

    @cached_property
    def action(self):
        return ActionFactory(team=self.trainee.employment.team)

    @cached_property
    def product(self):
        return ProductFactory()

    @cached_property
    def decision(self):
        return DecisionFactory(employment=self.trainee.employment, kind="on_time")

    @cached_property
    def proposal(self):
        return DecisionFactory(employment=self.trainee.employment, pending=True)

    @cached_property
    def decision_appeal(self):
        return DecisionAppealFactory(decision=self.decision)

    @cached_property
    def notice(self):
        return NoticeFactory(person=self.trainee)

    @cached_property
    def scenario(self):
        return ScenarioFactory()

    @cached_property
    def talk(self):
        return start_session(
            scenario_id=self.scenario.pk, learner=self.trainee, level=Level.PRACTICE, at=timezone.now()
        )

    @cached_property
    def talked(self):
        page = {"session_id": self.talk.pk, "learner_id": self.trainee.pk, "at": timezone.now()}
        say(**page, text="您好，我催一下", client="tab", sequence=1, after=1)
        return leave(**page)

    @cached_property
    def said(self):
        return self.talked.turns.get(kind="say")

    @cached_property
    def typing(self):
        return TypingRunFactory(learner=self.trainee)

    @cached_property
    def sorting(self):
        return SortingRunFactory(learner=self.trainee)

    @cached_property
    def plan_draft(self):
        return RequirementFactory(version=PlanVersionFactory(draft=True)).version

    @cached_property
    def appeal(self):
        return AppealFactory(item=self.handed_in.items.first())


@dataclass(frozen=True)
class Row:
    outcomes: tuple[str, ...]
    args: Callable[[World], list] = lambda world: []
    method: str = "get"
    data: Callable[[World], dict] = lambda world: {}
    as_json: bool = False


ROWS: dict[str, Row] = {
    # frame
    "login": Row(ANYBODY),
    "logout": Row(SENT_TO_SIGN_IN, method="post"),
    "set_language": Row(ANYBODY, method="post", data=lambda w: {"language": "en"}),
    "password_change": Row(SIGNED_IN),
    "password_change_done": Row(SIGNED_IN),
    "password_set": Row(ANYBODY, lambda w: ["MQ", "no-token"]),
    "openid_connect_login": Row(SWITCHED_OFF, lambda w: ["oidc"]),
    "openid_connect_callback": Row(SWITCHED_OFF, lambda w: ["oidc"]),
    "wecom_login": Row(SWITCHED_OFF),
    "wecom_callback": Row(SWITCHED_OFF),
    "dingtalk_login": Row(SWITCHED_OFF),
    "dingtalk_callback": Row(SWITCHED_OFF),
    "feishu_login": Row(SWITCHED_OFF),
    "feishu_callback": Row(SWITCHED_OFF),
    "trainer:account": Row(SIGNED_IN),
    "trainer:digest": Row(SIGNED_IN, method="post"),
    "trainer:theme": Row(ANYBODY, method="post", data=lambda w: {"theme": "dark"}),
    # home, record, team
    "trainer:home": Row(SIGNED_IN),
    "trainer:record": Row(SIGNED_IN),
    "trainer:own_timeline": Row(SIGNED_IN),
    "trainer:own_archive": Row(SIGNED_IN, method="post"),
    "trainer:person_archive": Row(REACH, lambda w: [w.trainee.pk], method="post"),
    "trainer:own_certificates": Row(SIGNED_IN),
    "trainer:certificates": Row(STAFF),
    "trainer:certificate": Row((LOGIN, IN, MISSING, IN, IN), lambda w: [w.certificate.serial]),
    "trainer:certificate_code": Row((LOGIN, IN, MISSING, IN, IN), lambda w: [w.certificate.serial]),
    "trainer:certificate_step": Row(ADMIN_ONLY, lambda w: [w.certificate.serial], method="post"),
    "trainer:verify_form": Row(ANYBODY),
    "trainer:verify": Row(ANYBODY, lambda w: [w.certificate.serial]),
    "trainer:verify_status": Row(ANYBODY, lambda w: [w.certificate.serial]),
    "trainer:badge_issuer": Row(ANYBODY),
    "trainer:badge_keys": Row(ANYBODY),
    "trainer:person_timeline": Row(REACH, lambda w: [w.trainee.pk]),
    "trainer:team": Row(STAFF),
    "trainer:heat": Row(STAFF),
    "trainer:risk": Row(STAFF),
    "trainer:remind": Row(STAFF, method="post"),
    "trainer:meeting": Row(STAFF),
    "trainer:action_add": Row(REACH, lambda w: [w.trainee.employment.team_id], method="post"),
    "trainer:action_settle": Row(REACH, lambda w: [w.action.pk], method="post"),
    "trainer:person": Row(REACH, lambda w: [w.trainee.pk]),
    "trainer:person_attempt": Row(REACH, lambda w: [w.trainee.pk, w.handed_in.pk]),
    "trainer:observe": Row(REACH, lambda w: [w.trainee.pk]),
    # confirmation plans
    "trainer:plans": Row(ADMIN_ONLY),
    "trainer:plan_new": Row(ADMIN_ONLY),
    "trainer:plan": Row(ADMIN_ONLY, lambda w: [w.plan_draft.plan.slug]),
    "trainer:plan_default": Row(ADMIN_ONLY, lambda w: [w.plan_draft.plan.slug], method="post"),
    "trainer:plan_move": Row(ADMIN_ONLY, lambda w: [w.plan_draft.plan.slug], method="post"),
    "trainer:plan_draft": Row(ADMIN_ONLY, lambda w: [w.plan_draft.plan.slug]),
    "trainer:plan_discard": Row(ADMIN_ONLY, lambda w: [w.plan_draft.plan.slug], method="post"),
    "trainer:plan_publish": Row(ADMIN_ONLY, lambda w: [w.plan_draft.plan.slug]),
    "trainer:plan_requirement_new": Row(
        ADMIN_ONLY, lambda w: [w.plan_draft.plan.slug], data=lambda w: {"kind": "typing"}
    ),
    "trainer:plan_requirement": Row(
        ADMIN_ONLY, lambda w: [w.plan_draft.plan.slug, w.plan_draft.requirements.get().pk]
    ),
    # assessment scheme, interviews, performance
    "trainer:assessment": Row(REACH, lambda w: [w.trainee.pk]),
    "trainer:own_assessment": Row(SIGNED_IN),
    "trainer:scheme": Row(SIGNED_IN),
    "trainer:scheme_edit": Row(ADMIN_ONLY),
    "trainer:interviews": Row(STAFF),
    "trainer:interview_start": Row(REACH, lambda w: [w.trainee.pk], "post"),
    "trainer:interview": Row((LOGIN, IN, MISSING, IN, IN), lambda w: [w.interview.pk]),
    "trainer:interview_save": Row(RATER, lambda w: [w.draft.pk], "post"),
    "trainer:interview_second": Row(REACH, lambda w: [w.interview.pk], "post"),
    "trainer:interview_correct": Row((LOGIN, FORBIDDEN, MISSING, IN, MISSING), lambda w: [w.interview.pk]),
    "trainer:performance": Row(STAFF),
    "trainer:performance_entry": Row(REACH, lambda w: [w.trainee.pk]),
    "trainer:performance_new": Row(STAFF),
    "trainer:performance_template": Row(STAFF),
    "trainer:performance_sheet": Row((LOGIN, FORBIDDEN, MISSING, IN, IN), lambda w: [w.sheet.pk]),
    "trainer:performance_step": Row((LOGIN, FORBIDDEN, MISSING, IN, IN), lambda w: [w.sheet.pk], "post"),
    # decisions about people
    "trainer:decisions": Row(STAFF),
    "trainer:decisions_export": Row(STAFF),
    "trainer:packet": Row(REACH, lambda w: [w.trainee.pk]),
    "trainer:packet_pdf": Row(REACH, lambda w: [w.trainee.pk]),
    "trainer:decision": Row((LOGIN, IN, MISSING, IN, IN), lambda w: [w.decision.pk]),
    "trainer:decision_pdf": Row((LOGIN, IN, MISSING, IN, IN), lambda w: [w.decision.pk]),
    "trainer:decision_sign": Row(REACH, lambda w: [w.proposal.pk], "post"),
    "trainer:decision_return": Row(REACH, lambda w: [w.proposal.pk], "post"),
    "trainer:decision_withdraw": Row(REACH, lambda w: [w.proposal.pk], "post"),
    "trainer:decision_appeal": Row(OWN, lambda w: [w.decision.pk]),
    "trainer:decision_answer": Row(REACH, lambda w: [w.decision_appeal.decision_id]),
    "trainer:statement": Row(OWN),
    "trainer:posting": Row(REACH, lambda w: [w.trainee.pk]),
    "trainer:posting_move": Row(REACH, lambda w: [w.trainee.pk], "post"),
    "trainer:posting_leave": Row(REACH, lambda w: [w.trainee.pk], "post"),
    "trainer:posting_undo": Row(ADMIN_ONLY, lambda w: [w.trainee.pk], "post"),
    "trainer:posting_rehire": Row(ADMIN_ONLY, lambda w: [w.trainee.pk], "post"),
    "trainer:posting_switch_off": Row(ADMIN_ONLY, lambda w: [w.trainee.pk], "post"),
    "trainer:former": Row(ADMIN_ONLY),
    "trainer:names": Row(ADMIN_ONLY),
    "trainer:posting_name": Row(ADMIN_ONLY, lambda w: [w.trainee.pk], "post"),
    # re-checks, products, notices
    "trainer:rechecks": Row(STAFF),
    "trainer:recheck": Row(OWN, lambda w: [w.recheck.pk]),
    "trainer:recheck_start": Row(OWN, lambda w: [w.recheck.pk], "post"),
    "trainer:recheck_excuse": Row(REACH, lambda w: [w.recheck.pk], "post"),
    "trainer:products": Row(SIGNED_IN),
    "trainer:product": Row(SIGNED_IN, lambda w: [w.product.sku]),
    "trainer:notices": Row(SIGNED_IN),
    "trainer:notice": Row(OWN, lambda w: [w.notice.pk], "post"),
    # people and other systems
    "trainer:people": Row(ADMIN_ONLY),
    "trainer:people_template": Row(ADMIN_ONLY),
    "trainer:people_load": Row(ADMIN_ONLY, lambda w: [w.people_load.pk]),
    "trainer:password_links": Row(ADMIN_ONLY),
    "trainer:password_sheet": Row(ADMIN_ONLY, method="post"),
    "trainer:api_docs": Row(ADMIN_ONLY),
    "trainer:tokens": Row(ADMIN_ONLY),
    "trainer:token_revoke": Row(ADMIN_ONLY, lambda w: [w.token.pk], "post"),
    "trainer:webhooks": Row(ADMIN_ONLY),
    "trainer:webhook": Row(ADMIN_ONLY, lambda w: [w.delivery.webhook.pk]),
    "trainer:webhook_secret": Row(ADMIN_ONLY, lambda w: [w.delivery.webhook.pk], "post"),
    "trainer:webhook_ping": Row(ADMIN_ONLY, lambda w: [w.delivery.webhook.pk], "post"),
    "trainer:webhook_again": Row(ADMIN_ONLY, lambda w: [w.delivery.pk], "post"),
    "api:openapi-json": Row(ANYBODY),
    "api:api-root": Row(SWITCHED_OFF),
    "api:me": Row(BY_TOKEN),
    "api:people": Row(BY_TOKEN),
    "api:person": Row(BY_TOKEN, lambda w: [w.trainee.pk]),
    "api:deactivate": Row(BY_TOKEN, lambda w: [w.trainee.pk], "post"),
    "api:add": Row(BY_TOKEN, method="post"),
    "api:teams": Row(BY_TOKEN),
    "api:exams": Row(BY_TOKEN),
    "api:sessions": Row(BY_TOKEN),
    "api:standings": Row(BY_TOKEN),
    "api:decisions": Row(BY_TOKEN),
    "api:assignments": Row(BY_TOKEN),
    "api:assign": Row(BY_TOKEN, method="post"),
    # lessons and search
    "trainer:lessons": Row(SIGNED_IN),
    "trainer:lesson": Row(SIGNED_IN, lambda w: [w.lesson.slug]),
    "trainer:lesson_end": Row(SIGNED_IN, lambda w: [w.lesson.slug], "post"),
    "trainer:lesson_progress": Row(SIGNED_IN, lambda w: [w.lesson.slug]),
    "trainer:search": Row(SIGNED_IN),
    # scripts
    "trainer:notes": Row(SIGNED_IN),
    "trainer:lesson_note": Row(SIGNED_IN, lambda w: [w.lesson.slug], "post", lambda w: {"text": "记", "revision": 0}),
    "trainer:note_propose": Row(SIGNED_IN, lambda w: [w.lesson.slug]),
    "trainer:proposals": Row(STAFF),
    "trainer:proposal": Row(REACH, lambda w: [w.note_proposal.pk]),
    "trainer:proposal_promote": Row(REACH, lambda w: [w.note_proposal.pk], "post"),
    "trainer:proposal_decline": Row(REACH, lambda w: [w.note_proposal.pk], "post", lambda w: {"reason": "已经有了"}),
    "trainer:proposal_settle": Row(ADMIN_ONLY, lambda w: [w.note_proposal.pk], "post"),
    "trainer:streak": Row(SIGNED_IN, method="post"),
    "trainer:scripts": Row(SIGNED_IN),
    "trainer:script_new": Row(STAFF),
    "trainer:script": Row(SIGNED_IN, lambda w: [ScriptFactory().slug]),
    "trainer:script_edit": Row(STAFF, lambda w: [ScriptFactory().slug]),
    "trainer:script_step": Row(STAFF, lambda w: [ScriptFactory().slug], "post"),
    "trainer:courses": Row(SIGNED_IN),
    "trainer:course": Row(SIGNED_IN, lambda w: [w.course.slug]),
    # assigning
    "trainer:assignments": Row(STAFF),
    "trainer:assign": Row(STAFF),
    "trainer:assign_undo": Row(STAFF, lambda w: [w.assignment.batch], "post"),
    "trainer:assignment_end": Row(REACH, lambda w: [w.assignment.pk], "post"),
    "trainer:orders": Row(STAFF),
    "trainer:course_list": Row(STAFF),
    "trainer:course_new": Row(ADMIN_ONLY),
    "trainer:course_edit": Row(STAFF, lambda w: [w.course.slug]),
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
    # practice and exams
    "quizzes:practice": Row(SIGNED_IN),
    "quizzes:practice_start": Row(SIGNED_IN, method="post"),
    "quizzes:practice_run": Row(OWN, lambda w: [w.practice.pk]),
    "quizzes:practice_answer": Row(OWN, lambda w: [w.practice.items.first().pk], "post"),
    "quizzes:notebook": Row(SIGNED_IN),
    "quizzes:exams": Row(SIGNED_IN),
    "quizzes:exam": Row(SIGNED_IN, lambda w: [w.blueprint.slug]),
    "quizzes:exam_start": Row(SIGNED_IN, lambda w: [w.blueprint.slug], "post"),
    "quizzes:sitting": Row(OWN, lambda w: [w.attempt.pk]),
    "quizzes:save": Row(
        OWN,
        lambda w: [w.attempt.pk],
        "post",
        lambda w: {"client": "tab", "answers": [{"item": w.attempt.items.first().pk, "sequence": 1, "answer": None}]},
        as_json=True,
    ),
    "quizzes:flag": Row(OWN, lambda w: [w.attempt.pk], "post", lambda w: {"position": 1, "on": 1}),
    "quizzes:leave": Row(OWN, lambda w: [w.attempt.pk], "post", lambda w: {"seconds": 5}),
    "quizzes:hand_in": Row(OWN, lambda w: [w.attempt.pk]),
    "quizzes:result": Row(OWN, lambda w: [w.handed_in.pk]),
    "quizzes:review": Row(OWN, lambda w: [w.handed_in.pk]),
    "quizzes:appeal": Row(OWN, lambda w: [w.handed_in.items.first().pk]),
    "quizzes:attempts": Row(SIGNED_IN),
    # drills
    "quizzes:typing": Row(SIGNED_IN),
    "quizzes:typing_start": Row(SIGNED_IN, method="post"),
    "quizzes:typing_run": Row(
        (LOGIN, IN, MISSING, IN, IN), lambda w: [TypingRunFactory(learner=w.trainee, finished=True).pk]
    ),
    "quizzes:typing_keep": Row(OWN, lambda w: [w.typing.pk], "post", lambda w: {"client": "tab"}, as_json=True),
    "quizzes:typing_finish": Row(OWN, lambda w: [w.typing.pk], "post"),
    "quizzes:sorting": Row(SIGNED_IN),
    "quizzes:sorting_start": Row(SIGNED_IN, method="post"),
    "quizzes:sorting_run": Row(
        (LOGIN, IN, MISSING, IN, IN), lambda w: [SortingRunFactory(learner=w.trainee, finished=True).pk]
    ),
    "quizzes:sorting_sort": Row(OWN, lambda w: [w.sorting.pk], "post"),
    "quizzes:sorting_stop": Row(OWN, lambda w: [w.sorting.pk], "post"),
    # role-play
    "quizzes:roleplay": Row(SIGNED_IN),
    "quizzes:scenario": Row(SIGNED_IN, lambda w: [w.scenario.slug]),
    "quizzes:scenario_start": Row(SIGNED_IN, lambda w: [w.scenario.slug], "post", lambda w: {"level": "practice"}),
    "quizzes:session": Row(OWN, lambda w: [w.talk.pk]),
    "quizzes:session_act": Row(OWN, lambda w: [w.talk.pk], "post", lambda w: {"kind": "wait"}, as_json=True),
    "quizzes:debrief": Row((LOGIN, IN, MISSING, IN, IN), lambda w: [w.talked.pk]),
    "quizzes:again": Row(OWN, lambda w: [w.talked.pk], "post"),
    "quizzes:appeal_check": Row(OWN, lambda w: [w.talked.pk], "post"),
    "quizzes:comment": Row(REACH, lambda w: [w.talked.pk], "post", lambda w: {"text": "好"}),
    "quizzes:rule_check": Row(REACH, lambda w: [w.talked.pk], "post"),
    "quizzes:check_queue": Row(STAFF),
    "quizzes:calibration": Row(STAFF),
    "quizzes:outside_model": Row(ADMIN_ONLY),
    "quizzes:rulings_export": Row(ADMIN_ONLY),
    "quizzes:patterns": Row(ADMIN_ONLY),
    "quizzes:pattern_new": Row(ADMIN_ONLY),
    "quizzes:pattern_try": Row(ADMIN_ONLY),
    "quizzes:pattern": Row(ADMIN_ONLY, lambda w: ["offline.add"]),
    "quizzes:pattern_switch": Row(ADMIN_ONLY, lambda w: ["offline.add"], "post"),
    "quizzes:blind": Row(REACH, lambda w: [w.said.pk]),
    # marking, appeals, bank and blueprints
    "quizzes:marking": Row(STAFF),
    "quizzes:mark_item": Row(REACH, lambda w: [w.waiting.pk]),
    "quizzes:appeals": Row(STAFF),
    "quizzes:decide_appeal": Row(REACH, lambda w: [w.appeal.pk]),
    "quizzes:bank": Row(STAFF),
    "quizzes:question_new": Row(ADMIN_ONLY),
    "quizzes:question_edit": Row(ADMIN_ONLY, lambda w: [w.question.slug]),
    "quizzes:bank_export": Row(STAFF, data=lambda w: {"format": "gift"}),
    "quizzes:question": Row(STAFF, lambda w: [w.question.slug]),
    "quizzes:question_state": Row(ADMIN_ONLY, lambda w: [w.question.slug], "post"),
    "quizzes:correct_key": Row(ADMIN_ONLY, lambda w: [w.question.slug]),
    "quizzes:blueprints": Row(STAFF),
    "quizzes:blueprint_edit/0": Row(ADMIN_ONLY),
    "quizzes:blueprint_edit/1": Row(ADMIN_ONLY, lambda w: [w.blueprint.slug]),
    "quizzes:blueprint": Row(STAFF, lambda w: [w.blueprint.slug]),
    "quizzes:print_paper": Row(STAFF, lambda w: [w.blueprint.slug], data=lambda w: {"as": "docx", "seed": "1"}),
    "quizzes:grant_time": Row(REACH, lambda w: [w.trainee.pk]),
}


def patterns(resolver: URLResolver, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each pattern under its name with namespace; one without a name under its route, which no row can have."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, prefix + str(entry.pattern))
        else:
            yield namespace + (entry.name or prefix + str(entry.pattern)), entry


def keys() -> list[str]:
    """The names that rows must have: with the number of arguments after a slash where one name has two patterns."""
    found = [(name, len(pattern.pattern.converters)) for name, pattern in patterns(get_resolver())]
    names = Counter(name for name, _ in found)
    return sorted(name if names[name] == 1 else f"{name}/{arguments}" for name, arguments in found)


NAMES = keys()
OURS = [name for name in NAMES if not name.startswith("admin:") and name in ROWS]
# admin:jsi18n is a public catalogue of words; the others name no page of their own.
NO_PAGES = ("admin:jsi18n", "admin:login", "admin:logout", "admin:view_on_site", "admin:autocomplete")
BACKSTAGE = [
    reverse(name, args=["trainer"] if name == "admin:app_list" else ["1"] * len(pattern.pattern.converters))
    for name, pattern in patterns(get_resolver())
    if name.startswith("admin:") and pattern.name and name not in NO_PAGES
]


def outcome(response) -> str:
    """What became of the request; a form that was let in and found wanting (4xx) is in, too."""
    if response.status_code == 302 and response.url.startswith(reverse("login")):
        return LOGIN
    known = {401: NO_TOKEN, 403: FORBIDDEN, 404: MISSING}
    return known.get(response.status_code, IN if response.status_code < 500 else "broken")


@pytest.fixture
def as_role(client, request):
    def sign_in(role: str):
        if role != "anonymous":
            client.force_login(request.getfixturevalue(role))
        return client

    return sign_in


def test_every_pattern_has_a_row():
    missing = [name for name in NAMES if not name.startswith("admin:") and name not in ROWS]
    assert not missing, f"no row in the access table for {missing}"


def test_every_row_has_a_pattern():
    assert set(ROWS) <= set(NAMES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", OURS)
def test_who_gets_where(name, role, as_role, trainee):
    row = ROWS[name]
    world = World(trainee)
    url = reverse(name.partition("/")[0], args=row.args(world))
    sent = {"content_type": "application/json"} if row.as_json else {}

    response = getattr(as_role(role), row.method)(url, row.data(world), **sent)

    assert outcome(response) == row.outcomes[ROLES.index(role)], f"{response.status_code} {url}"


@pytest.mark.parametrize("role", ROLES[:-1])
def test_djangos_admin_is_for_admins(role, as_role, trainee):
    visitor = as_role(role)

    answers = {url: visitor.get(url, follow=True) for url in BACKSTAGE}

    if role == "anonymous":
        wrong = [url for url, got in answers.items() if not got.redirect_chain[-1][0].startswith(reverse("login"))]
    else:
        wrong = [url for url, got in answers.items() if got.status_code != 403]
    assert len(BACKSTAGE) > 50
    assert not wrong


def test_an_admin_opens_every_list_of_djangos_admin(as_role):
    visitor = as_role("admin")
    lists = [url for url in BACKSTAGE if url.count("/") == 4 and "/password_change/" not in url]

    answers = {url: visitor.get(url).status_code for url in lists}

    assert len(lists) > 15
    assert set(answers.values()) == {200}, answers
