"""The ring moves by what people really do: lessons finished and exams passed through the site's own commands."""

from datetime import timedelta
from decimal import Decimal

import pytest

from quizzes.commands.attempts import answer_practice, start_exam, start_practice, submit_attempt
from quizzes.commands.marking import mark_by_person
from quizzes.commands.saving import Given, save_answers
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import BlueprintFactory, BlueprintSectionFactory, QuestionFactory
from tests.factories.trainer import ConfirmationPlanFactory, LessonFactory, RequirementFactory
from tests.rules.contents import right_answer
from trainer.commands.reading import reach_end
from trainer.models import LessonVersion
from trainer.queries.confirmation import confirmation_of
from trainer.queries.lesson_page import PURPOSE, retrieval_questions
from trainer.rules.confirmation import Certainty, Lack, State
from trainer.rules.vocabulary import RequirementKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = ConfirmationPlanFactory(is_default=True)
    RequirementFactory(plan=plan, kind=RequirementKind.LESSONS_DONE, params={}, position=1)
    RequirementFactory(
        plan=plan, kind=RequirementKind.EXAM_SCORE, params={"blueprint": "rules", "at_least": 85}, position=2
    )
    return plan


def exam_of(questions: int, **terms):
    blueprint = BlueprintFactory(slug="rules", sections=0, **terms)
    BlueprintSectionFactory(blueprint=blueprint, count=questions)
    return blueprint


def stand(learner, at):
    confirmation = confirmation_of(learner.employment, at=at)
    return [line.judgement for line in confirmation.lines], confirmation.standing.percent


def finish(learner, lesson, at):
    reach_end(learner=learner, version=LessonVersion.objects.get(lesson=lesson), at=at)
    questions = retrieval_questions(lesson)
    run = start_practice(
        learner=learner, question_ids=questions, purpose=f"{PURPOSE}{lesson.slug}", at=at, seed=1
    )
    for item in run.items.all():
        answer_practice(
            item_id=item.pk,
            learner_id=learner.pk,
            answer=right_answer(item.version.parsed()),
            at=at,
            client="tab-1",
        )


def sit(learner, blueprint, at, *, right: int):
    attempt = start_exam(blueprint_id=blueprint.pk, learner=learner, at=at, seed=1)
    items = list(attempt.items.select_related("version").order_by("position"))
    save_answers(
        attempt_id=attempt.pk,
        learner_id=learner.pk,
        given=[Given(item.pk, 1, right_answer(item.version.parsed())) for item in items[:right]],
        client="tab-1",
        at=at + timedelta(minutes=1),
    )
    submit_attempt(attempt_id=attempt.pk, at=at + timedelta(minutes=2))
    return attempt


def test_a_lesson_counts_once_its_end_is_reached_and_its_questions_answered(trainee, plan, now):
    first, second = LessonFactory.create_batch(2, version__required=True, retrieval=2)
    before = stand(trainee, now)[1]

    reach_end(learner=trainee, version=first.versions.get(), at=now)
    assert stand(trainee, now)[0][0].value == 0

    finish(trainee, first, now)
    (lessons, _), percent = stand(trainee, now)
    assert (lessons.value, lessons.missing, lessons.lessons) == (1, 1, (second.slug,))
    assert percent > before

    finish(trainee, second, now)
    assert stand(trainee, now)[0][0].state is State.MET


def test_an_exam_counts_by_its_score_the_moment_it_is_handed_in(trainee, plan, now):
    QuestionFactory.create_batch(20)
    exam = exam_of(20)

    failed = sit(trainee, exam, now - timedelta(hours=2), right=12)
    _, judged = stand(trainee, now)[0]
    assert (judged.state, judged.lack, judged.missing) == (State.MISSING, Lack.POINTS, Decimal(25))
    assert judged.attempts == (failed.pk,)

    passed = sit(trainee, exam, now - timedelta(hours=1), right=19)
    _, judged = stand(trainee, now)[0]
    assert (judged.state, judged.value, judged.attempts) == (State.MET, Decimal(95), (passed.pk, failed.pk))


def test_a_mark_near_the_cut_is_settled_by_the_mean_of_two_papers(trainee, plan, now):
    QuestionFactory.create_batch(20)
    exam = exam_of(20)

    first = sit(trainee, exam, now - timedelta(hours=2), right=16)
    _, judged = stand(trainee, now)[0]
    assert (judged.state, judged.certainty, judged.lack) == (State.NEAR, Certainty.BORDERLINE, Lack.SECOND_PAPER)
    assert judged.needs == Decimal(90)  # 80 and 90 make 85

    second = sit(trainee, exam, now - timedelta(hours=1), right=18)
    _, judged = stand(trainee, now)[0]
    assert (judged.state, judged.value, judged.papers) == (State.MET, Decimal(85), (first.pk, second.pk))


def test_an_exam_with_a_free_text_counts_when_a_person_has_marked_it(trainee, supervisor, plan, now):
    QuestionFactory(kind=Kind.FREE_TEXT)
    QuestionFactory.create_batch(9)
    exam = exam_of(10)
    attempt = sit(trainee, exam, now - timedelta(hours=1), right=10)
    _, judged = stand(trainee, now)[0]
    assert (judged.state, judged.pending) == (State.MISSING, (attempt.pk,))

    item = attempt.items.get(version__kind=Kind.FREE_TEXT)
    mark_by_person(
        item_id=item.pk,
        points=[line.points for line in item.version.parsed().rubric],
        comment="",
        by=supervisor,
        at=now,
    )

    assert stand(trainee, now)[0][1].state is State.MET


def test_an_exam_left_open_is_closed_when_its_owner_comes_home(client, trainee, plan, now):
    QuestionFactory.create_batch(2)
    exam = exam_of(2, minutes=30)
    attempt = start_exam(blueprint_id=exam.pk, learner=trainee, at=now - timedelta(hours=1), seed=1)
    client.force_login(trainee)

    judged = client.get("/").context["confirmation"].lines[1].judgement

    attempt.refresh_from_db()
    assert attempt.handed_in_by == attempt.DEADLINE
    assert (judged.value, judged.running) == (0, None)
