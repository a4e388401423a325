"""Handing in: the summary before it, and what a second tab, the deadline or a stranger meet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import AttemptFactory, QuestionFactory, StepFactory


@pytest.fixture
def every_kind(trainee):
    return AttemptFactory(learner=trainee, items=[QuestionFactory(kind=kind) for kind in Kind])


@pytest.fixture
def signed_in(client, trainee):
    client.force_login(trainee)
    return client


@pytest.mark.parametrize("items", [1, 3, 25])
def test_the_summary_costs_the_same_for_any_paper(signed_in, trainee, items, django_assert_num_queries):
    attempt = AttemptFactory(learner=trainee, items=items)
    with django_assert_num_queries(7):
        response = signed_in.get(reverse("quizzes:hand_in", args=[attempt.pk]))
    assert len(response.context["unanswered"]) == items


def test_the_summary_lists_what_is_open_and_what_is_flagged(signed_in, every_kind):
    StepFactory(item=every_kind.items.first())
    Attempt.objects.filter(pk=every_kind.pk).update(flagged=[1, 4])
    context = signed_in.get(reverse("quizzes:hand_in", args=[every_kind.pk])).context

    assert [cell.position for cell in context["unanswered"]] == list(range(2, 10))
    assert [cell.position for cell in context["flagged"]] == [1, 4]


def test_handing_in_twice_ends_both_times_on_the_result(signed_in, every_kind):
    address = reverse("quizzes:hand_in", args=[every_kind.pk])
    for _ in range(2):
        assert signed_in.post(address).url == reverse("quizzes:result", args=[every_kind.pk])
    every_kind.refresh_from_db()
    assert every_kind.handed_in_by == Attempt.PERSON


def test_after_the_deadline_the_pages_lead_to_the_result(signed_in, trainee):
    attempt = AttemptFactory(learner=trainee, ends_at=timezone.now() - timedelta(seconds=1))
    result = reverse("quizzes:result", args=[attempt.pk])

    assert signed_in.get(reverse("quizzes:sitting", args=[attempt.pk])).url == result
    assert signed_in.post(reverse("quizzes:hand_in", args=[attempt.pk])).url == result
    attempt.refresh_from_db()
    assert attempt.handed_in_by == Attempt.DEADLINE


def test_a_practice_run_has_no_sitting(signed_in, trainee):
    run = AttemptFactory(learner=trainee, practice=True)
    for name in ("sitting", "hand_in", "result"):
        address = reverse(f"quizzes:{name}", args=[run.pk])
        assert signed_in.get(address).url == reverse("quizzes:practice_run", args=[run.pk])


@pytest.mark.parametrize("name", ["sitting", "hand_in", "result", "review"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_persons_attempt_does_not_exist(signed_in, name, method):
    address = reverse(f"quizzes:{name}", args=[AttemptFactory().pk])
    only_read = method == "post" and name in ("result", "review")
    assert getattr(signed_in, method)(address).status_code == (405 if only_read else 404)
