"""When a course that is assigned again and again is due to be assigned. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from trainer.rules.course_words import Cadence


@dataclass(frozen=True)
class Period:
    """One turn of a recurrence: what it goes by, the day it begins on, and the last day to be done on, if any."""

    key: str
    begins_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Recurrence:
    """Each month on ``day_of_month`` (a shorter month takes its last day), or once for the days of a campaign."""

    cadence: Cadence
    starts_on: date
    ends_on: date | None = None
    day_of_month: int = 1

    def period(self, on: date) -> Period | None:
        """The newest turn that has begun by ``on``, ``None`` when there is none, or when it is too late.

        Turns that were missed are not made up for one by one: only the newest is given, and a campaign that is
        over not at all.
        """
        if on < self.starts_on:
            return None
        if self.cadence is Cadence.CAMPAIGN:
            over = self.ends_on is not None and on > self.ends_on
            return None if over else Period(self.starts_on.isoformat(), self.starts_on, self.ends_on)
        begins = day_in_month(on, self.day_of_month)
        if begins > on:
            begins = day_in_month(on.replace(day=1) - timedelta(days=1), self.day_of_month)
        if begins < self.starts_on or (self.ends_on is not None and on > self.ends_on):
            return None
        return Period(f"{begins:%Y-%m}", begins)


def day_in_month(month: date, day: int) -> date:
    """The ``day`` of the month that ``month`` lies in, or its last day where it is shorter."""
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))
