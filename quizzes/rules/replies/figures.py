"""How well a judge does on labelled replies, for each check and of what it would decide alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from quizzes.rules.replies.checks import CHECKS
from quizzes.rules.replies.judging import Judgement
from quizzes.rules.replies.records import Record


@dataclass(frozen=True)
class Tally:
    """What one check came to: right and wrong yes, missed, and how many labels were counted."""

    right: int
    wrong: int
    missed: int
    counted: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0

    @property
    def support(self) -> int:
        """How many labels say yes."""
        return self.right + self.missed


@dataclass(frozen=True)
class Decided:
    """What was sure. ``coverage`` of all labels; ``accuracy`` of the sure ones; of the violations there are the share
    that was surely missed; of those announced surely the share that is none."""

    coverage: float
    accuracy: float
    missed_violations: float
    false_violations: float


@dataclass(frozen=True)
class Report:
    checks: Mapping[str, Tally]
    decided: Decided

    def f1(self, violation: bool | None = None) -> float:
        """The mean F1 of all checks, or of the violations or the good moves; a check without a yes is not counted."""
        wanted = [check.name for check in CHECKS if violation is None or check.violation is violation]
        return mean([self.checks[name].f1 for name in wanted if self.checks[name].support] or [0.0])

    def as_json(self) -> dict[str, Any]:
        return {
            "checks": {
                name: {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1, "support": tally.support}
                for name, tally in self.checks.items()
            },
            "macro_f1": self.f1(),
            "good_moves_f1": self.f1(violation=False),
            "violations_f1": self.f1(violation=True),
            "decided": {
                "coverage": self.decided.coverage,
                "accuracy": self.decided.accuracy,
                "missed_violations": self.decided.missed_violations,
                "false_violations": self.decided.false_violations,
            },
        }


def measure(judged: Iterable[tuple[Record, Judgement]]) -> Report:
    """Compare each judgement with the labels of its record; a label of null is not counted."""
    pairs = list(judged)
    rows = {
        check.name: [
            (label, judgement[check.name])
            for record, judgement in pairs
            if (label := record.labels.get(check.name)) is not None
        ]
        for check in CHECKS
    }
    tallies = {}
    for name, row in rows.items():
        right = sum(label and verdict.yes for label, verdict in row)
        wrong = sum(not label and verdict.yes for label, verdict in row)
        tallies[name] = Tally(right, wrong, sum(label for label, _ in row) - right, len(row))
    everything = [pair for row in rows.values() for pair in row]
    violations = [pair for check in CHECKS if check.violation for pair in rows[check.name]]
    sure = [(label, verdict.yes) for label, verdict in everything if verdict.sure]
    announced = [label for label, verdict in violations if verdict.sure and verdict.yes]
    there = [verdict for label, verdict in violations if label]
    return Report(
        tallies,
        Decided(
            _share([True] * len(sure), len(everything)),
            _share([label == yes for label, yes in sure], len(sure)),
            _share([verdict.sure and not verdict.yes for verdict in there], len(there)),
            _share([not label for label in announced], len(announced)),
        ),
    )


def _share(wanted: Sequence[bool], of: int) -> float:
    return sum(wanted) / of if of else 0.0
