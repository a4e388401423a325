"""Study time from what somebody really did. Pure.

A day is cut into blocks of five minutes by the clock. A block counts when at least one action lies in it: an answer
saved, a lesson opened, read to its end or answered, a turn of a talk, a drill handed in. The active minutes of a day
are five times its blocks.

A page that only stands open adds nothing; twenty answers in one block add five minutes. So the figure can be up to five
minutes too high for each stretch of work, and it is too low for whoever reads for a long time without doing anything
else. It tells that somebody was at work; it is no time clock.
"""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo

BLOCK_MINUTES = 5


def active_minutes(actions: Iterable[datetime], zone: tzinfo) -> dict[date, int]:
    """Active minutes by day in ``zone``, of days with any; ``actions`` are aware and in any order."""
    blocks = set()
    for moment in actions:
        local = moment.astimezone(zone)
        blocks.add((local.date(), local.utcoffset(), (local.hour * 60 + local.minute) // BLOCK_MINUTES))
    days: dict[date, int] = {}
    for day, _offset, _block in blocks:
        days[day] = days.get(day, 0) + BLOCK_MINUTES
    return dict(sorted(days.items()))
