"""The sheet for Monday's meeting: what a page, a Word file and a PDF all say. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Item:
    """One line; ``detail`` explains it, ``url`` leads to where something can be done about it."""

    text: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Section:
    """``empty`` is said where there is nothing; ``more`` counts what was left out."""

    key: str
    title: str
    items: tuple[Item, ...]
    empty: str
    more: int = 0


@dataclass(frozen=True)
class Pack:
    """``monday`` begins the week that is looked back on; it ends with the Sunday."""

    title: str
    note: str
    monday: date
    sections: tuple[Section, ...]

    @property
    def sunday(self) -> date:
        return self.monday + WEEK - timedelta(days=1)


def week_to_discuss(today: date) -> date:
    """The Monday of the last week that is over: its Sunday is the cut-off. On a Sunday it is the week before."""
    return today - timedelta(days=today.weekday()) - WEEK


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
