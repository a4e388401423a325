"""Which questions somebody practises next, and which topics need it most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

# A topic below this share of right answers is called weak. The shop's exams ask for 80 of 100.
WEAK_BELOW = Fraction(4, 5)

# Fewer answers than this say too little to call a topic weak or strong.
TELLING_ANSWERS = 5


@dataclass(frozen=True)
class Practised:
    """A live question and how this person last answered it: ``None`` means never."""

    question: int
    right: bool | None = None


@dataclass(frozen=True)
class TopicPractice:
    """A topic with its number of ``live`` questions, and the credit (of ``answers``) this person earned there."""

    slug: str
    name: str
    live: int
    answers: int = 0
    credit: Fraction = Fraction(0)

    @property
    def share(self) -> Fraction | None:
        """The share of right answers, 0 to 1; ``None`` before the first."""
        return self.credit / self.answers if self.answers else None

    @property
    def weak(self) -> bool:
        return self.answers >= TELLING_ANSWERS and self.credit / self.answers < WEAK_BELOW


def pick(bank: Iterable[Practised], count: int, rng: Random) -> list[int]:
    """Up to ``count`` questions: new ones first, then those last answered wrongly, then the others.

    Each of the three groups is shuffled, whatever order the bank comes in.
    """
    groups: dict[bool | None, list[int]] = {None: [], False: [], True: []}
    for practised in sorted(bank, key=lambda p: p.question):
        groups[practised.right].append(practised.question)
    for group in groups.values():
        rng.shuffle(group)
    return [*groups[None], *groups[False], *groups[True]][:count]


def weakest_first(topics: Sequence[TopicPractice]) -> list[TopicPractice]:
    """Weak topics by their share, then those hardly practised, then the strong; else in the given order."""

    def rank(topic: TopicPractice) -> tuple[int, Fraction]:
        if topic.weak:
            return 0, topic.credit / topic.answers
        return (1 if topic.answers < TELLING_ANSWERS else 2), Fraction(0)

    return sorted(topics, key=rank)
