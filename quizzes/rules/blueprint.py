"""What a paper is to be made of, and whether a bank can give it.

A section asks for so many questions of a sort. A question fits a section when topic, platform, kind,
lesson and difficulty do, and two questions that rest on the same fact never stand in one paper.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from quizzes.rules.placement import Placement, settle
from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY, Kind, Platform


@dataclass(frozen=True)
class Section:
    """``count`` questions worth ``marks`` each. An empty set of topics, platforms, kinds or lessons means any.

    Questions for all platforms are a sort of their own, asked for by ``Platform.ALL``. Raises ``ValueError``
    for a count below 1, marks of 0 or less, or difficulties in the wrong order.
    """

    title: str
    count: int
    marks: Decimal = Decimal(1)
    topics: frozenset[str] = frozenset()
    platforms: frozenset[Platform] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    min_difficulty: int = MIN_DIFFICULTY
    max_difficulty: int = MAX_DIFFICULTY
    lessons: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.count < 1 or self.marks <= 0 or self.min_difficulty > self.max_difficulty:
            raise ValueError(f"A section that nothing can fill: {self}")


class Candidate(NamedTuple):
    """A live question as the draw sees it; a tuple, because a bank has ten thousand.

    ``expected`` is the share of its marks that people earn (``rules.difficulty``), ``facts`` the keys that no
    other question of the paper may share, ``exposure`` how many papers it stands in already and ``seen`` how
    often this person has had it. ``lesson`` is the key of the lesson that it belongs to.
    """

    id: int
    topic: str
    platform: Platform
    kind: Kind
    difficulty: int
    expected: float
    facts: frozenset[str] = frozenset()
    exposure: int = 0
    seen: int = 0
    lesson: str = ""


@dataclass(frozen=True)
class Shortage:
    """Section number ``section`` wants ``wanted`` questions and gets ``available`` at most.

    ``fitting`` questions of the bank are of its sort; what is between the two is needed by other sections
    or rests on facts that other questions of the paper rest on.
    """

    section: int
    title: str
    wanted: int
    fitting: int
    available: int

    @property
    def lacking(self) -> int:
        return self.wanted - self.available


def by_id(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The one order in which rules look at a bank, however it was given."""
    return sorted(candidates, key=attrgetter("id"))


def pools(sections: Sequence[Section], candidates: Sequence[Candidate]) -> list[list[int]]:
    """For each section the positions in ``candidates`` of those that fit it, ascending.

    Each property is looked up once for each of its few values, as the set of sections (bits of a number)
    that allow it: the draw has 50 ms for ten thousand candidates and twelve sections.
    """

    def allowing(values: set, allows: Callable[[Section, Any], bool]) -> dict:
        return {value: sum(1 << n for n, s in enumerate(sections) if allows(s, value)) for value in values}

    topics = allowing({c.topic for c in candidates}, lambda s, v: not s.topics or v in s.topics)
    platforms = allowing({c.platform for c in candidates}, lambda s, v: not s.platforms or v in s.platforms)
    kinds = allowing({c.kind for c in candidates}, lambda s, v: not s.kinds or v in s.kinds)
    lessons = allowing({c.lesson for c in candidates}, lambda s, v: not s.lessons or v in s.lessons)
    levels = allowing({c.difficulty for c in candidates}, lambda s, v: s.min_difficulty <= v <= s.max_difficulty)
    alike: dict[int, list[int]] = {}
    for position, c in enumerate(candidates):
        fits = topics[c.topic] & platforms[c.platform] & kinds[c.kind] & levels[c.difficulty] & lessons[c.lesson]
        alike.setdefault(fits, []).append(position)
    return [
        sorted(position for fits, positions in alike.items() if fits >> n & 1 for position in positions)
        for n in range(len(sections))
    ]


def feasibility(sections: Sequence[Section], candidates: Iterable[Candidate]) -> tuple[Shortage, ...]:
    """The sections that cannot be filled together with the others, empty when a paper can be drawn.

    A paper that is claimed possible has been found. The total of what is lacking is the least possible
    when no question rests on more than one fact, and in any bank small enough to be searched through;
    otherwise the search is bounded (see ``rules.placement``) and may ask for a few more than are needed.
    """
    bank = by_id(candidates)
    return shortages(sections, settle([s.count for s in sections], pools(sections, bank), [c.facts for c in bank]))


def shortages(sections: Sequence[Section], placement: Placement) -> tuple[Shortage, ...]:
    """What ``placement`` leaves open."""
    return tuple(
        Shortage(number, section.title, section.count, len(pool), len(seat))
        for number, (section, pool, seat) in enumerate(zip(sections, placement.pools, placement.seats, strict=True))
        if len(seat) < section.count
    )
