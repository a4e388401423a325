"""Where people stand on the way to confirmation, and what was decided."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from trainer.api.paging import Page, Paging, paged
from trainer.api.people import Id
from trainer.api.problems import problems
from trainer.api.tokens import TokenFor, caller
from trainer.models import Decision, Employment
from trainer.queries.confirmation import Confirmation, confirmations
from trainer.queries.people import learners_within
from trainer.rules.api_scopes import Scope
from trainer.rules.decisions import DecisionKind
from trainer.rules.vocabulary import EmploymentState

router = Router(tags=["confirmation"])


class LineOut(Schema):
    requirement: str = Field(description="转正要求的代号")
    title: str
    state: str


class StandingOut(Schema):
    """``percent`` is the whole progress of 100; ``ready``: everything is met, and a decision is due."""

    person: int
    team: int | None = None
    state: EmploymentState
    probation_ends_on: date
    days_left: int
    percent: int
    ready: bool
    lines: list[LineOut]


class StandingsFilter(Paging):
    person: int | None = Id
    team: int | None = Id


class DecisionOut(Schema):
    """A final one. ``superseded``: a later one took its place, after an appeal for instance."""

    id: int
    person: int
    kind: DecisionKind
    reasons: str
    by: int
    decided_at: datetime
    effective_on: date
    superseded: bool
    digest: str = Field(description="评议材料的 SHA-256")


class DecisionsFilter(Paging):
    person: int | None = Id
    since: datetime | None = Field(None, description="只要这个时间以后生效的")


@router.get(
    "/standings",
    auth=TokenFor(Scope.STANDINGS_READ),
    response={200: Page[StandingOut], **problems()},
    summary="离转正还差什么",
)
def standings(request: HttpRequest, wanted: Query[StandingsFilter]):
    rows = Employment.objects.exclude(state=EmploymentState.LEFT)
    rows = rows.filter(user__in=learners_within(caller(request).person))
    if wanted.person is not None:
        rows = rows.filter(user=wanted.person)
    if wanted.team is not None:
        rows = rows.filter(team=wanted.team)
    return paged(rows.select_related("user", "team").order_by("user"), wanted, _as_standings)


@router.get(
    "/decisions",
    auth=TokenFor(Scope.DECISIONS_READ),
    response={200: Page[DecisionOut], **problems()},
    summary="转正结论",
)
def decisions(request: HttpRequest, wanted: Query[DecisionsFilter]):
    rows = Decision.objects.final().filter(employment__user__in=learners_within(caller(request).person))
    if wanted.person is not None:
        rows = rows.filter(employment__user=wanted.person)
    if wanted.since:
        rows = rows.filter(closed_at__gte=wanted.since)
    return paged(rows.select_related("employment").defer("packet").order_by("closed_at", "pk"), wanted, _as_decisions)


def _as_standings(employments) -> list[dict[str, Any]]:
    return [_as_standing(found) for found in confirmations(employments, at=timezone.now()).values()]


def _as_standing(found: Confirmation) -> dict[str, Any]:
    employment = found.employment
    return {
        "person": employment.user_id,
        "team": employment.team_id,
        "state": employment.state,
        "probation_ends_on": employment.probation_ends_on,
        "days_left": found.days_left,
        "percent": found.standing.percent,
        "ready": found.ready,
        "lines": [
            {"requirement": line.requirement.slug, "title": str(line.requirement), "state": line.judgement.state}
            for line in found.lines
        ],
    }


def _as_decisions(decisions) -> list[dict[str, Any]]:
    return [
        {
            "id": decision.pk,
            "person": decision.employment.user_id,
            "kind": decision.kind,
            "reasons": decision.reasons,
            "by": decision.by_id,
            "decided_at": decision.closed_at,
            "effective_on": decision.effective_on,
            "superseded": decision.superseded,
            "digest": decision.digest,
        }
        for decision in decisions
    ]
