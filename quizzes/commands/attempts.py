"""From the first page of an attempt to its hand-in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, F, Max, Q, Sum

from quizzes.commands.marking import mark_items, rescore
from quizzes.commands.reviews import refresh_reviews
from quizzes.models import (
    Accommodation,
    Attempt,
    AuditEntry,
    Blueprint,
    Mark,
    PageLeave,
    PaperItem,
    Question,
    QuestionVersion,
    Step,
)
from quizzes.queries.exams import counted
from quizzes.queries.pools import candidates, sections_of
from quizzes.rules.answers import parse_answer
from quizzes.rules.arrangement import arrange
from quizzes.rules.drawing import ImpossibleBlueprint, draw
from quizzes.rules.timing import Start, deadline, may_start
from quizzes.rules.vocabulary import Mode

__all__ = ["ImpossibleBlueprint"]  # raised here, caught by the views


class BlueprintClosed(Exception):
    """The exam is not open."""


class CannotStart(Exception):
    """No further attempt now: ``reason`` says why, ``at`` from when on it is possible, if ever."""

    def __init__(self, reason: Start, at: datetime | None):
        super().__init__(reason)
        self.reason = reason
        self.at = at


class NothingToPractise(Exception):
    """None of the questions is live."""


class AlreadySubmitted(Exception):
    """The attempt was handed in before, perhaps from another tab."""


class AlreadyAnswered(Exception):
    """This practice question was answered before: the first answer counts."""


@transaction.atomic
def start_exam(*, blueprint_id: int, learner, at: datetime, seed: int) -> Attempt:
    """Draw a paper and start its clock; or give back the attempt that is open already.

    Raises ``BlueprintClosed``, ``CannotStart``, ``ImpossibleBlueprint`` when the bank has shrunk since it was saved.
    """
    _hold(learner.pk)
    blueprint = Blueprint.objects.get(pk=blueprint_id)
    running = Attempt.objects.of(learner).filter(blueprint=blueprint).open().select_for_update().first()
    if running and running.is_open(at):
        return running
    if running:
        _close(running, running.ends_at, Attempt.DEADLINE)
    if not blueprint.is_open:
        raise BlueprintClosed
    sat = counted(Attempt.objects.of(learner).filter(blueprint=blueprint))
    history = sat.aggregate(used=Count("pk"), last=Max("submitted_at"))
    check = may_start(
        used=history["used"],
        max_attempts=blueprint.max_attempts or None,
        last_submitted_at=history["last"],
        cool_down=timedelta(hours=blueprint.cooldown_hours),
        at=at,
    )
    if check.reason != Start.ALLOWED:
        raise CannotStart(check.reason, check.at)
    sections = list(blueprint.sections.order_by("position"))
    rng = Random(seed)  # noqa: S311 - a paper, not a secret
    paper = draw(sections_of(blueprint), candidates(learner_id=learner.pk), rng)
    attempt = Attempt.objects.create(
        learner=learner,
        blueprint=blueprint,
        mode=blueprint.mode,
        seed=seed,
        expected_score=paper.expected,
        pass_mark=blueprint.pass_mark,
        started_at=at,
        ends_at=deadline(at, blueprint.minutes, _extra_minutes(learner, blueprint)),
    )
    drawn = [(item.candidate.id, sections[item.section]) for item in paper.items]
    _lay_out(attempt, [(question, section, section.marks) for question, section in drawn], rng)
    Question.objects.filter(pk__in=[question for question, _ in drawn]).update(exposure=F("exposure") + 1)
    return attempt


def _hold(learner_id: int) -> None:
    """One start at a time for one person: two clicks at once end in one attempt."""
    get_user_model().objects.select_for_update().only("pk").get(pk=learner_id)


def _extra_minutes(learner, blueprint: Blueprint | None) -> int:
    granted = Accommodation.objects.filter(Q(blueprint=blueprint) | Q(blueprint=None), learner=learner)
    return granted.aggregate(minutes=Sum("extra_minutes"))["minutes"] or 0


def _lay_out(attempt: Attempt, rows: Sequence[tuple], rng: Random) -> None:
    """Freeze the paper: ``rows`` of question id, section (or ``None``) and marks, in their order."""
    versions = QuestionVersion.objects.filter(
        question__in=[question for question, _, _ in rows], question__current=F("pk")
    ).in_bulk(field_name="pk")
    by_question = {version.question_id: version for version in versions.values()}
    PaperItem.objects.bulk_create(
        PaperItem(
            attempt=attempt,
            position=position,
            section=section,
            version=by_question[question],
            marks=marks,
            arrangement=arrange(by_question[question].parsed(), rng),
        )
        for position, (question, section, marks) in enumerate(rows, 1)
    )


@transaction.atomic
def start_practice(*, learner, question_ids: Sequence[int], purpose: str, at: datetime, seed: int) -> Attempt:
    """Lay out a practice run of these live questions in this order; or give back the unfinished one.

    Raises ``NothingToPractise``.
    """
    _hold(learner.pk)
    runs = Attempt.objects.of(learner).filter(mode=Mode.PRACTICE, purpose=purpose).open()
    if running := runs.first():
        return running
    chosen = _live(question_ids)
    attempt = Attempt.objects.create(
        learner=learner, mode=Mode.PRACTICE, purpose=purpose, seed=seed, started_at=at
    )
    _lay_out(attempt, [(question, None, 1) for question in chosen], Random(seed))  # noqa: S311
    return attempt


@transaction.atomic
def start_check(
    *, learner, question_ids: Sequence[int], purpose: str, minutes: int, pass_mark: Decimal, at: datetime, seed: int
) -> Attempt:
    """Let somebody sit these live questions like an exam, in this order; or give back the check that is open.

    Raises ``NothingToPractise`` when none of them is live.
    """
    _hold(learner.pk)
    running = Attempt.objects.of(learner).filter(mode=Mode.EXAM, purpose=purpose).open().select_for_update().first()
    if running and running.is_open(at):
        return running
    if running:
        _close(running, running.ends_at, Attempt.DEADLINE)
    chosen = _live(question_ids)
    attempt = Attempt.objects.create(
        learner=learner,
        mode=Mode.EXAM,
        purpose=purpose,
        seed=seed,
        pass_mark=pass_mark,
        started_at=at,
        ends_at=deadline(at, minutes, _extra_minutes(learner, None)),
    )
    _lay_out(attempt, [(question, None, 1) for question in chosen], Random(seed))  # noqa: S311
    return attempt


def _live(question_ids: Sequence[int]) -> list[int]:
    live = set(Question.objects.live().filter(pk__in=question_ids).values_list("pk", flat=True))
    chosen = [question for question in dict.fromkeys(question_ids) if question in live]
    if not chosen:
        raise NothingToPractise
    return chosen


@transaction.atomic
def answer_practice(*, item_id: int, learner_id: int, answer, at: datetime, client: str) -> Mark | None:
    """Keep and mark one practice answer; the run closes itself with its last one.

    ``None`` means that the answer waits for a person. Raises ``PaperItem.DoesNotExist`` for a foreign item,
    ``AlreadyAnswered``, ``AnswerShapeError``.
    """
    item = PaperItem.objects.select_related("version").get(
        pk=item_id, attempt__learner=learner_id, attempt__mode=Mode.PRACTICE
    )
    attempt = Attempt.objects.select_for_update().get(pk=item.attempt_id)
    if attempt.submitted_at or item.steps.exists():
        raise AlreadyAnswered
    kept = parse_answer(item.version.parsed(), answer)
    Step.objects.create(item=item, sequence=1, answer=kept, client=client, saved_at=at)
    marks = mark_items(attempt, [item], at)
    if not attempt.items.filter(steps=None).exists():
        attempt.submitted_at, attempt.handed_in_by = at, Attempt.PERSON
        attempt.save(update_fields=["submitted_at", "handed_in_by"])
        rescore([attempt.pk], at)
    else:
        refresh_reviews(learner_ids=[learner_id], question_ids=[item.version.question_id])
    return marks[0] if marks else None


@transaction.atomic
def submit_attempt(*, attempt_id: int, at: datetime, handed_in_by: str = Attempt.PERSON) -> Attempt:
    """Close an open attempt and mark it. Past its end it is closed as of its end. Raises ``AlreadySubmitted``."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.submitted_at:
        raise AlreadySubmitted
    if attempt.ends_at and at >= attempt.ends_at:
        at, handed_in_by = attempt.ends_at, Attempt.DEADLINE
    _close(attempt, at, handed_in_by)
    attempt.refresh_from_db()
    return attempt


def _close(attempt: Attempt, at: datetime | None, handed_in_by: str) -> None:
    """Hand in a locked attempt and mark what the key can mark."""
    if at is None:
        raise ValueError("An attempt without an end is closed by its last answer.")
    attempt.submitted_at, attempt.handed_in_by = at, handed_in_by
    attempt.save(update_fields=["submitted_at", "handed_in_by"])
    items = list(attempt.items.select_related("version").order_by("position"))
    marked = set(Mark.objects.standing().filter(item__attempt=attempt).values_list("item", flat=True))
    mark_items(attempt, [item for item in items if item.pk not in marked], at)
    rescore([attempt.pk], at)


def close_overdue(*, at: datetime, learner_id: int | None = None) -> int:
    """Hand in what ran past its end, each in its own transaction; how many there were."""
    overdue = Attempt.objects.overdue(at)
    if learner_id is not None:
        overdue = overdue.filter(learner=learner_id)
    closed = 0
    for pk in overdue.values_list("pk", flat=True):
        try:
            submit_attempt(attempt_id=pk, at=at)
        except AlreadySubmitted:
            continue
        closed += 1
    return closed


@transaction.atomic
def set_flag(*, attempt_id: int, learner_id: int, position: int, on: bool, at: datetime) -> None:
    """Mark a question of one's open attempt to come back to. Raises ``Attempt.DoesNotExist``."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id, learner=learner_id)
    if not attempt.is_open(at) or not attempt.items.filter(position=position).exists():
        return
    attempt.flagged = sorted({*attempt.flagged, position} if on else {*attempt.flagged} - {position})
    attempt.save(update_fields=["flagged"])


def record_leave(*, attempt_id: int, learner_id: int, seconds: int, at: datetime) -> None:
    """Note that the page of one's open exam was left for a while. Raises ``Attempt.DoesNotExist``."""
    attempt = Attempt.objects.get(pk=attempt_id, learner=learner_id)
    if attempt.is_open(at) and attempt.mode == Mode.EXAM:
        PageLeave.objects.create(attempt=attempt, at=at, seconds=seconds)


@transaction.atomic
def grant_time(*, learner, blueprint: Blueprint | None, minutes: int, reason: str, by, at: datetime) -> Accommodation:
    """Give extra minutes for one exam, or for all without a blueprint; running attempts are prolonged at once."""
    granted = Accommodation.objects.create(
        learner=learner, blueprint=blueprint, extra_minutes=minutes, reason=reason, granted_by=by, granted_at=at
    )
    running = Attempt.objects.of(learner).open().filter(mode=Mode.EXAM, ends_at__gt=at)
    if blueprint:
        running = running.filter(blueprint=blueprint)
    for attempt in running.select_for_update():
        attempt.ends_at += timedelta(minutes=minutes)
        attempt.save(update_fields=["ends_at"])
    AuditEntry.objects.create(
        at=at,
        by=by,
        action="grant_time",
        target=f"user:{learner.pk}",
        detail={"minutes": minutes, "blueprint": blueprint.slug if blueprint else "", "reason": reason},
    )
    return granted
