"""Courses that were assigned, and how far people are."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from trainer.api.paging import Page, Paging, paged
from trainer.api.people import Id
from trainer.api.problems import problems
from trainer.api.tokens import TokenFor, caller
from trainer.models import Assignment
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
