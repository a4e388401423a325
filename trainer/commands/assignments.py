"""Courses assigned to people: once, with a day by which it can fairly be asked for, and taken back or excused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.notices import notify, unsay
from trainer.commands.webhooks import emit
from trainer.models import Assignment, Course, RecurringAssignment, StandingOrder, Webhook
from trainer.queries.rosters import weeks_of
from trainer.queries.webhook_payloads import of_assignment
from trainer.rules.course_words import AssignmentState
from trainer.rules.rosters import WorkWeek
from trainer.rules.webhooks import Event

UNDO_FOR = timedelta(minutes=10)


class DueInThePast(Exception):
    """The day is over."""


class NotAssignable(Exception):
    """The course is a draft, or closed."""


class NotGiven(Exception):
    """The assignment was excused, withdrawn or replaced meanwhile."""


class TooLateToUndo(Exception):
    """It was assigned too long ago, or by somebody else."""


@dataclass(frozen=True)
class Assigned:
    """What came of assigning: the rows made, and the people (ids) who had the course already."""

    batch: UUID
    made: tuple[Assignment, ...]
    had: tuple[int, ...]


@dataclass(frozen=True)
class Source:
    """Where an assignment comes from, when nobody made it by hand; ``period`` tells its turns apart."""

    order: StandingOrder | None = None
    recurrence: RecurringAssignment | None = None
    period: str = ""


@transaction.atomic
def assign_course(
    *, course_id: int, learners: Iterable[int], due_on: date, by, at: datetime, afresh: bool = False
) -> Assigned:
    """Give these people (ids) the course, due at the end of the shift on ``due_on``, or on their next working day.

    Whoever has it keeps what they have, due day and version included: assigning twice is assigning once. ``afresh``
    replaces it instead, and what they have shown before counts no more.

    Raises ``DueInThePast`` and ``NotAssignable``.
    """
    course = Course.objects.select_for_update().get(pk=course_id)
    if not Course.objects.open().filter(pk=course_id).exists():
        raise NotAssignable
    people = sorted(set(learners))
    today = timezone.localdate(at)
    if due_on < today:
        raise DueInThePast
    weeks = weeks_of(people, on=today)
    dues = {person: _due(weeks[person], due_on, at) for person in people}
    close_earlier_periods(at=at)
    there = Assignment.objects.given().filter(course=course, learner__in=people, recurrence=None)
    if afresh:
        there.update(state=AssignmentState.REPLACED, ended_at=at, ended_by=by)
        had: set[int] = set()
    else:
        had = set(there.values_list("learner", flat=True))
    new = {person: due for person, due in dues.items() if person not in had}
    made = give(course=course, dues=new, weeks=weeks, by=by, at=at, since=at if afresh else None)
    if made:
        detail = {"people": len(made), "due_on": due_on.isoformat(), "afresh": afresh, "batch": str(made[0].batch)}
        AuditEntry.objects.create(
            at=at, by=by, action="assign_course", target=f"course:{course.slug}", detail=detail
        )
    return Assigned(made[0].batch if made else uuid4(), tuple(made), tuple(sorted(had)))


def give(
    *,
    course: Course,
    dues: Mapping[int, date],
    weeks: Mapping[int, WorkWeek],
    by,
    at: datetime,
    since: datetime | None = None,
    source: Source | None = None,
) -> Sequence[Assignment]:
    """Make the rows and tell the people; ``dues`` are working days, by person. Inside the caller's transaction.

    Evidence counts from ``since`` on.
    """
    source, batch, zone = source or Source(), uuid4(), timezone.get_current_timezone()
    rows = []
    for person, due_on in dues.items():
        due_at = weeks[person].end_of(due_on, zone)
        rows.append(
            Assignment(
                learner_id=person,
                course=course,
                version=course.version,
                assigned_at=at,
                assigned_by=by,
                order=source.order,
                recurrence=source.recurrence,
                period=source.period,
                batch=batch,
                due_on=due_on,
                due_at=due_at,
                since=since,
            )
        )
    made = Assignment.objects.bulk_create(rows, batch_size=500)
    _tell_systems(Event.ASSIGNMENT_CREATED, made, at)
    for due_on in sorted(set(dues.values())):
        notify(
            people=[person for person, day in dues.items() if day == due_on],
            key=f"assigned:{batch}:{due_on}",
            code="course_assigned",
            params={"course": course.name, "course_en": course.name_en, "day": due_on.isoformat()},
            url=reverse("trainer:course", args=[course.slug]),
            at=at,
        )
    return made


def _tell_systems(event: Event, rows: Iterable[Assignment], at: datetime) -> None:
    """Tell each of these assignments to the systems that want to know; their courses are at hand."""
    if Webhook.objects.filter(is_active=True).exists():
        for row in rows:
            emit(event=event, payload=of_assignment(row), at=at)


def _due(week: WorkWeek, wanted: date, at: datetime) -> date:
    """The wanted day, or the next working day when it is one of rest, or when the shift of today is over."""
    due = week.on_or_after(wanted)
    over = week.end_of(due, timezone.get_current_timezone()) <= at
    return week.on_or_after(due + timedelta(days=1)) if over else due


def close_earlier_periods(*, at: datetime) -> int:
    """Whoever came back to the house is rid of what was assigned to them before; how many assignments."""
    earlier = Assignment.objects.given().filter(assigned_at__date__lt=F("learner__employment__counts_from"))
    return Assignment.objects.filter(pk__in=list(earlier.values_list("pk", flat=True))).update(
        state=AssignmentState.REPLACED, ended_at=at
    )


@transaction.atomic
def undo_assigning(*, batch: UUID, by, at: datetime) -> int:
    """Take back what ``by`` has just assigned as if it had not been; how many assignments.

    What it had replaced is given again. Raises ``TooLateToUndo``.
    """
    rows = list(
        Assignment.objects.select_for_update(of=("self",))
        .filter(batch=batch, assigned_by=by, assigned_at__gte=at - UNDO_FOR, state=AssignmentState.GIVEN)
        .select_related("course")
    )
    if not rows:
        raise TooLateToUndo
    made_at, course = rows[0].assigned_at, rows[0].course
    for row in rows:
        row.state = AssignmentState.WITHDRAWN  # what other systems are told; the rows themselves go
    _tell_systems(Event.ASSIGNMENT_ENDED, rows, at)
    people = [row.learner_id for row in rows]
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Assignment.objects.filter(
        course=course, learner__in=people, state=AssignmentState.REPLACED, ended_at=made_at, ended_by=by
    ).update(state=AssignmentState.GIVEN, ended_at=None, ended_by=None)
    unsay(about=f"assigned:{batch}:")
    AuditEntry.objects.create(
        at=at,
        by=by,
        action="undo_assigning",
        target=f"course:{course.slug}",
        detail={"people": len(rows), "batch": str(batch)},
    )
    return len(rows)


@transaction.atomic
def excuse_assignment(*, assignment_id: int, reason: str, by, at: datetime) -> Assignment:
    """Let somebody off, with a reason that stays on file. Raises ``NotGiven``, and ``ValueError`` without a reason."""
    return _end(assignment_id, AssignmentState.EXCUSED, reason, by, at)


@transaction.atomic
def withdraw_assignment(*, assignment_id: int, reason: str, by, at: datetime) -> Assignment:
    """Take an assignment back, with the reason. Raises ``NotGiven``, and ``ValueError`` without a reason."""
    return _end(assignment_id, AssignmentState.WITHDRAWN, reason, by, at)


def _end(assignment_id: int, state: AssignmentState, reason: str, by, at: datetime) -> Assignment:
    if not reason.strip():
        raise ValueError("Ending an assignment needs a reason.")
    row = Assignment.objects.select_for_update(of=("self",)).select_related("course").get(pk=assignment_id)
    if row.state != AssignmentState.GIVEN:
        raise NotGiven
    row.state, row.ended_at, row.ended_by, row.reason = state, at, by, reason.strip()
    row.save(update_fields=["state", "ended_at", "ended_by", "reason"])
    _tell_systems(Event.ASSIGNMENT_ENDED, [row], at)
    notify(
        people=[row.learner_id],
        key=f"assignment_ended:{row.pk}",
        code=f"course_{state}",
        params={"course": row.course.name, "course_en": row.course.name_en, "reason": row.reason},
        url=reverse("trainer:courses"),
        at=at,
    )
    AuditEntry.objects.create(
        at=at,
        by=by,
        action=f"{state}_assignment",
        target=f"user:{row.learner_id}",
        detail={"course": row.course.slug, "reason": row.reason},
    )
    return row
