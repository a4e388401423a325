"""Study days in a row, and milestones: what is there to be glad of, and nothing to lose. Pure.

A study day is one on which something was done (``rules.study_time`` says what). Days of rest neither count nor break
the row; studied, they count. One working day without study in a calendar week (Monday to Sunday) is forgiven, and
today is not over yet.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from trainer.rules.rosters import WorkWeek

FORGIVEN_A_WEEK = 1
STUDY_DAYS = (7, 30)  # that are a milestone


class Milestone(StrEnum):
    FIRST_EXAM = "first_exam"
    FIRST_TYPE = "first_type"
    WEEK_OF_STUDY = "week_of_study"
    MONTH_OF_STUDY = "month_of_study"


@dataclass(frozen=True)
class Reached:
    """A milestone and the day on which it was reached."""

    milestone: Milestone
    on: date


def streak(studied: Collection[date], week: WorkWeek, *, today: date, since: date) -> int:
    """How many study days lie in the row that leads up to ``today``; days before ``since`` are not looked at."""
    days = frozenset(studied)
    missed: dict[tuple[int, int], int] = {}
    count, day = 0, today
    while day >= since:
        if day in days:
            count += 1
        elif day != today and week.works(day):
            of_week = day.isocalendar()[:2]
            missed[of_week] = missed.get(of_week, 0) + 1
            if missed[of_week] > FORGIVEN_A_WEEK:
                break
        day -= timedelta(days=1)
    return count


def milestones(
    *, studied: Iterable[date], exams_passed: Iterable[datetime], first_type: datetime | None
) -> list[Reached]:
    """What somebody has reached, in the order of days. Moments are read as given: local ones."""
    days = sorted(set(studied))
    found = [
        Reached(name, days[number - 1])
        for name, number in zip((Milestone.WEEK_OF_STUDY, Milestone.MONTH_OF_STUDY), STUDY_DAYS, strict=True)
        if len(days) >= number
    ]
    if first_exam := min(exams_passed, default=None):
        found.append(Reached(Milestone.FIRST_EXAM, first_exam.date()))
    if first_type:
        found.append(Reached(Milestone.FIRST_TYPE, first_type.date()))
    return sorted(found, key=lambda reached: (reached.on, reached.milestone))
