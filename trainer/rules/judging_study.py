"""The judges of what is learned and tested: exams, talks, lessons, courses, typing, product quizzes, days."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from trainer.rules.evidence import Evidence, GateEvidence, LessonEvidence, LessonState, Sitting
from trainer.rules.judgements import NOT_QUITE, Certainty, Judgement, Lack, State, counted, mostly, short_of, state_of
from trainer.rules.papers import FEWEST_QUESTIONS, Paper, next_score, rule_on, standard_error
from trainer.rules.standards import CourseDone, DaysInPost, ExamScore, LessonsDone, ProductGates, Roleplay, Typing

# What still counts as near. The house's own choice, told on the page: a few questions, a few lessons, a week.
NEAR_POINTS = Decimal(5)
NEAR_DAYS = 7
NEAR_TYPING = Decimal("0.9")  # of the speed


def exam(standard: ExamScore, evidence: Evidence) -> Judgement:
    sittings = evidence.sittings.get(standard.blueprint, ())
    scored = sorted((s for s in sittings if s.score is not None), key=lambda s: (s.started_at, s.attempt))
    running = next((s.attempt for s in sittings if s.submitted_at is None), None)
    pending = tuple(s.attempt for s in sittings if s.submitted_at is not None and s.score is None)
    cut, questions = standard.at_least, evidence.papers.get(standard.blueprint, 0.0)
    enough = questions >= FEWEST_QUESTIONS
    if not scored:
        return Judgement(
            standard, State.MISSING, None, cut, 0.0, Lack.EXAM, cut,
            running=running, pending=pending, needs=next_score((), cut, questions) if enough else None,
        )  # fmt: skip
    best = max(_score(s) for s in scored)
    seen: dict[str, Any] = {
        "attempts": tuple(s.attempt for s in sorted(scored, key=lambda s: (-_score(s), s.attempt))),
        "running": running,
        "pending": pending,
    }
    if not enough:
        short = max(cut - best, Decimal(0))
        return Judgement(
            standard, state_of(met=False, near=short <= NEAR_POINTS), best, cut, short_of(best, cut),
            Lack.QUESTIONS, short, certainty=Certainty.TOO_FEW, **seen,
        )  # fmt: skip
    papers = [Paper(s.attempt, _score(s), standard_error(_score(s), questions)) for s in scored]
    ruling = rule_on(papers, cut)
    short = max(cut - best, Decimal(0))
    could = any(float(paper.score) + paper.error >= float(cut) for paper in papers)
    if ruling.met:
        lack, short = Lack.NOTHING, Decimal(0)
    else:
        lack = Lack.SECOND_PAPER if ruling.borderline else Lack.POINTS
    return Judgement(
        standard,
        state_of(met=ruling.met, near=could or short <= NEAR_POINTS),
        ruling.score,
        cut,
        1.0 if ruling.met else short_of(best, cut),
        lack,
        short,
        scored_at=next(s.submitted_at for s in scored if s.attempt == ruling.papers[-1]),
        certainty=Certainty.BORDERLINE if ruling.borderline else Certainty.SURE,
        margin=Decimal(str(round(ruling.error, 1))),
        needs=None if ruling.met else next_score(papers, cut, questions),
        papers=ruling.papers,
        **seen,
    )


def _score(sitting: Sitting) -> Decimal:
    return sitting.score if sitting.score is not None else Decimal(0)


def roleplay(standard: Roleplay, evidence: Evidence) -> Judgement:
    passed = tuple(name for name in evidence.roleplay.passed if not standard.among or name in standard.among)
    left = max(standard.types - len(passed), 0)
    return counted(
        standard, len(passed), standard.types, Lack.TYPES, near=left <= 1,
        names=passed, pending=evidence.roleplay.waiting,
    )  # fmt: skip


def lessons(standard: LessonsDone, evidence: Evidence) -> Judgement:
    lessons: Sequence[LessonEvidence] = evidence.lessons
    total = len(lessons)
    if not total:
        return Judgement(standard, State.MISSING, 0, 0, 0.0, Lack.CONTENT, 0)
    left = tuple(lesson.slug for lesson in lessons if lesson.state is not LessonState.DONE)
    done = total - len(left)
    return counted(standard, done, total, Lack.LESSONS, near=mostly(done, total), lessons=left)


def course(standard: CourseDone, evidence: Evidence) -> Judgement:
    course = evidence.courses.get(standard.course)
    if course is None or not course.total:
        return Judgement(standard, State.MISSING, None, 0, 0.0, Lack.COURSE, 1)
    return counted(standard, course.done, course.total, Lack.UNITS, near=mostly(course.done, course.total))


def typing(standard: Typing, evidence: Evidence) -> Judgement:
    run = evidence.typing
    if run is None:
        return Judgement(standard, State.MISSING, None, standard.per_minute, 0.0, Lack.TYPING, standard.per_minute)
    slow = max(standard.per_minute - run.per_minute, Decimal(0))
    wrong = max(standard.accuracy - 100 * run.accuracy, Decimal(0))
    met = not slow and not wrong
    near = run.per_minute >= NEAR_TYPING * standard.per_minute and wrong <= 2
    lack = Lack.NOTHING if met else Lack.SPEED if slow else Lack.ACCURACY
    share = min(run.per_minute / standard.per_minute, 100 * run.accuracy / standard.accuracy if wrong else Decimal(1))
    return Judgement(
        standard, state_of(met=met, near=near), run.per_minute, standard.per_minute,
        1.0 if met else min(float(share), NOT_QUITE), lack, slow or wrong,
    )  # fmt: skip


def gates(standard: ProductGates, evidence: Evidence) -> Judgement:
    """With nothing on the shelf there is nothing to pass, and that is no fault of the trainee's: it is met."""
    asked = [
        gate
        for gate in evidence.gates
        if (gate.sku in standard.skus if standard.skus else gate.on_shelf and _sold_on(gate, standard.platforms))
    ]
    left = tuple(gate.sku for gate in asked if not gate.passed)
    return counted(standard, len(asked) - len(left), len(asked), Lack.GATES, near=len(left) <= 1, names=left)


def _sold_on(gate: GateEvidence, wanted: tuple[str, ...]) -> bool:
    return not wanted or "all" in gate.platforms or bool(gate.platforms.intersection(wanted))


def days(standard: DaysInPost, evidence: Evidence) -> Judgement:
    left = max(standard.at_least - evidence.days, 0)
    return Judgement(
        standard,
        state_of(met=not left, near=left <= NEAR_DAYS),
        evidence.days,
        standard.at_least,
        max(evidence.days, 0) / standard.at_least if left else 1.0,
        Lack.DAYS if left else Lack.NOTHING,
        left,
    )
