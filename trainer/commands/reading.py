"""How far people have come with lessons."""

from datetime import datetime

from django.db import transaction

from trainer.models import Lesson, LessonRead, LessonVersion
from trainer.queries.lesson_page import retrieval_questions


def open_lesson(*, learner, version: LessonVersion, at: datetime) -> LessonRead:
    """Note that ``learner`` opened the lesson; only the first time counts."""
    known = LessonRead.objects.filter(learner=learner, lesson=version.lesson_id).first()
    if known:
        return known
    read = LessonRead(learner=learner, lesson_id=version.lesson_id, version=version, opened_at=at)
    LessonRead.objects.bulk_create([read], ignore_conflicts=True)  # another tab may have been quicker: its row stays
    return read


@transaction.atomic
def reach_end(*, learner, version: LessonVersion, at: datetime) -> LessonRead:
    """Note that ``learner`` read this version to its end. The first time counts; a newer version is remembered.

    A lesson that asks nothing at its end is answered with that.
    """
    open_lesson(learner=learner, version=version, at=at)
    read = LessonRead.objects.select_for_update().get(learner=learner, lesson=version.lesson_id)
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
    read = LessonRead.objects.select_for_update().filter(learner=learner, lesson=lesson).first()
    if read is None:
        return None
    read.answered_at = read.answered_at or at
    read.right, read.asked = right, asked
    read.save(update_fields=["answered_at", "right", "asked"])
    return read
