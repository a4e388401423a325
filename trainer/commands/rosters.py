"""Rosters kept: the usual week, and single days; what was due on a day that became one of rest moves on."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.notices import notify
from trainer.models import Assignment, Roster, RosterException, Shift, Team, User
from trainer.queries.rosters import weeks_of
from trainer.rules.course_words import DayKind

WEEK = 7


class NoWorkday(Exception):
    """A week without any working day."""


@transaction.atomic
def set_week(*, owner: Team | User, shift: Shift, rest_days: Collection[int], by, at: datetime) -> Roster:
    """The usual week of a team or a person. Raises ``NoWorkday``."""
    days = sorted(set(rest_days))
    if len(days) >= WEEK:
        raise NoWorkday
    whose = _whose(owner)
    roster, _new = Roster.objects.update_or_create(**whose, defaults={"shift": shift, "rest_days": days})
    detail = {"shift": shift.slug, "rest_days": days}
    AuditEntry.objects.create(at=at, by=by, action="set_week", target=_target(owner), detail=detail)
    _move_on(owner, at)
    return roster


@transaction.atomic
def set_day(
    *,
    owner: Team | User,
    day: date,
    kind: DayKind | None,
    by,
    at: datetime,
    shift: Shift | None = None,
    reason: str = "",
) -> RosterException | None:
    """Say that a team or a person rests or works on this day, or (``None``) that it is a day like any other."""
    whose = _whose(owner)
    if kind is None:
        RosterException.objects.filter(**whose, day=day).delete()
        row = None
    else:
        row, _new = RosterException.objects.update_or_create(
            **whose, day=day, defaults={"kind": kind, "shift": shift, "reason": reason, "by": by}
        )
    detail = {"day": day.isoformat(), "kind": kind and str(kind), "reason": reason}
    AuditEntry.objects.create(at=at, by=by, action="set_day", target=_target(owner), detail=detail)
    _move_on(owner, at)
    return row


def _whose(owner: Team | User) -> dict:
    return {"team": owner} if isinstance(owner, Team) else {"person": owner}


def _target(owner: Team | User) -> str:
    return f"team:{owner.pk}" if isinstance(owner, Team) else f"user:{owner.pk}"


def _move_on(owner: Team | User, at: datetime) -> None:
    """What is still to come and due on a day of rest is due at the end of the next working day instead."""
    people = (
        User.objects.trainees().filter(employment__team=owner) if isinstance(owner, Team) else [owner]
    )
    rows = list(
        Assignment.objects.select_for_update(of=("self",))
        .given()
        .filter(learner__in=people, due_at__gt=at)
        .select_related("course")
    )
    weeks = weeks_of({row.learner_id for row in rows}, on=timezone.localdate(at))
    zone = timezone.get_current_timezone()
    for row in rows:
        week = weeks[row.learner_id]
        if week.works(row.due_on):
            continue
        row.due_on = week.on_or_after(row.due_on)
        row.due_at = week.end_of(row.due_on, zone)
        row.save(update_fields=["due_on", "due_at"])
        notify(
            people=[row.learner_id],
            key=f"course_moved:{row.pk}:{row.due_on}",
            code="course_moved",
            params={
                "course": row.course.name, "course_en": row.course.name_en, "day": row.due_on.isoformat(),
            },
            url=reverse("trainer:course", args=[row.course.slug]),
            at=at,
        )  # fmt: skip
