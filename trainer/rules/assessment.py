"""The assessment scheme: seven dimensions, each with a weight and the methods by which it has to be evidenced.

A scheme never adds its dimensions up to one number: it says which evidence is there, which is missing, and how much
of the weight is fully evidenced. Performance stays apart from what was tested.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from quizzes.rules.dialogue.scenario import Dimension
from quizzes.rules.vocabulary import Flag
from trainer.rules.vocabulary import Figure, Method, Tier

POINTS = 5  # of the interview's scale


class Need(StrEnum):
    """What a method is to a dimension."""

    REQUIRED = "required"
    HELPFUL = "helpful"


class BadScheme(ValueError):
    """The scheme cannot hold: ``args`` say why, one sentence each, naming the dimension or the figure."""


@dataclass(frozen=True)
class DimensionTerms:
    """One dimension. ``weight`` is in percent. ``topics`` are those whose questions count for it in exams, ``figures``
    the performance that speaks for it, ``anchors`` what the interview's points 1 to 5 mean."""

    key: Dimension
    weight: int
    meaning: str
    methods: Mapping[Method, Need]
    topics: tuple[str, ...]
    figures: tuple[Figure, ...]
    anchors: tuple[str, ...]

    def requires(self, method: Method) -> bool:
        return self.methods.get(method) is Need.REQUIRED


@dataclass(frozen=True)
class FigureTerms:
    """One performance figure. ``bounds`` are the worst values that still are excellent, good and fair."""

    key: Figure
    unit: str
    definition: str
    formula: str
    lower_is_better: bool
    bounds: tuple[Decimal, Decimal, Decimal]
    flag: Flag
    source: str

    def tier(self, value: Decimal) -> Tier:
        for tier, bound in zip(Tier, self.bounds, strict=False):
            if value <= bound if self.lower_is_better else value >= bound:
                return tier
        return Tier.POOR


@dataclass(frozen=True)
class Scheme:
    dimensions: tuple[DimensionTerms, ...]
    figures: tuple[FigureTerms, ...]

    def dimension(self, key: Dimension) -> DimensionTerms:
        return next(terms for terms in self.dimensions if terms.key == key)

    def figure(self, key: Figure) -> FigureTerms:
        return next(terms for terms in self.figures if terms.key == key)


def scheme_from_data(data: Mapping[str, Any]) -> Scheme:
    """The scheme that a version's ``data`` describes. Raises ``BadScheme``, ``KeyError`` and ``ValueError``."""
    return Scheme(
        tuple(
            DimensionTerms(
                Dimension(row["key"]),
                int(row["weight"]),
                row["meaning"],
                {Method(method): Need(need) for method, need in row["methods"].items()},
                tuple(row["topics"]),
                tuple(Figure(figure) for figure in row["figures"]),
                tuple(row["anchors"]),
            )
            for row in data["dimensions"]
        ),
        tuple(
            FigureTerms(
                Figure(row["key"]),
                row["unit"],
                row["definition"],
                row["formula"],
                row["better"] == "lower",
                tuple(Decimal(str(row["tiers"][tier])) for tier in (Tier.EXCELLENT, Tier.GOOD, Tier.FAIR)),  # type: ignore[arg-type]
                Flag(row["flag"]),
                row["source"],
            )
            for row in data["figures"]
        ),
    )
