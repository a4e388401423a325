"""All that is known of one person, whatever a plan asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from trainer.rules.vocabulary import Verdict


class LessonState(StrEnum):
    """How far somebody is with a lesson; done is the end reached and the questions there answered."""

    NEW = "new"
    BEGUN = "begun"
    AT_END = "at_end"
    DONE = "done"


@dataclass(frozen=True)
class LessonEvidence:
    slug: str
    state: LessonState
    opened_at: datetime | None = None


@dataclass(frozen=True)
class Sitting:
    """One attempt at an exam. ``score`` (of 100) is ``None`` while it is open or an answer waits for a mark."""

    attempt: int
    started_at: datetime
    ends_at: datetime
    submitted_at: datetime | None = None
    score: Decimal | None = None


@dataclass(frozen=True)
class RoleplayEvidence:
    """Customer types passed by the exam's rules, with different customers and no critical error left open; and the
    talks (ids) that may still count once a person has looked at them."""

    passed: tuple[str, ...] = ()
    waiting: tuple[int, ...] = ()


@dataclass(frozen=True)
class CourseEvidence:
    done: int
    total: int


@dataclass(frozen=True)
class TypingEvidence:
    """The best run that counts: correct characters a minute, and the share (0 to 1) typed rightly."""

    per_minute: Decimal
    accuracy: Decimal


@dataclass(frozen=True)
class GateEvidence:
    """A product with a quiz that the shop sells. ``passed``: its quiz, with no open re-check of its lesson."""

    sku: str
    platforms: frozenset[str]
    on_shelf: bool
    passed: bool


@dataclass(frozen=True)
class InterviewEvidence:
    """One interview by one rater: points of 1 to 5 by dimension."""

    rater: int
    held_at: datetime
    scores: Mapping[str, int]


@dataclass(frozen=True)
class MonthEvidence:
    """One month's figures as tiers, the words of ``standards.TIERS``; what was not measured is not in it."""

    month: date
    tiers: Mapping[str, str]


@dataclass(frozen=True)
class ObservationEvidence:
    observer: int
    on: date
    verdict: Verdict


@dataclass(frozen=True)
class Evidence:
    """``sittings`` by blueprint slug; ``papers``: by slug, how many questions a paper of the exam is worth (see
    ``rules.papers``); ``lessons``: the required ones in force in the order in which they are taught; ``days`` in post.
    """

    sittings: Mapping[str, Sequence[Sitting]] = field(default_factory=dict)
    papers: Mapping[str, float] = field(default_factory=dict)
    lessons: tuple[LessonEvidence, ...] = ()
    days: int = 0
    roleplay: RoleplayEvidence = RoleplayEvidence()
    courses: Mapping[str, CourseEvidence] = field(default_factory=dict)
    typing: TypingEvidence | None = None
    gates: tuple[GateEvidence, ...] = ()
    interviews: tuple[InterviewEvidence, ...] = ()
    months: tuple[MonthEvidence, ...] = ()
    observations: tuple[ObservationEvidence, ...] = ()
