"""Reminders of courses that come with the calendar: soon due, overdue."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from trainer.commands.notices import notify
from trainer.commands.webhooks import emit
from trainer.models import Assignment, User
from trainer.queries.courses import DUE_SOON, CourseLine, assignment_lines
from trainer.queries.webhook_payloads import of_assignment
from trainer.rules.webhooks import Event

NAMES_TOLD = 8
FORGET_AFTER = timedelta(days=60)  # nobody is reminded for ever of what was due two months ago


@transaction.atomic
def remind_of_courses(*, at: datetime) -> int:
    """Tell whoever is not done two days before an assignment is due, and once it is overdue; how many were told.

    Supervisors are told of what became overdue in their teams, once a day and all in one.
    """
    rows = (
        Assignment.objects.given()
        .filter(due_at__lte=at + DUE_SOON, due_at__gt=at - FORGET_AFTER, learner__in=User.objects.trainees())
        .select_related("course", "learner__employment__team")
    )
    lines = [line for line in assignment_lines(rows, at=at) if line.state in ("soon", "overdue")]
    told = sum(_remind(line.assignment, line, at) for line in lines if line.assignment)
    return told + _tell_supervisors(lines, at)


def _remind(row: Assignment, line: CourseLine, at: datetime) -> int:
    told = notify(
        people=[row.learner_id],
        key=f"course_{line.state}:{row.pk}:{row.due_on}",
        code=f"course_{line.state}",
        params={
            "course": row.course.name,
            "course_en": row.course.name_en,
            "day": row.due_on.isoformat(),
            "left": line.progress.total - line.progress.done,
        },
        url=reverse("trainer:course", args=[row.course.slug]),
        at=at,
    )
    if told and line.state == "overdue":
        emit(event=Event.ASSIGNMENT_OVERDUE, payload=of_assignment(row), at=at)
    return told


def _tell_supervisors(lines: list[CourseLine], at: datetime) -> int:
    """Of what became overdue since yesterday, by supervisor."""
    fresh: dict[int, dict[int, str]] = defaultdict(dict)
    for line in lines:
        row = line.assignment
        if row is None:
            continue
        team = row.learner.employment.team
        if line.state == "overdue" and row.due_at > at - timedelta(days=1) and team and team.supervisor_id:
            fresh[team.supervisor_id][row.learner_id] = str(row.learner)
    return sum(
        notify(
            people=[supervisor],
            key=f"courses_overdue:{timezone.localdate(at)}",
            code="courses_overdue",
            params={"count": len(people), "names": list(people.values())[:NAMES_TOLD]},
            url=f"{reverse('trainer:assignments')}?state=overdue",
            at=at,
        )
        for supervisor, people in fresh.items()
    )
