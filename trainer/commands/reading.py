"""How far people have come with lessons."""

from datetime import datetime

from django.db import transaction

from trainer.models import Employment, Lesson, LessonRead, LessonVersion
from trainer.queries.lesson_page import read_of, retrieval_questions


def open_lesson(*, learner, version: LessonVersion, at: datetime) -> LessonRead:
    """Note that ``learner`` opened the lesson. Only the first time counts; who came back to the house begins anew."""
    known = read_of(learner, version.lesson)
    if known:
        return known
    period = Employment.objects.filter(user=learner).values_list("period", flat=True).first() or 1
    read = LessonRead(learner=learner, lesson_id=version.lesson_id, version=version, period=period, opened_at=at)
    # A row of this period may be there all the same: of another tab, or from before the first day that counts.
    LessonRead.objects.bulk_create(
        [read],
        update_conflicts=True,
        unique_fields=["learner", "lesson", "period"],
        update_fields=["version", "opened_at", "reached_end_at", "answered_at", "right", "asked"],
    )
    return read


@transaction.atomic
def reach_end(*, learner, version: LessonVersion, at: datetime) -> LessonRead:
    """Note that ``learner`` read this version to its end. The first time counts; a newer version is remembered.

    A lesson that asks nothing at its end is answered with that.
    """
    opened = open_lesson(learner=learner, version=version, at=at)
    read = LessonRead.objects.select_for_update().get(pk=opened.pk)
    read.version = version
    read.reached_end_at = read.reached_end_at or at
    if read.answered_at is None and not retrieval_questions(version.lesson):
        read.answered_at = at
    read.save(update_fields=["version", "reached_end_at", "answered_at"])
    return read


@transaction.atomic
def record_answers(*, learner, lesson: Lesson, right: int, asked: int, at: datetime) -> LessonRead | None:
    """Note how the questions at the end were answered: when, for the first time, and how many are right by now.

    ``None``, and nothing noted, for somebody who never opened the lesson.
    """
    opened = read_of(learner, lesson)
    if opened is None:
        return None
    read = LessonRead.objects.select_for_update().get(pk=opened.pk)
    read.answered_at = read.answered_at or at
    read.right, read.asked = right, asked
    read.save(update_fields=["answered_at", "right", "asked"])
    return read
