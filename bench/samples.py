"""Question banks of every style, read by the readers: how much is right, and how much is wrong without a word."""

from collections import defaultdict
from collections.abc import Iterator

from bench.figures import Figure
from tests.samples.build import samples
from tests.samples.compare import Outcome, score
from tests.samples.reading import outcomes_of

RIGHT, HARMFUL = 97.0, 0.5  # per cent


def measure() -> Iterator[Figure]:
    everything: list[Outcome] = []
    styles: dict[str, list[Outcome]] = defaultdict(list)
    for sample in samples():
        outcomes = outcomes_of(sample)
        everything += outcomes
        for style in sample.truth["style"]:
            styles[style] += outcomes
    yield from _figures("sample questions", everything)
    for style, outcomes in sorted(styles.items()):
        for figure in _figures(f"  {style}", outcomes):
            if not figure.holds:
                yield figure


def _figures(name: str, outcomes: list[Outcome]) -> Iterator[Figure]:
    result = score(outcomes)
    yield Figure(f"{name}: read exactly right", result.right, "%", least=RIGHT, places=2)
    yield Figure(f"{name}: wrong but not held", result.harmful, "%", most=HARMFUL, places=2)
