"""Working days and the ends of shifts: by when something can fairly be asked for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

LONGEST_REST = 366  # days without work after which a roster makes no sense


class NoWorkingDay(Exception):
    """The roster has no working day within a year."""


@dataclass(frozen=True)
class Hours:
    """A shift. One that ends at or before its beginning ends on the next day."""

    starts: time = time(9)
    ends: time = time(18)

    @property
    def past_midnight(self) -> bool:
        return self.ends <= self.starts


@dataclass(frozen=True)
class Pattern:
    """What a week is usually like: the shift, and the weekdays of rest (Monday is 0)."""

    hours: Hours = field(default_factory=Hours)
    rest_days: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SingleDay:
    """A day that differs: off, or worked, in the usual hours unless it has its own."""

    works: bool
    hours: Hours | None = None


@dataclass(frozen=True)
class WorkWeek:
    """When somebody works: weekdays of rest (Monday is 0), and single days that differ (``None`` for a day off)."""

    hours: Hours = field(default_factory=Hours)
    rest_days: frozenset[int] = frozenset()
    exceptions: Mapping[date, Hours | None] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        return self.exceptions[day] is not None if day in self.exceptions else day.weekday() not in self.rest_days

    def end_of(self, day: date, zone: tzinfo) -> datetime:
        """When the shift of that day ends; of a day of rest, when it would."""
        hours = self.exceptions.get(day) or self.hours
        ends_on = day + timedelta(days=hours.past_midnight)
        return datetime.combine(ends_on, hours.ends, tzinfo=zone)

    def on_or_after(self, day: date) -> date:
        """The first working day from ``day`` on. Raises ``NoWorkingDay``."""
        for offset in range(LONGEST_REST):
            if self.works(found := day + timedelta(days=offset)):
                return found
        raise NoWorkingDay

    def on_or_before(self, day: date, *, not_before: date) -> date | None:
        """The last working day up to ``day``, or ``None`` when there is none from ``not_before`` on."""
        while day >= not_before:
            if self.works(day):
                return day
            day -= timedelta(days=1)
        return None

    def after(self, day: date, workdays: int) -> date:
        """The last of ``workdays`` (1 or more) working days after ``day``. Raises ``NoWorkingDay``."""
        for _ in range(workdays):
            day = self.on_or_after(day + timedelta(days=1))
        return day


def week_for(
    own: Pattern | None,
    team: Pattern | None,
    own_days: Mapping[date, SingleDay],
    team_days: Mapping[date, SingleDay],
) -> WorkWeek:
    """The week that holds for somebody: their own before the team's, and the house's where neither has one.

    A single day of one's own comes before the team's; the team's (a holiday of the shop) before any week.
    """
    usual = own or team or Pattern()
    days = {**team_days, **own_days}
    exceptions = {day: (one.hours or usual.hours) if one.works else None for day, one in days.items()}
    return WorkWeek(usual.hours, usual.rest_days, exceptions)
