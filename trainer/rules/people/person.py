"""What one row makes of one person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from trainer.rules.people.known import TRAINEE, Person
from trainer.rules.people.rows import NOTHING, PersonRow, Problem, Wish
from trainer.rules.vocabulary import EmploymentState

EARLIEST = date(1970, 1, 1)
FURTHEST = timedelta(days=366)  # nobody is hired for a day further ahead
LONGEST_PROBATION = timedelta(days=3 * 366)
ON_PROBATION = (EmploymentState.PROBATION, EmploymentState.EXTENDED)


def person_after(row: PersonRow, before: Person | None, today: date) -> Person | list[Problem]:
    """The person as ``row`` wants them, or why that cannot be. What the row does not say stays as it is."""
    problems: list[str] = []
    if before is None:
        after = Person(row.username, "", row.role or TRAINEE)
        if not _said(row.name):
            problems.append("no_name")
    elif before.protected:
        return [Problem(row.row, "protected", {"username": row.username})]
    elif not before.works:
        if row.state == Wish.LEFT:
            return before
        if row.state != Wish.REHIRED:
            code = "left" if before.state == EmploymentState.LEFT else "switched_off"
            return [Problem(row.row, code, {"username": row.username})]
        last_day = before.left_on or before.hired_on
        if last_day and row.hired_on and row.hired_on <= last_day:
            problems.append("rehired_before")
        # The old days would say that they never left.
        after = replace(before, active=True, team="", hired_on=None, probation_ends_on=None, state=None, left_on=None)
    elif row.state == Wish.LEFT:
        return _gone(before)
    else:
        after = before
        if row.state == Wish.CONFIRMED and before.state in ON_PROBATION:
            problems.append("confirm_by_decision")
        if row.state == Wish.PROBATION and before.state and before.state not in ON_PROBATION:
            problems.append("state_back")
    after = replace(
        after,
        name=_said(row.name) or after.name,
        role=row.role or after.role,
        email=_cell(row.email, after.email),
        external=_merged(after.external, row.external),
    )
    if after.role != TRAINEE:
        # Who leads is nobody's member; what they did as a trainee stays on their record.
        after = replace(after, team="")
        return [Problem(row.row, code) for code in problems] or after
    if len(row.teams) > 1:
        problems.append("several_teams")
    after = _employed(row, after)
    problems += _of_days(after, today)
    return [Problem(row.row, code) for code in problems] or after


def _gone(before: Person) -> Person:
    state = EmploymentState.LEFT if before.state else None
    return replace(before, active=False, state=state)


def _employed(row: PersonRow, after: Person) -> Person:
    state = after.state
    if state is None:
        state = EmploymentState.CONFIRMED if row.state == Wish.CONFIRMED else EmploymentState.PROBATION
    team = row.teams[0] if row.teams else after.team
    return replace(
        after,
        team="" if team == NOTHING else team,
        hired_on=row.hired_on or after.hired_on,
        probation_ends_on=row.probation_ends_on or after.probation_ends_on,
        state=state,
    )


def _of_days(after: Person, today: date) -> list[str]:
    start, end = after.hired_on, after.probation_ends_on
    if start is None or end is None:
        return [code for code, day in (("no_hired_on", start), ("no_probation_end", end)) if day is None]
    if end < start:
        return ["days_out_of_order"]
    if not EARLIEST <= start <= today + FURTHEST:
        return ["implausible_hired_on"]
    return ["implausible_probation"] if end - start > LONGEST_PROBATION else []


def _said(text: str) -> str:
    return "" if text == NOTHING else text


def _cell(text: str, now: str) -> str:
    return now if not text else _said(text)


def _merged(now: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    merged = {**now, **said}
    return {name: uid for name, uid in merged.items() if uid != NOTHING}
