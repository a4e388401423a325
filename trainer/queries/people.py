"""Who somebody is, and whom they may see."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from trainer.models import Team, User
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE
from trainer.permissions import learners_in_reach

HIGHEST_FIRST = (ADMIN, SUPERVISOR, TRAINEE)


def by_pinyin(person: User) -> bytes:
    """A key to sort people by: common characters stand in GB 18030 in the order of their pinyin."""
    return str(person).encode("gb18030")


def role_of(person: User) -> str:
    """The highest role that a person's permissions come to."""
    if person.has_perm("trainer.load_content"):
        return ADMIN
    return SUPERVISOR if person.has_perm("trainer.view_team") else TRAINEE


def roles_of(people: Iterable[int]) -> dict[int, str]:
    """The highest role of each of these people by their groups, in one query; a superuser counts as an admin."""
    ids = list(people)
    roles = dict.fromkeys(ids, TRAINEE)
    rows = User.objects.filter(pk__in=ids).values_list("pk", "is_superuser", "groups__name")
    for pk, superuser, group in rows:
        found = ADMIN if superuser else group if group in HIGHEST_FIRST else TRAINEE
        roles[pk] = min(roles[pk], found, key=HIGHEST_FIRST.index)
    return roles


def people_within(person: User) -> QuerySet[User]:
    """Whom ``person`` may know of: an admin everybody, a supervisor the trainees of their teams, each themself."""
    if role_of(person) == ADMIN:
        return User.objects.all()
    return User.objects.filter(Q(pk=person.pk) | Q(pk__in=learners_in_reach(person).values("pk")))


def learners_within(person: User) -> QuerySet:
    """The ids of those whose results ``person`` may see: as ``people_within``, for an admin also who left."""
    return people_within(person).values("pk")


def teams_within(person: User) -> QuerySet[Team]:
    """An admin sees every team, a supervisor their own."""
    return Team.objects.all() if role_of(person) == ADMIN else Team.objects.filter(supervisor=person)
