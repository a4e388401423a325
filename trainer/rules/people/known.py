"""Who is there already, and what a load would make of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from trainer.rules.people.rows import PersonRow
from trainer.rules.vocabulary import EmploymentState

TRAINEE, SUPERVISOR, ADMIN = "trainee", "supervisor", "admin"


@dataclass(frozen=True)
class Person:
    """Somebody as they are, or as they would be. ``state`` is ``None`` for who has no employment record.

    ``protected`` is a superuser, whom no sheet may touch. ``external`` are names with sign-ins by column.
    """

    username: str
    name: str
    role: str
    active: bool = True
    email: str = ""
    team: str = ""
    hired_on: date | None = None
    probation_ends_on: date | None = None
    state: EmploymentState | None = None
    left_on: date | None = None
    external: Mapping[str, str] = field(default_factory=dict)
    protected: bool = False

    @property
    def may_lead(self) -> bool:
        return self.active and self.role in (SUPERVISOR, ADMIN)

    @property
    def works(self) -> bool:
        return self.active and self.state != EmploymentState.LEFT


@dataclass(frozen=True)
class Known:
    """Everybody by user name, and the user name of each team's supervisor, empty where there is none."""

    people: Mapping[str, Person]
    teams: Mapping[str, str]


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    SKIPPED = "skipped"  # left, and never was here


@dataclass(frozen=True)
class FieldChange:
    """``old`` and ``new`` as they are kept: words of roles and states, days as 2026-06-18."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class PersonChange:
    row: PersonRow
    kind: Kind
    before: Person | None
    after: Person
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class TeamChange:
    """A team that is new, or gets another supervisor (user names)."""

    name: str
    is_new: bool
    old: str
    new: str


FIELDS = ("name", "role", "team", "hired_on", "probation_ends_on", "state", "email", "active")


def differences(before: Person | None, after: Person) -> tuple[FieldChange, ...]:
    """What is not the same, in the order of the sheet; nothing for somebody who is new."""
    if before is None:
        return ()
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in FIELDS]
    names = sorted({*before.external, *after.external})
    pairs += [(name, before.external.get(name, ""), after.external.get(name, "")) for name in names]
    return tuple(FieldChange(name, _text(old), _text(new)) for name, old, new in pairs if old != new)


def _text(value: object) -> str:
    return "" if value is None else str(value)
