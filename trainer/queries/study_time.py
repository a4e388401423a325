"""Active minutes of a person by day, out of what the server saw them do; the formula is in ``rules.study_time``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from quizzes.models import SortingRun, Step, Turn, TurnKind, TypingRun
from trainer.models import Attendance, LessonRead
from trainer.rules.study_time import active_minutes

DAYS = 14
TALLEST = 60  # of a bar, in the units of the picture
OWN_TURNS = (TurnKind.LOOK, TurnKind.SAY)  # not the server's: an opening, a silence


@dataclass(frozen=True)
class StudyDay:
    """One day; ``height`` is that of its bar, the longest day being ``TALLEST``."""

    day: date
    minutes: int
    height: int
    x: int

    @property
    def y(self) -> int:
        return TALLEST - self.height


@dataclass(frozen=True)
class StudyTime:
    """The last days, the oldest first, and all their minutes together."""

    days: tuple[StudyDay, ...]
    total: int
    active: int


def study_time(learner, *, at: datetime, days: int = DAYS) -> StudyTime:
    """The active minutes of the last ``days``, today included. One query."""
    today = timezone.localdate(at)
    first = today - timedelta(days=days - 1)
    zone = timezone.get_current_timezone()
    minutes = active_minutes(_actions(learner, datetime.combine(first, datetime.min.time(), tzinfo=zone)), zone)
    most = max(minutes.values(), default=0)
    found = []
    for number in range(days):
        day = first + timedelta(days=number)
        here = minutes.get(day, 0)
        found.append(StudyDay(day, here, TALLEST * here // most if most else 0, 20 * number))
    return StudyTime(tuple(found), sum(minutes.values()), len(minutes))


def study_days(learner, *, since: datetime) -> list[date]:
    """The days on which this person did something, in no order. One query, which gives a row a day."""
    parts = [
        rows.order_by().values_list(TruncDate(field)).distinct() for rows, field in _parts(learner, since)
    ]
    return [day for (day,) in parts[0].union(*parts[1:])]


def _actions(learner, since: datetime) -> Iterator[datetime]:
    """When this person did something."""
    parts = [rows.order_by().values_list(field) for rows, field in _parts(learner, since)]
    return (moment for (moment,) in parts[0].union(*parts[1:]))


def _parts(learner, since: datetime) -> Iterable[tuple[QuerySet, str]]:
    """What counts as doing something, each with its time: answers, reading, own turns of talks, drills handed in."""
    reads = LessonRead.objects.filter(learner=learner)
    return [
        (Step.objects.filter(item__attempt__learner=learner, saved_at__gte=since), "saved_at"),
        (Turn.objects.filter(session__learner=learner, kind__in=OWN_TURNS, at__gte=since), "at"),
        (TypingRun.objects.filter(learner=learner, finished_at__gte=since), "finished_at"),
        (SortingRun.objects.filter(learner=learner, finished_at__gte=since), "finished_at"),
        *(
            (reads.filter(**{f"{name}__gte": since}), name)
            for name in ("opened_at", "reached_end_at", "answered_at")
        ),
    ]


def attendance_of(learner) -> QuerySet[Attendance]:
    """The trainings that this person was noted for, the newest first."""
    return Attendance.objects.filter(learner=learner).select_related("session").order_by("-session__starts_at")
