"""Re-checks: assigned to those whose knowledge a change unsettles, sat, passed or excused."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from quizzes.commands.attempts import start_check
from quizzes.models import Attempt, AuditEntry
from quizzes.rules.vocabulary import Mode
from trainer.commands.notices import notify
from trainer.models import LessonVersion, Recheck
from trainer.queries.impact import Concerned
from trainer.queries.rechecks import purpose_of, questions_for, recheck_of_purpose, tries_of
from trainer.rules.vocabulary import RecheckState

MINUTES = 10
ALL_RIGHT = Decimal(100)


class NotOpen(Exception):
    """The re-check was passed or excused meanwhile."""


def assign_rechecks(
    *,
    version: LessonVersion,
    people: Sequence[Concerned],
    keys: Sequence[str],
    reason: str,
    due_on: date,
    at: datetime,
) -> int:
    """Give each of these people one re-check of the version and tell them; how many are new.

    Who has one of this version keeps it. Runs inside the caller's transaction, which writes the audit row.
    """
    there = set(Recheck.objects.filter(version=version).values_list("learner", flat=True))
    new = [person for person in people if person.learner_id not in there]
    rows = Recheck.objects.bulk_create(
        [
            Recheck(
                learner_id=person.learner_id,
                version=version,
                reason=reason,
                keys=list(keys),
                assigned_at=at,
                due_on=due_on,
            )
            for person in new
        ],
        batch_size=500,
    )
    link = Recheck.grounds.through
    link.objects.bulk_create(
        [
            link(recheck=row, attempt=attempt)
            for row, person in zip(rows, new, strict=True)
            for attempt in person.exams
        ],
        batch_size=500,
    )
    notify(
        people=[person.learner_id for person in new],
        key=f"recheck:{version.pk}",
        code="recheck_assigned",
        params={"lesson": version.title, "note": reason, "day": due_on.isoformat()},
        url=reverse("trainer:home"),
        at=at,
    )
    return len(rows)


@transaction.atomic
def start_recheck(*, recheck_id: int, learner, at: datetime, seed: int) -> Attempt:
    """Draw the questions of the next try; or give back the one that is open.

    Raises ``Recheck.DoesNotExist`` for somebody else's, ``NotOpen``, and ``NothingToPractise`` while no question is
    live.
    """
    recheck = Recheck.objects.select_related("version__lesson").get(pk=recheck_id, learner=learner)
    if recheck.state != RecheckState.OPEN:
        raise NotOpen
    return start_check(
        learner=learner,
        question_ids=questions_for(recheck, seed=seed),
        purpose=purpose_of(recheck),
        minutes=MINUTES,
        pass_mark=ALL_RIGHT,
        at=at,
        seed=seed,
    )


@transaction.atomic
def note_try(*, attempt: Attempt, at: datetime) -> bool:
    """Note what a marked attempt means for its re-check: all right passes it; whether it did.

    Two tries that failed are told to the supervisor.
    """
    number = recheck_of_purpose(attempt.purpose)
    if number is None or attempt.mode != Mode.EXAM or attempt.passed is None:
        return False
    recheck = Recheck.objects.select_for_update().filter(pk=number, learner=attempt.learner_id).first()
    if recheck is None or recheck.state != RecheckState.OPEN:
        return False
    if attempt.passed:
        recheck.state, recheck.passed_at = RecheckState.PASSED, attempt.submitted_at
        recheck.save(update_fields=["state", "passed_at"])
        return True
    if tries_of(recheck).filter(passed=False).count() >= 2:
        _tell_supervisor(recheck, at)
    return False


def _tell_supervisor(recheck: Recheck, at: datetime) -> None:
    employment = getattr(recheck.learner, "employment", None)
    supervisor = employment and employment.team and employment.team.supervisor_id
    if supervisor:
        notify(
            people=[supervisor],
            key=f"recheck_failed:{recheck.pk}",
            code="recheck_failed_twice",
            params={"person": str(recheck.learner), "lesson": recheck.version.title},
            url=reverse("trainer:person", args=[recheck.learner_id]),
            at=at,
        )


@transaction.atomic
def excuse_recheck(*, recheck_id: int, reason: str, by, at: datetime) -> Recheck:
    """Let somebody off, with a reason that stays on file. Raises ``NotOpen``, and ``ValueError`` without a reason."""
    if not reason.strip():
        raise ValueError("An excuse needs a reason.")
    recheck = Recheck.objects.select_for_update(of=("self",)).select_related("version__lesson").get(pk=recheck_id)
    if recheck.state != RecheckState.OPEN:
        raise NotOpen
    recheck.state, recheck.excused_at, recheck.excused_by = RecheckState.EXCUSED, at, by
    recheck.excuse = reason.strip()
    recheck.save(update_fields=["state", "excused_at", "excused_by", "excuse"])
    AuditEntry.objects.create(
        at=at,
        by=by,
        action="excuse_recheck",
        target=f"user:{recheck.learner_id}",
        detail={"lesson": recheck.version.lesson.slug, "version": recheck.version.number, "reason": recheck.excuse},
    )
    return recheck
