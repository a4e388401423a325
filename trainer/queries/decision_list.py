"""The decisions that are due, wait for a signature or an answer, and those that were made: one list, in reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from trainer.models import Decision, DecisionAppeal, Employment, Team, User
from trainer.queries.confirmation import ON_PROBATION
from trainer.queries.deciders import deciders, hearers
from trainer.rules.confirmation import SHORT_PROBATION_DAYS, days_left
from trainer.rules.decisions import DecisionAppealState, DecisionKind, DecisionState


class Show(StrEnum):
    READY = "ready"
    ENDING = "ending"
    PENDING = "pending"
    APPEALS = "appeals"
    DECIDED = "decided"


class Sort(StrEnum):
    DUE = "due"
    NAME = "name"
    NEWEST = "newest"


@dataclass(frozen=True)
class Wanted:
    """The filters of the list. ``kind`` narrows what was decided."""

    show: Show = Show.READY
    sort: Sort = Sort.DUE
    q: str = ""
    team: int | None = None
    kind: DecisionKind | None = None


@dataclass(frozen=True)
class Due:
    """Somebody about whom nothing is decided yet."""

    employment: Employment
    days_left: int

    @property
    def late(self) -> bool:
        """Whether probation ends today or is over: no decision is a failure of ours."""
        return self.days_left <= 0

    @property
    def percent(self) -> int | None:
        snapshot = getattr(self.employment, "snapshot", None)
        return snapshot and snapshot.percent


class DecisionList:
    """What one person may see of it at ``at``. Building it costs nothing; each property is one query."""

    def __init__(self, user: User, reach: QuerySet[Employment], wanted: Wanted, *, at: datetime):
        self.user, self.reach, self.wanted = user, reach, wanted
        self.today = timezone.localdate(at)

    def counts(self) -> dict[str, int]:
        """How many there are of each sort, by the other filters. Four queries."""
        waiting = self._waiting()
        soon = Q(probation_ends_on__lte=self._soon)
        due = waiting.aggregate(
            ready=Count("pk", filter=Q(snapshot__all_met=True)),
            ending=Count("pk", filter=soon),
            late=Count("pk", filter=Q(probation_ends_on__lte=self.today)),
        )
        made = self._decisions().aggregate(
            pending=Count("pk", filter=Q(state=DecisionState.PENDING)),
            decided=Count("pk", filter=Q(state=DecisionState.FINAL)),
        )
        return {**due, **made, "appeals": len(self._appeals())}

    def rows(self) -> QuerySet | list:
        """The rows of the wanted sort, in the wanted order, to be cut into pages."""
        match self.wanted.show:
            case Show.READY:
                return self._ordered(self._waiting().filter(snapshot__all_met=True), "", "probation_ends_on")
            case Show.ENDING:
                soon = self._waiting().filter(probation_ends_on__lte=self._soon)
                return self._ordered(soon, "", "probation_ends_on")
            case Show.PENDING:
                return self._ordered(self._decisions().pending(), "employment__", "employment__probation_ends_on")
            case Show.APPEALS:
                return self._appeals()
        found = self._decisions().final()
        if self.wanted.kind:
            found = found.filter(kind=self.wanted.kind)
        return self._ordered(found, "employment__", "-closed_at")

    def due(self, rows: Iterable[Employment]) -> list[Due]:
        return [Due(row, days_left(row.probation_ends_on, self.today)) for row in rows]

    @property
    def _soon(self) -> date:
        return self.today + timedelta(days=SHORT_PROBATION_DAYS)

    def _waiting(self) -> QuerySet[Employment]:
        """People on probation about whom nobody has proposed anything yet."""
        proposed = Decision.objects.pending().filter(employment=OuterRef("pk"))
        people = self.reach.filter(state__in=ON_PROBATION, user__is_active=True).exclude(Exists(proposed))
        return self._filtered(people, "").select_related("user", "team", "snapshot")

    def _decisions(self) -> QuerySet[Decision]:
        own = Q(employment__in=self.reach) | Q(asked=self.user, state=DecisionState.PENDING)
        rows = Decision.objects.filter(own).exclude(employment__user=self.user)
        return (
            self._filtered(rows, "employment__")
            .select_related("employment__user", "employment__team", "by", "asked", "countersigned_by", "team", "appeal")
            .defer("packet")
        )

    def _appeals(self) -> list[DecisionAppeal]:
        """The open ones in reach, and those that this person is to answer; those due first are first."""
        if not hasattr(self, "_found_appeals"):
            rows = self._filtered(
                DecisionAppeal.objects.filter(state=DecisionAppealState.OPEN).exclude(
                    decision__employment__user=self.user
                ),
                "decision__employment__",
            ).select_related("decision__employment__user", "decision__employment__team", "decision__by")
            rows = rows.annotate(in_reach=Exists(self.reach.filter(pk=OuterRef("decision__employment"))))
            out_of_reach = any(not row.in_reach for row in rows)
            people = list(deciders().prefetch_related("groups")) if out_of_reach else []
            self._found_appeals = [row for row in rows if row.in_reach or self.user in hearers(row, people)]
        return self._found_appeals

    def _filtered(self, rows: QuerySet, prefix: str) -> QuerySet:
        if self.wanted.team:
            rows = rows.filter(**{f"{prefix}team": self.wanted.team})
        if self.wanted.q:
            rows = rows.filter(
                Q(**{f"{prefix}user__display_name__icontains": self.wanted.q})
                | Q(**{f"{prefix}user__username__icontains": self.wanted.q})
            )
        return rows

    def _ordered(self, rows: QuerySet, prefix: str, due: str) -> QuerySet:
        match self.wanted.sort:
            case Sort.NAME:
                return rows.order_by(f"{prefix}user__display_name", "pk")
            case Sort.NEWEST if prefix:
                return rows.order_by("-at", "-pk")
            case Sort.NEWEST:
                return rows.order_by(F("hired_on").desc(), "-pk")
        return rows.order_by(due, "pk")


def teams_in(reach: QuerySet[Employment]) -> list[Team]:
    return list(Team.objects.filter(Exists(reach.filter(team=OuterRef("pk")))))


def undecided(reach: QuerySet[Employment], today: date) -> int:
    """How many people's probation ends today, or is over, without a decision."""
    return reach.filter(state__in=ON_PROBATION, user__is_active=True, probation_ends_on__lte=today).count()
