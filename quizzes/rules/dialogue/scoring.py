"""What a talk is worth: seven dimensions, critical errors, and how sure the score is.

Every part of the score is an ``Item`` (something wanted: credit 0–1, weight) or a ``Fault`` (something wrong: a share
of a dimension lost), so that the debrief can say where each point came from. Where the judge is unsure, a good move
counts by its probability and a violation not at all until a person rules; ``low`` and ``high`` tell what the score
would be if all of those went against or for the trainee.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from quizzes.rules.dialogue.criteria import Criteria, Level
from quizzes.rules.dialogue.scenario import SOLVED, Critical, Dimension, Point, Scenario
from quizzes.rules.dialogue.talk import Noted, State, Verdicts


class Source(StrEnum):
    """Where a part of the score comes from."""

    CHECK = "check"
    POINT = "point"
    LOOK = "look"
    ENDING = "ending"
    ESCALATION = "escalation"
    SPEED = "speed"
    FORBIDDEN = "forbidden"


class Outcome(StrEnum):
    """``POLITE_UNSOLVED``: said nicely, and nothing came of it. ``BELOW``: solved, but not well enough."""

    PASSED = "passed"
    CRITICAL = "critical"
    POLITE_UNSOLVED = "polite_unsolved"
    UNSOLVED = "unsolved"
    BELOW = "below"


@dataclass(frozen=True)
class Reply:
    """One reply that holds at the end of the talk. ``seconds``: since the customer's last message."""

    noted: Noted
    verdicts: Verdicts
    seconds: float = 0.0


@dataclass(frozen=True)
class Range:
    """A number and what it could be if everything unsure went against or for the trainee."""

    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Item:
    """Something wanted: ``key`` names the check, point, panel item or ending, ``reply`` is the one that met it."""

    dimension: Dimension
    source: Source
    key: str
    weight: float
    credit: Range
    beat: str = ""
    reply: int | None = None


@dataclass(frozen=True)
class Fault:
    """Something wrong in one reply. ``loses`` is a share of the dimension; an unsure one has only ``high`` above 0."""

    dimension: Dimension
    source: Source
    key: str
    reply: int
    loses: Range
    critical: Critical | None = None
    sure: bool = True
    probability: float = 1.0


@dataclass(frozen=True)
class Unsure:
    """A check of a reply that a person should look at, because the score hangs on it."""

    reply: int
    check: str


@dataclass(frozen=True)
class Score:
    """``total`` is from 0 to 100. ``critical`` fails the talk, whatever the total.

    ``provisional``: what is unsure could move it. ``settled``: not from passed to failed or back.
    """

    total: Range
    dimensions: Mapping[Dimension, Range]
    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
    critical: tuple[Critical, ...]
    possible_critical: tuple[Critical, ...]
    outcome: Outcome
    provisional: bool
    settled: bool
    unsure: tuple[Unsure, ...]

    @property
    def passed(self) -> bool:
        return self.outcome == Outcome.PASSED


def score(
    scenario: Scenario, state: State, replies: Sequence[Reply], criteria: Criteria, level: Level, hidden: str = ""
) -> Score:
    """Score the ``replies`` that stand and the ``state`` they led to; ``hidden`` is the drawn detail."""
    items = tuple(_items(scenario, state, replies, criteria, level, hidden))
    faults = tuple(_faults(scenario, replies, criteria))
    dimensions = {}
    for dimension in Dimension:
        found = _dimension(dimension, items, faults, criteria)
        if found:
            dimensions[dimension] = found
    total = _total(dimensions, criteria)
    critical = _kinds(fault for fault in faults if fault.critical and fault.sure)
    possible = _kinds(
        fault
        for fault in faults
        if fault.critical and not fault.sure and fault.probability >= criteria.possible_critical_from
    )
    possible = tuple(kind for kind in possible if kind not in critical)
    ending = scenario.endings.get(state.ending)
    solved = ending is not None and ending.kind in SOLVED
    outcome = _outcome(total.value, solved, critical, dimensions, criteria)
    sides = {_outcome(side, solved, critical, dimensions, criteria) for side in (total.low, total.high)}
    unsure = tuple(_unsure(items, faults, replies, criteria))
    settled = not possible and len({side == Outcome.PASSED for side in (*sides, outcome)}) == 1
    provisional = bool(unsure) and (not settled or total.high - total.low >= criteria.provisional_from)
    return Score(total, dimensions, items, faults, critical, possible, outcome, provisional, settled, unsure)


# --- what was wanted -----------------------------------------------------------------------------------------------


def _items(
    scenario: Scenario, state: State, replies: Sequence[Reply], criteria: Criteria, level: Level, hidden: str
) -> Iterable[Item]:
    yield from _wanted({**criteria.wants, **scenario.wants}, replies, criteria, "")
    for key in state.visited:
        beat = scenario.beats[key]
        yield from _wanted(beat.wants, [reply for reply in replies if reply.noted.beat == key], criteria, key)
    points = [point for point in _due_points(scenario, state) if not point.hidden or point.hidden == hidden]
    for point in points:
        number = state.met.get(point.key)
        yield Item(point.dimension, Source.POINT, point.key, point.weight, _exact(number is not None), "", number)
    for panel in scenario.panel:
        if panel.must:
            yield Item(Dimension.KNOWLEDGE, Source.LOOK, panel.key, 1, _exact(panel.key in state.looked))
    yield _ending_item(scenario, state, points, criteria)
    if state.escalated or (scenario.escalation and set(scenario.escalation.at) & set(state.visited)):
        credit = criteria.escalation[state.escalated or "missed"]
        yield Item(Dimension.TEAMWORK, Source.ESCALATION, state.escalated or "missed", 2, _exact(credit))
    if criteria.levels[level].timed and replies:
        seconds = [reply.seconds for reply in replies]
        yield Item(Dimension.EFFICIENCY, Source.SPEED, "first", 1, _exact(criteria.first.credit(seconds[0])))
        yield Item(Dimension.EFFICIENCY, Source.SPEED, "average", 2, _exact(criteria.average.credit(fmean(seconds))))


def _exact(credit: float | bool) -> Range:
    return Range(float(credit), float(credit), float(credit))


def _due_points(scenario: Scenario, state: State) -> Iterable[Point]:
    yield from scenario.points
    for key in state.visited:
        yield from scenario.beats[key].points


def _wanted(wants: Mapping[str, int], replies: Sequence[Reply], criteria: Criteria, beat: str) -> Iterable[Item]:
    for check, weight in wants.items():
        credit, reply = Range(0.0, 0.0, 0.0), None
        for one in replies:
            found = _credit(one.verdicts, check)
            if found.value > credit.value:
                credit, reply = Range(max(credit.low, found.low), found.value, max(credit.high, found.high)), one
            else:
                credit = Range(max(credit.low, found.low), credit.value, max(credit.high, found.high))
        number = reply.noted.number if reply and credit.value >= 0.5 else None
        yield Item(criteria.checks[check], Source.CHECK, check, weight, credit, beat, number)


def _credit(verdicts: Verdicts, check: str) -> Range:
    verdict = verdicts[check]
    if verdict.sure:
        return _exact(verdict.yes)
    return Range(0.0, verdict.probability, 1.0)


def _ending_item(scenario: Scenario, state: State, points: Sequence[Point], criteria: Criteria) -> Item:
    """Weighs as much against the points of its dimension as ``ending_share`` says."""
    beside = sum(point.weight for point in points if point.dimension == Dimension.PROBLEM_SOLVING)
    share = criteria.ending_share
    weight = beside * share / (1 - share) if beside and share < 1 else 1.0
    ending = scenario.endings.get(state.ending)
    credit = 0.0
    if ending:
        credit = criteria.endings[ending.kind] if ending.credit is None else ending.credit
    return Item(Dimension.PROBLEM_SOLVING, Source.ENDING, state.ending, weight, _exact(credit))


# --- what was wrong ------------------------------------------------------------------------------------------------


def _faults(scenario: Scenario, replies: Sequence[Reply], criteria: Criteria) -> Iterable[Fault]:
    forbidden = {one.key: one for one in scenario.forbidden}
    for reply in replies:
        for check, loss in criteria.violations.items():
            verdict = reply.verdicts[check]
            chance = _credit(reply.verdicts, check)
            if chance.value >= (0.5 if verdict.sure else criteria.queue_from):
                sure = loss.loses * chance.low  # what is not sure costs nothing until a person says so
                loses = Range(sure, sure, loss.loses * chance.high)
                yield Fault(
                    loss.dimension,
                    Source.CHECK,
                    check,
                    reply.noted.number,
                    loses,
                    loss.critical,
                    verdict.sure,
                    verdict.probability,
                )
        for key in reply.noted.forbidden:
            one = forbidden[key]
            loses = _exact(criteria.critical_loses if one.critical else criteria.forbidden_loses)
            yield Fault(one.dimension, Source.FORBIDDEN, key, reply.noted.number, loses, one.critical)


# --- adding up -----------------------------------------------------------------------------------------------------


def _dimension(
    dimension: Dimension, items: Sequence[Item], faults: Sequence[Fault], criteria: Criteria
) -> Range | None:
    mine = [item for item in items if item.dimension == dimension]
    wrong = [fault for fault in faults if fault.dimension == dimension]
    if not mine and not any(fault.sure for fault in wrong):
        return None
    weight = sum(item.weight for item in mine)

    def part(of: str, against: str) -> float:
        got = sum(item.weight * getattr(item.credit, of) for item in mine) / weight if weight else 1.0
        return 100 * max(0.0, got - sum(getattr(fault.loses, against) for fault in wrong))

    return Range(part("low", "high"), part("value", "value"), part("high", "low"))


def _total(dimensions: Mapping[Dimension, Range], criteria: Criteria) -> Range:
    weight = sum(criteria.dimensions[name] for name in dimensions)

    def mean(of: str) -> float:
        return round(sum(criteria.dimensions[n] * getattr(r, of) for n, r in dimensions.items()) / weight, 1)

    return Range(mean("low"), mean("value"), mean("high")) if weight else Range(0.0, 0.0, 0.0)


def _kinds(faults: Iterable[Fault]) -> tuple[Critical, ...]:
    return tuple(dict.fromkeys(fault.critical for fault in faults if fault.critical))


def _outcome(
    total: float,
    solved: bool,
    critical: Sequence[Critical],
    dimensions: Mapping[Dimension, Range],
    criteria: Criteria,
) -> Outcome:
    if critical:
        return Outcome.CRITICAL
    if solved:
        return Outcome.PASSED if total >= criteria.pass_from else Outcome.BELOW
    attitude = dimensions.get(Dimension.ATTITUDE)
    polite = attitude is not None and attitude.value >= criteria.polite_from
    return Outcome.POLITE_UNSOLVED if polite else Outcome.UNSOLVED


def _unsure(
    items: Sequence[Item], faults: Sequence[Fault], replies: Sequence[Reply], criteria: Criteria
) -> Iterable[Unsure]:
    """One reply for each wanted check that is open, the likeliest; and every violation that may be one."""
    for item in items:
        if item.source == Source.CHECK and item.credit.low < item.credit.high:
            there = [reply for reply in replies if not item.beat or reply.noted.beat == item.beat]
            open_ = [reply for reply in there if not reply.verdicts[item.key].sure]
            likeliest = max(open_, key=lambda reply: reply.verdicts[item.key].probability)
            yield Unsure(likeliest.noted.number, item.key)
    for fault in faults:
        if not fault.sure:
            yield Unsure(fault.reply, fault.key)
