"""What a requirement can ask for, by kind, and how a plan's ``params`` say it.

* ``exam_score``: ``{"blueprint": slug, "at_least": 85}``, points of 100; see ``rules.papers`` for one paper or two;
* ``roleplay``: ``{"types": 3, "among": [slugs]}``, customer types passed by the exam's rules; without ``among`` any;
* ``lessons_done``: ``{}``, every required lesson that is in force;
* ``course_done``: ``{"course": slug}``, every unit of it;
* ``typing``: ``{"per_minute": 50, "accuracy": 95}``, correct characters a minute and percent, in one run;
* ``product_gates``: ``{"skus": [...], "platforms": [...]}``, the quizzes of these products; without ``skus`` of every
  product on the shelf, of these platforms or of all;
* ``interview``: ``{"mean": 3.5, "floor": 2, "raters": 2}``, points of 1 to 5;
* ``performance``: ``{"months": 2, "figures": [...], "tier": "good"}``, the newest months, each figure that good;
* ``days_in_post``: ``{"at_least": 30}``, calendar days, the hire date being day 1;
* ``observation``: ``{"observers": 1}``, people who saw the trainee ready at real work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from trainer.rules.vocabulary import RequirementKind

TIERS = ("excellent", "good", "fair", "poor")  # the best first


@dataclass(frozen=True)
class ExamScore:
    blueprint: str
    at_least: Decimal


@dataclass(frozen=True)
class Roleplay:
    types: int
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class LessonsDone:
    pass


@dataclass(frozen=True)
class CourseDone:
    course: str


@dataclass(frozen=True)
class Typing:
    """``accuracy`` in percent."""

    per_minute: int
    accuracy: Decimal


@dataclass(frozen=True)
class ProductGates:
    skus: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Interview:
    mean: Decimal
    floor: Decimal
    raters: int


@dataclass(frozen=True)
class Performance:
    months: int
    figures: tuple[str, ...]
    tier: str


@dataclass(frozen=True)
class DaysInPost:
    at_least: int


@dataclass(frozen=True)
class Observed:
    observers: int


Standard = (
    ExamScore
    | Roleplay
    | LessonsDone
    | CourseDone
    | Typing
    | ProductGates
    | Interview
    | Performance
    | DaysInPost
    | Observed
)


def standard_from_params(kind: str, params: Mapping[str, Any]) -> Standard:
    """The standard that a requirement's ``params`` describe. Raises ``ValueError`` naming the wrong key."""
    match RequirementKind(kind):
        case RequirementKind.EXAM_SCORE:
            _only(params, "blueprint", "at_least")
            return ExamScore(_name(params, "blueprint"), _number(params, "at_least", 0, 100))
        case RequirementKind.ROLEPLAY:
            _only(params, "types", "among")
            return Roleplay(_whole(params, "types", 1, 50), _names(params, "among"))
        case RequirementKind.LESSONS_DONE:
            _only(params)
            return LessonsDone()
        case RequirementKind.COURSE_DONE:
            _only(params, "course")
            return CourseDone(_name(params, "course"))
        case RequirementKind.TYPING:
            _only(params, "per_minute", "accuracy")
            return Typing(_whole(params, "per_minute", 1, 300), _number(params, "accuracy", 0, 100))
        case RequirementKind.PRODUCT_GATES:
            _only(params, "skus", "platforms")
            return ProductGates(_names(params, "skus"), _names(params, "platforms"))
        case RequirementKind.INTERVIEW:
            _only(params, "mean", "floor", "raters")
            return Interview(
                _number(params, "mean", 1, 5), _number(params, "floor", 1, 5), _whole(params, "raters", 1, 5)
            )
        case RequirementKind.PERFORMANCE:
            _only(params, "months", "figures", "tier")
            figures, tier = _names(params, "figures"), params.get("tier")
            if not figures:
                raise ValueError("figures: 至少写一项数据")
            if tier not in TIERS:
                raise ValueError("tier: 要写其中一个：" + "、".join(TIERS))
            return Performance(_whole(params, "months", 1, 24), figures, tier)
        case RequirementKind.DAYS_IN_POST:
            _only(params, "at_least")
            return DaysInPost(_whole(params, "at_least", 0, 1000))
        case RequirementKind.OBSERVATION:
            _only(params, "observers")
            return Observed(_whole(params, "observers", 1, 5))


def _number(params: Mapping[str, Any], key: str, least: int, most: int) -> Decimal:
    try:
        number = Decimal(str(params.get(key)))
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_nan() or not least <= number <= most:
        raise ValueError(f"{key}: 要写 {least}–{most} 的数")
    return number


def _whole(params: Mapping[str, Any], key: str, least: int, most: int) -> int:
    number = params.get(key)
    if type(number) is not int or not least <= number <= most:
        raise ValueError(f"{key}: 要写 {least}–{most} 的整数")
    return number


def _name(params: Mapping[str, Any], key: str) -> str:
    name = params.get(key)
    if not isinstance(name, str) or not name:
        raise ValueError(f"{key}: 必填，写一个代号")
    return name


def _names(params: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = params.get(key, [])
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) and name for name in names):
        raise ValueError(f"{key}: 要写成列表，每项一个代号")
    return tuple(dict.fromkeys(names))


def _only(params: Mapping[str, Any], *known: str) -> None:
    for key in params:
        if key not in known:
            raise ValueError(f"{key}: 没有这个字段，是不是写错了")
