"""From the credit of each question to the score of a paper. Sums are exact; only display rounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple


class Scored(NamedTuple):
    """One question of a paper: ``fraction`` 0 to 1 of its ``marks``, ``None`` while it waits for a person."""

    fraction: Fraction | None
    marks: Decimal
    topic: str
    section: str


@dataclass(frozen=True)
class Tally:
    """Marks earned out of marks to be had; ``pending`` of the latter still wait for a person."""

    earned: Fraction = Fraction(0)
    available: Fraction = Fraction(0)
    pending: Fraction = Fraction(0)

    @property
    def score(self) -> Fraction:
        """Of 100; what is pending counts as nothing yet. 0 where there are no marks to be had."""
        return 100 * self.earned / self.available if self.available else Fraction(0)

    def plus(self, item: Scored) -> "Tally":
        marks = Fraction(item.marks)
        if item.fraction is None:
            return Tally(self.earned, self.available + marks, self.pending + marks)
        return Tally(self.earned + item.fraction * marks, self.available + marks, self.pending)


@dataclass(frozen=True)
class Totals:
    """The whole paper, and the same by topic and by section, in the order in which they first occur."""

    paper: Tally
    by_topic: dict[str, Tally]
    by_section: dict[str, Tally]

    @property
    def score(self) -> Fraction:
        return self.paper.score

    @property
    def pending(self) -> bool:
        return self.paper.pending > 0

    def passed(self, pass_mark: Decimal) -> bool | None:
        """Whether the score reaches ``pass_mark`` (of 100); ``None`` while a question is pending."""
        return None if self.pending else self.score >= Fraction(pass_mark)


def totals(items: Iterable[Scored]) -> Totals:
    """Add up a paper. Marks of each item are positive."""
    paper, by_topic, by_section = Tally(), dict[str, Tally](), dict[str, Tally]()
    for item in items:
        paper = paper.plus(item)
        by_topic[item.topic] = by_topic.get(item.topic, Tally()).plus(item)
        by_section[item.section] = by_section.get(item.section, Tally()).plus(item)
    return Totals(paper, by_topic, by_section)


def display_marks(value: Fraction | Decimal, places: int = 2) -> str:
    """``value`` with up to ``places`` decimals, cut off: nobody reads 85 who has failed with 84.999."""
    cut = Decimal(floor(Fraction(value) * 10**places)).scaleb(-places)
    return f"{cut.normalize():f}"
