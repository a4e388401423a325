"""Courses that are assigned by themselves: to whoever joins, each month, and for campaigns."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.assignments import DueInThePast, NotAssignable, Source, close_earlier_periods, give
from trainer.models import Assignment, Course, Employment, RecurringAssignment, StandingOrder, Team
from trainer.queries.rosters import weeks_of
from trainer.rules.course_words import Cadence
from trainer.rules.recurrence import Period, Recurrence
from trainer.rules.rosters import WorkWeek
from trainer.rules.vocabulary import EmploymentState


class OrderedAlready(Exception):
    """There is such an order for this course and team."""


@transaction.atomic
def start_order(*, course_id: int, team: Team | None, workdays: int, by, at: datetime) -> StandingOrder:
    """From today on, give the course to everybody who joins the team (or any). Raises ``NotAssignable``,
    ``OrderedAlready``."""
    course = Course.objects.select_for_update().get(pk=course_id)
    if not Course.objects.open().filter(pk=course_id).exists():
        raise NotAssignable
    if StandingOrder.objects.filter(course=course, team=team, ended_at=None).exists():
        raise OrderedAlready
    order = StandingOrder.objects.create(
        course=course, team=team, hired_from=timezone.localdate(at), workdays=workdays, created_at=at, created_by=by
    )
    _audit("start_order", course, by, at, {"team": team and team.name, "workdays": workdays})
    return order


@transaction.atomic
def start_recurrence(
    *,
    course_id: int,
    team: Team | None,
    cadence: Cadence,
    starts_on: date,
    ends_on: date | None,
    day_of_month: int | None,
    workdays: int | None,
    by,
    at: datetime,
) -> RecurringAssignment:
    """Give the course each month, or for a campaign. Raises ``NotAssignable``, and ``DueInThePast`` for a campaign that
    is over."""
    course = Course.objects.select_for_update().get(pk=course_id)
    if not Course.objects.open().filter(pk=course_id).exists():
        raise NotAssignable
    if ends_on is not None and ends_on < timezone.localdate(at):
        raise DueInThePast
    row = RecurringAssignment.objects.create(
        course=course, team=team, cadence=cadence, day_of_month=day_of_month, workdays=workdays, starts_on=starts_on,
        ends_on=ends_on, created_at=at, created_by=by,
    )  # fmt: skip
    _audit("start_recurrence", course, by, at, {"team": team and team.name, "cadence": str(cadence)})
    return row


@transaction.atomic
def end_order(*, order: StandingOrder | RecurringAssignment, by, at: datetime) -> None:
    """Assign nothing more by it; what was assigned stays. Ending it twice is ending it once."""
    ended = type(order).objects.filter(pk=order.pk, ended_at=None).update(ended_at=at, ended_by=by)
    if ended:
        _audit(f"end_{order._meta.model_name}", order.course, by, at, {"team": order.team and order.team.name})


def _audit(action: str, course: Course, by, at: datetime, detail: dict) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"course:{course.slug}", detail=detail)


@transaction.atomic
def apply_orders(*, at: datetime) -> int:
    """Give what standing orders and recurrences ask for by now; how many assignments. Safe to repeat.

    Months without a run are made up for by one assignment, a campaign that is over not at all. Who joins while a turn
    runs gets it, too. An assignment that was withdrawn or excused is not made again.
    """
    close_earlier_periods(at=at)
    orders = StandingOrder.objects.filter(ended_at=None, course__state="open").select_related("course")
    recurrences = RecurringAssignment.objects.filter(ended_at=None, course__state="open").select_related("course")
    return sum(_apply_order(order, at) for order in orders.order_by("pk")) + sum(
        _apply_recurrence(row, at) for row in recurrences.order_by("pk")
    )


def _apply_order(order: StandingOrder, at: datetime) -> int:
    """Who was hired since, and has neither the course nor had this order before in this period of service."""
    today = timezone.localdate(at)
    joined = _in_service(order.team_id).filter(hired_on__gte=order.hired_from, hired_on__lte=today)
    by_period: dict[int, list[Employment]] = {}
    for employment in joined.exclude(
        Exists(
            Assignment.objects.given().filter(
                learner=OuterRef("user"), course=order.course, assigned_at__date__gte=OuterRef("hired_on")
            )
        )
    ).order_by("user"):
        by_period.setdefault(employment.period, []).append(employment)
    given = 0
    for number, people in by_period.items():
        source = Source(order=order, period=f"hire-{number}")
        had = set(
            Assignment.objects.filter(order=order, period=source.period).values_list("learner", flat=True)
        )
        new = {person.user_id: person.hired_on for person in people if person.user_id not in had}
        weeks = weeks_of(new, on=min(new.values(), default=today))
        dues = {person: _due(weeks[person], hired_on, order.workdays, at) for person, hired_on in new.items()}
        given += len(give(course=order.course, dues=dues, weeks=weeks, by=None, at=at, source=source))
    return given


def _apply_recurrence(row: RecurringAssignment, at: datetime) -> int:
    today = timezone.localdate(at)
    rule = Recurrence(Cadence(row.cadence), row.starts_on, row.ends_on, row.day_of_month or 1)
    period = rule.period(today)
    if period is None:
        return 0
    there = Assignment.objects.filter(learner=OuterRef("user"), course=row.course, period=period.key)
    people = list(
        _in_service(row.team_id)
        .filter(hired_on__lte=today)
        .exclude(Exists(there.filter(Q(recurrence=row) | Q(state="given"))))
        .values_list("user", flat=True)
    )
    weeks = weeks_of(people, on=min(period.begins_on, today))
    dues = {person: due for person in people if (due := _due_of_period(row, weeks[person], period, at))}
    since = datetime.combine(period.begins_on, datetime.min.time(), tzinfo=timezone.get_current_timezone())
    source = Source(recurrence=row, period=period.key)
    return len(give(course=row.course, dues=dues, weeks=weeks, by=None, at=at, since=since, source=source))


def _in_service(team: int | None) -> QuerySet[Employment]:
    people = Employment.objects.filter(user__is_active=True).exclude(state=EmploymentState.LEFT)
    return people.filter(team=team) if team else people


def _due(week: WorkWeek, begins_on: date, workdays: int, at: datetime) -> date:
    """The last of ``workdays`` from ``begins_on`` on; counted from tomorrow on where that is over already."""
    zone = timezone.get_current_timezone()
    due = week.after(begins_on - timedelta(days=1), workdays)
    return due if week.end_of(due, zone) > at else week.after(timezone.localdate(at), workdays)


def _due_of_period(row: RecurringAssignment, week: WorkWeek, period: Period, at: datetime) -> date | None:
    """By when this turn is due; ``None`` for whoever does not work any more before a campaign ends."""
    if period.ends_on is None:
        return _due(week, period.begins_on, row.workdays or 1, at)
    due = week.on_or_before(period.ends_on, not_before=timezone.localdate(at))
    return due if due and week.end_of(due, timezone.get_current_timezone()) > at else None
