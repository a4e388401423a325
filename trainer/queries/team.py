"""The people of a supervisor's teams with where each stands, filtered and sorted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Aggregate, Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from quizzes.models import Accommodation, Attempt, LateAnswer, PageLeave, PaperItem
from trainer.models import Employment, Product, Team
from trainer.queries.confirmation import ON_PROBATION, SHELF_SOON, Confirmation, confirmations
from trainer.queries.people import by_pinyin
from trainer.queries.rechecks import with_recheck_due
from trainer.rules.confirmation import SHORT_PROBATION_DAYS, days_left

JUDGED_AT_ONCE = 100  # people whose evidence has changed since they were last judged


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
class Place:
    """Somebody in the list: how they stand as far as the list needs it. ``judged`` where it was looked up just now."""

    employment: Employment
    all_met: bool
    near: bool
    percent: int
    days_left: int
    judged: Confirmation | None = None

    @property
    def on_probation(self) -> bool:
        return self.employment.state in ON_PROBATION

    def shows_under(self, show: Show) -> bool:
        match show:
            case Show.READY:
                return self.on_probation and self.all_met
            case Show.NEAR:
                return self.on_probation and self.near
            case Show.SHORT:
                return self.on_probation and self.days_left <= SHORT_PROBATION_DAYS and not self.all_met
        return True


@dataclass(frozen=True)
class TeamList:
    """``people`` of the wanted sort, in the wanted order; ``counts`` of every sort, for the tabs; ``waiting``: products
    about to go on the shelf, or there already, that somebody may not serve yet, the soonest first."""

    people: list[Place]
    counts: dict[str, int]
    waiting: list[WaitingProduct]


def team_list(reach: QuerySet, *, at: datetime, show=Show.ALL, sort=Sort.PROBATION) -> TeamList:
    """The people in ``reach``.

    They are counted and sorted by what is stored of them (``StandingSnapshot``); those whose evidence has changed
    since are judged now, as long as they are few. The same number of queries, however many people there are.
    """
    employments = with_recheck_due(Employment.objects.filter(user__in=reach).select_related("user", "team", "snapshot"))
    people, today = list(employments), timezone.localdate(at)
    changed = [one for one in people if not _is_fresh(one, today)][:JUDGED_AT_ONCE]
    judged = confirmations(changed, at=at) if changed else {}
    places = [_place(one, judged.get(one.user_id), today) for one in people]
    sorts = {kind: [place for place in places if place.shows_under(kind)] for kind in Show}
    counts = {kind.value: len(found) for kind, found in sorts.items()}
    return TeamList(_in_order(sorts[show], sort), counts, _waiting(employments, len(people), today))


def shown(places: Iterable[Place], *, at: datetime) -> list[Confirmation]:
    """These people, judged from their evidence as it is at ``at``; no query where all of them were already."""
    page = list(places)
    rest = [place.employment for place in page if place.judged is None]
    found = confirmations(rest, at=at) if rest else {}
    return [place.judged or found[place.employment.user_id] for place in page]


def _is_fresh(employment: Employment, today: date) -> bool:
    snapshot = getattr(employment, "snapshot", None)
    return snapshot is not None and not snapshot.stale and timezone.localdate(snapshot.computed_at) == today


def _place(employment: Employment, judged: Confirmation | None, today: date) -> Place:
    days = days_left(employment.probation_ends_on, today)
    if judged:
        standing = judged.standing
        return Place(employment, standing.all_met, standing.near, standing.percent, days, judged)
    snapshot = getattr(employment, "snapshot", None)
    if snapshot is None:
        return Place(employment, False, False, 0, days)
    return Place(employment, snapshot.all_met, snapshot.near, snapshot.percent, days)


def _waiting(employments: QuerySet, people: int, today: date) -> list[WaitingProduct]:
    passed = (
        Attempt.objects.filter(blueprint=OuterRef("blueprint"), passed=True, learner__in=employments.values("user"))
        .order_by()
        .values("blueprint")
        .annotate(people=Count("learner", distinct=True))
    )
    products = (
        Product.objects.sold()
        .filter(blueprint__is_open=True, shelf_on__lte=today + SHELF_SOON)
        .annotate(passed=Coalesce(Subquery(passed.values("people")), 0))
        .filter(passed__lt=people)
        .order_by("shelf_on", "sku")
    )
    return [WaitingProduct(p, p.days_left(today), people - p.passed, people) for p in products]


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


def _in_order(people: Iterable[Place], sort: Sort) -> list[Place]:
    def name(place: Place) -> bytes:
        return by_pinyin(place.employment.user)

    match sort:
        case Sort.NAME:
            return sorted(people, key=name)
        case Sort.PROGRESS:
            return sorted(people, key=lambda p: (not p.on_probation, -p.percent, name(p)))
    return sorted(people, key=lambda p: (not p.on_probation, p.days_left, name(p)))
