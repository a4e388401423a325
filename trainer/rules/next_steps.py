"""What a trainee had best do next on the way to early confirmation, with the reason. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from trainer.rules.confirmation import (
    Certainty,
    Evidence,
    ExamScore,
    Judgement,
    Lack,
    LessonEvidence,
    LessonState,
    Standing,
)


class StepKind(StrEnum):
    """In the order in which steps are ranked."""

    RESUME_EXAM = "resume_exam"
    RECHECK = "recheck"
    PASS_GATE = "pass_gate"  # noqa: S105 - no password
    NEXT_UNIT = "next_unit"
    REVIEW_DUE = "review_due"
    FINISH_LESSON = "finish_lesson"
    READ_LESSON = "read_lesson"
    SIT_EXAM = "sit_exam"
    PRACTISE_WRONG = "practise_wrong"


class Reason(StrEnum):
    CLOCK_RUNS = "clock_runs"
    RULE_CHANGED = "rule_changed"
    OVERDUE = "overdue"
    ASSIGNED = "assigned"
    ON_THE_SHELF = "on_the_shelf"
    SHELF_SOON = "shelf_soon"
    QUESTIONS_LEFT = "questions_left"
    BEGUN = "begun"
    REQUIRED = "required"
    NOT_SAT = "not_sat"
    POINTS_SHORT = "points_short"
    BORDERLINE = "borderline"
    WRONG_ONES = "wrong_ones"
    FORGETTING = "forgetting"


@dataclass(frozen=True)
class Step:
    """``target`` is an attempt id, a re-check id, a SKU, a course slug, a lesson slug or a blueprint slug by kind;
    ``count`` belongs to the reason: days until the shelf date, units or lessons still to do, questions in the
    notebook or due for review."""

    kind: StepKind
    reason: Reason
    target: int | str = ""
    count: int = 0
    ends_at: datetime | None = None


@dataclass(frozen=True)
class OpenRecheck:
    """A re-check that waits to be passed."""

    id: int
    due_on: date


@dataclass(frozen=True)
class OpenGate:
    """A product whose quiz this person has not passed; ``days`` until it goes on the shelf, negative afterwards."""

    sku: str
    days: int


@dataclass(frozen=True)
class OpenUnit:
    """The next unit of the most urgent course: the lesson or exam that it is, if it is one of these; ``left`` units."""

    course: str
    overdue: bool
    left: int
    lesson: str = ""
    exam: str = ""


def next_steps(
    *,
    standing: Standing,
    evidence: Evidence,
    ready_exams: Sequence[str],
    wrong_questions: int,
    at: datetime,
    rechecks: Sequence[OpenRecheck] = (),
    gates: Sequence[OpenGate] = (),
    unit: OpenUnit | None = None,
    today: date | None = None,
    reviews_due: int = 0,
) -> list[Step]:
    """Every sensible step, the best first; empty when nothing is left to do.

    An open exam comes before all, for its clock runs, the one that ends first leading. Then re-checks, the most urgent
    first, and the one product that goes on the shelf first of those whose quiz is not passed. Then the
    next ``unit`` of a course that was assigned (and nothing of the following twice), then the day's review, a matter of
    minutes that is worth most on its day, then required lessons that were begun (last opened first), those not begun
    (in the order in which they are taught), exams that the plan asks for and that may be started now
    (``ready_exams``, blueprint slugs) in the plan's order, and at the end the wrong-question notebook. An exam that
    waits for a mark is no step: the trainee can do nothing about it.
    """
    return [
        *_open_exams(evidence, at),
        *_rechecks(rechecks, today or at.date()),
        *_gates(gates),
        *_units(unit),
        *([Step(StepKind.REVIEW_DUE, Reason.FORGETTING, count=reviews_due)] if reviews_due else ()),
        *(step for step in _lessons(evidence.lessons) if unit is None or step.target != unit.lesson),
        *(step for step in _exams(standing, frozenset(ready_exams)) if unit is None or step.target != unit.exam),
        *([Step(StepKind.PRACTISE_WRONG, Reason.WRONG_ONES, count=wrong_questions)] if wrong_questions else ()),
    ]


def _open_exams(evidence: Evidence, at: datetime) -> list[Step]:
    running = [s for tries in evidence.sittings.values() for s in tries if s.submitted_at is None and s.ends_at > at]
    return [
        Step(StepKind.RESUME_EXAM, Reason.CLOCK_RUNS, s.attempt, ends_at=s.ends_at)
        for s in sorted(running, key=lambda s: (s.ends_at, s.attempt))
    ]


def _rechecks(rechecks: Sequence[OpenRecheck], today: date) -> list[Step]:
    return [
        Step(StepKind.RECHECK, Reason.OVERDUE if row.due_on < today else Reason.RULE_CHANGED, row.id)
        for row in sorted(rechecks, key=lambda row: (row.due_on, row.id))
    ]


def _gates(gates: Sequence[OpenGate]) -> list[Step]:
    return [
        Step(StepKind.PASS_GATE, Reason.SHELF_SOON if gate.days > 0 else Reason.ON_THE_SHELF, gate.sku, gate.days)
        for gate in sorted(gates, key=lambda gate: (gate.days, gate.sku))[:1]
    ]


def _units(unit: OpenUnit | None) -> list[Step]:
    if unit is None:
        return []
    return [Step(StepKind.NEXT_UNIT, Reason.OVERDUE if unit.overdue else Reason.ASSIGNED, unit.course, unit.left)]


def _lessons(lessons: Sequence[LessonEvidence]) -> list[Step]:
    begun = [x for x in lessons if x.state in (LessonState.BEGUN, LessonState.AT_END)]
    begun.sort(key=lambda x: x.opened_at.timestamp() if x.opened_at else 0, reverse=True)
    left = sum(x.state is not LessonState.DONE for x in lessons)
    return [
        *(
            Step(
                StepKind.FINISH_LESSON,
                Reason.QUESTIONS_LEFT if x.state is LessonState.AT_END else Reason.BEGUN,
                x.slug,
                count=left,
            )
            for x in begun
        ),
        *(
            Step(StepKind.READ_LESSON, Reason.REQUIRED, x.slug, count=left)
            for x in lessons
            if x.state is LessonState.NEW
        ),
    ]


def _exams(standing: Standing, ready: frozenset[str]) -> list[Step]:
    """Exams that would bring the plan nearer: what is only weighted is left out once its part has passed."""
    passed = {part.part for part in standing.parts if part.passed}
    return [
        Step(StepKind.SIT_EXAM, _why(judgement), judgement.standard.blueprint)
        for judgement in standing.judgements
        if isinstance(judgement.standard, ExamScore)
        and not judgement.is_met
        and judgement.part not in passed
        and judgement.lack is not Lack.QUESTIONS
        and judgement.running is None
        and not judgement.pending
        and judgement.standard.blueprint in ready
    ]


def _why(judgement: Judgement) -> Reason:
    if judgement.value is None:
        return Reason.NOT_SAT
    return Reason.BORDERLINE if judgement.certainty is Certainty.BORDERLINE else Reason.POINTS_SHORT
