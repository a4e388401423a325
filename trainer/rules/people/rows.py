"""What a sheet of people says, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self


class Column(StrEnum):
    """What a column of the sheet can mean."""

    USERNAME = "username"
    NAME = "name"
    ROLE = "role"
    TEAM = "team"
    SUPERVISOR = "supervisor"
    HIRED = "hired_on"
    PROBATION = "probation_ends_on"
    STATE = "state"
    EMAIL = "email"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    OIDC = "oidc"


EXTERNAL = (Column.WECOM, Column.DINGTALK, Column.FEISHU, Column.OIDC)
NOTHING = "-"  # what a cell says that empties a field; a blank cell leaves it as it is


class Wish(StrEnum):
    """What the state column asks for."""

    WORKS = "works"
    PROBATION = "probation"
    CONFIRMED = "confirmed"
    LEFT = "left"
    REHIRED = "rehired"


@dataclass(frozen=True)
class Problem:
    """What keeps a sheet from being loaded. ``row`` counts as the sheet does, from 1; the pages have the words."""

    row: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        return {"row": self.row, "code": self.code, "params": dict(self.params)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["row"], data["code"], data["params"])


@dataclass(frozen=True)
class PersonRow:
    """One person as the sheet has them; what is empty is not said. ``teams`` are several only for who leads them.

    ``external`` are their names with the companies' sign-ins, by column.
    """

    row: int
    username: str
    name: str = ""
    role: str = ""
    teams: tuple[str, ...] = ()
    supervisor: str = ""
    hired_on: date | None = None
    probation_ends_on: date | None = None
    state: Wish | None = None
    email: str = ""
    external: Mapping[str, str] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "username": self.username,
            "name": self.name,
            "role": self.role,
            "teams": list(self.teams),
            "supervisor": self.supervisor,
            "hired_on": self.hired_on and self.hired_on.isoformat(),
            "probation_ends_on": self.probation_ends_on and self.probation_ends_on.isoformat(),
            "state": self.state,
            "email": self.email,
            "external": dict(self.external),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        def day(name: str) -> date | None:
            return date.fromisoformat(data[name]) if data[name] else None

        return cls(
            data["row"],
            data["username"],
            data["name"],
            data["role"],
            tuple(data["teams"]),
            data["supervisor"],
            day("hired_on"),
            day("probation_ends_on"),
            Wish(data["state"]) if data["state"] else None,
            data["email"],
            data["external"],
        )


@dataclass(frozen=True)
class PeopleFound:
    """A sheet as it was read: the rows that could be, what is wrong with others, and the headers nobody knows."""

    rows: tuple[PersonRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    unknown: tuple[str, ...] = ()

    def to_data(self) -> dict[str, Any]:
        return {
            "rows": [row.to_data() for row in self.rows],
            "problems": [problem.to_data() for problem in self.problems],
            "unknown": list(self.unknown),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            tuple(PersonRow.from_data(row) for row in data["rows"]),
            tuple(Problem.from_data(problem) for problem in data["problems"]),
            tuple(data["unknown"]),
        )
