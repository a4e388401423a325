"""Exams and role-play: what people reached."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from quizzes.models import Attempt, Session
from trainer.api.paging import Page, Paging, paged
from trainer.api.people import Id
from trainer.api.problems import problems
from trainer.api.tokens import TokenFor, caller
from trainer.queries.people import learners_within
from trainer.rules.api_scopes import Scope

router = Router(tags=["results"])


class ResultsFilter(Paging):
    person: int | None = Id
    since: datetime | None = Field(None, description="只要这个时间以后结束的")


class ExamFilter(ResultsFilter):
    exam: str = Field("", max_length=80, description="考试的代号")


class SessionFilter(ResultsFilter):
    scenario: str = Field("", max_length=80, description="情景的代号")


class ExamOut(Schema):
    """``score`` (of 100) and ``passed`` are empty while an answer waits for a person's mark."""

    id: int
    person: int
    exam: str
    started_at: datetime
    submitted_at: datetime
    score: Decimal | None = None
    pass_mark: Decimal | None = None
    passed: bool | None = None


class SessionOut(Schema):
    """``settled`` is false while unsure checks may still change the outcome."""

    id: int
    person: int
    scenario: str
    level: str
    started_at: datetime
    ended_at: datetime
    outcome: str
    score: Decimal | None = None
    settled: bool


@router.get(
    "/results/exams",
    auth=TokenFor(Scope.RESULTS_READ),
    response={200: Page[ExamOut], **problems()},
    summary="考试成绩",
)
def exams(request: HttpRequest, wanted: Query[ExamFilter]):
    rows = Attempt.objects.exams().submitted().filter(learner__in=learners_within(caller(request).person))
    if wanted.person is not None:
        rows = rows.filter(learner=wanted.person)
    if wanted.exam:
        rows = rows.filter(blueprint__slug=wanted.exam)
    if wanted.since:
        rows = rows.filter(submitted_at__gte=wanted.since)
    return paged(rows.select_related("blueprint").order_by("submitted_at", "pk"), wanted, _as_exams)


@router.get(
    "/results/sessions",
    auth=TokenFor(Scope.RESULTS_READ),
    response={200: Page[SessionOut], **problems()},
    summary="对练成绩",
)
def sessions(request: HttpRequest, wanted: Query[SessionFilter]):
    rows = Session.objects.ended().filter(trial=False, learner__in=learners_within(caller(request).person))
    if wanted.person is not None:
        rows = rows.filter(learner=wanted.person)
    if wanted.scenario:
        rows = rows.filter(scenario__slug=wanted.scenario)
    if wanted.since:
        rows = rows.filter(ended_at__gte=wanted.since)
    rows = rows.annotate(slug=F("scenario__slug")).order_by("ended_at", "pk")
    return paged(rows, wanted, _as_sessions)


def _as_exams(attempts) -> list[dict[str, Any]]:
    return [
        {
            "id": attempt.pk,
            "person": attempt.learner_id,
            "exam": attempt.blueprint.slug,
            "started_at": attempt.started_at,
            "submitted_at": attempt.submitted_at,
            "score": attempt.score,
            "pass_mark": attempt.pass_mark,
            "passed": attempt.passed,
        }
        for attempt in attempts
    ]


def _as_sessions(sessions) -> list[dict[str, Any]]:
    return [
        {
            "id": session.pk,
            "person": session.learner_id,
            "scenario": session.slug,
            "level": session.level,
            "started_at": session.started_at,
            "ended_at": session.ended_at,
            "outcome": session.outcome,
            "score": session.score,
            "settled": session.settled,
        }
        for session in sessions
    ]
