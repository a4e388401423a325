import pytest
from django.urls import reverse

from quizzes.models import Session
from quizzes.rules.dialogue.criteria import Level
from tests.factories.roleplay import ScenarioFactory, SessionFactory
from tests.factories.trainer import LessonFactory
from tests.quizzes.talking import begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, trainee):
    client.force_login(trainee)
    return client


@pytest.mark.parametrize("many", [1, 4])
def test_the_list_costs_the_same_for_any_length(client, trainee, many, django_assert_num_queries):
    for scenario in ScenarioFactory.create_batch(many):
        SessionFactory.create_batch(many, learner=trainee, scenario=scenario, ended=True, level=Level.EXAM)
    ScenarioFactory(data=False)

    with django_assert_num_queries(8):
        response = client.get(reverse("quizzes:roleplay"))

    assert sum(len(group.rows) for group in response.context["groups"]) == many


def test_first_best_and_latest_are_kept_apart(client, trainee):
    scenario = ScenarioFactory()
    for score in (61, 92, 75):
        SessionFactory(learner=trainee, scenario=scenario, ended=True, level=Level.EXAM, score=score)
    SessionFactory(learner=trainee, scenario=scenario, ended=True, score=100)

    page = client.get(reverse("quizzes:roleplay")).content.decode()

    assert "考核：首次 61，最好 92，最近 75" in page
    assert "练过 1 次" in page


@pytest.mark.parametrize(
    ("talks", "word"),
    [
        ([], "考核还没通过"),
        ([{"seed": 1}], "考核通过 1 位"),
        ([{"seed": 1}, {"seed": 1}], "考核通过 1 位"),
        ([{"seed": 1}, {"seed": 2, "level": Level.PRACTICE}], "考核通过 1 位"),
        ([{"seed": 1}, {"seed": 2, "settled": False}], "考核通过 1 位"),
        ([{"seed": 1}, {"seed": 2, "level": Level.SEVERAL}], "这类顾客已通过"),
    ],
)
def test_a_customer_type_takes_two_different_customers(client, trainee, talks, word):
    scenario = ScenarioFactory()
    for talk in talks:
        SessionFactory(**{"learner": trainee, "scenario": scenario, "ended": True, "level": Level.EXAM, **talk})

    assert word in client.get(reverse("quizzes:roleplay")).content.decode()


def test_the_list_is_filtered_by_platform_and_stage(client):
    ScenarioFactory(title="淘宝的", platform="taobao", stage="presale")
    ScenarioFactory(title="抖音的", platform="douyin", stage="complaint")

    def shown(**wanted):
        page = client.get(reverse("quizzes:roleplay"), wanted).content.decode()
        return [title for title in ("淘宝的", "抖音的") if title in page]

    assert shown() == ["淘宝的", "抖音的"]
    assert shown(platform="douyin") == ["抖音的"]
    assert shown(stage="presale") == ["淘宝的"]
    assert shown(stage="presale", platform="douyin") == []


def test_the_type_is_called_as_its_lesson(client):
    LessonFactory(slug="type-impatient", version__title="急性子型")
    ScenarioFactory()

    assert "急性子型" in client.get(reverse("quizzes:roleplay")).content.decode()


def test_the_start_page_does_not_tell_the_hidden_wish(client):
    page = client.get(reverse("quizzes:scenario", args=[ScenarioFactory().slug])).content.decode()

    assert "想今天拿到" not in page
    assert "明天要出门" not in page


def test_a_talk_is_started_at_the_pressed_level(client):
    scenario = ScenarioFactory()
    response = client.post(reverse("quizzes:scenario_start", args=[scenario.slug]), {"level": "exam"})

    session = Session.objects.get()
    assert session.level == Level.EXAM
    assert response.url == reverse("quizzes:session", args=[session.pk])


def test_three_customers_at_once_need_three_scenarios(client):
    scenario = ScenarioFactory()
    start = reverse("quizzes:scenario_start", args=[scenario.slug])
    assert "凑不齐三位" in client.post(start, {"level": "several"}, follow=True).content.decode()

    ScenarioFactory.create_batch(2)
    page = client.post(start, {"level": "several"}, follow=True).content.decode()
    assert page.count('class="talk"') == 3


def test_a_scenario_that_is_not_live_is_not_found(client):
    retired = ScenarioFactory()
    retired.state = "retired"
    retired.save()

    assert client.get(reverse("quizzes:scenario", args=[retired.slug])).status_code == 404
    assert client.post(reverse("quizzes:scenario_start", args=[retired.slug])).status_code == 404


def test_an_open_talk_is_taken_up_again(client, trainee):
    session = begun(trainee)

    page = client.get(reverse("quizzes:scenario", args=[session.scenario.slug])).content.decode()

    assert reverse("quizzes:session", args=[session.pk]) in page
    assert "开始练习" not in page
