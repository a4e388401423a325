"""Facts as the generators see them: one true statement each, with its scope and its dates.

``key`` is opaque here; whoever owns the facts (lessons, products) gives it its meaning.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from quizzes.rules.vocabulary import Flag, Platform


class FactType(StrEnum):
    VALUE = "value"
    NUMBER = "number"
    STEPS = "steps"
    RULE = "rule"
    SET = "set"
    WINDOW = "window"
    MONEY = "money"


class Bound(StrEnum):
    EXACTLY = "exactly"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


class CountsFrom(StrEnum):
    """``NEXT_DAY``: the day after the event is day 1, whole days. ``SAME_MOMENT``: runs from the event."""

    NEXT_DAY = "next_day"
    SAME_MOMENT = "same_moment"


@dataclass(frozen=True)
class Attribute:
    """A way of asking that several facts share.

    ``ask`` and ``state`` are templates over ``{subject}`` and ``{value}``. With ``siblings`` the value of
    any other fact of this attribute is false of this subject, so it may serve as a distractor. ``match``
    is the instruction of a matching question over the attribute, empty where there is none.
    """

    key: str
    name: str
    ask: str
    state: str
    siblings: bool = False
    match: str = ""


@dataclass(frozen=True)
class Formula:
    """How a sum of money follows from a base amount.

    ``multiple_with_minimum``: ``max(times × base, minimum)``, plus the base itself with ``plus_refund``.
    ``percent_cap``: ``percent`` per cent of the base. ``add``: base plus ``surcharge``.
    """

    kind: str
    times: Decimal = Decimal(1)
    minimum: Decimal = Decimal(0)
    plus_refund: bool = False
    percent: Decimal = Decimal(0)
    surcharge: Decimal = Decimal(0)


@dataclass(frozen=True)
class Fact:
    """One thing that is so, for a scope of platforms and a span of dates.

    Which of the typed fields are filled follows from ``type``; the content format in ``docs/`` names them.
    ``valid_to`` is the last day on which it holds; ``None`` is open-ended.
    """

    key: str
    type: FactType
    subject: str
    note: str
    refs: tuple[str, ...] = ()
    attribute: Attribute | None = None
    flag: Flag = Flag.CURRENT
    scope: frozenset[Platform] = frozenset({Platform.ALL})
    valid_from: date | None = None
    valid_to: date | None = None
    value: str = ""
    accept: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    number: Decimal | None = None
    unit: str = ""
    bound: Bound = Bound.EXACTLY
    steps: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    event: str = ""
    action: str = ""
    counts_from: CountsFrom = CountsFrom.NEXT_DAY
    formula: Formula | None = None
    base: str = ""
    result: str = ""
    lesson: str = field(default="", compare=False)
    topic: str = field(default="", compare=False)

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def shares_scope_with(self, other: "Fact") -> bool:
        """Whether some platform is in both scopes; ``all`` is in every one."""
        return Platform.ALL in self.scope | other.scope or bool(self.scope & other.scope)
