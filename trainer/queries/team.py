"""The people of a supervisor's teams with where each stands, filtered and sorted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Aggregate, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from quizzes.models import Accommodation, Attempt, LateAnswer, PageLeave, PaperItem
from trainer.models import Employment, Product, Team
from trainer.queries.confirmation import Confirmation, confirmations
from trainer.queries.rechecks import with_recheck_due


class Show(StrEnum):
    ALL = "all"
    READY = "ready"
    NEAR = "near"
    SHORT = "short"


class Sort(StrEnum):
    PROBATION = "probation"
    PROGRESS = "progress"
    NAME = "name"


@dataclass(frozen=True)
class WaitingProduct:
    """``missing`` of ``people`` have not passed its quiz."""

    product: Product
    days_left: int
    missing: int
    people: int


@dataclass(frozen=True)
class TeamList:
    """``people`` of the wanted sort, in the wanted order; ``counts`` of every sort, for the tabs; ``waiting``: products
    about to go on the shelf, or there already, that somebody may not serve yet, the soonest first."""

    people: list[Confirmation]
    counts: dict[str, int]
    waiting: list[WaitingProduct]


def team_list(
    reach: QuerySet, *, at: datetime, q: str = "", team: int | None = None, show=Show.ALL, sort=Sort.PROBATION
) -> TeamList:
    """The people in ``reach`` whose name has ``q``, of one team or of all. Six queries, however many they are.

    Progress follows from evidence and is stored nowhere, so everybody in reach is judged before the list is cut.
    """
    employments = with_recheck_due(Employment.objects.filter(user__in=reach).select_related("user", "team"))
    if q:
        employments = employments.filter(Q(user__display_name__icontains=q) | Q(user__username__icontains=q))
    if team is not None:
        employments = employments.filter(team=team)
    found = list(confirmations(employments, at=at).values())
    sorts = {kind: [person for person in found if _is(person, kind)] for kind in Show}
    counts = {kind.value: len(people) for kind, people in sorts.items()}
    return TeamList(_in_order(sorts[show], sort), counts, _waiting(found, timezone.localdate(at)))


def _waiting(people: list[Confirmation], today: date) -> list[WaitingProduct]:
    missing = Counter(product for person in people for product in person.gates)
    products = sorted(missing, key=lambda product: (product.shelf_on, product.sku))
    return [WaitingProduct(p, p.days_left(today), missing[p], len(people)) for p in products]


def teams_in_reach(reach: QuerySet) -> list[Team]:
    """The teams that these people belong to."""
    return list(Team.objects.filter(members__user__in=reach).distinct())


def accommodations_of(learner) -> QuerySet[Accommodation]:
    return Accommodation.objects.filter(learner=learner).select_related("blueprint", "granted_by")


def exams_for_staff(reach: QuerySet) -> QuerySet[Attempt]:
    """Exams of the people in ``reach``, each with ``size`` (questions of its paper), ``left_times`` and
    ``left_seconds`` (the page was left, recorded only) and ``late`` (answers that came after the deadline)."""
    items = PaperItem.objects.filter(attempt=OuterRef("pk"))
    leaves = PageLeave.objects.filter(attempt=OuterRef("pk"))
    late = LateAnswer.objects.filter(item__attempt=OuterRef("pk"))
    return (
        Attempt.objects.exams()
        .filter(learner__in=reach)
        .select_related("learner", "blueprint")
        .annotate(
            size=_summed(items, "attempt", Count("pk")),
            left_times=_summed(leaves, "attempt", Count("pk")),
            left_seconds=_summed(leaves, "attempt", Sum("seconds")),
            late=_summed(late, "item__attempt", Count("pk")),
        )
    )


def _summed(rows: QuerySet, attempt: str, total: Aggregate) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(attempt).annotate(total=total).values("total")), 0)


def _is(person: Confirmation, show: Show) -> bool:
    match show:
        case Show.READY:
            return person.ready
        case Show.NEAR:
            return person.near
        case Show.SHORT:
            return person.short
    return True


def _in_order(people: Iterable[Confirmation], sort: Sort) -> list[Confirmation]:
    def name(person: Confirmation) -> bytes:
        # Common characters stand in GB 18030 in the order of their pinyin.
        return str(person.employment.user).encode("gb18030")

    match sort:
        case Sort.NAME:
            return sorted(people, key=name)
        case Sort.PROGRESS:
            return sorted(people, key=lambda p: (not p.on_probation, -p.standing.ring, name(p)))
    return sorted(people, key=lambda p: (not p.on_probation, p.days_left, name(p)))
