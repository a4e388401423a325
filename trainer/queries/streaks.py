"""Study days in a row and milestones, out of what the server saw people do."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from quizzes.models import Attempt, Session
from quizzes.queries.roleplay import SEEDS_TO_PASS, tested_talks, types_passed
from trainer.queries.rosters import weeks_of
from trainer.queries.study_time import study_days
from trainer.rules.streaks import Reached, milestones, streak

LOOK_BACK = timedelta(days=60)
EVER = datetime(2000, 1, 1, tzinfo=timezone.get_default_timezone())


def streak_of(learner, *, at: datetime) -> int:
    """The study days in a row up to today, of the last ``LOOK_BACK``. Four queries."""
    today = timezone.localdate(at)
    since = today - LOOK_BACK
    week = weeks_of([learner.pk], on=since)[learner.pk]
    return streak(study_days(learner, since=_start_of(since)), week, today=today, since=since)


def milestones_of(learner) -> list[Reached]:
    """What somebody has reached so far. Three queries."""
    passed = Attempt.objects.of(learner).exams().filter(passed=True).order_by()
    return milestones(
        studied=study_days(learner, since=EVER),
        exams_passed=[timezone.localtime(at) for (at,) in passed.values_list("submitted_at")],
        first_type=_first_type(tested_talks([learner.pk])),
    )


def _first_type(talks: Iterable[Session]) -> datetime | None:
    """When the first customer type was passed: ``talks`` come oldest first."""
    seen: list[Session] = []
    for talk in talks:
        seen.append(talk)
        if len(seen) >= SEEDS_TO_PASS and types_passed(seen):
            return timezone.localtime(talk.ended_at)
    return None


def _start_of(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=timezone.get_current_timezone())
