"""A row of the access tables, and the words for who gets where."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.trainer.access.world import World

ROLES = ("anonymous", "trainee", "other_supervisor", "supervisor", "admin")
IN, LOGIN, FORBIDDEN, MISSING = "let in", "sent to sign in", "forbidden", "not found"
NO_TOKEN = "needs a token"

# Who gets where, in the order of ROLES. ``trainee`` owns what the row names, ``supervisor`` leads their team.
ANYBODY = (IN, IN, IN, IN, IN)
SENT_TO_SIGN_IN = (LOGIN, LOGIN, LOGIN, LOGIN, LOGIN)
SIGNED_IN = (LOGIN, IN, IN, IN, IN)
OWN = (LOGIN, IN, MISSING, MISSING, MISSING)
STAFF = (LOGIN, FORBIDDEN, IN, IN, IN)
REACH = (LOGIN, FORBIDDEN, MISSING, IN, IN)
RATER = (LOGIN, MISSING, MISSING, IN, MISSING)
ADMIN_ONLY = (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, IN)
SWITCHED_OFF = (MISSING, MISSING, MISSING, MISSING, MISSING)
BY_TOKEN = (NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN)  # who gets where with one: ``test_api_access``


@dataclass(frozen=True)
class Row:
    outcomes: tuple[str, ...]
    args: Callable[[World], list] = lambda world: []
    method: str = "get"
    data: Callable[[World], dict] = lambda world: {}
    as_json: bool = False
