"""Performance figures entered by hand, and who sees them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.factories.assessment import PerformanceMonthFactory, SchemeVersionFactory
from tests.factories.trainer import EmploymentFactory
from tests.trainer.performing import OCTOBER, figures
from trainer.commands.performance import FutureMonth, NoReason, Oneself, enter_performance
from trainer.queries.assessment import performance_of
from trainer.rules.vocabulary import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hired_in_september")]


def test_figures_are_entered_by_hand_and_changed_only_with_a_reason(client, trainee, supervisor):
    client.force_login(supervisor)
    url = reverse("trainer:performance_entry", args=[trainee.pk]) + "?month=2026-10"

    assert client.post(url, {"month": "2026-10", "first_reply": "1:20", "satisfaction": "92%"}).status_code == 302
    assert figures()["小林", 10] == {Figure.FIRST_REPLY: 80, Figure.SATISFACTION: 92}
    refused = client.post(url, {"month": "2026-10", "first_reply": "60"})
    assert refused.status_code == 422 and "请写清楚为什么" in refused.content.decode()
    assert client.post(url, {"month": "2026-10", "first_reply": "60", "reason": "抄错了"}).status_code == 302
    assert figures()["小林", 10] == {Figure.FIRST_REPLY: 60}
    assert AuditEntry.objects.filter(action="enter_performance").count() == 2


def test_a_month_before_the_hire_date_is_refused_on_the_form(client, trainee, supervisor):
    client.force_login(supervisor)
    url = reverse("trainer:performance_entry", args=[trainee.pk])

    refused = client.post(url, {"month": "2026-08", "first_reply": "24"})

    assert refused.status_code == 422 and "入职日期是 2026-09-03" in refused.content.decode()
    assert figures() == {}
    assert client.post(url, {"month": "2026-09", "first_reply": "24"}).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"month": "2099-01", "first_reply": "24"},
        {"month": "2026-10"},
        {"month": "十月", "first_reply": "24"},
        {"month": "2026-10", "first_reply": "-3"},
        {"month": "2026-10", "satisfaction": "120"},
    ],
)
def test_what_cannot_be_is_refused_on_the_form(client, trainee, supervisor, fields):
    client.force_login(supervisor)

    response = client.post(reverse("trainer:performance_entry", args=[trainee.pk]), fields)

    assert response.status_code == 422
    assert figures() == {}


def test_the_command_refuses_oneself_the_future_and_a_silent_change(trainee, supervisor):
    at, given = timezone.now(), {Figure.SATISFACTION: Decimal(99)}
    with pytest.raises(Oneself):
        enter_performance(learner=supervisor, month=OCTOBER, figures=given, by=supervisor, at=at)
    with pytest.raises(FutureMonth):
        enter_performance(learner=trainee, month=date(2099, 1, 1), figures=given, by=supervisor, at=at)
    PerformanceMonthFactory(learner=trainee, month=OCTOBER)
    with pytest.raises(NoReason):
        enter_performance(learner=trainee, month=OCTOBER, figures=given, by=supervisor, at=at)


@pytest.mark.parametrize("people", [1, 4])
def test_a_teams_month_costs_the_same_for_any_size(client, supervisor, people, django_assert_num_queries):
    SchemeVersionFactory()
    for _ in range(people):
        PerformanceMonthFactory(learner=EmploymentFactory(team=supervisor.teams.get()).user, month=OCTOBER)
    client.force_login(supervisor)

    with django_assert_num_queries(10):
        response = client.get("/performance/?month=2026-10")

    assert len(response.context["lines"]) == people
    assert "达标" in response.content.decode()


def test_a_trainee_sees_their_own_figures_with_the_words_of_the_tiers(client, trainee):
    SchemeVersionFactory()
    PerformanceMonthFactory(learner=trainee, month=OCTOBER)
    PerformanceMonthFactory(month=OCTOBER, first_reply=Decimal(77))
    client.force_login(trainee)

    for url in ("/record/", "/record/assessment/"):
        page = client.get(url).content.decode()
        assert "24 秒" in page and "达标" in page and "77 秒" not in page


def test_performance_of_costs_one_query_for_everybody(django_assert_num_queries):
    rows = PerformanceMonthFactory.create_batch(3)

    with django_assert_num_queries(1):
        found = performance_of([row.learner_id for row in rows])

    assert len(found) == 3


def test_the_month_that_is_over_is_proposed(client, supervisor, time_machine):
    time_machine.move_to("2026-03-05T04:00:00Z")
    client.force_login(supervisor)
    assert 'value="2026-02"' in client.get("/performance/new/").content.decode()
