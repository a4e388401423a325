"""Groups follow ``ROLE_PERMISSIONS``; people are taken in with a role and an employment record."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.factories.trainer import TeamFactory
from trainer import permissions
from trainer.commands import people
from trainer.commands.people import UnknownPermission, add_person, ensure_roles
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE
from trainer.permissions import ROLE_PERMISSIONS

pytestmark = pytest.mark.django_db


def names(role):
    rows = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


@pytest.mark.parametrize("role", ROLE_PERMISSIONS)
def test_a_role_has_exactly_its_permissions(role):
    ensure_roles()
    group = Group.objects.get(name=role)
    group.permissions.set(Permission.objects.filter(codename__in=["add_session", "view_team"]))

    assert ensure_roles()
    assert names(role) == set(ROLE_PERMISSIONS[role])
    assert not ensure_roles()


def test_every_migration_makes_the_roles():
    Group.objects.all().delete()

    call_command("migrate", verbosity=0)

    assert names(ADMIN) == set(ROLE_PERMISSIONS[ADMIN])


def test_a_misspelt_permission_is_an_error(monkeypatch):
    monkeypatch.setattr(people, "ROLE_PERMISSIONS", {**permissions.ROLE_PERMISSIONS, TRAINEE: ("quizzes.fly",)})

    with pytest.raises(UnknownPermission, match="fly"):
        ensure_roles()


def test_a_person_is_taken_in_with_role_team_and_record(now):
    ensure_roles()
    team, today = TeamFactory(), timezone.localdate()

    user = add_person(
        username="xin",
        display_name="辛欣",
        role=TRAINEE,
        password="mima-2026-x",
        by=None,
        at=now,
        team=team,
        hired_on=today,
        probation_ends_on=today + timedelta(days=90),
    )

    assert user.check_password("mima-2026-x") and not user.is_staff
    assert [group.name for group in user.groups.all()] == [TRAINEE]
    assert (user.employment.team, user.employment.days_in_post(today)) == (team, 1)
    assert AuditEntry.objects.get(action="add_person").target == "user:xin"


def test_without_a_password_nobody_signs_in_and_a_name_is_taken_once(now):
    ensure_roles()
    arguments = {"username": "zhu", "display_name": "朱主管", "role": SUPERVISOR, "by": None, "at": now}

    assert not add_person(password=None, **arguments).has_usable_password()
    with pytest.raises(IntegrityError), transaction.atomic():
        add_person(password=None, **arguments)
