"""The assessment scheme: seven dimensions, each with a weight and the methods by which it has to be evidenced.

A scheme never adds its dimensions up to one number: it says which evidence is there, which is missing, and how much
of the weight is fully evidenced. Performance stays apart from what was tested.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from quizzes.rules.dialogue.scenario import Dimension
from quizzes.rules.vocabulary import Flag
from trainer.rules.vocabulary import Figure, Method, Tier

POINTS = 5  # of the interview's scale
# Below these, the page says that there is too little to lean on: a handful of questions, or one talk, moves a lot.
ENOUGH = {Method.EXAM: 5, Method.ROLEPLAY: 2}


class Need(StrEnum):
    """What a method is to a dimension."""

    REQUIRED = "required"
    HELPFUL = "helpful"


class Fault(StrEnum):
    """What keeps a scheme from holding."""

    DIMENSIONS = "dimensions"  # not each of the seven exactly once
    WEIGHT = "weight"  # a weight below 1
    SUM = "sum"  # the weights do not add up to 100
    METHOD = "method"  # no method is required
    TOPICS = "topics"  # an exam is to speak for it, and no topic says which questions
    FIGURES = "figures"  # performance is to speak for it, and no figure says which; or not each figure exactly once
    ANCHORS = "anchors"  # a point of the scale has no meaning
    TIERS = "tiers"  # the bounds of a figure's tiers are not in order


@dataclass(frozen=True)
class SchemeProblem:
    """``of`` is the dimension or the figure that it is about, ``value`` the wrong number where there is one."""

    fault: Fault
    of: Dimension | Figure | None = None
    value: int | None = None


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
    """The scheme that a version's ``data`` describes. Raises ``KeyError`` and ``ValueError``."""
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


def problems_of(scheme: Scheme) -> tuple[SchemeProblem, ...]:
    """Everything that keeps the scheme from being published; nothing where it holds."""
    found = []
    if sorted(terms.key for terms in scheme.dimensions) != sorted(Dimension):
        found.append(SchemeProblem(Fault.DIMENSIONS))
    for terms in scheme.dimensions:
        found += [SchemeProblem(fault, terms.key) for fault in _faults(terms)]
    if (total := sum(terms.weight for terms in scheme.dimensions)) != 100:
        found.append(SchemeProblem(Fault.SUM, value=total))
    if sorted(figure.key for figure in scheme.figures) != sorted(Figure):
        found.append(SchemeProblem(Fault.FIGURES))
    for figure in scheme.figures:
        ordered = sorted(figure.bounds, reverse=not figure.lower_is_better)
        if list(figure.bounds) != ordered or len(set(figure.bounds)) < len(figure.bounds):
            found.append(SchemeProblem(Fault.TIERS, figure.key))
    return tuple(found)


def _faults(terms: DimensionTerms) -> list[Fault]:
    wrong = {
        Fault.WEIGHT: terms.weight < 1,
        Fault.METHOD: Need.REQUIRED not in terms.methods.values(),
        Fault.TOPICS: Method.EXAM in terms.methods and not terms.topics,
        Fault.FIGURES: Method.PERFORMANCE in terms.methods and not terms.figures,
        Fault.ANCHORS: len(terms.anchors) != POINTS or not all(terms.anchors),
    }
    return [fault for fault, found in wrong.items() if found]


class Scale(StrEnum):
    """What the value of a piece of evidence is."""

    PERCENT = "percent"  # of the marks, 0 to 100
    SCORE = "score"  # of role-play, 0 to 100
    POINTS = "points"  # of the interview, 1 to 5
    FIGURE = "figure"  # seconds or percent of work


@dataclass(frozen=True)
class Piece:
    """One piece of evidence. ``count`` is how many questions, talks or raters it rests on; ``source`` the id of what
    it links to. ``value`` is ``None`` where it is there but kept from whoever looks. ``figure`` and ``tier`` are those
    of performance."""

    dimension: Dimension
    method: Method
    scale: Scale
    value: Decimal | None
    at: date
    count: int = 1
    source: int | None = None
    figure: Figure | None = None
    tier: Tier | None = None

    @property
    def is_thin(self) -> bool:
        """Whether it rests on so little that it should not be leant on alone."""
        return self.count < ENOUGH.get(self.method, 1)


@dataclass(frozen=True)
class Cell:
    """The evidence for one dimension by one method; ``need`` is ``None`` where the scheme does not use the method."""

    method: Method
    need: Need | None
    pieces: tuple[Piece, ...]

    @property
    def is_missing(self) -> bool:
        return self.need is Need.REQUIRED and not self.pieces


@dataclass(frozen=True)
class MatrixRow:
    terms: DimensionTerms
    cells: tuple[Cell, ...]

    @property
    def missing(self) -> tuple[Method, ...]:
        return tuple(cell.method for cell in self.cells if cell.is_missing)


@dataclass(frozen=True)
class Matrix:
    """What there is of one person, dimension by dimension. It has no total on purpose."""

    rows: tuple[MatrixRow, ...]

    @property
    def covered(self) -> int:
        """The weight, in percent, of the dimensions that have all the evidence they need."""
        return sum(row.terms.weight for row in self.rows if not row.missing)

    @property
    def missing(self) -> tuple[tuple[Dimension, Method], ...]:
        return tuple((row.terms.key, method) for row in self.rows for method in row.missing)


def matrix_of(scheme: Scheme, pieces: Iterable[Piece]) -> Matrix:
    """Sort the evidence into the scheme, the newest first. What the scheme does not ask for is left out."""
    by_place: dict[tuple[Dimension, Method], list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_place[piece.dimension, piece.method].append(piece)
    return Matrix(
        tuple(
            MatrixRow(terms, tuple(_cell(terms, method, by_place[terms.key, method]) for method in Method))
            for terms in scheme.dimensions
        )
    )


def _cell(terms: DimensionTerms, method: Method, pieces: list[Piece]) -> Cell:
    need = terms.methods.get(method)
    order = sorted(pieces, key=lambda piece: (piece.at, piece.source or 0, piece.figure or ""), reverse=True)
    return Cell(method, need, tuple(order) if need else ())
