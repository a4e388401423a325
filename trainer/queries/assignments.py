"""The assignments of the people in somebody's reach, filtered and counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from trainer.models import Assignment, Course
from trainer.queries.courses import CourseLine, assignment_lines

SHOW: dict[str, Callable[[CourseLine], bool]] = {
    "todo": lambda line: line.state in ("overdue", "soon", "open"),
    "overdue": lambda line: line.state == "overdue",
    "soon": lambda line: line.state == "soon",
    "done": lambda line: line.state == "done",
    "ended": lambda line: line.state in ("excused", "withdrawn", "replaced"),
    "all": lambda line: True,
}


@dataclass(frozen=True)
class AssignmentList:
    """``lines`` of the wanted state, the most urgent first; ``counts`` of every state."""

    lines: list[CourseLine]
    counts: dict[str, int]


def assignments_in_reach(
    reach: QuerySet, *, at: datetime, q: str = "", state: str = "todo", course: Course | None = None,
    team: int | None = None,
) -> AssignmentList:  # fmt: skip
    """Whether something is done follows from evidence: so all in reach are looked at before the list is cut."""
    rows = Assignment.objects.filter(learner__in=reach)
    if q:
        rows = rows.filter(Q(learner__display_name__icontains=q) | Q(learner__username__icontains=q))
    if course:
        rows = rows.filter(course=course)
    if team is not None:
        rows = rows.filter(learner__employment__team=team or None)  # 0: those in none
    rows = rows.select_related("course", "learner__employment__team", "assigned_by", "ended_by", "order", "recurrence")
    lines = assignment_lines(rows.order_by("due_at", "learner", "pk"), at=at)
    counts = {name: sum(map(wanted, lines)) for name, wanted in SHOW.items()}
    return AssignmentList([line for line in lines if SHOW[state](line)], counts)
