from datetime import timedelta

import pytest

from quizzes.signals import attempt_marked
from tests.factories.quizzes import AttemptFactory, MarkFactory, QuestionFactory, StepFactory
from tests.factories.trainer import LessonFactory, LessonReadFactory, LessonVersionFactory
from trainer.commands.reading import open_lesson, reach_end, record_answers
from trainer.models import LessonRead

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(db):
    return LessonFactory(slug="wrong-item", retrieval=2)


@pytest.fixture
def version(lesson):
    return lesson.versions.get()


def test_opening_counts_the_first_time_only(trainee, version, now):
    open_lesson(learner=trainee, version=version, at=now)
    open_lesson(learner=trainee, version=version, at=now + timedelta(hours=1))

    read = LessonRead.objects.get()
    assert (read.opened_at, read.reached_end_at, read.answered_at, read.done) == (now, None, None, False)


def test_the_end_counts_the_first_time_only(trainee, version, now):
    open_lesson(learner=trainee, version=version, at=now)
    for minutes in (3, 9):
        reach_end(learner=trainee, version=version, at=now + timedelta(minutes=minutes))

    read = LessonRead.objects.get()
    assert (read.opened_at, read.reached_end_at) == (now, now + timedelta(minutes=3))
    assert not read.done


def test_the_end_of_a_lesson_never_opened_opens_it(trainee, version, now):
    assert reach_end(learner=trainee, version=version, at=now).opened_at == now


def test_a_newer_version_read_to_its_end_is_remembered(trainee, lesson, version, now):
    reach_end(learner=trainee, version=version, at=now - timedelta(days=1))
    newer = LessonVersionFactory(lesson=lesson, number=2)

    read = reach_end(learner=trainee, version=newer, at=now)

    assert (read.version, read.reached_end_at) == (newer, now - timedelta(days=1))


def test_a_lesson_without_questions_is_done_at_its_end(trainee, now):
    asks_nothing = LessonFactory(retrieval=[QuestionFactory(state="retired")]).versions.get()
    assert reach_end(learner=trainee, version=asks_nothing, at=now).done


def test_answers_keep_their_first_time_and_their_last_result(trainee, lesson, version, now):
    reach_end(learner=trainee, version=version, at=now)
    record_answers(learner=trainee, lesson=lesson, right=1, asked=2, at=now + timedelta(minutes=1))
    for _again in range(2):
        read = record_answers(learner=trainee, lesson=lesson, right=2, asked=2, at=now + timedelta(minutes=5))

    assert (read.answered_at, read.right, read.asked) == (now + timedelta(minutes=1), 2, 2)
    assert LessonRead.objects.get().done


def test_answers_before_the_end_do_not_make_it_reached(trainee, lesson, version, now):
    open_lesson(learner=trainee, version=version, at=now)
    read = record_answers(learner=trainee, lesson=lesson, right=2, asked=2, at=now)
    assert read.answered_at == now
    assert not read.done


def test_answers_of_somebody_who_never_opened_the_lesson_are_not_noted(trainee, lesson, now):
    assert record_answers(learner=trainee, lesson=lesson, right=2, asked=2, at=now) is None
    assert not LessonRead.objects.exists()


# --- what the engine tells -------------------------------------------------------------------------------


def run(read, **values):
    values = {"practice": True, "submitted": True, "purpose": f"lesson:{read.lesson.slug}"} | values
    return AttemptFactory(learner=read.learner, **values)


def test_a_marked_run_is_noted(now):
    read = LessonReadFactory()
    attempt_marked.send(sender=None, attempt=run(read), at=now)

    read.refresh_from_db()
    assert (read.answered_at, read.right, read.asked) == (now, 2, 2)


def test_only_full_credit_counts_as_right(now):
    read = LessonReadFactory()
    attempt = run(read, submitted=False, items=3)
    for item, numerator in zip(attempt.items.all(), (0, 1, 2), strict=True):
        MarkFactory(item=item, step=StepFactory(item=item), numerator=numerator, denominator=2)
    attempt.submitted_at = now
    attempt.save()

    attempt_marked.send(sender=None, attempt=attempt, at=now)

    read.refresh_from_db()
    assert (read.right, read.asked) == (1, 3)


def test_a_correction_of_an_older_run_does_not_undo_the_newest(now):
    read = LessonReadFactory()
    older = run(read, items=3, started_at=now - timedelta(hours=2))
    newest = run(read, items=1, started_at=now - timedelta(hours=1))

    for attempt in (newest, older):
        attempt_marked.send(sender=None, attempt=attempt, at=now)

    read.refresh_from_db()
    assert read.asked == 1


@pytest.mark.parametrize(
    "values",
    [
        {"purpose": "topic:returns"},
        {"purpose": "lesson:another"},
        {"submitted": False},
        {"items": "free_text"},
    ],
    ids=["topic", "another lesson", "still open", "a text that waits for a person"],
)
def test_what_is_no_finished_run_of_the_lesson_is_not_noted(values, now):
    read = LessonReadFactory()
    if "items" in values:
        values = {"items": [QuestionFactory(kind=values["items"])]}
    attempt_marked.send(sender=None, attempt=run(read, **values), at=now)

    read.refresh_from_db()
    assert read.answered_at is None
