"""Who looks after more teams than can be judged at once sees one at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.courses import AssignmentFactory
from tests.factories.people import EmploymentFactory, TeamFactory
from tests.factories.trainer import RecheckFactory
from trainer.forms.team import TEAMS_AT_ONCE

pytestmark = pytest.mark.django_db
ONE_AT_A_TIME = pytest.mark.parametrize("path", ["/team/risk/", "/team/heat/", "/assignments/"])


@pytest.fixture
def people(now):
    """Somebody with something to show on each page in every team, and one more in none."""
    teams = [TeamFactory(name=f"{n:03} 组") for n in range(TEAMS_AT_ONCE + 1)]
    people = [EmploymentFactory(team=team).user for team in [*teams, None]]
    for person in people:
        RecheckFactory(learner=person, due_on=timezone.localdate() - timedelta(days=1))
        AssignmentFactory(learner=person)
    return people


def shown(response):
    rows = response.context["page"].object_list
    found = [getattr(row, "confirmation", row) for row in rows]
    return [one.assignment.learner if hasattr(one, "assignment") else one.employment.user for one in found]


@ONE_AT_A_TIME
def test_one_team_is_shown_at_a_time_the_first_unless_another_is_chosen(client, admin, people, path):
    client.force_login(admin)

    assert shown(client.get(path)) == [people[0]]
    assert shown(client.get(path, {"team": people[3].employment.team_id})) == [people[3]]
    assert "全部小组" not in client.get(path).content.decode()


@ONE_AT_A_TIME
def test_who_is_in_no_team_can_be_found(client, admin, people, path):
    client.force_login(admin)

    assert shown(client.get(path, {"team": 0})) == [people[-1]]


@ONE_AT_A_TIME
def test_few_teams_are_shown_together(client, admin, people, path):
    team = people[0].employment.team
    people[0].employment.delete()
    team.delete()
    client.force_login(admin)

    assert set(people[1:-1]) <= set(shown(client.get(path)))
