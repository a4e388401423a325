"""Writing one question by hand: a new one, or a new version of one that is there."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from quizzes.commands.questions import QuestionEntry, save_questions
from quizzes.models import Question, QuestionVersion
from quizzes.rules.generation.gates import fingerprint
from quizzes.rules.vocabulary import Origin, QuestionState
from quizzes.signals import question_written


class AskedAlready(Exception):
    """The bank has a question that reads the same; ``args[0]`` is its slug."""


class WrittenSince(Exception):
    """Somebody has written a newer version than the one that was to be changed."""


class NothingNew(Exception):
    """The question says all that already."""


@transaction.atomic
def write_question(*, entry: QuestionEntry, reason: str, by, at: datetime) -> Question:
    """A new draft; the slug of ``entry`` is ignored. Raises ``AskedAlready``."""
    print_ = fingerprint(entry.stem, entry.content)
    twin = Question.objects.exclude(state=QuestionState.RETIRED).filter(current__fingerprint=print_).first()
    if twin:
        raise AskedAlready(twin.slug)
    taken = Question.objects.filter(slug__startswith=f"written-{print_[:12]}").count()
    slug = f"written-{print_[:12]}-{taken + 1}" if taken else f"written-{print_[:12]}"
    _save(replace(entry, slug=slug), reason, by, at)
    return _told(Question.objects.select_related("current").get(slug=slug), at)


@transaction.atomic
def rewrite_question(
    *, question_id: int, version_id: int | None, entry: QuestionEntry, reason: str, by, at: datetime
) -> Question:
    """A new version of a question that was ``version_id`` when its writer began. Facts and lesson stay as they are.

    Papers that were drawn keep what they hold. Raises ``WrittenSince`` and ``NothingNew``.
    """
    question = Question.objects.select_for_update(of=("self",)).select_related("current").get(pk=question_id)
    if question.current_id != version_id:
        raise WrittenSince
    current = question.current
    if current:
        if _says(current, entry) and set(entry.tags) == set(question.tags.values_list("name", flat=True)):
            raise NothingNew
        entry = replace(
            entry,
            lesson_key=current.lesson_key,
            facts=tuple(current.bases.values_list("fact_key", flat=True)),
            form=current.form,
            as_of=current.as_of,
        )
    entry = replace(entry, slug=question.slug)
    if not _save(entry, reason, by, at):  # an older version said all that for the same reason
        _save(entry, f"{reason}（{current.number + 1 if current else 1}）", by, at)
    question.refresh_from_db()
    return _told(question, at)


def _save(entry: QuestionEntry, reason: str, by, at: datetime) -> bool:
    saved = save_questions(
        entries=[entry], origin=Origin.HANDWRITTEN, state=QuestionState.DRAFT, reason=reason, by=by, at=at
    )
    return not saved.unchanged


def _told(question: Question, at: datetime) -> Question:
    question_written.send(Question, version=question.current, at=at)
    return question


def _says(version: QuestionVersion, entry: QuestionEntry) -> bool:
    return (
        version.kind == entry.kind
        and version.stem == entry.stem
        and version.parsed() == entry.content
        and version.explanation == entry.explanation
        and version.rule == entry.rule
        and version.topic.slug == entry.topic
        and version.platform == entry.platform
        and version.difficulty == entry.difficulty
    )
