"""The assignments of the people in somebody's reach, filtered and counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from trainer.models import Assignment, Course
from trainer.queries.courses import CourseLine, assignment_lines
from trainer.queries.people import by_pinyin


class AssignmentSort(StrEnum):
    DUE = "due"
    NEWEST = "newest"
    NAME = "name"


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
    """``lines`` of the wanted state, in the wanted order; ``counts`` of every state."""

    lines: list[CourseLine]
    counts: dict[str, int]


def assignments_in_reach(
    reach: QuerySet, *, at: datetime, state: str = "todo", course: Course | None = None,
    sort: AssignmentSort = AssignmentSort.DUE,
) -> AssignmentList:  # fmt: skip
    """Whether something is done follows from evidence: so all in reach are looked at before the list is cut."""
    rows = Assignment.objects.filter(learner__in=reach)
    if course:
        rows = rows.filter(course=course)
    rows = rows.select_related("course", "learner__employment__team", "assigned_by", "ended_by", "order", "recurrence")
    lines = assignment_lines(rows.order_by("due_at", "learner", "pk"), at=at)
    counts = {name: sum(map(wanted, lines)) for name, wanted in SHOW.items()}
    return AssignmentList(_in_order([line for line in lines if SHOW[state](line)], sort), counts)


def _in_order(lines: list[CourseLine], sort: AssignmentSort) -> list[CourseLine]:
    match sort:
        case AssignmentSort.NAME:
            return sorted(lines, key=lambda line: by_pinyin(line.assignment.learner))
        case AssignmentSort.NEWEST:
            return sorted(lines, key=lambda line: line.assignment.assigned_at, reverse=True)
    return lines
