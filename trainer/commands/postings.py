"""People who move: between teams, out of the house, and back into it."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.decisions import drop_pending
from trainer.commands.notices import notify
from trainer.models import Employment, PastEmployment, Team, User
from trainer.rules.vocabulary import EmploymentState


class NotHere(Exception):
    """The person has left already."""


class StillHere(Exception):
    """The person has not left: there is nothing to come back from."""


class WrongDays(Exception):
    """The days are not in order: hired before the day of leaving, or probation over before it begins."""


@transaction.atomic
def move_team(*, employment_id: int, team: Team | None, by: User | None, at: datetime) -> bool:
    """Put somebody into another team; whether anything changed.

    Reach follows the team: from now on the new supervisor sees the person and whatever is open about them, and the old
    one no longer does. Decisions remember who was the supervisor when they were made. Raises ``NotHere``.
    """
    employment = _locked(employment_id)
    if employment.state == EmploymentState.LEFT:
        raise NotHere
    if employment.team_id == (team and team.pk):
        return False
    before = employment.team
    employment.team = team
    employment.save(update_fields=["team"])
    _note("move_team", employment, by, at, before=before and before.pk, after=team and team.pk)
    if team and team.supervisor_id and team.supervisor_id != (by and by.pk):
        notify(
            people=[team.supervisor_id],
            key=f"moved:{employment.pk}:{team.pk}:{at:%Y%m%d%H%M}",
            code="person_joined",
            params={"person": str(employment.user)},
            url=reverse("trainer:person", args=[employment.user_id]),
            at=at,
        )
    return True


@transaction.atomic
def leave(*, employment_id: int, on: date, by: User | None, at: datetime, note: str = "") -> PastEmployment:
    """Somebody leaves on a day: the period is kept as it was, a proposal that still waits is dropped, an appeal stays
    open, the account is left as it is. Raises ``NotHere`` or ``WrongDays``."""
    employment = _locked(employment_id)
    if employment.state == EmploymentState.LEFT:
        raise NotHere
    if on < employment.hired_on:
        raise WrongDays
    drop_pending(employment, note="离职", by=by, at=at)
    past = PastEmployment.objects.create(
        employment=employment,
        period=employment.period,
        team=employment.team,
        supervisor=employment.team.supervisor if employment.team else None,
        hired_on=employment.hired_on,
        probation_ends_on=employment.probation_ends_on,
        left_on=on,
        state=employment.state,
        contract=employment.contract,
    )
    employment.state, employment.left_on = EmploymentState.LEFT, on
    employment.save(update_fields=["state", "left_on"])
    _note("leave", employment, by, at, on=on.isoformat(), note=note)
    return past


@transaction.atomic
def undo_leaving(*, employment_id: int, by: User | None, at: datetime) -> Employment:
    """Somebody was marked as gone by mistake: all is as before. Raises ``StillHere``."""
    employment = _locked(employment_id)
    past = PastEmployment.objects.filter(employment=employment, period=employment.period).first()
    if employment.state != EmploymentState.LEFT or past is None:
        raise StillHere
    employment.state, employment.left_on = past.state, None
    employment.save(update_fields=["state", "left_on"])
    past.delete()
    _note("undo_leaving", employment, by, at)
    return employment


@transaction.atomic
def hire_again(
    *,
    employment_id: int,
    team: Team | None,
    hired_on: date,
    probation_ends_on: date,
    keep_evidence: bool,
    by: User | None,
    at: datetime,
) -> Employment:
    """Somebody comes back: a new period begins, the earlier one stays to be read, and the account is switched on.

    What they showed before does not count, unless ``keep_evidence``. Raises ``StillHere`` or ``WrongDays``.
    """
    employment = _locked(employment_id)
    if employment.state != EmploymentState.LEFT:
        raise StillHere
    if probation_ends_on < hired_on or (employment.left_on and hired_on <= employment.left_on):
        raise WrongDays
    if not PastEmployment.objects.filter(employment=employment, period=employment.period).exists():
        _keep_as_it_is(employment, hired_on)
    employment.period += 1
    employment.team, employment.hired_on, employment.probation_ends_on = team, hired_on, probation_ends_on
    employment.state, employment.left_on, employment.contract = EmploymentState.PROBATION, None, ""
    employment.plan_version = None
    employment.counts_from = employment.counts_from if keep_evidence else hired_on
    employment.save()
    User.objects.filter(pk=employment.user_id).update(is_active=True)
    _note("hire_again", employment, by, at, period=employment.period, keep_evidence=keep_evidence)
    return employment


@transaction.atomic
def deactivate_person(*, user_id: int, by: User | None, at: datetime) -> User:
    """Switch an account off. Nobody is deleted: what they did, marked and decided stays, and so does their name.

    Whoever still works here leaves on the same day. Switching off twice is switching off once.
    """
    person = User.objects.select_for_update().get(pk=user_id)
    if not person.is_active:
        return person
    person.is_active = False
    person.save(update_fields=["is_active"])
    employment = Employment.objects.filter(user=person).exclude(state=EmploymentState.LEFT).first()
    if employment:
        leave(employment_id=employment.pk, on=max(timezone.localdate(at), employment.hired_on), by=by, at=at)
    AuditEntry.objects.create(at=at, by=by, action="deactivate_person", target=f"user:{person.pk}")
    return person


def _keep_as_it_is(employment: Employment, hired_on: date) -> None:
    """For whoever left before leaving was recorded by ``leave``: the last day known is the day before coming back."""
    PastEmployment.objects.create(
        employment=employment,
        period=employment.period,
        team=employment.team,
        supervisor=employment.team.supervisor if employment.team else None,
        hired_on=employment.hired_on,
        probation_ends_on=employment.probation_ends_on,
        left_on=max(employment.left_on or hired_on, employment.hired_on),
        state=EmploymentState.LEFT,
        contract=employment.contract,
    )


def _locked(employment_id: int) -> Employment:
    Employment.objects.select_for_update().get(pk=employment_id)
    return Employment.objects.select_related("user", "team__supervisor").get(pk=employment_id)


def _note(action: str, employment: Employment, by: User | None, at: datetime, **detail) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"user:{employment.user_id}", detail=detail)
