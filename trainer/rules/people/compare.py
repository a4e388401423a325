"""What loading a sheet of people would change, and everything that keeps it from being loaded.

Nothing is loaded while one problem is left: half a list of people is worse than none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from trainer.rules.people.known import ADMIN, TRAINEE, Kind, Known, Person, PersonChange, TeamChange, differences
from trainer.rules.people.person import person_after
from trainer.rules.people.rows import NOTHING, PeopleFound, PersonRow, Problem, Wish


@dataclass(frozen=True)
class Preview:
    people: tuple[PersonChange, ...]
    teams: tuple[TeamChange, ...]
    problems: tuple[Problem, ...]

    def of(self, kind: Kind) -> list[PersonChange]:
        return [change for change in self.people if change.kind == kind]

    @property
    def counts(self) -> dict[str, int]:
        """How many people of each kind, teams that change, and problems."""
        kinds = Counter(change.kind for change in self.people)
        return {kind.value: kinds[kind] for kind in Kind} | {
            "teams": len(self.teams), "problems": len(self.problems),
        }  # fmt: skip

    @property
    def changes_anything(self) -> bool:
        return bool(self.teams) or any(change.kind in (Kind.NEW, Kind.CHANGED) for change in self.people)


def compare(found: PeopleFound, known: Known, *, today: date) -> Preview:
    """``found`` against who is there."""
    return _Comparison(known, today).of(found)


class _Comparison:
    def __init__(self, known: Known, today: date):
        self.known, self.today = known, today
        self.problems: list[Problem] = []
        self.by_case = {name.casefold(): name for name in known.people}

    def of(self, found: PeopleFound) -> Preview:
        self.problems = list(found.problems)
        changes = [change for row in self._once(found.rows) if (change := self._change(row))]
        changes, leads = self._teams(changes)
        after = _everybody(self.known, changes)
        rows = {change.row.username: change.row for change in changes}
        self._check_teams(changes, leads, after, rows)
        self._check_admins(changes, after)
        self._check_unique(after, rows)
        teams = [
            TeamChange(name, name not in self.known.teams, self.known.teams.get(name, ""), leader)
            for name, leader in leads.items()
            if self.known.teams.get(name) != leader
        ]
        self.problems.sort(key=lambda problem: problem.row)
        return Preview(tuple(changes), tuple(sorted(teams, key=lambda team: team.name)), tuple(self.problems))

    def _once(self, rows: Iterable[PersonRow]) -> Iterable[PersonRow]:
        first: dict[str, int] = {}
        for row in rows:
            name = row.username.casefold()
            if name in first:
                self._problem(row, "duplicate_username", username=row.username, first=first[name])
            else:
                first[name] = row.row
                yield row

    def _change(self, row: PersonRow) -> PersonChange | None:
        before = self.known.people.get(row.username)
        if before is None and (other := self.by_case.get(row.username.casefold())):
            self._problem(row, "other_case", username=row.username, other=other)
            return None
        if before is None and row.state == Wish.LEFT:
            return PersonChange(row, Kind.SKIPPED, None, Person(row.username, row.name, TRAINEE, active=False))
        after = person_after(row, before, self.today)
        if not isinstance(after, Person):
            self.problems += after
            return None
        return _changed(row, before, after)

    # --- teams -------------------------------------------------------------------------------------------

    def _teams(self, changes: Sequence[PersonChange]) -> tuple[list[PersonChange], dict[str, str]]:
        """The changes with the team of those whose row names only a supervisor, and who is to lead each team that the
        sheet gives one."""
        after = _everybody(self.known, changes)
        names = _by_name(after.values())
        said: dict[str, tuple[str, PersonRow]] = {}
        only_supervisor: list[tuple[int, Person]] = []
        for place, change in enumerate(changes):
            if not change.after.works or change.kind == Kind.SKIPPED:
                continue
            if change.after.role != TRAINEE:
                for team in change.row.teams:
                    if team != NOTHING:
                        self._lead(said, team, change.after.username, change.row)
            elif change.row.supervisor not in ("", NOTHING):
                leader = _leader(change.row, after, names)
                if isinstance(leader, Problem):
                    self.problems.append(leader)
                elif change.row.teams and change.after.team:
                    self._lead(said, change.after.team, leader.username, change.row)
                else:
                    only_supervisor.append((place, leader))
        leads = {team: leader for team, (leader, _) in said.items()}
        return self._placed(changes, only_supervisor, leads), leads

    def _placed(
        self, changes: Sequence[PersonChange], people: Iterable[tuple[int, Person]], leads: Mapping[str, str]
    ) -> list[PersonChange]:
        """``people`` (places in ``changes``, with their supervisor) in the one team that the supervisor leads."""
        placed = list(changes)
        leaders = {**self.known.teams, **leads}
        for place, leader in people:
            change = placed[place]
            led = [team for team, username in leaders.items() if username == leader.username]
            if change.after.team in led:
                continue
            if len(led) == 1:
                placed[place] = _changed(change.row, change.before, replace(change.after, team=led[0]))
            else:
                self._problem(change.row, "supervisor_without_team", supervisor=change.row.supervisor)
        return placed

    def _lead(self, said: dict[str, tuple[str, PersonRow]], team: str, leader: str, row: PersonRow) -> None:
        before, by = said.setdefault(team, (leader, row))
        if before != leader:
            self._problem(row, "two_supervisors", team=team, first=by.row)

    def _check_teams(
        self,
        changes: Sequence[PersonChange],
        leads: Mapping[str, str],
        after: Mapping[str, Person],
        rows: Mapping[str, PersonRow],
    ) -> None:
        leaders = {**self.known.teams, **leads}
        wrong = {problem.row for problem in self.problems}
        for change in changes:
            team = change.after.team
            if team and change.after.works and not leaders.get(team) and change.row.row not in wrong:
                self._problem(change.row, "team_without_supervisor", team=team)
        for team, leader in leaders.items():
            if leader in rows and not after[leader].may_lead:
                self._problem(rows[leader], "still_leads", team=team)

    # --- everybody together ------------------------------------------------------------------------------

    def _check_admins(self, changes: Sequence[PersonChange], after: Mapping[str, Person]) -> None:
        if any(_is_admin(person) for person in after.values()):
            return
        for change in changes:
            if change.before and _is_admin(change.before):
                self._problem(change.row, "last_admin")

    def _check_unique(self, after: Mapping[str, Person], rows: Mapping[str, PersonRow]) -> None:
        owners: dict[tuple[str, str], list[str]] = {}
        for person in after.values():
            for name, value in (("email", person.email.casefold()), *person.external.items()):
                if value:
                    owners.setdefault((name, value), []).append(person.username)
        for (name, value), people in owners.items():
            mine = [username for username in people if username in rows]
            if len(people) > 1 and mine:
                last = max(mine, key=lambda username: rows[username].row)
                other = next(username for username in people if username != last)
                self._problem(rows[last], "taken", column=name, value=value, other=other)

    def _problem(self, row: PersonRow, code: str, **params: object) -> None:
        self.problems.append(Problem(row.row, code, params))


def _changed(row: PersonRow, before: Person | None, after: Person) -> PersonChange:
    fields = differences(before, after)
    kind = Kind.NEW if before is None else Kind.CHANGED if fields else Kind.SAME
    return PersonChange(row, kind, before, after, fields)


def _everybody(known: Known, changes: Iterable[PersonChange]) -> dict[str, Person]:
    """All people by user name, as they would be."""
    return {**known.people, **{c.after.username: c.after for c in changes if c.kind != Kind.SKIPPED}}


def _by_name(people: Iterable[Person]) -> dict[str, list[Person]]:
    names: dict[str, list[Person]] = {}
    for person in people:
        names.setdefault(person.name, []).append(person)
    return names


def _leader(row: PersonRow, after: Mapping[str, Person], names: Mapping[str, list[Person]]) -> Person | Problem:
    """Whom the supervisor column means: a user name, or a name that only one of those who lead has."""
    said = {"supervisor": row.supervisor}
    found = after.get(row.supervisor)
    if found is None:
        same = names.get(row.supervisor, [])
        leading = [person for person in same if person.may_lead] or same
        if len(leading) != 1:
            return Problem(row.row, "ambiguous_supervisor" if leading else "unknown_supervisor", said)
        found = leading[0]
    if found.username == row.username:
        return Problem(row.row, "self_supervision")
    if not found.works:
        return Problem(row.row, "supervisor_left", said)
    return found if found.may_lead else Problem(row.row, "not_a_supervisor", said)


def _is_admin(person: Person) -> bool:
    return person.works and person.role == ADMIN
