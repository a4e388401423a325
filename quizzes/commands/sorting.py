"""Sorting tickets against the clock. Answers are appended, and the first one of a ticket stands."""

from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from random import Random

from django.db import IntegrityError, transaction

from quizzes.models import SortingAnswer, SortingRun
from quizzes.queries.drills import sorting_result
from quizzes.rules.drills.shipped import sorting_terms, tickets
from quizzes.rules.sorting import TicketClass, Urgency, draw
from quizzes.signals import drill_finished


class SortingOver(Exception):
    """The run was finished before, or its time is over: the answer was not taken."""


class AlreadySorted(Exception):
    """The ticket was sorted otherwise before, perhaps in another tab: that stands."""


class NoSuchTicket(ValueError):
    """The run has no ticket at this position."""


def start_sorting(*, learner, at: datetime, seed: int) -> SortingRun:
    """Begin a run with tickets drawn by ``seed``, or give back the one that is open."""
    close_overdue_sorting(at=at, learner_id=learner.pk)
    running = SortingRun.objects.of(learner).open().first()
    if running:
        return running
    terms = sorting_terms()
    drawn = draw(tickets(), terms.count, Random(seed))  # noqa: S311 - repeatable, not secret
    try:
        with transaction.atomic():
            return SortingRun.objects.create(
                learner=learner,
                seed=seed,
                tickets=[ticket.to_data() for ticket in drawn],
                terms=asdict(terms),
                started_at=at,
                ends_at=at + timedelta(seconds=terms.seconds),
            )
    except IntegrityError:  # two tabs in the same moment
        return SortingRun.objects.of(learner).open().get()


@transaction.atomic
def sort_ticket(
    *, run_id: int, learner_id: int, position: int, ticket_class: TicketClass, urgency: Urgency, at: datetime
) -> SortingRun:
    """Sort one ticket; the last one ends the run. Sorting it twice the same way is sorting it once.

    Raises ``SortingRun.DoesNotExist``, ``NoSuchTicket``, ``SortingOver``, ``AlreadySorted``.
    """
    run = SortingRun.objects.select_for_update().get(pk=run_id, learner=learner_id)
    if not 1 <= position <= len(run.tickets):
        raise NoSuchTicket(position)
    if not run.is_open or at > run.ends_at:
        raise SortingOver
    there = run.answers.filter(position=position).first()
    if there:
        if (there.ticket_class, there.urgency) != (ticket_class, urgency):
            raise AlreadySorted
        return run
    SortingAnswer.objects.create(run=run, position=position, ticket_class=ticket_class, urgency=urgency, at=at)
    if run.answers.count() == len(run.tickets):
        _finish(run, at)
    return run


@transaction.atomic
def stop_sorting(*, run_id: int, learner_id: int, at: datetime) -> SortingRun:
    """End a run; tickets that were not sorted are not right. Twice is once. Raises ``SortingRun.DoesNotExist``."""
    run = SortingRun.objects.select_for_update().get(pk=run_id, learner=learner_id)
    if run.is_open:
        _finish(run, at)
    return run


def close_overdue_sorting(*, at: datetime, learner_id: int | None = None) -> int:
    """End the runs whose time is over; how many there were."""
    closed = 0
    overdue = SortingRun.objects.overdue(at)
    if learner_id is not None:
        overdue = overdue.filter(learner=learner_id)
    for pk in list(overdue.values_list("pk", flat=True)):
        with transaction.atomic():
            run = SortingRun.objects.select_for_update().get(pk=pk)
            if run.is_open:
                _finish(run, at)
                closed += 1
    return closed


def _finish(run: SortingRun, at: datetime) -> None:
    run.finished_at = min(at, run.ends_at)
    found = sorting_result(run)
    run.class_accuracy, run.urgency_accuracy = _cut(found.classes.accuracy), _cut(found.urgencies.accuracy)
    run.save(update_fields=["finished_at", "class_accuracy", "urgency_accuracy"])
    drill_finished.send(SortingRun, run=run, at=run.finished_at)


def _cut(share: float) -> Decimal:
    return Decimal(repr(share)).quantize(Decimal("0.0001"), rounding=ROUND_FLOOR)
