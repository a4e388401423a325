"""When people work: their own roster before their team's, and the house's hours where there is none."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from trainer.models import Employment, Roster, RosterException, Shift
from trainer.rules.course_words import DayKind
from trainer.rules.rosters import Hours, Pattern, SingleDay, WorkWeek, week_for

Owner = tuple[str, int]  # "person" or "team", and the id


def weeks_of(learners: Iterable[int], *, on: date) -> dict[int, WorkWeek]:
    """When each of these people (ids) works, with the single days from ``on`` on. Three queries."""
    people = set(learners)
    teams = dict(Employment.objects.filter(user__in=people).values_list("user", "team"))
    patterns, days = _found(people, {team for team in teams.values() if team}, on)
    return {
        person: week_for(
            patterns.get(("person", person)),
            patterns.get(("team", teams.get(person) or 0)),
            days[("person", person)],
            days[("team", teams.get(person) or 0)],
        )
        for person in people
    }


def weeks_of_teams(teams: Iterable[int], *, on: date) -> dict[int, WorkWeek]:
    """When each of these teams (ids) works, with the single days from ``on`` on. Two queries."""
    wanted = set(teams)
    patterns, days = _found(set(), wanted, on)
    return {team: week_for(None, patterns.get(("team", team)), {}, days[("team", team)]) for team in wanted}


def _found(
    people: set[int], teams: set[int], on: date
) -> tuple[dict[Owner, Pattern], dict[Owner, dict[date, SingleDay]]]:
    whose = Q(person__in=people) | Q(team__in=teams)
    patterns = {
        _owner(row): Pattern(_hours(row.shift), frozenset(row.rest_days))
        for row in Roster.objects.filter(whose).select_related("shift")
    }
    days: dict[Owner, dict[date, SingleDay]] = defaultdict(dict)
    for row in RosterException.objects.filter(whose, day__gte=on).select_related("shift"):
        days[_owner(row)][row.day] = SingleDay(row.kind == DayKind.WORK, row.shift and _hours(row.shift))
    return patterns, days


def _owner(row: Roster | RosterException) -> Owner:
    return ("person", row.person_id) if row.person_id else ("team", row.team_id)


def _hours(shift: Shift) -> Hours:
    return Hours(shift.starts, shift.ends)
