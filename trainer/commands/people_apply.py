"""Writing a preview of people into the tables, in a number of statements that does not grow with the people."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.postings import hire_again, leave
from trainer.models import Employment, Team, User
from trainer.models.people import ADMIN
from trainer.permissions import ROLE_PERMISSIONS
from trainer.rules.people.compare import Preview
from trainer.rules.people.known import Kind, PersonChange, TeamChange
from trainer.rules.people.rows import EXTERNAL
from trainer.rules.vocabulary import EmploymentState

BATCH = 500
EMPLOYMENT_FIELDS = ["team", "hired_on", "probation_ends_on", "state"]


def apply(preview: Preview, *, by, at: datetime) -> list[int]:
    """Write a preview that has no problems; the ids of the people who are new. Call it in a transaction.

    New people have no password: they get a link to set one.
    """
    new = preview.of(Kind.NEW)
    moved = preview.of(Kind.CHANGED)
    users = _write_users(new, moved, at)
    _write_roles([*new, *moved], users)
    teams = _write_teams(preview.teams, users)
    _write_employments([*new, *moved], users, teams, by, at)
    _write_external([*new, *moved], users)
    _write_audit(preview, by, at)
    return [users[change.after.username].pk for change in new]


def _write_users(new: Sequence[PersonChange], moved: Sequence[PersonChange], at: datetime) -> dict[str, User]:
    User.objects.bulk_create(
        [
            _filled(User(username=c.after.username, password=make_password(None), date_joined=at), c)
            for c in new
        ],
        batch_size=BATCH,
    )
    users = {user.username: user for user in User.objects.only("username", "display_name", "email", "is_active")}
    fields = ["display_name", "email", "is_active", "is_staff"]
    changed = [_filled(users[c.after.username], c) for c in moved]
    # Two people may swap their addresses: each is free before it is given.
    given = [users[c.after.username].pk for c in moved if c.before and c.before.email != c.after.email]
    for start in range(0, len(given), BATCH):
        User.objects.filter(pk__in=given[start : start + BATCH]).update(email="")
    User.objects.bulk_update(changed, fields, batch_size=BATCH)
    return users


def _filled(user: User, change: PersonChange) -> User:
    after = change.after
    user.display_name, user.email = after.name, after.email
    user.is_active, user.is_staff = after.active, after.role == ADMIN
    return user


def _write_roles(changes: Iterable[PersonChange], users: dict[str, User]) -> None:
    groups = {group.name: group.pk for group in Group.objects.filter(name__in=ROLE_PERMISSIONS)}
    members = User.groups.through.objects
    wanted = {
        users[c.after.username].pk: groups[c.after.role]
        for c in changes
        if c.before is None or c.before.role != c.after.role
    }
    ids = list(wanted)
    for start in range(0, len(ids), BATCH):
        members.filter(user__in=ids[start : start + BATCH], group__in=groups.values()).delete()
    members.bulk_create(
        [User.groups.through(user_id=user, group_id=group) for user, group in wanted.items()], batch_size=BATCH
    )


def _write_teams(changes: Sequence[TeamChange], users: dict[str, User]) -> dict[str, Team]:
    Team.objects.bulk_create([Team(name=change.name) for change in changes if change.is_new])
    teams = {team.name: team for team in Team.objects.all()}
    for change in changes:
        teams[change.name].supervisor = users[change.new]
    Team.objects.bulk_update([teams[change.name] for change in changes], ["supervisor"], batch_size=BATCH)
    return teams


def _write_employments(
    changes: Sequence[PersonChange], users: dict[str, User], teams: dict[str, Team], by, at: datetime
) -> None:
    """Those who leave or come back go through the commands for that, one by one: they are few, and more hangs on it."""
    there = {row.user_id: row for row in Employment.objects.all()}
    new: list[Employment] = []
    moved: list[Employment] = []
    for change in changes:
        after = change.after
        if after.state is None or after.hired_on is None or after.probation_ends_on is None:
            continue
        user = users[after.username]
        employment = there.get(user.pk) or Employment(user=user)
        team = teams[after.team] if after.team else None
        if user.pk in there and after.state == EmploymentState.LEFT:
            if employment.state != EmploymentState.LEFT:
                on = max(timezone.localdate(at), employment.hired_on)
                leave(employment_id=employment.pk, on=on, by=by, at=at)
        elif user.pk in there and employment.state == EmploymentState.LEFT:
            hire_again(
                employment_id=employment.pk,
                team=team,
                hired_on=after.hired_on,
                probation_ends_on=after.probation_ends_on,
                keep_evidence=False,
                by=by,
                at=at,
            )
        else:
            employment.team, employment.state = team, after.state
            employment.hired_on, employment.probation_ends_on = after.hired_on, after.probation_ends_on
            (moved if user.pk in there else new).append(employment)
    Employment.objects.bulk_create(new, batch_size=BATCH)
    Employment.objects.bulk_update(moved, EMPLOYMENT_FIELDS, batch_size=BATCH)


def _write_external(changes: Iterable[PersonChange], users: dict[str, User]) -> None:
    changed = [c for c in changes if (c.before.external if c.before else {}) != c.after.external]
    ids = [users[c.after.username].pk for c in changed]
    for start in range(0, len(ids), BATCH):
        SocialAccount.objects.filter(user__in=ids[start : start + BATCH], provider__in=EXTERNAL).delete()
    SocialAccount.objects.bulk_create(
        [
            SocialAccount(user=users[c.after.username], provider=provider, uid=uid)
            for c in changed
            for provider, uid in c.after.external.items()
        ],
        batch_size=BATCH,
    )


def _write_audit(preview: Preview, by, at: datetime) -> None:
    """One row for each person and team, with what was and what is."""
    rows = [
        AuditEntry(
            at=at,
            by=by,
            action="add_person" if change.kind == Kind.NEW else "change_person",
            target=f"user:{change.after.username}",
            detail={"role": change.after.role, "team": change.after.team}
            if change.kind == Kind.NEW
            else {field.field: [field.old, field.new] for field in change.fields},
        )
        for change in preview.people
        if change.kind in (Kind.NEW, Kind.CHANGED)
    ]
    rows += [
        AuditEntry(
            at=at, by=by, action="change_team", target=f"team:{team.name}", detail={"supervisor": [team.old, team.new]}
        )
        for team in preview.teams
    ]
    AuditEntry.objects.bulk_create(rows, batch_size=BATCH)
