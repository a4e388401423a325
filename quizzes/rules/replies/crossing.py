"""Cross-validation over writers: each file is judged by a model that learned all the others, and only those."""

from collections.abc import Iterable, Sequence

import numpy as np

from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.features import find
from quizzes.rules.replies.figures import Report, measure
from quizzes.rules.replies.judging import Judgement, Verdict
from quizzes.rules.replies.logistic import Solver
from quizzes.rules.replies.model import Threshold
from quizzes.rules.replies.records import Record
from quizzes.rules.replies.training import BESIDE, INVERSE_PENALTY, Matrix, always, finish_thresholds, matrix, own


def cross_validate(records: Sequence[Record], beside: Iterable[Record] = (), by: Sequence[Record] = ()) -> Report:
    """Figures over all ``records``, each judged without its own source.

    Weights come from the other sources, from ``by`` and from what is learned ``beside`` them.
    Calibration and thresholds come from the sources of ``by``, each left out alone in its turn, as ``train`` has them
    from its records; without any, from the other sources that are judged. The words of n-grams are counted over all
    records, their labels never.
    """
    everything = [*records, *by, *always(beside)]
    data = matrix(everything, [find(record.reply) for record in everything])
    solver = _Remembering(data)
    judging = {record.source for record in by}
    sources = set(data.folds.tolist()) - {BESIDE}
    thresholds = finish_thresholds(data, solver.each_without(sources, judging)) if judging else None
    judged: list[tuple[Record, Judgement]] = []
    for source in sorted({record.source for record in records}):
        judged += _judged(everything, data, solver, source, sorted(sources - {source}), thresholds)
    return measure(judged)


def learning_curve(records: Sequence[Record], beside: Iterable[Record] = ()) -> list[Report]:
    """Figures when each source is judged by a model of one other source, of two others and so on, up to all.

    Which others: those that follow it in the order of their names, after the last the first again.
    """
    everything = [*records, *always(beside)]
    data = matrix(everything, [find(record.reply) for record in everything])
    solver = _Remembering(data)
    names = sorted({record.source for record in records})
    reports = []
    for learned in range(1, len(names)):
        judged: list[tuple[Record, Judgement]] = []
        for place, source in enumerate(names):
            others = [names[(place + step) % len(names)] for step in range(1, learned + 1)]
            judged += _judged(everything, data, solver, source, others)
        reports.append(measure(judged))
    return reports


def _judged(
    everything: Sequence[Record],
    data: Matrix,
    solver: "_Remembering",
    source: str,
    others: Sequence[str],
    thresholds: Sequence[Threshold] | None = None,
) -> list[tuple[Record, Judgement]]:
    if thresholds is None:
        thresholds = finish_thresholds(data, solver.each_without(others, others))
    scores = solver.learned(frozenset(others))
    places = np.nonzero(data.folds == source)[0].tolist()
    return [(everything[place], _judgement(scores[place], thresholds)) for place in places]


class _Remembering:
    """Leaving out a, then b of the rest is leaving out b, then a: each pair is solved once."""

    def __init__(self, data: Matrix):
        self._data, self._solver = data, Solver(data.rows, INVERSE_PENALTY, own(data.names))
        self._scores: dict[frozenset[str], np.ndarray] = {}

    def each_without(self, sources: Iterable[str], those: Iterable[str]) -> np.ndarray:
        """For the records of ``those`` the scores of a model of ``sources`` without their own; elsewhere no number."""
        seen = np.full(self._data.labels.shape, np.nan)
        for one in those:
            inside = self._data.folds == one
            seen[inside] = self.learned(frozenset(sources) - {one})[inside]
        return seen

    def learned(self, sources: frozenset[str]) -> np.ndarray:
        """The scores of a model of ``sources`` and of what is learned beside them."""
        if sources not in self._scores:
            among = np.isin(self._data.folds, [*sources, BESIDE])
            self._scores[sources] = self._solver.scores(self._solver.solve(self._data.labels, among))
        return self._scores[sources]


def _judgement(scores: np.ndarray, thresholds: Sequence[Threshold]) -> Judgement:
    verdicts = {}
    for name, threshold, score in zip(NAMES, thresholds, scores.tolist(), strict=True):
        chance = threshold.probability(score)
        yes, sure = threshold.decide(chance)
        verdicts[name] = Verdict(name, yes, chance, sure)
    return Judgement(verdicts)
