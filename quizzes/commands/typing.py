"""Typing a passage against the clock: the server stamps the start and the finish."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from random import Random

from django.db import IntegrityError, transaction

from quizzes.models import TypingRun
from quizzes.rules.drills.shipped import Passage, next_passage, passages, typing_terms
from quizzes.rules.typing import Doubt, Input, align, doubt_of, letters, per_minute
from quizzes.rules.vocabulary import Mode
from quizzes.signals import drill_finished

GRACE = timedelta(seconds=10)  # what the page sends as the clock runs out is still on its way


class NoSuchPassage(Exception):
    """There is no passage of this name to practise with."""


class RunOver(Exception):
    """The run was finished before, perhaps from another tab, or its time is over."""


class TypedElsewhere(Exception):
    """Another page has typed on since this one last saw the run."""


@dataclass(frozen=True)
class Typed:
    """What a page sends. ``seen`` is the number of saves that it knows; ``inputs`` are [ms, characters]."""

    client: str
    seen: int
    text: str
    inputs: Sequence[tuple[int, int]] = ()
    blocked: Mapping[str, int] = field(default_factory=dict)


def start_typing(*, learner, mode: Mode, at: datetime, chance: Random, passage: str = "") -> TypingRun:
    """Begin a run, or give back the one that is open. A test draws its passage among those typed least often.

    Raises ``NoSuchPassage``.
    """
    close_overdue_typing(at=at, learner_id=learner.pk)
    running = TypingRun.objects.of(learner).open().first()
    if running:
        return running
    chosen = _named(passage) if mode == Mode.PRACTICE else _drawn(learner, chance)
    terms = typing_terms()
    seconds = len(letters(chosen.text)) * 60 / terms.slowest
    try:
        with transaction.atomic():
            return TypingRun.objects.create(
                learner=learner,
                passage=chosen.slug,
                text=chosen.text,
                mode=mode,
                terms=asdict(terms),
                started_at=at,
                ends_at=at + timedelta(seconds=round(seconds)),
            )
    except IntegrityError:  # two tabs in the same moment
        return TypingRun.objects.of(learner).open().get()


def _named(slug: str) -> Passage:
    for passage in passages():
        if passage.slug == slug:
            return passage
    raise NoSuchPassage(slug)


def _drawn(learner, chance: Random) -> Passage:
    done = TypingRun.objects.of(learner).filter(mode=Mode.EXAM).values_list("passage", flat=True)
    return next_passage(done, chance.randrange(len(passages())))


@transaction.atomic
def keep_typing(*, run_id: int, learner_id: int, typed: Typed, at: datetime) -> TypingRun:
    """Keep what is typed so far. Raises ``TypingRun.DoesNotExist``, ``RunOver``, ``TypedElsewhere``."""
    run = TypingRun.objects.select_for_update().get(pk=run_id, learner=learner_id)
    if not run.is_open or at > run.ends_at + GRACE:
        raise RunOver
    _take(run, typed)
    run.save(update_fields=["typed", "inputs", "blocked", "client", "saves"])
    return run


def _take(run: TypingRun, typed: Typed) -> None:
    if run.client and typed.client != run.client and typed.seen != run.saves:
        raise TypedElsewhere
    run.typed, run.client, run.saves = typed.text, typed.client, run.saves + 1
    run.inputs = [list(pair) for pair in typed.inputs]
    run.blocked = {kind: max(count, run.blocked.get(kind, 0)) for kind, count in typed.blocked.items()}


@transaction.atomic
def finish_typing(*, run_id: int, learner_id: int, typed: Typed, at: datetime) -> TypingRun:
    """End a run with what was typed. Ending it twice is ending it once; what comes too late is not taken.

    Raises ``TypingRun.DoesNotExist``, ``TypedElsewhere``.
    """
    run = TypingRun.objects.select_for_update().get(pk=run_id, learner=learner_id)
    if not run.is_open:
        return run
    if at <= run.ends_at + GRACE:
        _take(run, typed)
    _finish(run, at)
    return run


def close_overdue_typing(*, at: datetime, learner_id: int | None = None) -> int:
    """End the runs whose time is over with what was kept of them; how many there were."""
    closed = 0
    overdue = TypingRun.objects.overdue(at - GRACE)
    if learner_id is not None:
        overdue = overdue.filter(learner=learner_id)
    for pk in list(overdue.values_list("pk", flat=True)):
        with transaction.atomic():
            run = TypingRun.objects.select_for_update().get(pk=pk)
            if run.is_open:
                _finish(run, at)
                closed += 1
    return closed


def _finish(run: TypingRun, at: datetime) -> None:
    terms = run.frozen_terms()
    stopped = at < run.ends_at
    run.finished_at = min(at, run.ends_at)
    seconds = (run.finished_at - run.started_at).total_seconds()
    found = align(run.text, run.typed)
    run.correct = found.correct
    # Cut off, never rounded up: nobody reads 50.0 and has failed with 49.96.
    run.correct_per_minute = _cut(per_minute(found.correct, seconds), "0.1")
    run.accuracy = _cut(found.accuracy, "0.0001")
    doubt: Doubt | None = Doubt.PRACTICE
    if run.mode == Mode.EXAM:
        doubt = doubt_of(
            found,
            length=len(letters(run.text)),
            seconds=seconds,
            inputs=[Input(ms, chars) for ms, chars in run.inputs],
            terms=terms,
            stopped=stopped,
        )
    run.counted, run.doubt = doubt is None, doubt or ""
    run.save()
    drill_finished.send(TypingRun, run=run, at=run.finished_at)


def _cut(value: float, step: str) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(step), rounding=ROUND_FLOOR)
