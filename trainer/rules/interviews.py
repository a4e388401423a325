"""Telephone interviews: which questions are drawn, when a form is complete, and how far two raters agree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from quizzes.rules.dialogue.scenario import Dimension
from trainer.rules.assessment import POINTS

PROMPTS_PER_DIMENSION = 2
WIDE_GAP = 2  # points: two raters so far apart have heard different things, and talk it over
CLOSE = 1


@dataclass(frozen=True)
class Prompt:
    slug: str
    dimension: Dimension
    text: str
    listen: str


@dataclass(frozen=True)
class Answer:
    """What a rater noted for one dimension. ``notes`` are by the slug of the prompt."""

    score: int | None = None
    not_asked: str = ""
    notes: Mapping[str, str] | None = None

    @property
    def is_complete(self) -> bool:
        """A score, or why there is none; not both."""
        return (self.score is not None) != bool(self.not_asked)

    def to_data(self) -> dict[str, Any]:
        return {"score": self.score, "not_asked": self.not_asked, "notes": dict(self.notes or {})}


def answer_from_data(data: Mapping[str, Any]) -> Answer:
    """Raises ``ValueError`` for a score outside the scale."""
    score = data.get("score")
    if score is not None and (type(score) is not int or not 1 <= score <= POINTS):
        raise ValueError(score)
    return Answer(score, str(data.get("not_asked") or ""), dict(data.get("notes") or {}))


def draw_prompts(bank: Sequence[Prompt], *, seed: int, asked: Collection[str]) -> dict[Dimension, tuple[Prompt, ...]]:
    """So many prompts of each dimension that has any, those not ``asked`` before (by slug) first.

    The same seed over the same bank draws the same.
    """
    drawn = {}
    for dimension in Dimension:
        chance = Random(f"{seed}:{dimension}")  # noqa: S311 - repeatable, not secret
        own = sorted((prompt for prompt in bank if prompt.dimension == dimension), key=lambda prompt: prompt.slug)
        chance.shuffle(own)
        own.sort(key=lambda prompt: prompt.slug in asked)
        if own:
            drawn[dimension] = tuple(own[:PROMPTS_PER_DIMENSION])
    return drawn


@dataclass(frozen=True)
class Compared:
    """One dimension as two raters scored it; ``None`` where one did not ask."""

    dimension: Dimension
    first: int | None
    second: int | None

    @property
    def gap(self) -> int | None:
        return None if self.first is None or self.second is None else abs(self.first - self.second)

    @property
    def is_wide(self) -> bool:
        return self.gap is not None and self.gap >= WIDE_GAP


@dataclass(frozen=True)
class Agreement:
    """Two raters of one interview. ``compared`` has the dimensions of the first one's form in its order."""

    compared: tuple[Compared, ...]

    @property
    def both(self) -> int:
        """How many dimensions both have scored."""
        return sum(one.gap is not None for one in self.compared)

    @property
    def close(self) -> int:
        """How many of these are at most one point apart."""
        return sum(one.gap is not None and one.gap <= CLOSE for one in self.compared)

    @property
    def wide(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.compared if one.is_wide)


def agreement(first: Mapping[Dimension, int | None], second: Mapping[Dimension, int | None]) -> Agreement:
    return Agreement(tuple(Compared(d, first.get(d), second.get(d)) for d in Dimension if d in first or d in second))


def mean_score(scores: Collection[int | None]) -> Decimal | None:
    """The mean of the raters' scores for one dimension, to half a point; ``None`` where nobody asked."""
    given = [score for score in scores if score is not None]
    return Decimal(sum(given)) / len(given) if given else None
