"""Who needs a supervisor's attention, and why: reasons in words that people can act on, the most urgent first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

PROBATION_CRITICAL, PROBATION_NEAR = 7, 21  # days left with something missing
IDLE_NEAR, IDLE_CRITICAL = 4, 10  # days without an answer, a reply or a page read to its end
QUEUE_NEAR = 2  # days that something of theirs waits for us
WEAK_TOPICS = 3


class RiskKind(StrEnum):
    PROBATION = "probation"  # it ends soon, and something is missing
    COURSE = "course"
    RECHECK = "recheck"
    GATE = "gate"
    FAILED_TWICE = "failed_twice"
    IDLE = "idle"
    WEAK = "weak"
    OURS = "ours"  # something of theirs waits for us


class Urgency(IntEnum):
    NEAR = 1
    CRITICAL = 2


@dataclass(frozen=True)
class Risk:
    """``figure`` is days left, days late, days idle, or how many, by kind; ``names`` are what it is about."""

    kind: RiskKind
    urgency: Urgency
    figure: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signs:
    """What is known of one person. ``days_left`` of probation is ``None`` for who is not on it; ``idle_days`` is
    ``None`` for who has never done anything, who was hired ``days_in_post`` ago; ``late_days`` belong to the course
    that is longest overdue; ``failed`` are exams failed in the last two tries or more."""

    days_left: int | None = None
    missing: int = 0
    late_courses: tuple[str, ...] = ()
    late_days: int = 0
    late_rechecks: int = 0
    gates: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    idle_days: int | None = 0
    days_in_post: int = 0
    weak_topics: tuple[str, ...] = ()
    waiting_days: int = 0


def risks_of(signs: Signs) -> tuple[Risk, ...]:
    """Every reason for attention, the most urgent first; empty when all is well."""
    found = [*_probation(signs), *_late(signs), *_learning(signs), *_ours(signs)]
    order = list(RiskKind)
    return tuple(sorted(found, key=lambda risk: (-risk.urgency, order.index(risk.kind))))


def urgency_of(risks: Iterable[Risk]) -> int:
    """The greatest urgency, 0 without any risk."""
    return max((risk.urgency for risk in risks), default=0)


def _probation(signs: Signs) -> Iterable[Risk]:
    if signs.days_left is not None and signs.missing and signs.days_left <= PROBATION_NEAR:
        urgent = Urgency.CRITICAL if signs.days_left <= PROBATION_CRITICAL else Urgency.NEAR
        yield Risk(RiskKind.PROBATION, urgent, signs.days_left)


def _late(signs: Signs) -> Iterable[Risk]:
    if signs.late_courses:
        urgent = Urgency.CRITICAL if signs.late_days >= 7 else Urgency.NEAR
        yield Risk(RiskKind.COURSE, urgent, signs.late_days, signs.late_courses)
    if signs.late_rechecks:
        yield Risk(RiskKind.RECHECK, Urgency.CRITICAL, signs.late_rechecks)
    if signs.gates:
        yield Risk(RiskKind.GATE, Urgency.NEAR, len(signs.gates), signs.gates)


def _learning(signs: Signs) -> Iterable[Risk]:
    if signs.failed:
        yield Risk(RiskKind.FAILED_TWICE, Urgency.NEAR, len(signs.failed), signs.failed)
    idle = signs.days_in_post if signs.idle_days is None else signs.idle_days
    if signs.missing and idle >= IDLE_NEAR:
        yield Risk(RiskKind.IDLE, Urgency.CRITICAL if idle >= IDLE_CRITICAL else Urgency.NEAR, idle)
    if len(signs.weak_topics) >= WEAK_TOPICS:
        yield Risk(RiskKind.WEAK, Urgency.NEAR, len(signs.weak_topics), signs.weak_topics)


def _ours(signs: Signs) -> Iterable[Risk]:
    if signs.waiting_days >= QUEUE_NEAR:
        yield Risk(RiskKind.OURS, Urgency.NEAR, signs.waiting_days)
