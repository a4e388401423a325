"""Roles, and the people who have them."""

from datetime import date, datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from quizzes.models import AuditEntry
from trainer.commands.postings import deactivate_person
from trainer.models import Employment, Team, User
from trainer.models.people import ADMIN
from trainer.permissions import ROLE_PERMISSIONS


class UnknownPermission(Exception):
    """A role names a permission that no app has."""


class LastAdmin(Exception):
    """Nobody would be left to look after the site."""


class StillLeads(Exception):
    """The person supervises a team, which would be nobody's."""


@transaction.atomic
def ensure_roles() -> bool:
    """Make a group of every role with exactly its permissions; whether anything had to be changed.

    Runs after every migration. Raises ``UnknownPermission``.
    """
    rows = Permission.objects.filter(content_type__app_label__in=("quizzes", "trainer"))
    there = {f"{app}.{codename}": pk for pk, app, codename in rows.values_list(
        "pk", "content_type__app_label", "codename"
    )}  # fmt: skip
    if unknown := {name for names in ROLE_PERMISSIONS.values() for name in names} - there.keys():
        raise UnknownPermission(sorted(unknown))
    changed = False
    for role, names in ROLE_PERMISSIONS.items():
        group, created = Group.objects.get_or_create(name=role)
        wanted = {there[name] for name in names}
        if created or set(group.permissions.values_list("pk", flat=True)) != wanted:
            group.permissions.set(wanted)
            changed = True
    return changed


@transaction.atomic
def add_person(
    *,
    username: str,
    display_name: str,
    role: str,
    password: str | None,
    by,
    at: datetime,
    team: Team | None = None,
    hired_on: date | None = None,
    probation_ends_on: date | None = None,
) -> User:
    """Take somebody in, with an employment record where ``hired_on`` is given.

    Without a password they cannot sign in yet. An admin may open Django's admin.

    Raises ``IntegrityError`` when the user name is taken.
    """
    user = User(username=username, display_name=display_name, is_staff=role == ADMIN)
    user.set_password(password)
    user.save()
    user.groups.add(Group.objects.get(name=role))
    if hired_on:
        Employment.objects.create(
            user=user, team=team, hired_on=hired_on, probation_ends_on=probation_ends_on or hired_on
        )
    AuditEntry.objects.create(at=at, by=by, action="add_person", target=f"user:{username}", detail={"role": role})
    return user


@transaction.atomic
def switch_off(*, person_id: int, by, at: datetime) -> bool:
    """As ``deactivate_person``, where somebody is left to look after the site and their teams; whether it was done.

    Raises ``LastAdmin`` or ``StillLeads``.
    """
    person = User.objects.select_for_update().get(pk=person_id)
    if not person.is_active:
        return False
    admins = list(User.objects.select_for_update().admins().values_list("pk", flat=True))
    if admins == [person.pk]:
        raise LastAdmin
    if person.teams.exists():
        raise StillLeads
    deactivate_person(user_id=person.pk, by=by, at=at)
    return True
