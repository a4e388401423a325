"""Who comes back shows anew what is asked: nothing from before ``counts_from`` speaks for them, of whatever kind."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.attempts import CannotStart, start_exam
from quizzes.queries.exams import exam_for, exam_list
from quizzes.rules.dialogue.criteria import Level
from tests.factories.courses import CourseFactory, UnitFactory
from tests.factories.drills import SortingRunFactory, TypingRunFactory
from tests.factories.quizzes import AttemptFactory, BlueprintFactory, QuestionFactory, TopicFactory
from tests.factories.roleplay import ScenarioFactory, SessionFactory
from tests.factories.trainer import (
    ConfirmationPlanFactory,
    LessonFactory,
    LessonReadFactory,
    ProductFactory,
    RequirementFactory,
)
from trainer.commands.reading import open_lesson, reach_end, record_answers
from trainer.models import Employment, LessonRead
from trainer.queries.confirmation import confirmation_of
from trainer.queries.courses import course_progress
from trainer.queries.products import GateState, own_gate
from trainer.rules.confirmation import LessonState, State
from trainer.rules.course_words import UnitKind
from trainer.rules.vocabulary import RequirementKind

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=40)


def come_back(person, *, keep: bool = False):
    """Back since yesterday, for the second time."""
    day = None if keep else timezone.localdate() - timedelta(days=1)
    Employment.objects.filter(user=person).update(period=2, counts_from=day)
    person.employment.refresh_from_db()


def read_before(person, lesson, at):
    return LessonReadFactory(
        learner=person, lesson=lesson, opened_at=at, reached_end_at=at, answered_at=at, right=2, asked=2
    )


@pytest.fixture
def then(now):
    return now - LONG_AGO


def everything_shown(person, then) -> CourseFactory:
    """A course with a unit of every kind, and what each asks for, shown long ago."""
    course, times = CourseFactory(), {"started_at": then, "submitted_at": then}
    lesson, topic, scenario = LessonFactory(version__required=True), TopicFactory(), ScenarioFactory()
    exam, gate = BlueprintFactory(), BlueprintFactory()
    read_before(person, lesson, then)
    for blueprint in (exam, gate):
        AttemptFactory(learner=person, blueprint=blueprint, submitted=True, passed=True, score=90, **times)
    AttemptFactory(
        learner=person, practice=True, submitted=True, purpose=f"topic:{topic.slug}", items=[QuestionFactory()], **times
    )
    SessionFactory(learner=person, scenario=scenario, level=Level.EXAM, ended=True, outcome="passed", started_at=then)
    TypingRunFactory(learner=person, finished=True, started_at=then)
    SortingRunFactory(learner=person, finished=True, started_at=then)
    targets = {
        UnitKind.LESSON: (lesson.slug, {}),
        UnitKind.EXAM: (exam.slug, {}),
        UnitKind.GATE: (ProductFactory(blueprint=gate).sku, {}),
        UnitKind.PRACTICE: (topic.slug, {"questions": 1}),
        UnitKind.SCENARIO: (scenario.slug, {"level": "exam"}),
        UnitKind.TYPING: ("", {"per_minute": 40, "accuracy": 90}),
        UnitKind.SORTING: ("", {"accuracy": 40}),
    }
    for position, (kind, (target, params)) in enumerate(targets.items()):
        UnitFactory(course=course, key=str(kind), kind=kind, target=target, params=params, position=position)
    assert set(targets) == set(UnitKind)
    return course


def done(person, course, at):
    return course_progress([person.pk], at=at)[person.pk, course.pk].done


def test_no_kind_of_unit_of_a_course_is_done_by_what_was_shown_before(trainee, then, now):
    course = everything_shown(trainee, then)
    assert done(trainee, course, now) == len(UnitKind)

    come_back(trainee, keep=True)
    assert done(trainee, course, now) == len(UnitKind)
    come_back(trainee)
    assert done(trainee, course, now) == 0


def test_the_plan_asks_for_lessons_and_courses_anew(trainee, then, now):
    plan = ConfirmationPlanFactory(is_default=True)
    course = everything_shown(trainee, then)
    RequirementFactory(plan=plan, slug="lessons", kind=RequirementKind.LESSONS_DONE, params={}, position=20)
    RequirementFactory(
        plan=plan, slug="course", kind=RequirementKind.COURSE_DONE, params={"course": course.slug}, position=21
    )

    def met():
        lines = confirmation_of(trainee.employment, at=now).lines
        return [line.requirement.slug for line in lines if line.judgement.state is State.MET]

    assert met() == ["lessons", "course"]
    come_back(trainee)
    assert met() == []


def test_a_lesson_is_read_anew_and_the_earlier_reading_stays(trainee, then, now):
    lesson = LessonFactory(retrieval=2)
    read_before(trainee, lesson, then)
    come_back(trainee)
    version = lesson.versions.get()

    again = open_lesson(learner=trainee, version=version, at=now)
    assert (again.opened_at, again.done) == (now, False)
    reach_end(learner=trainee, version=version, at=now)
    record_answers(learner=trainee, lesson=lesson, right=1, asked=2, at=now)

    rows = LessonRead.objects.order_by("opened_at").values_list("period", "opened_at", "answered_at")
    assert list(rows) == [(1, then, then), (2, now, now)]
    assert open_lesson(learner=trainee, version=version, at=now + timedelta(hours=1)).opened_at == now


def test_what_was_read_before_goes_on_for_whoever_keeps_it(trainee, then, now):
    lesson = LessonFactory()
    read = read_before(trainee, lesson, then)
    come_back(trainee, keep=True)

    assert open_lesson(learner=trainee, version=lesson.versions.get(), at=now) == read


def test_a_lesson_opened_before_the_first_day_begins_anew_on_it(trainee, now):
    """Somebody whose account is switched on before they start looks around already."""
    lesson = LessonFactory()
    version = lesson.versions.get()
    come_back(trainee)
    open_lesson(learner=trainee, version=version, at=now - timedelta(days=3))

    open_lesson(learner=trainee, version=version, at=now)

    assert LessonRead.objects.get().opened_at == now


def test_the_pages_of_lessons_begin_anew(client, trainee, then):
    lesson = LessonFactory(retrieval=2)
    read_before(trainee, lesson, then)
    AttemptFactory(
        learner=trainee, practice=True, submitted=True, purpose=f"lesson:{lesson.slug}", started_at=then,
        submitted_at=then, items=list(lesson.retrieval.all()),
    )  # fmt: skip
    come_back(trainee)
    client.force_login(trainee)

    (line,) = client.get(reverse("trainer:lessons")).context["listing"].lines
    page = client.get(reverse("trainer:lesson", args=[lesson.slug])).context

    assert line.state == LessonState.NEW
    assert (page["state"], page["questions"].items) == (LessonState.BEGUN, ())


def test_an_exam_whose_tries_were_used_up_is_sat_anew(trainee, then, now):
    plan = ConfirmationPlanFactory(is_default=True)
    QuestionFactory.create_batch(2)
    exam = BlueprintFactory(slug="rules", max_attempts=1)
    params = {"blueprint": "rules", "at_least": 85}
    RequirementFactory(plan=plan, slug="exam", kind=RequirementKind.EXAM_SCORE, params=params, position=20)
    AttemptFactory(
        learner=trainee, blueprint=exam, submitted=True, passed=True, score=90, started_at=then, submitted_at=then
    )
    come_back(trainee, keep=True)
    with pytest.raises(CannotStart):
        start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1)
    assert exam_for(trainee, exam, now).state == "passed"

    come_back(trainee)

    (line,) = [one for one in confirmation_of(trainee.employment, at=now).lines if one.exam]
    assert (line.exam.state, line.exam.left) == ("new", 1)
    assert [row.state for row in exam_list(trainee, now)] == ["new"]
    assert start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1).is_open(now)


def test_a_gate_is_passed_anew(trainee, then):
    product = ProductFactory(blueprint=BlueprintFactory())
    AttemptFactory(
        learner=trainee, blueprint=product.blueprint, submitted=True, passed=True, score=90,
        started_at=then, submitted_at=then,
    )  # fmt: skip
    assert own_gate(product, trainee).state == GateState.MAY_SERVE

    come_back(trainee)

    assert own_gate(product, trainee).state == GateState.NOT_YET
    assert product in confirmation_of(trainee.employment, at=timezone.now()).gates
