"""Monthly figures entered by hand, for one person."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.models import PerformanceMonth, User
from trainer.queries.periods import first_days
from trainer.rules.performance import is_before
from trainer.rules.vocabulary import Figure


class Oneself(Exception):
    """Nobody enters figures about themselves."""


class FutureMonth(Exception):
    """The month has not begun yet."""


class NotHiredYet(Exception):
    """The month is over before the person was hired; ``args[0]`` is the day on which they were."""


class NoReason(Exception):
    """Figures that stand are changed by hand only with a reason."""


class NoFigures(Exception):
    """There is nothing to keep."""


@transaction.atomic
def enter_performance(
    *, learner, month: date, figures: Mapping[Figure, Decimal], reason: str = "", by, at: datetime
) -> PerformanceMonth:
    """Make these the figures of the month; what they do not name was not measured. The same again changes nothing.

    Raises ``Oneself``, ``FutureMonth``, ``NotHiredYet``, ``NoFigures``, and ``NoReason`` where other figures stood.
    """
    if learner.pk == by.pk:
        raise Oneself
    if month > timezone.localdate(at):
        raise FutureMonth
    first = first_days([learner.pk]).get(learner.pk)
    if first and is_before(month, first):
        raise NotHiredYet(first)
    if not figures:
        raise NoFigures
    lock_people([learner.pk])
    there = PerformanceMonth.objects.filter(learner=learner, month=month).first()
    before = there.figures if there else {}
    if there and before == dict(figures):
        return there
    if there and not reason:
        raise NoReason
    row = there or PerformanceMonth(learner=learner, month=month)
    for figure in Figure:
        setattr(row, figure, figures.get(figure))
    row.sheet, row.reason, row.entered_at, row.entered_by = None, reason, at, by
    row.save()
    AuditEntry.objects.create(
        at=at,
        by=by,
        action="enter_performance",
        target=f"user:{learner.pk}",
        detail={"month": f"{month:%Y-%m}", "before": texts(before), "after": texts(figures), "reason": reason},
    )
    return row


def lock_people(learners: Iterable[int]) -> None:
    """Whoever writes figures of these people waits for each other, in the same order."""
    list(User.objects.select_for_update().filter(pk__in=set(learners)).order_by("pk").values_list("pk"))


def texts(figures: Mapping[Figure, Decimal]) -> dict[str, str]:
    """Figures as JSON keeps them."""
    return {figure.value: str(value) for figure, value in figures.items()}
