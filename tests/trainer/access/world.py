"""What the rows of the access tables name."""

from functools import cached_property

from django.utils import timezone

from quizzes.commands.sessions import leave, say, start_session
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.vocabulary import Kind
from tests.factories.assessment import InterviewFactory, InterviewScoreFactory, PerformanceLineFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import AssignmentFactory, CourseFactory, StandingOrderFactory
from tests.factories.decisions import DecisionAppealFactory, DecisionFactory
from tests.factories.desk import ActionFactory
from tests.factories.drills import SortingRunFactory, TypingRunFactory
from tests.factories.interfaces import ApiTokenFactory, PeopleLoadFactory, WebhookDeliveryFactory
from tests.factories.loads import LoadEntryFactory
from tests.factories.notes import NoteProposalFactory
from tests.factories.quizzes import AppealFactory, AttemptFactory, BlueprintFactory, QuestionFactory
from tests.factories.roleplay import ScenarioFactory
from tests.factories.trainer import (
    LessonFactory,
    NoticeFactory,
    ObservationFactory,
    PlanVersionFactory,
    ProductFactory,
    RecheckFactory,
    RequirementFactory,
)


class World:
    """The rows of the database that an address names, each made when one asks for it."""

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
    def observation(self):
        return ObservationFactory(learner=self.trainee, by=self.leader)

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
