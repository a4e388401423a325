"""Which judge is responsible for which kind of standard."""

from collections.abc import Callable, Mapping
from typing import Any

from trainer.rules.evidence import Evidence
from trainer.rules.judgements import Judgement
from trainer.rules.judging_study import course, days, exam, gates, lessons, roleplay, typing
from trainer.rules.judging_work import interview, observed, performance
from trainer.rules.standards import (
    CourseDone,
    DaysInPost,
    ExamScore,
    Interview,
    LessonsDone,
    Observed,
    Performance,
    ProductGates,
    Roleplay,
    Standard,
    Typing,
)

JUDGES: Mapping[type, Callable[[Any, Evidence], Judgement]] = {
    ExamScore: exam,
    Roleplay: roleplay,
    LessonsDone: lessons,
    CourseDone: course,
    Typing: typing,
    ProductGates: gates,
    Interview: interview,
    Performance: performance,
    DaysInPost: days,
    Observed: observed,
}


def judge_one(standard: Standard, evidence: Evidence) -> Judgement:
    return JUDGES[type(standard)](standard, evidence)
