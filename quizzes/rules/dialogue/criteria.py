"""How talks are scored, as data: read from a file, frozen in every session that is scored by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

from quizzes.rules.dialogue.scenario import Critical, Dimension, EndingKind
from quizzes.rules.replies.checks import NAMES, VIOLATIONS


class Level(StrEnum):
    """``SEVERAL``: three customers at once, by the rules of the exam."""

    PRACTICE = "practice"
    EXAM = "exam"
    SEVERAL = "several"


class BadCriteria(ValueError):
    """The data is no set of criteria; the message says what is missing or wrong."""


@dataclass(frozen=True)
class Loss:
    """What a violation costs: a share of its dimension, 0–1."""

    dimension: Dimension
    loses: float
    critical: Critical | None = None


@dataclass(frozen=True)
class Speed:
    """Seconds: full credit up to ``full``, none from ``none`` on, evenly less between."""

    full: float
    none: float

    def credit(self, seconds: float) -> float:
        if seconds <= self.full:
            return 1.0
        return max(0.0, (self.none - seconds) / (self.none - self.full))


@dataclass(frozen=True)
class LevelTerms:
    """``silence`` multiplies the time after which the customer asks again."""

    silence: float
    timed: bool
    mood: bool
    step_back: bool


@dataclass(frozen=True)
class Criteria:
    """Weights are parts of the whole; scores run from 0 to 100, credits from 0 to 1. ``lessons`` teach
    each check; ``data`` is what was read."""

    version: int
    pass_from: float
    provisional_from: float
    queue_from: float
    possible_critical_from: float
    polite_from: float
    dimensions: Mapping[Dimension, float]
    ending_share: float
    wants: Mapping[str, int]
    checks: Mapping[str, Dimension]
    violations: Mapping[str, Loss]
    forbidden_loses: float
    critical_loses: float
    endings: Mapping[EndingKind, float]
    escalation: Mapping[str, float]
    first: Speed
    average: Speed
    levels: Mapping[Level, LevelTerms]
    lessons: Mapping[str, str]
    data: Mapping[str, Any]


def read_criteria(data: Any) -> Criteria:
    """Raises ``BadCriteria`` for data that cannot be scored by."""
    try:
        return _read(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadCriteria(f"评分标准有误：{error!r}") from error


def _read(data: Any) -> Criteria:
    criteria = Criteria(
        version=int(data["version"]),
        pass_from=float(data["pass"]),
        provisional_from=float(data["provisional_from"]),
        queue_from=float(data["queue_from"]),
        possible_critical_from=float(data["possible_critical_from"]),
        polite_from=float(data["polite_from"]),
        dimensions={Dimension(name): float(weight) for name, weight in data["dimensions"].items()},
        ending_share=float(data["ending_share"]),
        wants={str(name): int(weight) for name, weight in data["wants"].items()},
        checks={str(name): Dimension(dimension) for name, dimension in data["checks"].items()},
        violations={str(name): _loss(row) for name, row in data["violations"].items()},
        forbidden_loses=float(data["forbidden"]["loses"]),
        critical_loses=float(data["forbidden"]["critical_loses"]),
        endings={EndingKind(kind): float(credit) for kind, credit in data["endings"].items()},
        escalation={name: float(data["escalation"][name]) for name in ("in_time", "too_early", "missed")},
        first=Speed(**data["speed"]["first"]),
        average=Speed(**data["speed"]["average"]),
        levels={Level(name): LevelTerms(**terms) for name, terms in data["levels"].items()},
        lessons={str(name): str(key) for name, key in data["lessons"].items()},
        data=data,
    )
    for what, there, wanted in (
        ("dimensions", criteria.dimensions, Dimension),
        ("checks", criteria.checks, set(NAMES) - VIOLATIONS),
        ("violations", criteria.violations, VIOLATIONS),
        ("endings", criteria.endings, EndingKind),
        ("levels", criteria.levels, Level),
    ):
        if set(there) != set(wanted):
            raise ValueError(f"{what} 要正好写这些：{'、'.join(sorted(map(str, wanted)))}")
    if min(criteria.dimensions.values()) < 0 or not sum(criteria.dimensions.values()):
        raise ValueError("dimensions 的分量不能是负数，也不能全是 0")
    return criteria


def _loss(row: Any) -> Loss:
    critical = row.get("critical")
    return Loss(Dimension(row["dimension"]), float(row["loses"]), Critical(critical) if critical else None)


@cache
def shipped() -> Criteria:
    """The criteria that new sessions are scored by."""
    text = resources.files("quizzes.rules.dialogue").joinpath("scoring.yaml").read_text(encoding="utf-8")
    return read_criteria(yaml.safe_load(text))
