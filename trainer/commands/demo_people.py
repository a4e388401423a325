"""Invented people to look around with: two teams, each with a supervisor, and an admin."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from trainer.commands.people import add_person, ensure_roles
from trainer.models import Team, User
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE

PASSWORD = "peixun-2026"  # noqa: S105 - for demonstrations only; ``load_demo`` refuses a site in service
PROBATION_DAYS = 90


@dataclass(frozen=True)
class DemoPerson:
    """``days`` is how long ago a trainee was hired; a supervisor looks after ``team``."""

    username: str
    name: str
    role: str
    team: str = ""
    days: int = 0


TMALL, DOUYIN = "天猫客服组", "抖音客服组"
PEOPLE = (
    DemoPerson("admin", "管理员", ADMIN),
    DemoPerson("zhou", "周岚", SUPERVISOR, TMALL),
    DemoPerson("chen", "陈屿", SUPERVISOR, DOUYIN),
    DemoPerson("xiaolin", "林小满", TRAINEE, TMALL, 9),
    DemoPerson("liujing", "刘静怡", TRAINEE, TMALL, 58),
    DemoPerson("wangrui", "王睿", TRAINEE, TMALL, 41),
    DemoPerson("sunqi", "孙启明", TRAINEE, TMALL, 33),
    DemoPerson("zhaoyi", "赵忆", TRAINEE, TMALL, 24),
    DemoPerson("heyan", "何妍", TRAINEE, TMALL, 16),
    DemoPerson("tangwei", "唐未", TRAINEE, DOUYIN, 47),
    DemoPerson("maoyu", "毛雨晴", TRAINEE, DOUYIN, 20),
    DemoPerson("qinlang", "秦朗", TRAINEE, DOUYIN, 5),
    DemoPerson("songqi", "宋祺", TRAINEE, TMALL, 72),
    DemoPerson("fangke", "方可", TRAINEE, TMALL, 80),
    DemoPerson("shaoning", "邵宁", TRAINEE, TMALL, 66),
)


@transaction.atomic
def add_demo_people(*, at: datetime) -> dict[str, User]:
    """The people by user name, those of an earlier load included; nobody who is there already is changed."""
    ensure_roles()
    there = {user.username: user for user in User.objects.filter(username__in=[p.username for p in PEOPLE])}
    teams = {name: Team.objects.get_or_create(name=name)[0] for name in (TMALL, DOUYIN)}
    password = make_password(PASSWORD)  # hashed once: it takes a while
    for person in PEOPLE:
        if person.username in there:
            continue
        hired_on = timezone.localdate(at) - timedelta(days=person.days) if person.role == TRAINEE else None
        user = add_person(
            username=person.username,
            display_name=person.name,
            role=person.role,
            password=None,
            by=None,
            at=at,
            team=teams.get(person.team),
            hired_on=hired_on,
            probation_ends_on=hired_on and hired_on + timedelta(days=PROBATION_DAYS),
        )
        User.objects.filter(pk=user.pk).update(password=password)
        there[person.username] = user
        if person.role == SUPERVISOR:
            Team.objects.filter(name=person.team, supervisor=None).update(supervisor=user)
    return there
