"""How one requirement stands, whatever its kind: the words, and what the kinds have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from trainer.rules.standards import Standard
from trainer.rules.vocabulary import Part

NOT_QUITE = 0.99  # what progress shows at most while a requirement is not met
NEAR_SHARE = (4, 5)  # of lessons and of a course's units


class State(StrEnum):
    MET = "met"
    NEAR = "near"
    MISSING = "missing"


class Certainty(StrEnum):
    """Whether the state can be relied on. What is ``BORDERLINE`` or has ``TOO_FEW`` data is never met."""

    SURE = "sure"
    BORDERLINE = "borderline"
    TOO_FEW = "too_few"


class Lack(StrEnum):
    """What is missing; ``Judgement.missing`` says how much of it."""

    NOTHING = "nothing"
    POINTS = "points"
    EXAM = "exam"  # not sat yet, or no score yet: ``missing`` is the whole cut
    SECOND_PAPER = "second_paper"  # near the cut: one more paper decides
    QUESTIONS = "questions"  # the exam asks too few to decide anything by it
    TYPES = "types"
    LESSONS = "lessons"
    CONTENT = "content"  # the plan asks for lessons, but none is required: nobody is confirmed by an empty list
    COURSE = "course"  # not begun
    UNITS = "units"
    TYPING = "typing"  # no run that counts
    SPEED = "speed"
    ACCURACY = "accuracy"
    GATES = "gates"
    INTERVIEW = "interview"  # not held yet
    RATERS = "raters"
    MEAN = "mean"
    FLOOR = "floor"
    MONTHS = "months"
    TIER = "tier"
    DAYS = "days"
    OBSERVERS = "observers"
    VERDICT = "verdict"  # seen at work, and not ready yet


@dataclass(frozen=True)
class Judgement:
    """How one requirement stands.

    ``value`` of ``target`` are points, types, lessons, units, characters a minute, products, months, days or people by
    kind of standard; ``value`` is ``None`` while there is nothing to measure. ``progress`` runs from 0 to 1 and is 1
    exactly when the requirement is met. Evidence is named, not copied: ``attempts`` by id, the best first, and
    ``papers``, those of them that ``value`` ± ``margin`` rests on; ``lessons`` that are not done yet, by slug;
    ``names`` of what stands out by kind: types passed, quizzes missing, dimensions under the floor, figures that fall
    short.
    ``needs`` is the least score of the next paper that would do.
    """

    standard: Standard
    state: State
    value: Decimal | int | None
    target: Decimal | int
    progress: float
    lack: Lack
    missing: Decimal | int
    attempts: tuple[int, ...] = ()
    lessons: tuple[str, ...] = ()
    scored_at: datetime | None = None
    running: int | None = None
    pending: tuple[int, ...] = ()
    certainty: Certainty = Certainty.SURE
    margin: Decimal | None = None
    needs: Decimal | None = None
    papers: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    part: Part = Part.NEITHER
    weight: int | None = None

    @property
    def percent(self) -> int:
        """``progress`` in whole percent, cut off: 100 only when it is met."""
        return int(self.progress * 100)

    @property
    def deciding(self) -> int | None:
        """The newest attempt that ``value`` rests on, else the best one."""
        return self.papers[-1] if self.papers else self.attempts[0] if self.attempts else None

    @property
    def is_met(self) -> bool:
        return self.state is State.MET


def counted(standard: Standard, done: int, target: int, lack: Lack, *, near: bool, **more: Iterable) -> Judgement:
    left = max(target - done, 0)
    return Judgement(
        standard,
        state_of(met=not left, near=near),
        done,
        target,
        done / target if left else 1.0,
        lack if left else Lack.NOTHING,
        left,
        **more,  # type: ignore[arg-type]
    )


def mostly(done: int, total: int) -> bool:
    part, whole = NEAR_SHARE
    return done * whole >= total * part


def short_of(value: Decimal, cut: Decimal) -> float:
    return min(float(value / cut), NOT_QUITE) if cut else NOT_QUITE


def state_of(*, met: bool, near: bool) -> State:
    if met:
        return State.MET
    return State.NEAR if near else State.MISSING
