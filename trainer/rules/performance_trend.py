"""A figure over the last months as a small line: points in a box, and the line above or below which it is good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trainer.rules.assessment import FigureTerms
from trainer.rules.vocabulary import Tier

WIDTH, HEIGHT, MARGIN = 160, 56, 6
MONTHS = 6


@dataclass(frozen=True)
class Value:
    month: date
    value: Decimal
    tier: Tier
    x: float = 0
    y: float = 0


@dataclass(frozen=True)
class Trend:
    """``values`` are the oldest first; ``bound_y`` is where the worst value that still is good lies."""

    terms: FigureTerms
    values: tuple[Value, ...]
    bound_y: float

    @property
    def latest(self) -> Value:
        return self.values[-1]

    @property
    def path(self) -> str:
        """As SVG takes it: ``x,y x,y``."""
        return " ".join(f"{value.x},{value.y}" for value in self.values)

    @property
    def better(self) -> bool | None:
        """Whether the latest is better than the one before; ``None`` for equal or alone."""
        if len(self.values) < 2 or self.values[-1].value == self.values[-2].value:
            return None
        return (self.values[-1].value < self.values[-2].value) == self.terms.lower_is_better


def trend_of(terms: FigureTerms, series: Sequence[tuple[date, Decimal]]) -> Trend | None:
    """The newest months of a figure, given the oldest first; ``None`` where there is none."""
    shown = series[-MONTHS:]
    if not shown:
        return None
    bound = terms.bounds[1]
    low = min(bound, *(value for _, value in shown))
    high = max(bound, *(value for _, value in shown))
    reach = float(high - low) or 1.0
    step = (WIDTH - 2 * MARGIN) / max(len(shown) - 1, 1)

    def height(value: Decimal) -> float:
        return round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * float(value - low) / reach, 1)

    first = MARGIN if len(shown) > 1 else WIDTH / 2
    values = tuple(
        Value(month, value, terms.tier(value), round(first + place * step, 1), height(value))
        for place, (month, value) in enumerate(shown)
    )
    return Trend(terms, values, height(bound))
