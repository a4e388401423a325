"""People with roles, teams and employment."""

from datetime import timedelta
from functools import partial

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from trainer.models import Employment, Team, User
from trainer.models.people import ADMIN
from trainer.permissions import ROLE_PERMISSIONS

PASSWORD = "Chahu-2026-lvcha"


def role_group(role: str) -> Group:
    """The group of a role with exactly the permissions of ``ROLE_PERMISSIONS``; a misspelt one is an error."""
    group, created = Group.objects.get_or_create(name=role)
    if created:
        wanted = set(ROLE_PERMISSIONS[role])
        rows = Permission.objects.select_related("content_type")
        by_name = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
        group.permissions.set(by_name[name] for name in wanted)
    return group


class UserFactory(factory.django.DjangoModelFactory):
    """``UserFactory(role="supervisor")`` joins the group of that role; an admin may also open Django's admin."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    display_name = factory.Sequence(lambda n: f"员工 {n}")
    password = factory.LazyFunction(partial(make_password, PASSWORD))

    @factory.post_generation
    def role(self, create, role, **kwargs):
        if role:
            self.groups.add(role_group(role))
        if role == ADMIN:
            self.is_staff = True
            self.save(update_fields=["is_staff"])


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"{n} 组")
    supervisor = factory.SubFactory(UserFactory, role="supervisor")


class EmploymentFactory(factory.django.DjangoModelFactory):
    """Somebody on probation for 20 days who has 70 to go."""

    class Meta:
        model = Employment

    user = factory.SubFactory(UserFactory, role="trainee")
    team = factory.SubFactory(TeamFactory)
    hired_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=19))
    probation_ends_on = factory.LazyAttribute(lambda o: o.hired_on + timedelta(days=90))
