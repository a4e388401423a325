"""Practice drawn from what somebody is weak in. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from quizzes.rules.mastery import Level, Tally
from quizzes.rules.practice import Practised, pick

TOPICS = 3  # of one run: enough to vary, few enough to get better at
RECENT = 10  # the newest answers by which a topic is explained


@dataclass(frozen=True)
class Known:
    """How well somebody knows a topic; ``tally`` is aged to the moment of drawing, ``None`` before any answer."""

    topic: str
    tally: Tally | None = None

    @property
    def level(self) -> Level:
        return self.tally.level if self.tally else Level.FEW


def weakest(topics: Iterable[Known]) -> list[Known]:
    """Up to ``TOPICS`` topics to practise, the one that needs it most first; none that is known well.

    Weak and unsteady ones lead, by the estimate; those with few answers follow, the emptiest first, each in the given
    order where they are level.
    """
    rank = {Level.WEAK: 0, Level.UNSTEADY: 1, Level.FEW: 2}

    def key(one: Known) -> tuple[int, float]:
        if one.level is Level.FEW:
            return rank[one.level], one.tally.weight if one.tally else 0.0
        return rank[one.level], one.tally.mean if one.tally else 0.0

    return sorted((one for one in topics if one.level in rank), key=key)[:TOPICS]


def shares(topics: int, count: int) -> list[int]:
    """How many of ``count`` questions each of so many topics gets: half of what is left, rounded up; the last the rest.

    Three topics share ten questions as 5, 3 and 2.
    """
    found = []
    for left in range(topics, 0, -1):
        share = count if left == 1 else -(-count // 2)
        found.append(share)
        count -= share
    return found


def draw_weak(
    topics: Sequence[str], bank: Mapping[str, Iterable[Practised]], count: int, rng: Random
) -> list[int]:
    """Up to ``count`` questions of these topics, the weakest first; what a topic cannot fill, the others do.

    Within a topic ``rules.practice.pick`` draws. The same seed draws the same questions.
    """
    drawn: list[int] = []
    spare: list[int] = []
    for topic, share in zip(topics, shares(len(topics), count), strict=True):
        queue = pick(bank.get(topic, ()), count, rng)
        drawn += queue[:share]
        spare += queue[share:]
    return [*drawn, *spare][:count]
