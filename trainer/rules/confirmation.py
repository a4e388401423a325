"""How near somebody is to early confirmation: each requirement of a plan judged by itself, from evidence.

The software says what is met and what is missing; a person decides. Nothing makes up for anything else: 100
points in one exam do not lower the cut of another.

Standards by kind, as a plan's ``params`` give them:

* ``exam_score``: ``{"blueprint": slug, "at_least": 85}``, the best score of that exam, of 100;
* ``lessons_done``: ``{}``, every required lesson that is in force;
* ``days_in_post``: ``{"at_least": 30}``, calendar days, the hire date being day 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from trainer.rules.vocabulary import RequirementKind

# What still counts as near. The house's own choice, told on the page: a few questions, a few lessons, a week.
NEAR_POINTS = Decimal(5)
NEAR_SHARE_OF_LESSONS = (4, 5)
NEAR_DAYS = 7
# A supervisor needs two weeks to prepare a decision.
SHORT_PROBATION_DAYS = 14


class State(StrEnum):
    MET = "met"
    NEAR = "near"
    MISSING = "missing"


class Lack(StrEnum):
    """What is missing; ``Judgement.missing`` says how much of it."""

    NOTHING = "nothing"
    POINTS = "points"
    EXAM = "exam"  # not sat yet, or no score yet: ``missing`` is the whole cut
    LESSONS = "lessons"
    CONTENT = "content"  # the plan asks for lessons, but none is required: nobody is confirmed by an empty list
    DAYS = "days"


@dataclass(frozen=True)
class ExamScore:
    blueprint: str
    at_least: Decimal


@dataclass(frozen=True)
class LessonsDone:
    pass


@dataclass(frozen=True)
class DaysInPost:
    at_least: int


Standard = ExamScore | LessonsDone | DaysInPost


class LessonState(StrEnum):
    """How far somebody is with a lesson; done is the end reached and the questions there answered."""

    NEW = "new"
    BEGUN = "begun"
    AT_END = "at_end"
    DONE = "done"


@dataclass(frozen=True)
class LessonEvidence:
    slug: str
    state: LessonState
    opened_at: datetime | None = None


@dataclass(frozen=True)
class Sitting:
    """One attempt at an exam. ``score`` (of 100) is ``None`` while it is open or an answer waits for a mark."""

    attempt: int
    started_at: datetime
    ends_at: datetime
    submitted_at: datetime | None = None
    score: Decimal | None = None


@dataclass(frozen=True)
class Evidence:
    """All that is known of one person: sittings by blueprint slug, the required lessons in force in the order
    in which they are taught, and the days in post."""

    sittings: Mapping[str, Sequence[Sitting]] = field(default_factory=dict)
    lessons: tuple[LessonEvidence, ...] = ()
    days: int = 0


@dataclass(frozen=True)
class Judgement:
    """How one requirement stands.

    ``value`` of ``target`` are points of 100, lessons or days by kind of standard; ``value`` is ``None`` while
    there is no score. ``progress`` runs from 0 to 1 and is 1 exactly when the requirement is met. Evidence is
    named, not copied: ``attempts`` by id, the best first, and ``lessons`` (those that are not done yet) by slug.
    """

    standard: Standard
    state: State
    value: Decimal | int | None
    target: Decimal | int
    progress: float
    lack: Lack
    missing: Decimal | int
    attempts: tuple[int, ...] = ()
    lessons: tuple[str, ...] = ()
    scored_at: datetime | None = None
    running: int | None = None
    pending: tuple[int, ...] = ()

    @property
    def percent(self) -> int:
        """``progress`` in whole percent, cut off: 100 only when it is met."""
        return int(self.progress * 100)


@dataclass(frozen=True)
class Standing:
    """One person against one plan, requirement by requirement in the plan's order."""

    judgements: tuple[Judgement, ...]

    @property
    def met(self) -> int:
        return sum(j.state is State.MET for j in self.judgements)

    @property
    def all_met(self) -> bool:
        """An empty plan is met by nobody."""
        return bool(self.judgements) and self.met == len(self.judgements)

    @property
    def near(self) -> bool:
        """Nothing is far away any more, but something is still near only."""
        return not self.all_met and bool(self.judgements) and all(j.state is not State.MISSING for j in self.judgements)

    @property
    def ring(self) -> float:
        """The mean progress, 0 to 1; 1 exactly when all is met."""
        return sum(j.progress for j in self.judgements) / len(self.judgements) if self.judgements else 0.0

    @property
    def percent(self) -> int:
        return 100 if self.all_met else min(int(self.ring * 100), 99)


def standard_from_params(kind: str, params: Mapping[str, Any]) -> Standard:
    """The standard that a requirement's ``params`` describe. Raises ``ValueError`` naming the wrong key."""
    match RequirementKind(kind):
        case RequirementKind.EXAM_SCORE:
            _only(params, "blueprint", "at_least")
            blueprint = params.get("blueprint")
            if not isinstance(blueprint, str) or not blueprint:
                raise ValueError("blueprint: the slug of a blueprint is needed")
            return ExamScore(blueprint, _points(params.get("at_least")))
        case RequirementKind.LESSONS_DONE:
            _only(params)
            return LessonsDone()
        case RequirementKind.DAYS_IN_POST:
            _only(params, "at_least")
            days = params.get("at_least")
            if type(days) is not int or days < 0:
                raise ValueError("at_least: a whole number of days is needed")
            return DaysInPost(days)


def judge(standards: Sequence[Standard], evidence: Evidence) -> Standing:
    """Judge each standard by itself, in the given order."""
    return Standing(tuple(_judge(standard, evidence) for standard in standards))


def days_left(ends_on: date, on: date) -> int:
    """Days of probation that are left on ``on``, that day not counted; negative once it is over."""
    return (ends_on - on).days


def is_short(left: int, standing: Standing) -> bool:
    """Whether probation is about to end, or has ended, with something still missing."""
    return left <= SHORT_PROBATION_DAYS and not standing.all_met


def _judge(standard: Standard, evidence: Evidence) -> Judgement:
    match standard:
        case ExamScore():
            return _judge_exam(standard, evidence.sittings.get(standard.blueprint, ()))
        case LessonsDone():
            return _judge_lessons(standard, evidence.lessons)
        case DaysInPost():
            return _judge_days(standard, evidence.days)


def _judge_exam(standard: ExamScore, sittings: Sequence[Sitting]) -> Judgement:
    scored = sorted((-s.score, s.attempt, s.submitted_at) for s in sittings if s.score is not None)
    running = next((s.attempt for s in sittings if s.submitted_at is None), None)
    pending = tuple(s.attempt for s in sittings if s.submitted_at is not None and s.score is None)
    cut = standard.at_least
    if not scored:
        return Judgement(
            standard, State.MISSING, None, cut, 0.0, Lack.EXAM, cut, running=running, pending=pending
        )
    best, scored_at = -scored[0][0], scored[0][2]
    short = max(cut - best, Decimal(0))
    return Judgement(
        standard,
        _state(met=best >= cut, near=short <= NEAR_POINTS),
        best,
        cut,
        1.0 if best >= cut else float(best / cut),
        Lack.POINTS if short else Lack.NOTHING,
        short,
        attempts=tuple(attempt for _, attempt, _ in scored),
        scored_at=scored_at,
        running=running,
        pending=pending,
    )


def _judge_lessons(standard: LessonsDone, lessons: Sequence[LessonEvidence]) -> Judgement:
    total = len(lessons)
    if not total:
        return Judgement(standard, State.MISSING, 0, 0, 0.0, Lack.CONTENT, 0)
    left = tuple(lesson.slug for lesson in lessons if lesson.state is not LessonState.DONE)
    done = total - len(left)
    part, whole = NEAR_SHARE_OF_LESSONS
    return Judgement(
        standard,
        _state(met=not left, near=done * whole >= total * part),
        done,
        total,
        done / total,
        Lack.LESSONS if left else Lack.NOTHING,
        len(left),
        lessons=left,
    )


def _judge_days(standard: DaysInPost, days: int) -> Judgement:
    left = max(standard.at_least - days, 0)
    return Judgement(
        standard,
        _state(met=not left, near=left <= NEAR_DAYS),
        days,
        standard.at_least,
        max(days, 0) / standard.at_least if left else 1.0,
        Lack.DAYS if left else Lack.NOTHING,
        left,
    )


def _state(*, met: bool, near: bool) -> State:
    if met:
        return State.MET
    return State.NEAR if near else State.MISSING


def _points(value: object) -> Decimal:
    try:
        points = Decimal(str(value))
    except InvalidOperation:
        points = Decimal("NaN")
    if points.is_nan() or not 0 <= points <= 100:
        raise ValueError("at_least: a score from 0 to 100 is needed")
    return points


def _only(params: Mapping[str, Any], *known: str) -> None:
    for key in params:
        if key not in known:
            raise ValueError(f"{key}: not known here")
