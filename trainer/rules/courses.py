"""A course as a path: what counts as done, what is locked and why, and whether its order can be kept. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from trainer.rules.course_words import UnitKind

QUESTIONS = 10  # of a practice run, unless the unit says otherwise
CHARACTERS = 50  # a minute: what the shop expects of a typist
ACCURACY = 95  # percent, of drills


@dataclass(frozen=True)
class Bar:
    """What a moment must reach to count: so much (questions, or characters a minute), such a share of right ones
    (of 1), and, when ``strict``, by the rules of an exam."""

    amount: Decimal = Decimal(0)
    share: Decimal = Decimal(0)
    strict: bool = False


@dataclass(frozen=True)
class Shown:
    """One moment at which somebody showed something: how much, which share of it right, by whose rules."""

    at: datetime
    amount: Decimal = Decimal(0)
    share: Decimal = Decimal(1)
    strict: bool = True

    def reaches(self, bar: Bar) -> bool:
        return self.amount >= bar.amount and self.share >= bar.share and (self.strict or not bar.strict)


@dataclass(frozen=True)
class PathUnit:
    """A unit of a course: what it asks for, and the keys of the units that have to be done before."""

    key: str
    kind: UnitKind
    target: str = ""
    day: int = 1
    after: tuple[str, ...] = ()
    bar: Bar = field(default_factory=Bar)


class UnitState(StrEnum):
    """``GONE``: what it asks for is offered no more. It is asked of nobody, and keeps nobody from the next."""

    DONE = "done"
    OPEN = "open"
    LOCKED = "locked"
    GONE = "gone"


@dataclass(frozen=True)
class Place:
    """A unit where one person stands; ``missing`` are the keys that lock it."""

    unit: PathUnit
    state: UnitState
    done_at: datetime | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class CourseProgress:
    """``done`` of ``total`` units; ``done_at`` is when the last of them was done, ``None`` while one is left."""

    done: int
    total: int
    done_at: datetime | None = None

    @property
    def complete(self) -> bool:
        return self.done_at is not None

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


# What somebody has shown, by kind and target of a unit.
Evidence = Mapping[tuple[UnitKind, str], Sequence[Shown]]


def bar_of(kind: UnitKind, params: Mapping[str, Any]) -> Bar:
    """What ``params`` of a unit ask for.

    Practice: ``questions`` answered in one run. Scenario: ``level`` ``exam`` or ``practice`` (then either counts).
    Typing: ``per_minute`` right characters and ``accuracy`` in percent. Sorting: ``accuracy`` in percent.
    Raises ``ValueError`` for anything else.
    """
    known = {
        UnitKind.PRACTICE: {"questions"},
        UnitKind.SCENARIO: {"level"},
        UnitKind.TYPING: {"per_minute", "accuracy"},
        UnitKind.SORTING: {"accuracy"},
    }.get(kind, set())
    if unknown := set(params) - known:
        raise ValueError(f"A {kind} unit has no {', '.join(sorted(unknown))}.")
    if kind is UnitKind.SCENARIO:
        level = params.get("level", "practice")
        if level not in ("practice", "exam"):
            raise ValueError("A level is practice or exam.")
        return Bar(strict=level == "exam")
    if kind is UnitKind.PRACTICE:
        return Bar(amount=_number(params, "questions", QUESTIONS, 1, 100))
    if kind is UnitKind.TYPING:
        return Bar(
            _number(params, "per_minute", CHARACTERS, 1, 400), _number(params, "accuracy", ACCURACY, 1, 100) / 100
        )
    if kind is UnitKind.SORTING:
        return Bar(share=_number(params, "accuracy", ACCURACY, 1, 100) / 100)
    return Bar()


def _number(params: Mapping[str, Any], name: str, default: int, least: int, most: int) -> Decimal:
    value = params.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{name} is a whole number from {least} to {most}.")
    return Decimal(value)


def done_at(unit: PathUnit, evidence: Evidence, since: datetime | None = None) -> datetime | None:
    """When the unit was first done, from ``since`` on; ``None`` while nothing shown reaches its bar."""
    moments = (
        shown.at
        for shown in evidence.get((unit.kind, unit.target), ())
        if (since is None or shown.at >= since) and shown.reaches(unit.bar)
    )
    return min(moments, default=None)


def walk(
    units: Sequence[PathUnit], evidence: Evidence, *, gone: Collection[str] = (), since: datetime | None = None
) -> tuple[Place, ...]:
    """Where somebody stands with each unit, in the given order; ``gone`` are the keys of those offered no more.

    What was done counts, whatever it should have waited for. Only units not done yet can be locked.
    """
    done = {unit.key: moment for unit in units if (moment := done_at(unit, evidence, since))}
    here = {unit.key for unit in units}
    settled = done.keys() | set(gone)
    places = []
    for unit in units:
        missing = tuple(key for key in unit.after if key in here and key not in settled)
        if unit.key in done:
            places.append(Place(unit, UnitState.DONE, done[unit.key]))
        elif unit.key in gone:
            places.append(Place(unit, UnitState.GONE))
        elif missing:
            places.append(Place(unit, UnitState.LOCKED, missing=missing))
        else:
            places.append(Place(unit, UnitState.OPEN))
    return tuple(places)


def progress(places: Iterable[Place]) -> CourseProgress:
    """How far somebody is; units that are gone do not count. A course of which all are gone is never complete."""
    counted = [place for place in places if place.state is not UnitState.GONE]
    moments = [place.done_at for place in counted if place.done_at]
    complete = bool(counted) and len(moments) == len(counted)
    return CourseProgress(len(moments), len(counted), max(moments) if complete else None)


def next_place(places: Iterable[Place]) -> Place | None:
    """The first unit that can be done now."""
    return next((place for place in places if place.state is UnitState.OPEN), None)


def circle(after: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The keys of one circle of prerequisites, each waiting for the next and the last for the first; or nothing.

    ``after`` gives for each unit those it waits for; keys that are no units are passed over.
    """
    settled: set[str] = set()
    for start in after:
        trail: list[str] = []
        waiting = [(start, iter(sorted(after[start])))] if start not in settled else []
        trail += [start] if waiting else []
        while waiting:
            key, rest = waiting[-1]
            step = next((other for other in rest if other in after and other not in settled), None)
            if step is None:
                settled.add(key)
                waiting.pop()
                trail.pop()
            elif step in trail:
                return tuple(trail[trail.index(step) :])
            else:
                waiting.append((step, iter(sorted(after[step]))))
                trail.append(step)
    return ()
