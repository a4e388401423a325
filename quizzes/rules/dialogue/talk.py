"""What a talk is made of: its state, the events that move it, and what is noted of a reply."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Protocol

Verdicts = Mapping[str, "Judged"]


class Judged(Protocol):
    """What the engine needs of a verdict."""

    @property
    def yes(self) -> bool: ...
    @property
    def sure(self) -> bool: ...
    @property
    def probability(self) -> float: ...


class Escalated(StrEnum):
    NO = ""
    IN_TIME = "in_time"
    TOO_EARLY = "too_early"


class Ended(ValueError):
    """The talk is over: nothing can be said any more."""


class UnknownItem(ValueError):
    """The order panel has no such item, or the beat no such prepared reply."""


@dataclass(frozen=True)
class State:
    """Where a talk stands. ``met`` and ``unchecked``: point → number of the reply (from 1) that said it."""

    beat: str
    patience: int
    trust: int
    replies: int = 0
    stayed: int = 0
    silences: int = 0
    met: Mapping[str, int] = field(default_factory=dict)
    unchecked: Mapping[str, int] = field(default_factory=dict)
    looked: tuple[str, ...] = ()
    visited: tuple[str, ...] = ()
    fired: Mapping[str, int] = field(default_factory=dict)
    escalated: Escalated = Escalated.NO
    ending: str = ""

    def to_data(self) -> dict[str, Any]:
        """As JSON can hold it; ``from_data`` gives the same state back."""
        return {**asdict(self), "looked": list(self.looked), "visited": list(self.visited)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "State":
        return cls(
            **{
                **data,
                "looked": tuple(data["looked"]),
                "visited": tuple(data["visited"]),
                "escalated": Escalated(data["escalated"]),
            }
        )


@dataclass(frozen=True)
class Noted:
    """What was seen in one reply, for the score and the debrief. ``spans`` are places in it by point or forbidden."""

    number: int
    beat: str
    said: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    rule: str = ""
    escalated: Escalated = Escalated.NO
    spans: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """As JSON can hold it; ``from_data`` gives the same back."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Noted":
        lists = {name: tuple(data[name]) for name in ("said", "unchecked", "forbidden")}
        spans = {key: tuple((start, end) for start, end in places) for key, places in data["spans"].items()}
        return cls(**{**data, **lists, "escalated": Escalated(data["escalated"]), "spans": spans})


@dataclass(frozen=True)
class Step:
    """``noted`` is there for replies only."""

    state: State
    says: tuple[str, ...] = ()
    noted: Noted | None = None


# --- events --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """The trainee opens an item of the order panel."""

    item: str


@dataclass(frozen=True)
class Say:
    """A reply, typed or chosen, ``seconds`` after the customer's last message, as it was judged."""

    text: str
    verdicts: Verdicts
    seconds: float = 0.0
    choice: str = ""


@dataclass(frozen=True)
class Wait:
    """The customer got no answer for as long as they wait."""


@dataclass(frozen=True)
class Leave:
    """The trainee ends the talk before it is over."""


@dataclass(frozen=True)
class StepBack:
    """The last reply and all that came after it are undone."""


Event = Look | Say | Wait | Leave | StepBack
