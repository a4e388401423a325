"""What a token may be made for, and which of it each role can give."""

from collections.abc import Collection
from enum import StrEnum


class Scope(StrEnum):
    """``read`` looks, ``write`` changes. What is seen is never more than the person of the token sees."""

    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    TEAMS_READ = "teams:read"
    ASSIGNMENTS_READ = "assignments:read"
    ASSIGNMENTS_WRITE = "assignments:write"
    RESULTS_READ = "results:read"
    STANDINGS_READ = "standings:read"
    DECISIONS_READ = "decisions:read"


OF_TRAINEE = frozenset(
    {Scope.PEOPLE_READ, Scope.ASSIGNMENTS_READ, Scope.RESULTS_READ, Scope.STANDINGS_READ, Scope.DECISIONS_READ}
)
OF_SUPERVISOR = OF_TRAINEE | {Scope.TEAMS_READ, Scope.ASSIGNMENTS_WRITE}
OF_ADMIN = OF_SUPERVISOR | {Scope.PEOPLE_WRITE}
BY_ROLE = {"trainee": OF_TRAINEE, "supervisor": OF_SUPERVISOR, "admin": OF_ADMIN}


def allowed(wanted: Collection[str], role: str) -> frozenset[Scope]:
    """Those of ``wanted`` that somebody of ``role`` can give; unknown words give nothing."""
    return frozenset(scope for scope in BY_ROLE[role] if scope.value in wanted)
