"""A scenario: a customer, an order, and what happens when the agent says one thing or another.

Everything a trainer writes is here, as immutable data. Texts may hold ``{name}`` places, which a seed fills
(``drawing``). How each field is written is told in docs/scenario-format.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Says = tuple[tuple[str, ...], ...]
"""Alternatives, each a few short messages that the customer sends one after another."""


class Stage(StrEnum):
    PRESALE = "presale"
    AFTERSALE = "aftersale"
    COMPLAINT = "complaint"


class EndingKind(StrEnum):
    """How a talk ends. ``HANDED_OVER`` is a rightful escalation: to a superior, or to the platform."""

    SOLVED_SATISFIED = "solved_satisfied"
    SOLVED_SOUR = "solved_sour"
    HANDED_OVER = "handed_over"
    LOST_SALE = "lost_sale"
    BAD_REVIEW = "bad_review"
    COMPLAINT = "complaint"
    WRONG_MONEY = "wrong_money"


SOLVED = frozenset({EndingKind.SOLVED_SATISFIED, EndingKind.SOLVED_SOUR, EndingKind.HANDED_OVER})


class Dimension(StrEnum):
    """What the score is made of."""

    ATTITUDE = "attitude"
    COMMUNICATION = "communication"
    KNOWLEDGE = "knowledge"
    PROBLEM_SOLVING = "problem_solving"
    FEEDBACK = "feedback"
    EFFICIENCY = "efficiency"
    TEAMWORK = "teamwork"


class Critical(StrEnum):
    """Errors that fail a session whatever else it shows."""

    OFFLINE_PAYMENT = "offline_payment"
    PAID_PRAISE = "paid_praise"
    DATA_LEAK = "data_leak"
    ABUSE = "abuse"
    BEYOND_AUTHORITY = "beyond_authority"
    UNVERIFIED_ORDER = "unverified_order"
    DENIED_RIGHT = "denied_right"


MOST_PATIENCE = MOST_TRUST = 5
ANY = "any"


@dataclass(frozen=True)
class Persona:
    """Who is talking. ``patience`` and ``trust`` are those at the start, 0–5; ``wish`` is told in the debrief."""

    nick: str
    wish: str
    patience: int = 3
    trust: int = 2
    signs: tuple[str, ...] = ()
    calms: tuple[str, ...] = ()
    enrages: tuple[str, ...] = ()


@dataclass(frozen=True)
class PanelItem:
    """A part of the order panel, closed until the trainee opens it. A ``must`` has to be opened in every talk."""

    key: str
    title: str
    lines: tuple[str, ...]
    must: bool = False


@dataclass(frozen=True)
class Hidden:
    """A detail that the customer does not tell by themselves; one of the scenario's is drawn."""

    key: str
    text: str


@dataclass(frozen=True)
class Words:
    """Patterns over normalised text: one of ``any`` and each of ``all``, where given, and none of ``none``."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """Something that has to be said. ``needs`` are panel items to be opened first: otherwise it was said unchecked.

    ``with_checks`` have to show in the same reply. ``hidden``: only when that detail was drawn.
    """

    key: str
    say: str
    words: Words
    weight: int = 1
    dimension: Dimension = Dimension.PROBLEM_SOLVING
    needs: tuple[str, ...] = ()
    with_checks: tuple[str, ...] = ()
    hidden: str = ""
    negated: bool = False
    lesson: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forbidden:
    """Something that must not be said here, unless all of ``unless_looked`` were opened before."""

    key: str
    say: str
    words: Words
    critical: Critical | None = None
    unless_looked: tuple[str, ...] = ()
    dimension: Dimension = Dimension.PROBLEM_SOLVING
    lesson: str = ""


@dataclass(frozen=True)
class When:
    """All of what is given must hold. ``points`` are met by now, ``said`` in this very reply."""

    points: tuple[str, ...] = ()
    any_points: tuple[str, ...] = ()
    not_points: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    not_checks: tuple[str, ...] = ()
    violation: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    looked: tuple[str, ...] = ()
    not_looked: tuple[str, ...] = ()
    choice: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    escalated: bool | None = None
    patience_at_most: int | None = None
    trust_at_least: int | None = None
    stayed: int | None = None


@dataclass(frozen=True)
class Rule:
    """What a reply leads to: ``to`` is a beat or an ending; empty means that the talk stays in its beat."""

    when: When | None = None
    says: Says = ()
    to: str = ""
    patience: int = 0
    trust: int = 0


@dataclass(frozen=True)
class Choice:
    """A prepared reply. With ``stated`` its checks are known and not judged: name of the check → yes or no."""

    key: str
    text: str
    stated: Mapping[str, bool] | None = None


@dataclass(frozen=True)
class Beat:
    key: str
    then: tuple[Rule, ...]
    about: str = ""
    wants: Mapping[str, int] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    choices: tuple[Choice, ...] = ()
    better: tuple[str, ...] = ()


@dataclass(frozen=True)
class Escalation:
    """When to hand over: in time in one of the beats ``at``, too early before the first of them."""

    words: Words
    at: tuple[str, ...] = ()


@dataclass(frozen=True)
class Silence:
    """After ``after`` seconds without an answer the customer speaks again and loses ``patience``."""

    says: Says
    after: int = 45
    patience: int = -1


@dataclass(frozen=True)
class Ending:
    """``credit`` is the share of the end state that counts; ``None`` takes the one of its kind."""

    key: str
    kind: EndingKind
    note: str
    says: Says = ()
    credit: float | None = None


Variant = Mapping[str, str]
"""The names that one value of a variant fills: ``item`` itself, and ``item.price`` for what goes with it."""


@dataclass(frozen=True)
class Scenario:
    slug: str
    title: str
    platform: str
    stage: Stage
    customer_type: str
    lessons: tuple[str, ...]
    refs: tuple[str, ...]
    minutes: int
    source: str
    review_by: str
    status: str
    persona: Persona
    truth: str
    opening: Says
    start: str
    beats: Mapping[str, Beat]
    endings: Mapping[str, Ending]
    out_of_patience: str
    out_of_turns: str
    turns: int = 12
    variants: Mapping[str, tuple[Variant, ...]] = field(default_factory=dict)
    hidden: tuple[Hidden, ...] = ()
    panel: tuple[PanelItem, ...] = ()
    wants: Mapping[str, int] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    always: tuple[Rule, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    escalation: Escalation | None = None
    silence: Silence | None = None

    def all_points(self) -> Iterator[Point]:
        """Those of the whole talk, then those of each beat."""
        yield from self.points
        for beat in self.beats.values():
            yield from beat.points

    def rests_on(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lessons and the facts that it names, each once."""
        points = list(self.all_points())
        lessons = [self.customer_type, *self.lessons, *(p.lesson for p in points), *(f.lesson for f in self.forbidden)]
        facts = [fact for point in points for fact in point.facts]
        return tuple(dict.fromkeys(filter(None, lessons))), tuple(dict.fromkeys(facts))

    def rules_of(self, beat: str) -> tuple[Rule, ...]:
        """The rules tried in a beat, in order: what always holds comes first."""
        return self.always + self.beats[beat].then
