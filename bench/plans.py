"""Where 5,000 people stand, computed anew against their plans in the background."""

import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.figures import Figure
from quizzes.models import Attempt, Blueprint, Session
from quizzes.rules.vocabulary import Mode
from trainer.commands.standings import BATCH, mark_stale, recompute_standings
from trainer.models import Employment, LessonRead, LessonVersion, Observation, Team, User
from trainer.rules.vocabulary import Verdict

PEOPLE, TEAMS, TRIES, TALKS = 5_000, 300, 3, 6
EXAMS = ("rules-exam", "aftersales-exam")


def measure() -> Iterator[Figure]:
    _people()
    recompute_standings(at=timezone.now())
    mark_stale()
    began = time.perf_counter()
    done = recompute_standings(at=timezone.now())
    yield Figure(f"recomputing the plans of {done:,} people", time.perf_counter() - began, "s", most=60, places=1)
    yield Figure(f"queries for each batch of {BATCH}, small and full alike", _growth(), "more", most=0)


def _growth() -> int:
    """How many more queries a full batch costs than one of ten."""
    counts = []
    for size in (10, BATCH):
        mark_stale(learners=list(Employment.objects.values_list("user", flat=True)[:size]))
        with CaptureQueriesContext(connection) as caught:
            recompute_standings(at=timezone.now())
        counts.append(len(caught))
    return counts[1] - counts[0]


def _people() -> None:
    """People of many teams who read, sat exams and talked; rows as the site would have written them."""
    rng, now = Random(1), timezone.now()
    today = timezone.localdate(now)
    teams = Team.objects.bulk_create(Team(name=f"Bench {n}") for n in range(TEAMS))
    users = User.objects.bulk_create(User(username=f"plan-{n}", display_name=f"学员 {n}") for n in range(PEOPLE))
    Employment.objects.bulk_create(
        Employment(
            user=user,
            team=teams[n % TEAMS],
            hired_on=today - timedelta(days=n % 80),
            probation_ends_on=today + timedelta(days=90 - n % 80),
        )
        for n, user in enumerate(users)
    )
    exams = list(Blueprint.objects.filter(slug__in=EXAMS))
    Attempt.objects.bulk_create(
        (
            Attempt(
                learner=user, blueprint=exam, mode=Mode.EXAM, seed=1, pass_mark=exam.pass_mark,
                started_at=now - timedelta(days=9 - number), ends_at=now - timedelta(days=8 - number),
                submitted_at=now - timedelta(days=8 - number), score=Decimal(rng.randint(50, 100)), passed=True,
            )
            for user in users for exam in exams for number in range(TRIES)
        ),
        batch_size=2_000,
    )  # fmt: skip
    required = LessonVersion.objects.filter(required=True).order_by("number")
    versions = list({version.lesson_id: version for version in required}.values())
    LessonRead.objects.bulk_create(
        (
            LessonRead(
                learner=user, lesson_id=version.lesson_id, version=version, opened_at=now, reached_end_at=now,
                answered_at=now, right=2, asked=2,
            )
            for user in users for version in versions if rng.random() < 0.7
        ),
        batch_size=5_000,
    )  # fmt: skip
    talks = list(Session.objects.tested().ended().order_by("pk")[:TALKS])
    Session.objects.bulk_create(
        (
            Session(**{field.attname: getattr(talk, field.attname) for field in fields} | {"learner_id": user.pk})
            for user in users for talk in talks
            for fields in [[f for f in Session._meta.concrete_fields if not f.primary_key]]
        ),
        batch_size=2_000,
    )  # fmt: skip
    lead = User.objects.filter(is_staff=True).first()
    Observation.objects.bulk_create(
        Observation(learner=user, by=lead, on=today, verdict=rng.choice(list(Verdict)), text="看过。", created_at=now)
        for user in users
    )
