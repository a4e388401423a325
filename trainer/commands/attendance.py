"""Trainings held for a team, and who was there."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from quizzes.models import AuditEntry
from trainer.models import Attendance, Team, TrainingSession
from trainer.rules.course_words import Presence


@transaction.atomic
def plan_session(*, team: Team, title: str, starts_at: datetime, minutes: int, by, at: datetime) -> TrainingSession:
    """Set a training for a team. The same again is set once."""
    Team.objects.select_for_update().get(pk=team.pk)  # two clicks at once come one after the other
    ends_at = starts_at + timedelta(minutes=minutes)
    session, made = TrainingSession.objects.get_or_create(
        team=team, title=title, starts_at=starts_at, ends_at=ends_at, defaults={"created_by": by}
    )
    if not made:
        return session
    AuditEntry.objects.create(
        at=at, by=by, action="plan_session", target=f"team:{team.pk}", detail={"title": title}
    )
    return session


@transaction.atomic
def note_attendance(
    *, session: TrainingSession, presences: Mapping[int, tuple[Presence, str]], by, at: datetime
) -> int:
    """Note who (by id) was there, late or absent, the last two with the reason; how many were noted.

    Noting again corrects. Raises ``ValueError`` where a reason is missing.
    """
    for learner, (presence, reason) in presences.items():
        if presence != Presence.PRESENT and not reason.strip():
            raise ValueError("Being late or absent needs a reason.")
        Attendance.objects.update_or_create(
            session=session,
            learner_id=learner,
            defaults={
                "presence": presence,
                "reason": "" if presence == Presence.PRESENT else reason.strip(),
                "noted_by": by,
                "noted_at": at,
            },
        )
    AuditEntry.objects.create(
        at=at,
        by=by,
        action="note_attendance",
        target=f"session:{session.pk}",
        detail={str(learner): str(presence) for learner, (presence, _) in presences.items()},
    )
    return len(presences)
