"""Study days in a row on the home page, milestones on the record, and both hidden where somebody wants that."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.quizzes import AttemptFactory
from trainer.queries.streaks import milestones_of, streak_of

pytestmark = pytest.mark.django_db


def study(learner, *ago):
    for days in ago:
        AttemptFactory(
            learner=learner, practice=True, submitted=True, items=1, started_at=timezone.now() - timedelta(days=days)
        )


def test_the_row_is_one_calm_line_and_can_be_hidden(client, trainee):
    study(trainee, 1, 2, 3)
    client.force_login(trainee)
    assert "连续 3 个学习日" in client.get(reverse("trainer:home")).content.decode()
    client.post(reverse("trainer:streak"))
    assert "个学习日" not in client.get(reverse("trainer:home")).content.decode()
    assert "里程碑" not in client.get(reverse("trainer:record")).content.decode()
    client.post(reverse("trainer:streak"), {"on": "1"})
    assert "连续 3 个学习日" in client.get(reverse("trainer:home")).content.decode()


@pytest.mark.parametrize("days", [1, 5])
def test_it_costs_the_same_for_any_history(trainee, days, django_assert_num_queries):
    study(trainee, *range(days))
    with django_assert_num_queries(4):
        assert streak_of(trainee, at=timezone.now()) == days


def test_milestones_are_what_happened(client, trainee):
    study(trainee, *range(1, 8))
    AttemptFactory(learner=trainee, submitted=True)
    assert [one.milestone for one in milestones_of(trainee)] == ["week_of_study", "first_exam"]
    client.force_login(trainee)
    page = client.get(reverse("trainer:record")).content.decode()
    assert "第一次通过考试" in page and "学满 7 天" in page


def test_who_is_no_trainee_is_not_asked_about_streaks(client, supervisor, trainee):
    client.force_login(supervisor)
    assert "连续学习日" not in client.get(reverse("trainer:account")).content.decode()
    client.force_login(trainee)
    assert "连续学习日" in client.get(reverse("trainer:account")).content.decode()
