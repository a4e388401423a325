"""Learning a model from labelled replies: logistic regression on the features, calibrated on what it had not seen.

Only this module needs numpy. Nothing in it is random: the same records in the same order give the same model.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from quizzes.rules.replies.checks import NAMES, VIOLATIONS
from quizzes.rules.replies.features import GRAMS, Found, agreed, find
from quizzes.rules.replies.logistic import EMPHASIS, Solver, chance, platt
from quizzes.rules.replies.model import Model, Threshold, quantised
from quizzes.rules.replies.patterns import library
from quizzes.rules.replies.records import Record

INVERSE_PENALTY = 0.2  # the larger, the closer the weights follow the records
LEAST_RECORDS = 2  # an n-gram that fewer replies contain is not learned
FOLDS = 5  # of scenes, where the records come from fewer than three sources
BESIDE = "beside"  # the source of replies that are always learned from, never measured on


@dataclass(frozen=True)
class Matrix:
    """One row of features for each record; ``labels`` are 1, 0 and -1 where nothing was said; ``folds`` by row."""

    names: tuple[str, ...]
    rows: np.ndarray
    labels: np.ndarray
    folds: np.ndarray


class TooFewRecords(ValueError):
    """Some check has no yes or no no among the records, so there is nothing to learn for it."""


def train(records: Sequence[Record], beside: Iterable[Record] = ()) -> Model:
    """The model of ``records`` and of what is learned ``beside`` them. Raises ``TooFewRecords``.

    Calibration and thresholds come from ``records`` alone: they are what the judge is to be used on.
    """
    return fit(matrix([*records, *always(beside)]))


def always(beside: Iterable[Record]) -> list[Record]:
    """``beside`` as records that every model learns from and none is measured on."""
    return [replace(record, source=BESIDE) for record in beside]


def matrix(records: Sequence[Record], found: Sequence[Found] | None = None) -> Matrix:
    """The features of ``records``; ``found`` spares finding them again."""
    found = found if found is not None else [find(record.reply) for record in records]
    names = _vocabulary(found)
    index = {name: place for place, name in enumerate(names)}
    rows = np.zeros((len(records), len(names)), dtype=np.float32)
    for row, one in zip(rows, found, strict=True):
        grams = [index[f"n:{gram}"] for gram in one.grams if f"n:{gram}" in index]
        if grams:
            row[grams] = GRAMS / np.sqrt(len(grams))
        for name, strength in one.strengths.items():
            if name in index:
                row[index[name]] = strength
        row[index["bias"]] = 1.0
    said = {True: 1, False: 0, None: -1}
    labels = np.array([[said[record.labels.get(name)] for name in NAMES] for record in records], dtype=np.int8)
    return Matrix(names, rows, labels.reshape(len(records), len(NAMES)), _folds(records))


def fit(data: Matrix) -> Model:
    """A model of all of ``data``, its thresholds from scores of records that were left out by fold."""
    solver = Solver(data.rows, INVERSE_PENALTY, own(data.names))
    every = np.ones(len(data.rows), dtype=bool)
    return finish(data, solver.solve(data.labels, every), unseen_scores(solver, data, every))


def finish(data: Matrix, numbers: np.ndarray, seen: np.ndarray) -> Model:
    """The model of what the solver found; ``seen`` are the scores of ``unseen_scores``. Raises ``TooFewRecords``."""
    weights = np.zeros((len(data.names), len(NAMES)), dtype=np.int8)
    scales = []
    for check, columns in enumerate(own(data.names)):
        found = data.rows.T @ numbers[:, check]
        found[columns] *= EMPHASIS
        weights[:, check], scale = quantised(found.tolist())
        scales.append(scale)
    index = {name: place for place, name in enumerate(data.names)}
    return Model(index, array("b", weights.tobytes()), tuple(scales), finish_thresholds(data, seen))


def finish_thresholds(data: Matrix, seen: np.ndarray) -> tuple[Threshold, ...]:
    """A calibration for each check from ``seen``, the scores of records that were not learned. ``TooFewRecords``."""
    found = []
    for check, name in enumerate(NAMES):
        measured = (data.labels[:, check] >= 0) & ~np.isnan(seen[:, check])
        said = data.labels[measured, check]
        if not {0, 1} <= set(said.tolist()):
            raise TooFewRecords(f"“{name}”至少要有一条 true 和一条 false 才能训练。")
        found.append(threshold(seen[measured, check], said, name in VIOLATIONS))
    return tuple(found)


def own(names: Sequence[str]) -> list[list[int]]:
    """For each check the places of the features that were made for it: its patterns, and how many of them agree.

    Words in a scope where they do not count speak for no check, and are no more its own than an n-gram.
    """
    check_of = {f"p:{pattern.id}": pattern.check for pattern in library()}
    columns: dict[str, list[int]] = {name: [] for name in NAMES}
    for place, name in enumerate(names):
        check = check_of.get(name) or agreed(name)
        if check:
            columns[check].append(place)
    return list(columns.values())


def unseen_scores(solver: Solver, data: Matrix, among: np.ndarray) -> np.ndarray:
    """For each record among ``among`` the scores of a model that did not learn its fold; elsewhere not a number."""
    scores = np.full(data.labels.shape, np.nan)
    for fold in sorted(set(data.folds[among].tolist()) - {BESIDE}):
        inside = among & (data.folds == fold)
        scores[inside] = solver.scores(solver.solve(data.labels, among & ~inside))[inside]
    return scores


def threshold(scores: np.ndarray, said: np.ndarray, violation: bool) -> Threshold:
    """Calibration and thresholds from scores on records that were not learned."""
    slope, offset = platt(scores, said)
    chances = chance(slope * scores + offset)
    yes = _best_yes(chances)
    sure_no = min(yes, _sure_no(chances, said, MISSED if violation else MISSED_GOOD))
    sure_yes = max(yes, _sure_yes(chances, said))
    return Threshold(*(float(f"{number:.6g}") for number in (slope, offset, yes, sure_no, sure_yes)))


MISSED = 0.02  # of the violations that a sure no may hide
MISSED_GOOD = 0.04
WRONG_YES = 0.03  # of the sure yes that may be wrong
STRANGER = 0.85  # of the chance at which a yes begins: the words of a hand never learned are known less well


def _best_yes(chances: np.ndarray) -> float:
    """Where yes begins so that precision and recall together (F1) can be expected to be best, between 0.2 and 0.6.

    What is expected comes from the calibrated chances, not from the labels: the best cut for a hundred labels follows
    their accidents, and does worse on a new writer. Of him, chances run ``STRANGER`` times too low.
    """
    falling = np.sort(chances)[::-1]
    scores = 2 * np.cumsum(falling) / (np.arange(1, len(falling) + 1) + falling.sum())
    return float(min(0.6, max(0.2, STRANGER * falling[int(scores.argmax())])))


def _sure_no(chances: np.ndarray, said: np.ndarray, missed: float) -> float:
    """The highest chance below which at most ``missed`` of the true ones lie."""
    true = np.sort(chances[said == 1])
    return float(true[min(int(missed * len(true)), len(true) - 1)]) if len(true) else 0.5


def _sure_yes(chances: np.ndarray, said: np.ndarray) -> float:
    """The lowest chance from which on at most ``WRONG_YES`` of the announced ones are false."""
    order = np.argsort(-chances, kind="stable")
    wrong = np.cumsum(1 - said[order]) / np.arange(1, len(order) + 1)
    fine = np.nonzero(wrong <= WRONG_YES)[0]
    return float(chances[order[fine[-1]]]) if len(fine) else 1.0


def _vocabulary(found: Iterable[Found]) -> tuple[str, ...]:
    grams: dict[str, int] = {}
    others: set[str] = set()
    for one in found:
        for gram in one.grams:
            grams[gram] = grams.get(gram, 0) + 1
        others.update(one.strengths)
    kept = sorted(f"n:{gram}" for gram, count in grams.items() if count >= LEAST_RECORDS)
    return ("bias", *sorted(others), *kept)


def _folds(records: Sequence[Record]) -> np.ndarray:
    """The source of each record, or, where there are fewer than three, its scene in one of ``FOLDS`` parts."""
    sources = {record.source for record in records} - {BESIDE}
    if len(sources) >= 3:
        return np.array([record.source for record in records])
    scenes: dict[str, int] = {}
    return np.array(
        [
            BESIDE if record.source == BESIDE else str(scenes.setdefault(record.reply.facts, len(scenes)) % FOLDS)
            for record in records
        ]
    )
