"""Logistic regression with an L2 penalty, solved in the space of the records: there are fewer of them than features."""

import math
from collections.abc import Sequence

import numpy as np

EMPHASIS = 2.4  # how many times less a feature is penalised for the check that it was made for
_STEPS, _CLOSE = 300, 1e-4
_FLATTEST = 0.05  # a higher score never makes a yes less likely


class Solver:
    """Solves every labelling of any part of ``rows`` at once; what depends on the rows alone is worked out once.

    ``own`` names for each column of labels the features that were made for it. They are penalised ``EMPHASIS`` times
    less there: what a pattern says of its own check holds for a stranger, too, what it happens to say of the other
    checks less so.
    """

    def __init__(self, rows: np.ndarray, inverse_penalty: float, own: Sequence[Sequence[int]]):
        self._kernel = rows @ rows.T  # in single precision, which is ample and twice as quick
        self._own = [rows[:, list(columns)] * np.float32(math.sqrt(EMPHASIS - 1)) for columns in own]
        self._strength = np.float32(inverse_penalty)
        eye = np.eye(len(rows), dtype=np.float32)
        self._inverse = np.linalg.inv(eye + self._kernel * (self._strength / 4))

    def solve(self, labels: np.ndarray, learned: np.ndarray) -> np.ndarray:
        """One column of numbers for each column of ``labels`` (1, 0, or -1 where nothing was said).

        The weights are ``rows.T @ numbers``, those of a column's own features ``EMPHASIS`` times that; a row that is
        not ``learned``, or of which a column says nothing, has 0 there.
        """
        result = np.zeros(labels.shape, dtype=np.float32)
        alike: dict[bytes, list[int]] = {}
        for column in range(labels.shape[1]):
            alike.setdefault((labels[learned, column] >= 0).tobytes(), []).append(column)
        for columns in alike.values():
            part = learned & (labels[:, columns[0]] >= 0)
            place = np.ix_(np.nonzero(part)[0], np.array(columns))
            result[place] = self._solved(labels[place], part, columns)
        return result

    def _solved(self, target: np.ndarray, learned: np.ndarray, columns: Sequence[int]) -> np.ndarray:
        """The numbers of the rows that are ``learned`` for ``columns``, all of which say something of each of them.

        Minimises ``C * sum(log(1 + exp(-y f))) + |w|² / 2`` with ``f = K a`` by steps against the bound ``I + K C / 4``
        of the curvature; its inverse for a part comes from that of all rows, and for the few own features of a column
        from the one that all columns share.
        """
        part = np.nonzero(learned)[0]
        kernel = self._kernel[np.ix_(part, part)]
        bound = self._bound(part, np.nonzero(~learned)[0])
        own = [self._own[column][part] for column in columns]
        ways = [self._correction(bound, features) for features in own]
        numbers = ahead = np.zeros(target.shape, dtype=np.float32)
        for turn in range(_STEPS):
            scores = _with_own(kernel @ ahead, own, own, ahead)
            slope = self._strength * (target - chance(scores)) - ahead
            step = _with_own(bound @ slope, [-way for way, _ in ways], [back for _, back in ways], slope)
            before, numbers = numbers, ahead + step
            if np.abs(step).max(initial=0) < _CLOSE:
                break
            ahead = numbers + np.float32(turn / (turn + 3)) * (numbers - before)  # Nesterov's look ahead
        return numbers

    def _correction(self, bound: np.ndarray, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Two factors of what ``own`` features take from the inverse of the bound (Woodbury's identity)."""
        scaled = own * np.float32(math.sqrt(self._strength) / 2)
        across = bound @ scaled
        return across @ np.linalg.inv(np.eye(scaled.shape[1], dtype=np.float32) + scaled.T @ across), across

    def _bound(self, part: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """The inverse of the bound for the rows of ``part`` alone, where ``rest`` are all the others."""
        inside = self._inverse[np.ix_(part, part)]
        if not len(rest):
            return inside
        across = self._inverse[np.ix_(part, rest)]
        return inside - across @ np.linalg.solve(self._inverse[np.ix_(rest, rest)], across.T)

    def scores(self, numbers: np.ndarray) -> np.ndarray:
        """What a model with these ``numbers`` gives each row."""
        return _with_own(self._kernel @ numbers, self._own, self._own, numbers)


def _with_own(
    shared: np.ndarray, left: Sequence[np.ndarray], right: Sequence[np.ndarray], of: np.ndarray
) -> np.ndarray:
    """``shared``, to each column of which is added what ``left @ right.T`` makes of that column of ``of``."""
    for column, (one, other) in enumerate(zip(left, right, strict=True)):
        shared[:, column] += one @ (other.T @ of[:, column])
    return shared


def chance(scores: np.ndarray) -> np.ndarray:
    """The probability of a yes that belongs to each score; a score beyond 30 says no more than 30."""
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def platt(scores: np.ndarray, said: np.ndarray) -> tuple[float, float]:
    """Slope and offset that turn scores into probabilities, pulled a little towards even where there are few."""
    yes, no = float(said.sum()), float(len(said) - said.sum())
    target = np.where(said == 1, (yes + 1) / (yes + 2), 1 / (no + 2))
    slope, offset = 1.0, 0.0
    for _ in range(100):
        chances = chance(slope * scores + offset)
        error, weight = chances - target, np.maximum(chances * (1 - chances), 1e-9)
        gradient = np.array([error @ scores, error.sum()])
        mixed = weight @ scores
        hessian = np.array([[weight @ scores**2 + 1e-6, mixed], [mixed, weight.sum() + 1e-6]])
        step = np.linalg.solve(hessian, gradient)
        slope, offset = slope - float(step[0]), offset - float(step[1])
        if np.abs(step).max() < 1e-9:
            break
    return max(slope, _FLATTEST), offset
