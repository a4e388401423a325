"""What the pages of a large company cost: server time and statements inside the process, by Django's test client."""

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.company import MARK, PEOPLE, TEAMS, found_company
from bench.database import copied_database
from bench.driver import Unexpected
from bench.figures import Figure
from bench.statements import rows_of
from quizzes.models import Step, Topic
from trainer.commands.standings import recompute_standings
from trainer.models import Employment, Team, User
from trainer.models.people import ADMIN
from trainer.queries.heat import heat_map
from trainer.queries.meeting import meeting
from trainer.rules.pack import week_to_discuss

ROUNDS, BIG_TEAM = 9, 50
HOME, DESK, PACK, HEAT, ALL = 100, 300, 1, 150, 3_000  # most, in milliseconds; the pack in seconds
DESK_PAGES = ("team", "risk", "heat", "meeting", "decisions", "assignments", "interviews", "performance")


def measure() -> Iterator[Figure]:
    with copied_database():
        found_company()
        recompute_standings(at=timezone.now())
        yield Figure(f"answers of {PEOPLE:,} people in {TEAMS} teams", Step.objects.count(), "answers", least=2_000_000)
        person = User.objects.get(username=f"{MARK}-{PEOPLE // 2}")
        yield from _page("home of a trainee", person, reverse("trainer:home"), HOME)
        head = person.employment.team.supervisor
        for name in DESK_PAGES:
            yield from _page(f"{name} of one team", head, reverse(f"trainer:{name}"), DESK)
        yield from _page("person", head, reverse("trainer:person", args=[person.pk]), DESK)
        admin = User.objects.filter(groups__name=ADMIN).order_by("pk").first()
        for name in ("team", "risk", "heat"):
            yield from _page(f"{name} with everybody in reach", admin, reverse(f"trainer:{name}"), ALL)
        yield from _big_team(head.teams.get())


def _big_team(team: Team) -> Iterator[Figure]:
    """One team that is made as large as the figures say."""
    others = Employment.objects.exclude(team=team).filter(user__username__startswith=f"{MARK}-")
    Employment.objects.filter(pk__in=others.order_by("pk")[: BIG_TEAM - team.members.count()]).update(team=team)
    at, people = timezone.now(), User.objects.trainees().filter(employment__team=team)
    monday = week_to_discuss(timezone.localdate(at)) - timedelta(days=7)
    if (size := people.count()) != BIG_TEAM:
        raise Unexpected(f"{size} people")
    name = f"heat map of {BIG_TEAM} people × {Topic.objects.count()} topics"
    taken, statements = _timed(lambda: heat_map(people, at=at))
    yield Figure(name, statements, "statements", most=12)
    yield Figure(name, taken, "ms", most=HEAT)
    taken, statements = _timed(lambda: meeting(team, monday=monday, at=at))
    yield Figure(f"meeting pack of {BIG_TEAM} people", taken / 1000, "s", most=PACK, places=2)


def _page(name: str, who: User, path: str, most: float) -> Iterator[Figure]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(who)

    def get() -> None:
        if (status := client.get(path).status_code) != 200:
            raise Unexpected(f"{path} answered {status}")

    taken, _statements = _timed(get)
    yield Figure(f"page {name}, server time, median", taken, "ms", most=most)


def _timed(call) -> tuple[float, int]:
    """Median milliseconds of some rounds, the first one not counted, and the statements of one."""
    call()
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    with CaptureQueriesContext(connection) as captured:
        call()
    return statistics.median(taken), rows_of(captured)
