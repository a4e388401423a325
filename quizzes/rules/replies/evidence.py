"""Which words of a reply carry a verdict: the weights of its features, laid back over the text as it was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.features import Found
from quizzes.rules.replies.model import Model
from quizzes.rules.replies.patterns import Means, Pattern

MOST = 3  # stretches that are shown
_WORTH = 0.35  # of the heaviest character's weight: below, a character carries nothing
_GAP = 1  # characters between two stretches that are read as one
_SHORTEST = 2


@dataclass(frozen=True)
class Span:
    """``text`` is what was typed from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def stretches(
    model: Model, check: int, found: Found, strengths: dict[str, float], patterns: Sequence[Pattern]
) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The stretches that speak for the check, the heaviest first, and the ids of the patterns that do."""
    weights = [0.0] * len(found.normal.text)
    shown = _shown(NAMES[check], patterns)
    spoke = []
    for name, strength in strengths.items():
        weight = model.weight(name, check) * strength
        if weight <= 0 or name.startswith("s:"):
            continue
        if name.startswith("p:") and name[2:] in shown and name in found.places:
            spoke.append((weight, name[2:]))
        _lay(weights, found.grams[name[2:]] if name.startswith("n:") else found.places.get(name, []), weight)
    spans = _merged(weights, found)
    return tuple(span for _, span in spans[:MOST]), tuple(name for _, name in sorted(spoke, reverse=True))


def typed(found: Found, places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Stretches of the normalised text as they were typed."""
    spans = (found.normal.span(start, end) for start, end in places)
    return tuple(Span(first, last, found.normal.original[first:last]) for first, last in spans if last > first)


def _shown(check: str, patterns: Sequence[Pattern]) -> frozenset[str]:
    return frozenset(pattern.id for pattern in patterns if pattern.check == check and pattern.means is Means.SHOWS)


def _lay(weights: list[float], places: list[tuple[int, int]], weight: float) -> None:
    for start, end in places:
        for place in range(start, end):
            weights[place] += weight / (end - start)


def _merged(weights: list[float], found: Found) -> list[tuple[float, Span]]:
    least = _WORTH * max(weights, default=0.0)
    runs: list[list[int]] = []
    for place, weight in enumerate(weights):
        if weight <= least or weight <= 0:
            continue
        if runs and place - runs[-1][1] <= _GAP:
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1])
    spans = []
    for start, end in runs:
        first, last = found.normal.span(start, end)
        text = found.normal.original[first:last]
        if last - first >= _SHORTEST or end - start == len(weights):
            spans.append((sum(weights[start:end]), Span(first, last, text)))
    return sorted(spans, key=lambda one: (-one[0], one[1].start))
