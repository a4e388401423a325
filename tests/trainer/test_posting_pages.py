"""Moving, leaving and coming back, as the page takes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.trainer import TeamFactory
from tests.trainer.deciding import record_of
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db


def at(person, step=""):
    return f"/team/{person.pk}/posting/{step}"


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_day_is_given_as_the_browser_takes_it(client, trainee, supervisor, language):
    client.force_login(supervisor)
    client.cookies["django_language"] = language

    assert f'value="{day(0)}"' in client.get(at(trainee)).content.decode()


def test_the_team_that_somebody_is_in_is_not_offered(client, trainee, supervisor):
    other, own = TeamFactory(name="抖音二组"), supervisor.teams.get()
    client.force_login(supervisor)

    assert list(client.get(at(trainee)).context["move"].fields["team"].queryset) == [other]
    assert client.post(at(trainee, "move/"), {"team": own.pk}).status_code == 422
    assert client.post(at(trainee, "move/"), {"team": other.pk}).url == "/team/"
    assert record_of(trainee).team == other


def test_nobody_leaves_before_the_day_has_come(client, trainee, supervisor):
    client.force_login(supervisor)

    response = client.post(at(trainee, "leave/"), {"on": day(1)})

    assert response.status_code == 422
    assert "到了那天再记离职" in response.content.decode()
    assert f'value="{day(1)}"' in response.content.decode()
    assert record_of(trainee).state == EmploymentState.PROBATION
    assert client.post(at(trainee, "leave/"), {"on": day(0)}).status_code == 302
