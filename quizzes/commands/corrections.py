"""Correcting the key of a question and re-marking, by replay, everybody who was judged by the wrong one."""

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.db import transaction

from quizzes.commands.marking import CREDIT_STEP, rescore
from quizzes.models import Attempt, AuditEntry, Mark, PaperItem, Question, QuestionBasis, QuestionVersion, ReviewCard
from quizzes.queries.corrections import Replayed, replay, unmarked_items, versions_with_the_key_of
from quizzes.rules.corrections import same_key, shows_the_same
from quizzes.rules.generation.gates import fingerprint
from quizzes.rules.questions import Content, InvalidQuestion, content_from_data, content_to_data
from quizzes.rules.vocabulary import Kind, Mode

BATCH = 500


class VersionMovedOn(Exception):
    """The question has a newer version than the one that was to be corrected."""


class NothingToCorrect(Exception):
    """The key and the reasons are those that the question has already."""


@transaction.atomic
def correct_key(
    *, version_id: int, content: dict, explanation: str, reason: str, by, at: datetime
) -> QuestionVersion:
    """Give the question a version with the corrected key and re-mark what was answered under the old one.

    A mark that a person gave, or an accepted appeal, stays unless the corrected key gives more. Items without
    a mark yet (open papers, texts that wait for a marker) move to the new version: what they show is the same.
    Doing it again with the same correction changes nothing and returns the same version.

    Raises ``InvalidQuestion`` when ``content`` is no content of this question or changes what was shown,
    ``NothingToCorrect``, and ``VersionMovedOn`` when somebody changed the question meanwhile.
    """
    version = QuestionVersion.objects.get(pk=version_id)
    _hold_attempts(version)
    question = Question.objects.select_for_update(of=("self",)).select_related("current").get(pk=version.question_id)
    corrected = content_from_data(Kind(version.kind), content, stem=version.stem)
    old = version.parsed()
    if not shows_the_same(old, corrected):
        raise InvalidQuestion("content", "更正只能改答案和讲解；题干、选项有错，请停用这道题，另出一道")
    if question.current_id != version.pk:
        if question.current and _says(question.current, corrected, explanation):
            return question.current
        raise VersionMovedOn
    if _says(version, corrected, explanation):
        raise NothingToCorrect
    versions = versions_with_the_key_of(version)
    new = _new_version(version, corrected, explanation, reason, by, at)
    question.current = new
    question.save(update_fields=["current"])
    ReviewCard.objects.filter(version=version).update(version=new)
    moved = unmarked_items(version, versions).update(version=new)
    remarked = [] if same_key(old, corrected) else _remark(replay(versions, corrected), new, by, at)
    _correct_credit(question, remarked)
    AuditEntry.objects.create(
        at=at,
        by=by,
        action="correct_key",
        target=f"question:{question.slug}",
        detail={"from": version.number, "to": new.number, "reason": reason, "remarked": len(remarked), "moved": moved},
    )
    rescore(sorted({row.mark.item.attempt_id for row in remarked}), at)
    return new


def _hold_attempts(version: QuestionVersion) -> None:
    """Lock every paper with the question: whoever hands in now waits, and then finds the new version on it.

    Papers come before the question, as they do at hand-in: two who wait for each other wait forever.
    """
    papers = PaperItem.objects.filter(version__question=version.question_id).values("attempt")
    list(Attempt.objects.select_for_update().filter(pk__in=papers).order_by("pk").values_list("pk"))


def _correct_credit(question: Question, remarked: Sequence[Replayed]) -> None:
    """The question's difficulty is estimated from what exams earned; the wrong key has earned the wrong amount."""
    gained = sum(
        (row.fraction - row.mark.fraction for row in remarked if row.mark.item.attempt.mode == Mode.EXAM), Fraction(0)
    )
    credit = question.credit + Decimal(gained.numerator) / gained.denominator
    question.credit = min(max(credit.quantize(CREDIT_STEP, ROUND_DOWN), Decimal(0)), Decimal(question.answers))
    question.save(update_fields=["credit"])


def _says(version: QuestionVersion, content: Content, explanation: str) -> bool:
    return version.parsed() == content and version.explanation == explanation


def _new_version(
    version: QuestionVersion, content: Content, explanation: str, reason: str, by, at: datetime
) -> QuestionVersion:
    new = QuestionVersion.objects.create(
        question_id=version.question_id,
        number=version.number + 1,
        kind=version.kind,
        stem=version.stem,
        content=content_to_data(content),
        rule=version.rule,
        explanation=explanation,
        topic_id=version.topic_id,
        platform=version.platform,
        difficulty=version.difficulty,
        lesson_key=version.lesson_key,
        form=version.form,
        as_of=version.as_of,
        fingerprint=fingerprint(version.stem, content),
        reason=reason,
        created_at=at,
        created_by=by,
    )
    QuestionBasis.objects.bulk_create(
        QuestionBasis(version=new, fact_key=basis.fact_key) for basis in version.bases.all()
    )
    return new


def _remark(replayed: Sequence[Replayed], version: QuestionVersion, by, at: datetime) -> list[Replayed]:
    """Supersede the marks that the correction replaces; the rows it did so for."""
    rows = [row for row in replayed if not row.stays]
    for start in range(0, len(rows), BATCH):
        batch = [row.mark.pk for row in rows[start : start + BATCH]]
        Mark.objects.filter(pk__in=batch).update(superseded=True)
    Mark.objects.bulk_create(
        [
            Mark(
                item_id=row.mark.item_id,
                step=row.step,
                version=version,
                numerator=row.fraction.numerator,
                denominator=row.fraction.denominator,
                origin=Mark.CORRECTION,
                by=by,
                at=at,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )
    return rows
