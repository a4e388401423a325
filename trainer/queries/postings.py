"""Where somebody has been: periods of employment, and moves between teams."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from quizzes.models import AuditEntry
from trainer.models import Employment, PastEmployment, Team
from trainer.rules.vocabulary import EmploymentState


@dataclass(frozen=True)
class Move:
    at: datetime
    by: str
    before: str
    after: str


def moves_of(employment: Employment) -> list[Move]:
    """Moves between teams, the newest first; teams by the names that they have now. Two queries."""
    rows = AuditEntry.objects.filter(action="move_team", target=f"user:{employment.user_id}").select_related("by")
    entries = list(rows)
    teams = _names(entry.detail.get(end) for entry in entries for end in ("before", "after"))
    return [
        Move(
            entry.at,
            str(entry.by or ""),
            teams.get(entry.detail.get("before"), ""),
            teams.get(entry.detail.get("after"), ""),
        )
        for entry in entries
    ]


def periods_of(employment: Employment) -> list[PastEmployment]:
    """The periods that are over, the newest first."""
    return list(PastEmployment.objects.filter(employment=employment).select_related("team", "supervisor"))


class FormerSort(StrEnum):
    NEWEST = "newest"
    NAME = "name"


def former(reach: QuerySet[Employment], sort: FormerSort = FormerSort.NEWEST) -> QuerySet[Employment]:
    """Those in ``reach`` who have left."""
    rows = reach.filter(state=EmploymentState.LEFT).select_related("user", "team")
    return rows.order_by("user__display_name", "pk") if sort is FormerSort.NAME else rows.order_by("-left_on", "-pk")


def _names(ids: Iterable[int | None]) -> dict[int | None, str]:
    known = Team.objects.filter(pk__in={one for one in ids if one is not None})
    return {team.pk: team.name for team in known}
