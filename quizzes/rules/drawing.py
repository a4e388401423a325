"""Drawing papers of one blueprint that differ from each other and are equally hard.

A draw is made of three steps. Questions are put in a random order that favours the rarely used; they are
seated so that every section is full, with questions that this person has had before only where others do not
suffice; then questions are exchanged for others of their section until the expected score stands at the
target that all papers of the blueprint share.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log
from random import Random

from quizzes.rules.blueprint import Candidate, Section, Shortage, by_id, pools, shortages
from quizzes.rules.placement import Placement, settle

# Points of 100 within which a paper is as hard as its target; exchanging stops there.
CLOSE = 0.3

# How strongly the rarely used are favoured: a question with the exposure of the average one is drawn about
# e³ ≈ 20 times more rarely than a new one, so that new ones catch up and yet papers are not made of them.
_EXPOSURE_SLOPE = 3.0

# An exponential variate may be 0, of which there is no logarithm.
_TINY = 1e-300

# How many newcomers are tried for each seat before the whole pool is: the favoured ones stand first.
_WINDOW = 24

# How many first exchanges are tried where only two together come nearer.
_DETOURS = 100

# An exchange must come nearer by more than the sums are off by; otherwise two questions of mirrored
# difficulty could take turns for ever.
_NEARER = 1e-9


class ImpossibleBlueprint(Exception):
    """The bank cannot fill every section at once; ``shortages`` says which lack how many."""

    def __init__(self, shortages: tuple[Shortage, ...]):
        super().__init__("; ".join(f"{s.title}: {s.available} of {s.wanted}" for s in shortages))
        self.shortages = shortages


@dataclass(frozen=True)
class DrawnItem:
    """A question in its place: ``section`` is the number of its section in the blueprint, from 0."""

    section: int
    candidate: Candidate


@dataclass(frozen=True)
class Drawn:
    """A paper: items section by section, and the expected and the aimed-at score, of 100."""

    items: tuple[DrawnItem, ...]
    expected: float
    target: float


@dataclass(frozen=True)
class Exposure:
    """How papers use the bank: the ``most`` papers that share a question, and ``distinct`` questions used."""

    most: int
    distinct: int


def draw(
    sections: Sequence[Section],
    candidates: Iterable[Candidate],
    rng: Random,
    target_expected: float | None = None,
) -> Drawn:
    """Draw one paper. The same seed gives the same paper, in whatever order the candidates come.

    ``target_expected`` is the expected score, of 100, that papers of this blueprint share; by default
    ``target_score``. Raises ``ImpossibleBlueprint``.
    """
    bank = by_id(candidates)
    fitting = pools(sections, bank)
    target = _target(sections, bank, fitting) if target_expected is None else target_expected
    placement = _seat(sections, bank, fitting, _favoured(bank, fitting, rng))
    hardness = _Hardness(sections, bank, target)
    _steer(placement, hardness)
    items = []
    for number, seat in enumerate(placement.seats):
        shuffled = sorted(seat)
        rng.shuffle(shuffled)
        items += [DrawnItem(number, bank[position]) for position in shuffled]
    return Drawn(tuple(items), hardness.expected(placement), target)


def target_score(sections: Sequence[Section], candidates: Iterable[Candidate]) -> float:
    """The expected score, of 100, of the average paper: each section's pool at its mean, weighed by marks.

    Raises ``ImpossibleBlueprint`` when a section has no pool at all.
    """
    bank = by_id(candidates)
    return _target(sections, bank, pools(sections, bank))


def overlap(one: Drawn, other: Drawn) -> float:
    """The share, 0 to 1, of the questions of ``one`` that stand in ``other``, too."""
    there = {item.candidate.id for item in other.items}
    return sum(item.candidate.id in there for item in one.items) / len(one.items)


def exposure(papers: Iterable[Drawn]) -> Exposure:
    """How these papers together use the bank."""
    uses = Counter(item.candidate.id for paper in papers for item in paper.items)
    return Exposure(max(uses.values(), default=0), len(uses))


def _target(sections: Sequence[Section], bank: Sequence[Candidate], fitting: Sequence[Sequence[int]]) -> float:
    if not all(fitting):
        raise ImpossibleBlueprint(
            tuple(
                Shortage(number, section.title, section.count, 0, 0)
                for number, (section, pool) in enumerate(zip(sections, fitting, strict=True))
                if not pool
            )
        )
    means = [sum(bank[position].expected for position in pool) / len(pool) for pool in fitting]
    return sum(points * s.count * mean for points, s, mean in zip(_points(sections), sections, means, strict=True))


def _points(sections: Sequence[Section]) -> list[float]:
    """What one question of each section is worth, of 100."""
    total = sum(section.count * section.marks for section in sections)
    return [float(100 * section.marks / total) for section in sections]


def _favoured(bank: Sequence[Candidate], fitting: Sequence[Sequence[int]], rng: Random) -> list[int]:
    """The positions that fit somewhere, drawn without replacement by weights that fall with exposure.

    Sorting by ``E / w`` with ``E`` exponential is such a draw (Efraimidis, Spirakis, Information Processing Letters
    97, 2006); logarithms keep small weights apart.
    """
    positions = sorted(set().union(*fitting))
    mean = sum(bank[position].exposure for position in positions) / max(len(positions), 1)
    slope = _EXPOSURE_SLOPE / mean if mean else 0.0
    keys = {position: log(rng.expovariate(1) + _TINY) + slope * bank[position].exposure for position in positions}
    return sorted(positions, key=keys.__getitem__)


def _seat(
    sections: Sequence[Section], bank: Sequence[Candidate], fitting: Sequence[Sequence[int]], order: Sequence[int]
) -> Placement:
    """Fill every section, if possible with what this person has not seen. Raises ``ImpossibleBlueprint``."""
    rank = {position: number for number, position in enumerate(order)}
    counts, facts = [section.count for section in sections], [candidate.facts for candidate in bank]
    new = [sorted((p for p in pool if not bank[p].seen), key=rank.__getitem__) for pool in fitting]
    if all(len(pool) >= count for pool, count in zip(new, counts, strict=True)):
        placement = settle(counts, new, facts)
        if placement.is_full:
            return placement
    known = [sorted((p for p in pool if bank[p].seen), key=lambda p: (bank[p].seen, rank[p])) for pool in fitting]
    placement = settle(counts, [[*first, *then] for first, then in zip(new, known, strict=True)], facts)
    if not placement.is_full:
        raise ImpossibleBlueprint(shortages(sections, placement))
    return placement


class _Hardness:
    """How far a seating is from the score that it should have, and which exchange brings it nearest."""

    def __init__(self, sections: Sequence[Section], bank: Sequence[Candidate], target: float):
        self.points = _points(sections)
        self.bank = bank
        self.target = target

    def expected(self, placement: Placement) -> float:
        return sum(
            points * sum(self.bank[question].expected for question in seat)
            for points, seat in zip(self.points, placement.seats, strict=True)
        )

    def off(self, placement: Placement) -> float:
        """How many points the paper should be easier (harder, if negative)."""
        return self.target - self.expected(placement)

    def exchanges(self, placement: Placement, window: int | None) -> Iterator[tuple[float, int, int]]:
        """Points won, question to leave and question to come: exchanges that facts may yet forbid.

        At most ``window`` newcomers are tried for each seat; nobody comes whom the person has seen more often.
        """
        for section, points in enumerate(self.points):
            pool = (question for question in placement.pools[section] if question not in placement.home)
            newcomers = list(islice(pool, window))
            for old in placement.seats[section]:
                leaving = self.bank[old]
                for new in newcomers:
                    coming = self.bank[new]
                    if coming.seen <= leaving.seen:
                        yield points * (coming.expected - leaving.expected), old, new

    def best_exchange(self, placement: Placement, window: int | None) -> tuple[int, int] | None:
        """Question to leave and question to come, ``None`` when no exchange comes nearer."""
        off = self.off(placement)
        nearest, best = abs(off) - _NEARER, None
        for won, old, new in self.exchanges(placement, window):
            if abs(off - won) < nearest and placement.may_replace(old, new):
                nearest, best = abs(off - won), (old, new)
        return best


def _steer(placement: Placement, hardness: _Hardness) -> None:
    while abs(hardness.off(placement)) > CLOSE:
        exchange = hardness.best_exchange(placement, _WINDOW) or hardness.best_exchange(placement, None)
        if exchange:
            placement.exchange(*exchange)
        elif not _exchange_two(placement, hardness):
            return


def _exchange_two(placement: Placement, hardness: _Hardness) -> bool:
    """Come nearer by two exchanges where no single one does, as in small pools; ``False`` if none were found."""
    start = abs(hardness.off(placement)) - _NEARER
    allowed = (
        (old, new) for _, old, new in hardness.exchanges(placement, _WINDOW) if placement.may_replace(old, new)
    )
    for old, new in list(islice(allowed, _DETOURS)):
        placement.exchange(old, new)
        second = hardness.best_exchange(placement, _WINDOW)
        if second:
            placement.exchange(*second)
            if abs(hardness.off(placement)) < start:
                return True
            placement.exchange(*reversed(second))
        placement.exchange(new, old)
    return False
