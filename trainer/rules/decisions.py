"""What may be decided about a person on probation, by whom, and until when.

The software never decides. It says which decisions the law and the calendar leave open, who has to agree, and who
hears an appeal; people sign.

Probation by law (Labour Contract Law, art. 19): at most one month for a contract of less than a year, two for one
of less than three years, six for longer and open-ended ones. Once it is over without a word, a person stays: neither
an extension nor a refusal is open any more.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DecisionKind(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    EXTEND = "extend"
    REFUSE = "refuse"


class DecisionState(StrEnum):
    """``PENDING`` waits for a second person, who makes it ``FINAL`` or ``RETURNED``; whoever proposed it can take it
    back until then."""

    PENDING = "pending"
    FINAL = "final"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class DecisionAppealState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    OVERTURNED = "overturned"


class Contract(StrEnum):
    """How long the contract of employment runs: the law's limit of probation hangs on it."""

    UNDER_ONE_YEAR = "under_one_year"
    UNDER_THREE_YEARS = "under_three_years"
    LONGER = "longer"


class Second(StrEnum):
    """Why a second person has to countersign; ``NOT_NEEDED`` where one signature will do."""

    NOT_NEEDED = ""
    ONLY_MARKER = "only_marker"
    SETTING = "setting"


LONGEST_PROBATION_MONTHS = {
    Contract.UNDER_ONE_YEAR: 1,
    Contract.UNDER_THREE_YEARS: 2,
    Contract.LONGER: 6,
}
CONFIRMS = (DecisionKind.EARLY, DecisionKind.ON_TIME)
# What is better for the person comes later.
RANK = (DecisionKind.REFUSE, DecisionKind.EXTEND, DecisionKind.ON_TIME, DecisionKind.EARLY)
ON_TIME_WINDOW = 30  # days before the end of probation from which "on time" can be said
WARN_BEFORE = (3, 7, 14)  # days before the end of probation; the most urgent first


@dataclass(frozen=True)
class Signatures:
    """Who has a say: people by id. ``markers`` are all whose own judgement went into the evidence."""

    decider: int
    markers: frozenset[int]
    setting: bool


def last_day_allowed(hired_on: date, contract: Contract) -> date:
    """The last day to which the law lets probation run; a month from the 31st ends with the month."""
    months = hired_on.month - 1 + LONGEST_PROBATION_MONTHS[contract]
    year, month = hired_on.year + months // 12, months % 12 + 1
    length = monthrange(year, month)[1]
    if hired_on.day > length:
        return date(year, month, length)
    return date(year, month, hired_on.day) - timedelta(days=1)


def open_kinds(days_left: int) -> tuple[DecisionKind, ...]:
    """What can be decided with so many days of probation left (negative once it is over)."""
    if days_left < 0:
        return (DecisionKind.ON_TIME,)
    kinds = [DecisionKind.EXTEND, DecisionKind.REFUSE]
    if days_left <= ON_TIME_WINDOW:
        kinds.insert(0, DecisionKind.ON_TIME)
    if days_left > 0:
        kinds.insert(0, DecisionKind.EARLY)
    return tuple(kinds)


def second_needed(signatures: Signatures) -> Second:
    """Whether somebody else must countersign.

    Nobody decides alone on someone whom only they marked: where the decider is the one human marker, the site's
    setting does not matter. Evidence that no person marked (exams marked by key) is nobody's own judgement.
    """
    if signatures.markers == {signatures.decider}:
        return Second.ONLY_MARKER
    return Second.SETTING if signatures.setting else Second.NOT_NEEDED


def may_hear(person: int, *, decider: int, countersigner: int | None, markers: Collection[int], learner: int) -> bool:
    """Whether an appeal may go to this person: not to whom it is against, nor to the only one who marked."""
    if person in (decider, countersigner, learner):
        return False
    return set(markers) != {person}


def can_be_appealed(kind: DecisionKind) -> bool:
    return kind is not DecisionKind.EARLY


def better_kinds(kind: DecisionKind, days_left: int) -> tuple[DecisionKind, ...]:
    """What an appeal can turn a decision into: nobody comes out of their own appeal worse than they went in."""
    worse_or_same = RANK[: RANK.index(kind) + 1]
    open_now = [DecisionKind.EARLY] if days_left > 0 else []
    open_now.append(DecisionKind.ON_TIME)
    if days_left >= 0:
        open_now.append(DecisionKind.EXTEND)
    return tuple(one for one in open_now if one not in worse_or_same)


def appeal_until(final_on: date, days: int) -> date:
    """The last day on which an appeal is taken, the day of the decision not counted."""
    return final_on + timedelta(days=days)


def warning_due(days_left: int) -> int | None:
    """Which warning of the end of probation is due: 14, 7 or 3 days before, 0 on the last day, -1 once it is over.

    After days on which nothing ran only the most urgent is due; ``None`` while there is time.
    """
    if days_left <= 0:
        return 0 if days_left == 0 else -1
    return next((days for days in WARN_BEFORE if days_left <= days), None)
