from datetime import timedelta

import pytest

from quizzes.models import Accommodation
from tests.factories.quizzes import AccommodationFactory, AttemptFactory, BlueprintFactory

pytestmark = pytest.mark.django_db


def granted(**changed):
    return {"blueprint": "", "minutes": "15", "reason": "右手受伤，打字慢。"} | changed


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number(client, supervisor, trainee, rows, django_assert_num_queries):
    AccommodationFactory.create_batch(rows, learner=trainee, blueprint=BlueprintFactory())
    client.force_login(supervisor)

    with django_assert_num_queries(7):
        response = client.get(f"/time/{trainee.pk}/")

    assert len(response.context["granted"]) == rows


def test_time_is_granted_with_its_reason(client, supervisor, trainee):
    exam = BlueprintFactory()
    client.force_login(supervisor)

    response = client.post(f"/time/{trainee.pk}/", granted(blueprint=exam.pk), follow=True)

    row = Accommodation.objects.get()
    assert (row.learner, row.blueprint, row.extra_minutes, row.granted_by) == (trainee, exam, 15, supervisor)
    assert "右手受伤，打字慢。" in response.content.decode()


def test_an_exam_under_way_gets_longer(client, supervisor, trainee):
    attempt = AttemptFactory(learner=trainee)
    before = attempt.ends_at
    client.force_login(supervisor)

    client.post(f"/time/{trainee.pk}/", granted())

    attempt.refresh_from_db()
    assert attempt.ends_at == before + timedelta(minutes=15)


@pytest.mark.parametrize(
    "changed, message",
    [
        ({"minutes": ""}, "请填要加几分钟"),
        ({"minutes": "0"}, "至少加 1 分钟"),
        ({"minutes": "601"}, "最多加 600 分钟"),
        ({"minutes": "一刻钟"}, "请填整数分钟"),
        ({"reason": " "}, "请写明为什么加时"),
        ({"reason": "长" * 301}, "理由最多 300 个字"),
        ({"blueprint": "999999"}, "没有这场考试"),
    ],
)
def test_bad_input_is_named_and_grants_nothing(client, supervisor, trainee, changed, message):
    client.force_login(supervisor)

    response = client.post(f"/time/{trainee.pk}/", granted(**changed))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Accommodation.objects.exists()


def test_only_people_in_reach_are_given_time(client, supervisor, other_supervisor, trainee):
    client.force_login(other_supervisor)
    assert client.get(f"/time/{trainee.pk}/").status_code == 404
    assert client.post(f"/time/{trainee.pk}/", granted()).status_code == 404
    client.force_login(supervisor)
    assert client.get(f"/time/{supervisor.pk}/").status_code == 404
    client.force_login(trainee)
    assert client.get(f"/time/{trainee.pk}/").status_code == 403
    assert not Accommodation.objects.exists()
