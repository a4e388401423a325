"""Logistic regression with an L2 penalty, solved in the space of the records: there are fewer of them than features."""

import numpy as np

_STEPS, _CLOSE = 400, 1e-4


class Solver:
    """Solves every labelling of any part of ``rows`` at once; what depends on the rows alone is worked out once."""

    def __init__(self, rows: np.ndarray, inverse_penalty: float):
        self._kernel = (rows @ rows.T).astype(np.float64)
        self._strength = inverse_penalty

    def solve(self, labels: np.ndarray, learned: np.ndarray) -> np.ndarray:
        """One column of numbers for each column of ``labels`` (1, 0, or -1 where nothing was said).

        The weights are ``rows.T @ numbers``; a row that is not ``learned`` has 0. Minimises
        ``C * sum(log(1 + exp(-y f))) + |w|² / 2`` with ``f = K a`` by steps against the bound ``I + K C / 4`` of the
        curvature, which is the same for all columns and inverted once.
        """
        part = np.nonzero(learned)[0]
        kernel = self._kernel[np.ix_(part, part)]
        said, target = labels[part] >= 0, np.maximum(labels[part], 0)
        bound = np.linalg.inv(np.eye(len(part)) + kernel * (self._strength / 4))
        numbers = np.zeros(labels[part].shape)
        for _ in range(_STEPS):
            chances = 1 / (1 + np.exp(-np.clip(kernel @ numbers, -30, 30)))
            step = bound @ (self._strength * said * (target - chances) - numbers)
            numbers += step
            if np.abs(step).max() < _CLOSE:
                break
        result = np.zeros(labels.shape)
        result[part] = numbers
        return result

    def scores(self, numbers: np.ndarray) -> np.ndarray:
        """What a model with these ``numbers`` gives each row."""
        return self._kernel @ numbers


def platt(scores: np.ndarray, said: np.ndarray) -> tuple[float, float]:
    """Slope and offset that turn scores into probabilities, pulled a little towards even by the counts."""
    yes, no = float(said.sum()), float(len(said) - said.sum())
    target = np.where(said == 1, (yes + 1) / (yes + 2), 1 / (no + 2))
    slope, offset = 1.0, 0.0
    for _ in range(100):
        chances = 1 / (1 + np.exp(-np.clip(slope * scores + offset, -30, 30)))
        error, weight = chances - target, np.maximum(chances * (1 - chances), 1e-9)
        gradient = np.array([error @ scores, error.sum()])
        mixed = weight @ scores
        hessian = np.array([[weight @ scores**2 + 1e-6, mixed], [mixed, weight.sum() + 1e-6]])
        step = np.linalg.solve(hessian, gradient)
        slope, offset = slope - float(step[0]), offset - float(step[1])
        if np.abs(step).max() < 1e-9:
            break
    return slope, offset
