"""Courses that were assigned, and how far people are."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from trainer.api.paging import Page, Paging, paged
from trainer.api.people import BIGGEST_ID, Id
from trainer.api.problems import Refused, problems
from trainer.api.tokens import TokenFor, caller
from trainer.api.writing import IdempotencyKey, written
from trainer.commands.assignments import DueInThePast, NotAssignable, assign_course
from trainer.models import Assignment, Course
from trainer.permissions import learners_in_reach
from trainer.queries.courses import CourseLine, assignment_lines
from trainer.queries.people import learners_within
from trainer.rules.api_scopes import Scope

router = Router(tags=["assignments"])


class AssignmentOut(Schema):
    """``done`` of ``total`` units; ``done_at`` is empty until all are. ``state``: as far as it is now."""

    id: int
    person: int
    course: str
    assigned_at: datetime
    due_on: date
    state: Literal["open", "soon", "overdue", "done", "excused", "withdrawn", "replaced"]
    done: int
    total: int
    done_at: datetime | None = None


class AssignIn(Schema):
    course: str = Field(min_length=1, max_length=80, pattern=r"^[-a-zA-Z0-9_]+$", description="课程的代号")
    people: list[Annotated[int, Field(ge=1, le=BIGGEST_ID)]] = Field(min_length=1, max_length=500)
    due_on: date = Field(description="期限；遇到休息日，顺延到下一个工作日")


class AssignedOut(Schema):
    made: list[AssignmentOut]
    had: list[int] = Field(description="已经派过的人")


class AssignmentsFilter(Paging):
    person: int | None = Id
    counting: bool = Field(False, description="只要还算数的：没有免修、撤回或换掉的")


@router.get(
    "/assignments",
    auth=TokenFor(Scope.ASSIGNMENTS_READ),
    response={200: Page[AssignmentOut], **problems()},
    summary="派课和进度",
)
def assignments(request: HttpRequest, wanted: Query[AssignmentsFilter]):
    rows = Assignment.objects.filter(learner__in=learners_within(caller(request).person))
    if wanted.person is not None:
        rows = rows.filter(learner=wanted.person)
    if wanted.counting:
        rows = rows.given()
    return paged(rows.select_related("course").order_by("pk"), wanted, _as_assignments)


@router.post(
    "/assignments",
    auth=TokenFor(Scope.ASSIGNMENTS_WRITE),
    response={201: AssignedOut, **problems(409)},
    summary="派课",
)
def assign(request: HttpRequest, body: AssignIn, key: IdempotencyKey):
    """已经派过这门课的人不变，在返回的 had 里列出。"""
    return written(request, key, body, lambda: (201, _assign(request, body)))


def _assign(request: HttpRequest, body: AssignIn) -> dict[str, Any]:
    by = caller(request).person
    people = set(body.people)
    if learners_in_reach(by).filter(pk__in=people).count() < len(people):
        raise Refused(422, _("有人不在令牌能派课的范围里。"))
    course = Course.objects.open().filter(slug=body.course).first()
    if course is None:
        raise Refused(422, _("没有这门开放的课程。"))
    try:
        found = assign_course(course_id=course.pk, learners=people, due_on=body.due_on, by=by, at=timezone.now())
    except DueInThePast as error:
        raise Refused(422, _("期限已经过了。")) from error
    except NotAssignable as error:
        raise Refused(409, _("这门课程现在不能派。")) from error
    made = Assignment.objects.filter(pk__in=[row.pk for row in found.made]).select_related("course").order_by("pk")
    return AssignedOut(made=_as_assignments(made), had=list(found.had)).model_dump(mode="json")


def _as_assignments(assignments) -> list[dict[str, Any]]:
    return [_as_assignment(line) for line in assignment_lines(assignments, at=timezone.now())]


def _as_assignment(line: CourseLine) -> dict[str, Any]:
    assignment = line.assignment
    return {
        "id": assignment.pk,
        "person": assignment.learner_id,
        "course": assignment.course.slug,
        "assigned_at": assignment.assigned_at,
        "due_on": assignment.due_on,
        "state": line.state,
        "done": line.progress.done,
        "total": line.progress.total,
        "done_at": line.progress.done_at,
    }
