"""How far people are with courses, out of what they have shown."""

from datetime import timedelta

import pytest

from quizzes.commands.attempts import answer_practice, start_practice
from quizzes.rules.plausible import right_answer
from tests.factories.courses import AssignmentFactory, CourseFactory, UnitFactory
from tests.factories.quizzes import AttemptFactory, BlueprintFactory, QuestionFactory, TopicFactory
from tests.factories.trainer import LessonFactory, LessonReadFactory, ProductFactory, UserFactory
from trainer.queries.courses import assignment_lines, assignments_of, course_progress
from trainer.rules.course_words import AssignmentState, CourseState, UnitKind

pytestmark = pytest.mark.django_db


def practise(learner, questions, purpose, at):
    run = start_practice(
        learner=learner, question_ids=[q.pk for q in questions], purpose=purpose, at=at, seed=1
    )
    for item in run.items.select_related("version"):
        answer = right_answer(item.version.parsed())
        answer_practice(item_id=item.pk, learner_id=learner.pk, answer=answer, at=at, client="tab")


def one(learner, course, at):
    return course_progress([learner.pk], at=at)[learner.pk, course.pk]


def test_a_lesson_counts_when_it_was_read_to_its_end_and_answered(trainee, now):
    opened, done, fresh = LessonFactory.create_batch(3)
    course = CourseFactory(lessons=[opened, done, fresh])
    LessonReadFactory(learner=trainee, lesson=opened)
    LessonReadFactory(learner=trainee, lesson=done, done=True)

    assert (one(trainee, course, now).done, one(trainee, course, now).total) == (1, 3)


def test_exams_gates_and_practice_count_when_passed_or_finished(trainee, now):
    topic = TopicFactory()
    questions = QuestionFactory.create_batch(3, topic=topic)
    exam, gate = BlueprintFactory(), BlueprintFactory()
    product = ProductFactory(blueprint=gate)
    course = CourseFactory()
    UnitFactory(course=course, key="e", kind=UnitKind.EXAM, target=exam.slug)
    UnitFactory(course=course, key="g", kind=UnitKind.GATE, target=product.sku)
    UnitFactory(course=course, key="p", kind=UnitKind.PRACTICE, target=topic.slug, params={"questions": 3})
    assert one(trainee, course, now).done == 0

    AttemptFactory(learner=trainee, blueprint=exam, submitted=True, passed=False, score=10)
    assert one(trainee, course, now).done == 0
    AttemptFactory(learner=trainee, blueprint=exam, submitted=True, passed=True, score=90)
    assert one(trainee, course, now).done == 1
    AttemptFactory(learner=trainee, blueprint=gate, submitted=True, passed=True, score=100)
    assert one(trainee, course, now).done == 2
    practise(trainee, questions[:2], f"topic:{topic.slug}", now)
    assert one(trainee, course, now).done == 2
    practise(trainee, questions, f"topic:{topic.slug}", now + timedelta(minutes=5))
    assert one(trainee, course, now).complete


def test_whoever_has_to_show_it_anew_answers_the_questions_again(trainee, now):
    lesson = LessonFactory(retrieval=2)
    LessonReadFactory(learner=trainee, lesson=lesson, done=True)
    course = CourseFactory(lessons=[lesson])
    AssignmentFactory(learner=trainee, course=course, since=now - timedelta(minutes=1))
    assert not one(trainee, course, now).complete

    practise(trainee, list(lesson.retrieval.all()), f"lesson:{lesson.slug}", now)

    assert one(trainee, course, now).done_at == now


def test_an_assignment_keeps_the_version_that_it_was_given(trainee, now):
    first, second = LessonFactory.create_batch(2)
    course = CourseFactory(lessons=[first])
    AssignmentFactory(learner=trainee, course=course)
    UnitFactory(course=course, version=2, key="a", target=first.slug)
    UnitFactory(course=course, version=2, key="b", target=second.slug)
    course.version = 2
    course.save()
    LessonReadFactory(learner=trainee, lesson=first, done=True)
    other = UserFactory(role="trainee")

    found = course_progress([trainee.pk, other.pk], at=now)

    assert found[trainee.pk, course.pk].complete
    assert found[other.pk, course.pk].total == 2


def test_a_retired_lesson_is_asked_of_nobody(trainee, now):
    kept, retired = LessonFactory.create_batch(2)
    course = CourseFactory(lessons=[retired, kept])
    retired.retired_at = now
    retired.save()
    AssignmentFactory(learner=trainee, course=course)

    (line,) = assignment_lines(assignments_of(trainee), at=now)

    assert line.progress.total == 1
    assert line.next.target.url == f"/lessons/{kept.slug}/"


def test_a_closed_course_counts_only_for_whom_it_was_assigned_to(trainee, now):
    course = CourseFactory(lessons=[LessonFactory()], state=CourseState.CLOSED)
    other = UserFactory(role="trainee")
    AssignmentFactory(learner=trainee, course=course)

    assert set(course_progress([trainee.pk, other.pk], at=now)) == {(trainee.pk, course.pk)}


def test_overdue_follows_from_evidence_and_the_day(trainee, now):
    lesson = LessonFactory()
    course = CourseFactory(lessons=[lesson])
    late = AssignmentFactory(learner=trainee, course=course, late=True)
    excused = AssignmentFactory(
        learner=trainee, course=course, period="2026-10", late=True, state=AssignmentState.EXCUSED,
        ended_at=now, ended_by=UserFactory(), reason="病假",
    )  # fmt: skip

    assert [line.state for line in assignment_lines([late, excused], at=now)] == ["overdue", "excused"]

    LessonReadFactory(learner=trainee, lesson=lesson, done=True)
    (line,) = assignment_lines([late], at=now)
    assert (line.state, line.late) == ("done", True)


@pytest.mark.parametrize("people", [1, 4])
def test_progress_costs_the_same_for_any_number_of_people(people, now, django_assert_num_queries):
    lesson, exam, product = LessonFactory(), BlueprintFactory(), ProductFactory(blueprint=BlueprintFactory())
    course = CourseFactory(lessons=[lesson])
    UnitFactory(course=course, key="e", kind=UnitKind.EXAM, target=exam.slug)
    UnitFactory(course=course, key="g", kind=UnitKind.GATE, target=product.sku)
    UnitFactory(course=course, key="s", kind=UnitKind.SCENARIO, target="scarf")
    UnitFactory(course=course, key="t", kind=UnitKind.PRACTICE, target=TopicFactory().slug)
    learners = UserFactory.create_batch(people, role="trainee")
    for learner in learners:
        AssignmentFactory(learner=learner, course=course)

    with django_assert_num_queries(12):
        found = course_progress([learner.pk for learner in learners], at=now)

    assert len(found) == people
