"""Giving marks: by the key at hand-in, by a person for free texts and appeals. Marks are only ever added."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Case, F, Value, When

from quizzes.commands.notebook import refresh_notebook
from quizzes.commands.reviews import refresh_reviews
from quizzes.models import Appeal, Attempt, AuditEntry, Mark, PaperItem, Question, Step
from quizzes.rules.marking import mark, points_to_fraction
from quizzes.rules.questions import FreeText
from quizzes.rules.scoring import Scored, totals
from quizzes.rules.vocabulary import MarkingRule, Mode
from quizzes.signals import attempt_marked

SCORE_STEP = Decimal("0.0001")
CREDIT_STEP = Decimal("0.000001")


class AlreadyMarked(Exception):
    """Somebody else marked this answer meanwhile."""


class NotForMarking(Exception):
    """The attempt is still open, or the answer is not one that a person marks."""


class CannotAppeal(Exception):
    """There is no mark yet, the question was appealed before, or the mark is already full."""


class AlreadyDecided(Exception):
    """Somebody else answered this appeal meanwhile."""


def mark_items(attempt: Attempt, items: Sequence[PaperItem], at: datetime) -> list[Mark]:
    """Mark the newest answers of ``items`` (versions loaded) by their keys; free texts wait for a person.

    Runs inside the caller's transaction, which holds the attempt. Counts exam answers towards each question's
    difficulty; practice answers are not counted, because the key was on the page a moment ago.
    """
    steps = newest_steps(items)
    marks = []
    for item in items:
        step = steps.get(item.pk)
        outcome = mark(item.version.parsed(), step.answer if step else None, MarkingRule(item.version.rule))
        if outcome.fraction is not None:
            marks.append(_mark(item, step, outcome.fraction, Mark.AUTOMATIC, at))
    Mark.objects.bulk_create(marks)
    if attempt.mode == Mode.EXAM:
        _count_answers(marks)
    return marks


def newest_steps(items: Iterable[PaperItem]) -> dict[int, Step]:
    """The newest step of each item that has one."""
    steps = Step.objects.filter(item__in=[item.pk for item in items]).order_by("item", "sequence")
    return {step.item_id: step for step in steps}


def _mark(
    item: PaperItem, step: Step | None, fraction: Fraction, origin: str, at: datetime, *, by=None, comment: str = ""
) -> Mark:
    return Mark(
        item=item,
        step=step,
        version=item.version,
        numerator=fraction.numerator,
        denominator=fraction.denominator,
        origin=origin,
        by=by,
        comment=comment,
        at=at,
    )


def _count_answers(marks: Sequence[Mark]) -> None:
    """One statement for all questions of the paper: their number of answers and the credit earned on them."""
    whens = [
        When(pk=mark.version.question_id, then=Value((Decimal(mark.numerator) / mark.denominator).quantize(
            CREDIT_STEP, ROUND_DOWN)))
        for mark in marks
    ]  # fmt: skip
    if whens:
        questions = Question.objects.filter(pk__in=[mark.version.question_id for mark in marks])
        questions.update(
            answers=F("answers") + 1,
            credit=F("credit") + Case(*whens, output_field=Question._meta.get_field("credit")),
        )


def rescore(attempt_ids: Collection[int], at: datetime) -> None:
    """Write score and pass of submitted attempts, notebooks and review cards from the standing marks; tell it."""
    attempts = list(Attempt.objects.select_for_update().filter(pk__in=attempt_ids).order_by("pk"))
    attempts = [attempt for attempt in attempts if attempt.submitted_at]
    by_attempt: dict[int, list[Scored]] = {attempt.pk: [] for attempt in attempts}
    questions: set[int] = set()
    standing = {
        mark.item_id: mark.fraction for mark in Mark.objects.standing().filter(item__attempt__in=by_attempt)
    }
    items = PaperItem.objects.filter(attempt__in=by_attempt).order_by("attempt", "position")
    for pk, attempt_id, marks, question in items.values_list("pk", "attempt", "marks", "version__question"):
        by_attempt[attempt_id].append(Scored(standing.get(pk), marks, "", ""))
        questions.add(question)
    for attempt in attempts:
        total = totals(by_attempt[attempt.pk])
        attempt.score = None if total.pending else _decimal(total.score)
        attempt.passed = total.passed(attempt.pass_mark) if attempt.pass_mark is not None else None
        attempt.save(update_fields=["score", "passed"])
    people = {attempt.learner_id for attempt in attempts}
    refresh_notebook(learner_ids=people, question_ids=questions)
    refresh_reviews(learner_ids=people, question_ids=questions)
    for attempt in attempts:
        if attempt.score is not None:
            attempt_marked.send(Attempt, attempt=attempt, at=at)


def _decimal(score: Fraction) -> Decimal:
    """Cut, not rounded: ``passed`` is decided by the exact fraction, and the number must not contradict it."""
    return (Decimal(score.numerator) / Decimal(score.denominator)).quantize(SCORE_STEP, ROUND_DOWN)


@transaction.atomic
def mark_by_person(*, item_id: int, points: Sequence[int], comment: str, by, at: datetime) -> Mark:
    """Mark a free text by its rubric: ``points`` for each line.

    Raises ``AlreadyMarked``, ``NotForMarking``, and ``ValueError`` for points that the rubric does not have.
    """
    item = _held_item(item_id)
    content = item.version.parsed()
    if not isinstance(content, FreeText) or item.attempt.submitted_at is None:
        raise NotForMarking
    if Mark.objects.standing().filter(item=item).exists():
        raise AlreadyMarked
    step = newest_steps([item]).get(item.pk)
    fraction = points_to_fraction(points, content.rubric)
    given = _mark(item, step, fraction, Mark.PERSON, at, by=by, comment=comment)
    given.save()
    if item.attempt.mode == Mode.EXAM:
        _count_answers([given])
    _audit("mark_by_person", item, by, at, points=list(points))
    rescore([item.attempt_id], at)
    return given


def _held_item(item_id: int) -> PaperItem:
    """The item, its attempt locked: marks of one attempt are given one after the other."""
    item = PaperItem.objects.select_related("version").get(pk=item_id)
    item.attempt = Attempt.objects.select_for_update().get(pk=item.attempt_id)
    return item


@transaction.atomic
def file_appeal(*, item_id: int, learner_id: int, reason: str, at: datetime) -> Appeal:
    """Ask for a person's judgement on one's own mark. Raises ``PaperItem.DoesNotExist``, ``CannotAppeal``."""
    item = PaperItem.objects.get(pk=item_id, attempt__learner=learner_id)
    attempt = Attempt.objects.select_for_update().get(pk=item.attempt_id)
    standing = Mark.objects.standing().filter(item=item).first()
    if attempt.submitted_at is None or standing is None or standing.fraction == 1:
        raise CannotAppeal
    appeal, created = Appeal.objects.get_or_create(item=item, defaults={"reason": reason, "filed_at": at})
    if not created and appeal.reason != reason:
        raise CannotAppeal
    return appeal


@transaction.atomic
def decide_appeal(
    *, appeal_id: int, accept: bool, reply: str, by, at: datetime, fraction: Fraction | None = None
) -> Appeal:
    """Answer an appeal; an accepted one earns ``fraction`` of the marks, full by default.

    Raises ``AlreadyDecided``. An accepted appeal never takes credit away.
    """
    appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
    if appeal.state != Appeal.OPEN:
        raise AlreadyDecided
    appeal.state = Appeal.ACCEPTED if accept else Appeal.REJECTED
    appeal.reply, appeal.decided_by, appeal.decided_at = reply, by, at
    appeal.save(update_fields=["state", "reply", "decided_by", "decided_at"])
    item = _held_item(appeal.item_id)
    _audit("decide_appeal", item, by, at, accept=accept)
    if accept:
        old = Mark.objects.standing().get(item=item)
        old.superseded = True
        old.save(update_fields=["superseded"])
        earned = max(old.fraction, Fraction(1) if fraction is None else fraction)
        _mark(item, old.step, earned, Mark.APPEAL, at, by=by, comment=reply).save()
        rescore([item.attempt_id], at)
    return appeal


def _audit(action: str, item: PaperItem, by, at: datetime, **detail) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"item:{item.pk}", detail=detail)
