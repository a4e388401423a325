"""Who may serve a product: for staff by team, for a trainee their own standing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from quizzes.rules.vocabulary import Origin, QuestionState
from tests.factories.quizzes import AttemptFactory, BlueprintFactory, QuestionFactory
from tests.factories.trainer import EmploymentFactory, ProductFactory, RecheckFactory
from trainer.queries.products import GateState

pytestmark = pytest.mark.django_db


def product(days=5, **more):
    return ProductFactory(
        blueprint=BlueprintFactory(is_listed=False), shelf_on=timezone.localdate() + timedelta(days=days), **more
    )


def passed(product, learner, score=100):
    ok = score >= 80
    return AttemptFactory(
        learner=learner, blueprint=product.blueprint, submitted=True, items=1, score=Decimal(score), passed=ok
    )


def states(response):
    return {row.person: row.state for gate in response.context["gates"] for row in gate.people}


def test_a_supervisor_sees_ones_own_team_with_who_passed_and_who_has_to_recheck(
    client, supervisor, trainee, other_supervisor
):
    team = supervisor.teams.get()
    tried, new, unsettled = (EmploymentFactory(team=team).user for _ in range(3))
    cup = product()
    passed(cup, trainee)
    passed(cup, tried, score=60)
    passed(cup, unsettled)
    RecheckFactory(learner=unsettled, version=cup.lesson.versions.get())
    client.force_login(supervisor)

    response = client.get(f"/products/{cup.sku}/")

    assert states(response) == {
        trainee: GateState.MAY_SERVE,
        tried: GateState.TRIED,
        new: GateState.NOT_YET,
        unsettled: GateState.RECHECK,
    }
    assert (response.context["may_serve"], response.context["people"]) == (1, 4)


def test_an_admin_sees_every_team(client, admin, trainee, other_supervisor):
    cup = product()
    client.force_login(admin)

    assert len(client.get(f"/products/{cup.sku}/").context["gates"]) == 2


def test_a_trainee_sees_only_how_they_stand_themselves(client, trainee):
    cup, other = product(), EmploymentFactory().user
    passed(cup, other)
    client.force_login(trainee)

    page = client.get(f"/products/{cup.sku}/").content.decode()

    assert f"/exams/{cup.blueprint.slug}/" in page and str(other) not in page
    passed(cup, trainee)
    assert "可以接待" in client.get(f"/products/{cup.sku}/").content.decode()


def test_today_names_the_product_that_goes_on_the_shelf_first(client, trainee):
    product(days=6, name="台灯")
    first = product(days=2, name="双肩包")
    product(days=30, name="雨伞")
    client.force_login(trainee)

    steps = client.get("/").context["today"].steps

    assert [step.product for step in steps if step.product] == [first]
    passed(first, trainee)
    assert [step.product.name for step in client.get("/").context["today"].steps if step.product] == ["台灯"]


def test_the_team_page_warns_of_what_goes_on_the_shelf_with_somebody_missing(client, supervisor, trainee):
    cup = product(days=3)
    product(days=20)
    product(days=1, state="withdrawn")
    client.force_login(supervisor)

    waiting = client.get("/team/").context["waiting"]

    assert [(line.product, line.missing, line.people) for line in waiting] == [(cup, 1, 1)]
    passed(cup, trainee)
    assert client.get("/team/").context["waiting"] == []


def test_a_gate_is_not_among_the_exams_until_it_was_sat(client, trainee):
    cup = product()
    client.force_login(trainee)
    assert str(cup.blueprint) not in client.get("/exams/").content.decode()

    passed(cup, trainee)

    assert str(cup.blueprint) in client.get("/exams/").content.decode()


def test_a_product_without_a_quiz_says_why(client, supervisor):
    cup = ProductFactory()
    client.force_login(supervisor)

    assert "知识点还不够" in client.get(f"/products/{cup.sku}/").content.decode()
    assert "题还不够" in client.get("/products/").content.decode()


def test_a_sku_with_a_stroke_has_a_page(client, supervisor):
    client.force_login(supervisor)

    assert client.get(f"/products/{product(sku='A/B 07').sku}/").status_code == 200
    assert client.get("/products/").status_code == 200
    assert client.get("/products/none/").status_code == 404


@pytest.mark.parametrize("many", [1, 5])
def test_the_pages_cost_the_same_for_any_number(client, supervisor, trainee, many, django_assert_num_queries):
    team = supervisor.teams.get()
    cups = [product() for _ in range(many)]
    for cup in cups:
        passed(cup, EmploymentFactory(team=team).user)
    client.force_login(supervisor)

    with django_assert_num_queries(8):
        client.get("/products/")
    with django_assert_num_queries(9):
        client.get(f"/products/{cups[0].sku}/")


def test_nobody_is_sent_to_the_exam_of_a_product_that_is_withdrawn(client, supervisor, trainee):
    withdrawn = product(days=1, state="withdrawn")
    for person in (supervisor, trainee):
        client.force_login(person)
        page = client.get(f"/products/{withdrawn.sku}/").content.decode()

        assert "已经下架，不用再学，也不用再考" in page
        assert not any(words in page for words in ("去考核", "先学先考", "还有 1 天"))


def test_a_product_leaves_the_shelf_with_its_lesson_and_questions_and_comes_back(client, admin, trainee):
    cup = product()
    question = QuestionFactory(origin=Origin.HANDWRITTEN, lesson_key=cup.lesson.slug)
    client.force_login(admin)

    page = client.post(f"/products/{cup.sku}/shelf/", {"do": "withdraw"}, follow=True).content.decode()
    question.refresh_from_db()
    cup.lesson.refresh_from_db()
    assert "已下架：这款商品不用再学" in page
    assert (question.state, cup.lesson.retired_at is None) == (QuestionState.RETIRED, False)
    assert f"/products/{cup.sku}/" in client.get("/products/").content.decode()
    client.force_login(trainee)
    assert f"/products/{cup.sku}/" not in client.get("/products/").content.decode()

    client.force_login(admin)
    page = client.post(f"/products/{cup.sku}/shelf/", {"do": "restore"}, follow=True).content.decode()
    question.refresh_from_db()
    cup.lesson.refresh_from_db()
    assert "已重新上架" in page
    assert (question.state, cup.lesson.retired_at) == (QuestionState.LIVE, None)
    assert "看不懂这个操作" in client.post(f"/products/{cup.sku}/shelf/", {"do": "sell"}, follow=True).content.decode()
