"""How well somebody knows a topic, from the answers they gave, and how sure one can be of it. Pure.

A topic's knowledge is taken as the chance of earning a question's credit: answers are its trials, newer ones count for
more. With credit ``c`` of weight ``w`` the estimate is the mean of a Beta(c + 1, w − c + 1) distribution, which is
Laplace's rule of succession: a person who has answered nothing stands at one half, and utterly unsure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt

HALF_LIFE = timedelta(days=45)  # an answer so old counts half
PRACTICE_WEIGHT = 0.5  # practice may be looked up, repeated and guessed at
TARGET = 0.8  # about where exams pass
FEW = 4.0  # answers' worth: below it nothing is said
Z = 1.2816  # four of five cases lie within so many standard deviations


class Level(StrEnum):
    """``STRONG`` and ``WEAK`` are sure by the interval; ``UNSTEADY`` lies across the target."""

    FEW = "few"
    WEAK = "weak"
    UNSTEADY = "unsteady"
    STRONG = "strong"


@dataclass(frozen=True)
class Answered:
    """``count`` answers of one moment that earned ``credit`` of them together."""

    at: datetime
    credit: float
    count: int
    practice: bool = False


@dataclass(frozen=True)
class Tally:
    """The weight of all answers and the credit in it, as of a moment. Ageing both keeps it exact: the decay is
    exponential, so that a stored tally never has to be made anew because time went by."""

    weight: float
    credit: float
    as_of: datetime

    def aged(self, at: datetime) -> "Tally":
        """The same tally as of ``at``, not before ``as_of``."""
        factor = _decay(at - self.as_of)
        return Tally(self.weight * factor, self.credit * factor, at)

    @property
    def mean(self) -> float:
        """The estimate, between 0 and 1."""
        return (self.credit + 1) / (self.weight + 2)

    @property
    def spread(self) -> float:
        """Half the width of the interval that holds four of five cases."""
        mean = self.mean
        return Z * sqrt(mean * (1 - mean) / (self.weight + 3))

    @property
    def level(self) -> Level:
        if self.weight < FEW:
            return Level.FEW
        if self.mean - self.spread >= TARGET:
            return Level.STRONG
        return Level.WEAK if self.mean + self.spread < TARGET else Level.UNSTEADY


def tally(answers: Iterable[Answered], at: datetime) -> Tally:
    """All answers up to ``at``, in any order."""
    weight = credit = 0.0
    for one in answers:
        share = _decay(at - one.at) * (PRACTICE_WEIGHT if one.practice else 1.0)
        weight += share * one.count
        credit += share * one.credit
    return Tally(weight, credit, at)


def joined(tallies: Iterable[Tally], at: datetime) -> Tally:
    """Several tallies as one: of several topics, or of several people."""
    aged = [one.aged(at) for one in tallies]
    return Tally(sum(one.weight for one in aged), sum(one.credit for one in aged), at)


def _decay(age: timedelta) -> float:
    return 0.5 ** (max(age, timedelta()) / HALF_LIFE)
