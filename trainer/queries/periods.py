"""What belongs to the present period of somebody's employment: who came back begins anew, unless agreed otherwise.

Everything that speaks for a person is cut here: rows that are looked up by ``this_period``, what is in hand by
``counts``. The moment that decides is when it was begun.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, Min, Q
from django.utils import timezone

from trainer.models import Employment


def this_period(moment: str, learner: str = "learner") -> Q:
    """Rows whose ``moment`` (the name of a field) is not before the ``counts_from`` of their ``learner``."""
    first = f"{learner}__employment__counts_from"
    return Q(**{first: None}) | Q(**{f"{moment}__date__gte": F(first)})


def counts(moment: datetime, since: date | None) -> bool:
    """Whether something of that moment is not before ``since``, an ``Employment.counts_from``."""
    return since is None or timezone.localdate(moment) >= since


def first_days(learners: Iterable[int]) -> dict[int, date]:
    """When each of these people (ids) was hired for the first time. One query."""
    rows = Employment.objects.filter(user__in=list(learners)).annotate(earlier=Min("past__hired_on"))
    return {
        person: min(hired_on, earlier or hired_on)
        for person, hired_on, earlier in rows.order_by().values_list("user", "hired_on", "earlier")
    }
