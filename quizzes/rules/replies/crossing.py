"""Cross-validation over writers: each file is judged by a model that learned all the others, and only those."""

from collections.abc import Iterable, Mapping, Sequence

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

    Weights come from the other sources, from ``by`` and from what is learned ``beside`` them. Calibration and
    thresholds come from what the sources of ``by`` score when each is left out, as ``train`` has them from its records;
    without any, from what the other sources score so. The words of n-grams are counted over all records,
    their labels never.
    """
    everything = [*records, *by, *always(beside)]
    data, solver = _prepared(everything)
    sources = {record.source for record in [*records, *by]}
    learned = {source: sources - {source} for source in sources}
    return _report(everything, data, solver, learned, {record.source for record in by})


def learning_curve(records: Sequence[Record], beside: Iterable[Record] = ()) -> list[Report]:
    """Figures when each source is judged by a model of one other source, of two others and so on, up to all.

    Which others: those that follow it in the order of their names, after the last the first again.
    """
    everything = [*records, *always(beside)]
    data, solver = _prepared(everything)
    names = sorted({record.source for record in records})
    return [
        _report(
            everything,
            data,
            solver,
            {
                source: {names[(place + step) % len(names)] for step in range(1, size + 1)}
                for place, source in enumerate(names)
            },
        )
        for size in range(1, len(names))
    ]


def _prepared(everything: Sequence[Record]) -> tuple[Matrix, Solver]:
    data = matrix(everything, [find(record.reply) for record in everything])
    return data, Solver(data.rows, INVERSE_PENALTY, own(data.names))


def _report(
    everything: Sequence[Record],
    data: Matrix,
    solver: Solver,
    learned: Mapping[str, Iterable[str]],
    by: Iterable[str] = (),
) -> Report:
    """Each source that is not among ``by`` is judged by a model of those it ``learned``."""
    unseen = np.full(data.labels.shape, np.nan)
    for source, others in learned.items():
        inside = data.folds == source
        among = np.isin(data.folds, [*others, BESIDE])
        unseen[inside] = solver.scores(solver.solve(data.labels, among))[inside]
    judged: list[tuple[Record, Judgement]] = []
    for source in sorted(set(learned) - set(by)):
        giving = np.isin(data.folds, list(by) or list(set(learned) - {source}))
        thresholds = finish_thresholds(data, np.where(giving[:, None], unseen, np.nan))
        places = np.nonzero(data.folds == source)[0].tolist()
        judged += [(everything[place], _judgement(unseen[place], thresholds)) for place in places]
    return measure(judged)


def _judgement(scores: np.ndarray, thresholds: Sequence[Threshold]) -> Judgement:
    verdicts = {}
    for name, threshold, score in zip(NAMES, thresholds, scores.tolist(), strict=True):
        chance = threshold.probability(score)
        yes, sure = threshold.decide(chance)
        verdicts[name] = Verdict(name, yes, chance, sure)
    return Judgement(verdicts)
