"""What was learned from labelled replies: for each check a weight for each feature, a calibration and its thresholds.

The weights are small whole numbers times one scale for each check, so the file is small and its bytes are the same
whenever the same records are learned. Reading it needs nothing but Python.
"""

import base64
import json
import math
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.features import GRAMS, Found

FORMAT = 1


@dataclass(frozen=True)
class Threshold:
    """``probability = 1 / (1 + exp(-(slope * score + offset)))``.

    A yes from ``yes`` on; it is sure from ``sure_yes`` on and below ``sure_no``.
    """

    slope: float
    offset: float
    yes: float
    sure_no: float
    sure_yes: float

    def probability(self, score: float) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.offset))))

    def decide(self, chance: float) -> tuple[bool, bool]:
        """Whether a ``chance`` is a yes, and whether that is sure."""
        yes = chance >= self.yes
        return yes, chance >= self.sure_yes if yes else chance < self.sure_no


@dataclass(frozen=True)
class Model:
    """``weights`` has one row of ``len(NAMES)`` numbers from -127 to 127 for each feature of ``index``."""

    index: dict[str, int]
    weights: array
    scales: tuple[float, ...]
    thresholds: tuple[Threshold, ...]

    def strengths(self, found: Found) -> dict[str, float]:
        """The features of ``found`` that the model knows, by name: n-grams as ``n:…``."""
        known = [gram for gram in found.grams if f"n:{gram}" in self.index]
        each = GRAMS / math.sqrt(len(known)) if known else 0.0
        strengths = {f"n:{gram}": each for gram in known}
        strengths.update((name, strength) for name, strength in found.strengths.items() if name in self.index)
        strengths["bias"] = 1.0
        return strengths

    def scores(self, strengths: dict[str, float]) -> list[float]:
        """One score for each check, in the order of ``NAMES``; above 0 is more likely yes than no."""
        width = len(NAMES)
        sums = [0.0] * width
        for name, strength in strengths.items():
            start = self.index[name] * width
            for check, weight in enumerate(self.weights[start : start + width]):
                if weight:
                    sums[check] += strength * weight
        return [total * scale for total, scale in zip(sums, self.scales, strict=True)]

    def weight(self, name: str, check: int) -> float:
        return float(self.weights[self.index[name] * len(NAMES) + check] * self.scales[check])


def dump(model: Model) -> bytes:
    """``model`` as a file; the same model gives the same bytes."""
    content = {
        "format": FORMAT,
        "checks": NAMES,
        "features": list(model.index),
        "scales": model.scales,
        "thresholds": [[t.slope, t.offset, t.yes, t.sure_no, t.sure_yes] for t in model.thresholds],
        "weights": base64.b64encode(model.weights.tobytes()).decode(),
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def load(content: bytes) -> Model:
    """The model of a file that ``dump`` wrote. Raises ``ValueError`` for anything else."""
    try:
        row = json.loads(zlib.decompress(content))
        if row["format"] != FORMAT or tuple(row["checks"]) != NAMES:
            raise ValueError("The model was made for other checks: make it anew with train_replies.")
        weights = array("b", base64.b64decode(row["weights"]))
        model = Model(
            {name: place for place, name in enumerate(row["features"])},
            weights,
            tuple(row["scales"]),
            tuple(Threshold(*numbers) for numbers in row["thresholds"]),
        )
    except (zlib.error, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError("This is no model file: make it anew with train_replies.") from error
    if len(weights) != len(model.index) * len(NAMES) or "bias" not in model.index:
        raise ValueError("The model file is cut short: make it anew with train_replies.")
    return model


def quantised(weights: Sequence[float]) -> tuple[list[int], float]:
    """``weights`` of one check as whole numbers from -127 to 127, and the scale that gives them back."""
    largest = max((abs(weight) for weight in weights), default=0.0)
    scale = float(f"{largest / 127:.6g}") or 1.0
    return [max(-127, min(127, round(weight / scale))) for weight in weights], scale


@cache
def shipped() -> Model:
    """The model that comes with the package."""
    return load((resources.files("quizzes.rules.replies") / "model.bin").read_bytes())
