"""Sorting runs: started, sorted, ended; two tabs, two presses, too late; and their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from quizzes.commands.sorting import (
    AlreadySorted,
    NoSuchTicket,
    SortingOver,
    close_overdue_sorting,
    sort_ticket,
    start_sorting,
    stop_sorting,
)
from quizzes.models import ImmutableError, SortingRun
from quizzes.queries.drills import best_sorting, review_sorting
from quizzes.rules.sorting import TicketClass, Urgency
from quizzes.signals import drill_finished
from tests.factories.drills import SortingAnswerFactory, SortingRunFactory

pytestmark = pytest.mark.django_db


def sort(run, position, ticket_class, urgency, at):
    return sort_ticket(
        run_id=run.pk, learner_id=run.learner_id, position=position, ticket_class=TicketClass(ticket_class),
        urgency=Urgency(urgency), at=at,
    )  # fmt: skip


def test_a_run_sorted_to_the_end_has_its_shares_and_is_told_once(trainee, now):
    told = []

    def hear(sender, run, at, **kwargs):
        told.append((sender, run, at))

    drill_finished.connect(hear)
    run = start_sorting(learner=trainee, at=now, seed=5)
    for position, ticket in enumerate(run.tickets, start=1):
        kind = ticket["ticket_class"] if position > 4 else "logistics"
        run = sort(run, position, kind, ticket["urgency"], now + timedelta(seconds=10 * position))
    drill_finished.disconnect(hear)

    wrong = sum(ticket["ticket_class"] != "logistics" for ticket in run.tickets[:4])
    assert wrong
    assert run.finished_at == now + timedelta(seconds=160)
    assert float(run.class_accuracy) == pytest.approx(1 - wrong / 16, abs=1e-4)
    assert run.urgency_accuracy == 1
    assert told == [(SortingRun, run, run.finished_at)]


def test_a_ticket_sorted_in_another_tab_stays_as_it_was(now):
    run = SortingRunFactory(started_at=now)
    sort(run, 1, "logistics", "important_urgent", now)

    sort(run, 1, "logistics", "important_urgent", now)
    with pytest.raises(AlreadySorted):
        sort(run, 1, "product", "neither", now)

    assert [answer.ticket_class for answer in run.answers.all()] == ["logistics"]
    with pytest.raises(ImmutableError):
        run.answers.get().save()


def test_too_late_is_not_taken_and_the_rest_is_not_right(now):
    run = SortingRunFactory(started_at=now)
    sort(run, 1, "logistics", "important_urgent", run.ends_at)
    with pytest.raises(SortingOver):
        sort(run, 2, "promotion", "urgent", run.ends_at + timedelta(seconds=1))

    assert close_overdue_sorting(at=run.ends_at + timedelta(seconds=1)) == 1

    run.refresh_from_db()
    assert (run.class_accuracy, run.finished_at) == (0.5, run.ends_at)
    review = review_sorting(run)
    assert [line.given is None for line in review.lines] == [False, True]
    assert [line.position for line in review.wrong] == [2]


def test_there_is_no_ticket_beyond_the_last(now):
    with pytest.raises(NoSuchTicket):
        sort(SortingRunFactory(started_at=now), 3, "logistics", "urgent", now)


def test_stopping_twice_is_stopping_once(now):
    run = SortingRunFactory(started_at=now)

    for later in (5, 50):
        run = stop_sorting(run_id=run.pk, learner_id=run.learner_id, at=now + timedelta(seconds=later))

    assert (run.finished_at, run.class_accuracy) == (now + timedelta(seconds=5), 0)


def test_one_run_is_open_at_a_time(trainee, now):
    run = start_sorting(learner=trainee, at=now, seed=5)

    assert start_sorting(learner=trainee, at=now, seed=6) == run


def test_the_best_run_is_one_that_passed(trainee, django_assert_num_queries):
    SortingRunFactory(learner=trainee, finished=True, urgency_accuracy=0)
    best = SortingRunFactory(learner=trainee, finished=True, urgency_accuracy="0.8", class_accuracy="0.9")

    with django_assert_num_queries(1):
        assert best_sorting([trainee.pk]) == {trainee.pk: best}
    assert best.passed is False or best_sorting([trainee.pk])[trainee.pk].passed


# --- pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_history(client, trainee, count, django_assert_num_queries):
    SortingRunFactory.create_batch(count, learner=trainee, finished=True)
    client.force_login(trainee)

    with django_assert_num_queries(7):
        response = client.get(reverse("quizzes:sorting"))

    assert len(response.context["page"]) == count


def test_from_the_button_over_a_reload_to_the_confusion_matrix(client, trainee):
    client.force_login(trainee)
    client.post(reverse("quizzes:sorting_start"))
    run = SortingRun.objects.get()
    for position in range(1, 17):
        page = client.get(reverse("quizzes:sorting_run", args=[run.pk]))
        assert page.context["position"] == position
        data = {"position": position, "ticket_class": "product", "urgency": "neither"}
        response = client.post(reverse("quizzes:sorting_sort", args=[run.pk]), data, follow=True)

    content = response.content.decode()
    assert "左边是工单本来的类" in content
    assert "没分对的" in content
    assert response.context["review"].result.classes.right == 4
    assert [row.cells[2].count for row in response.context["review"].classes] == [4, 4, 4, 4]


def test_half_a_choice_is_not_taken(client, trainee):
    run = SortingRunFactory(learner=trainee)
    client.force_login(trainee)

    response = client.post(
        reverse("quizzes:sorting_sort", args=[run.pk]), {"position": 1, "ticket_class": "product"}, follow=True
    )

    assert "都要选" in response.content.decode()
    assert not run.answers.exists()


def test_an_old_tab_is_told_and_goes_on_with_the_next_ticket(client, trainee):
    run = SortingRunFactory(learner=trainee)
    SortingAnswerFactory(run=run)
    client.force_login(trainee)

    data = {"position": 1, "ticket_class": "product", "urgency": "urgent"}
    response = client.post(reverse("quizzes:sorting_sort", args=[run.pk]), data, follow=True)

    assert "以先分的为准" in response.content.decode()
    assert response.context["position"] == 2


def test_a_late_ticket_ends_on_the_result(client, trainee, now):
    run = SortingRunFactory(learner=trainee, started_at=now - timedelta(hours=1))
    client.force_login(trainee)

    response = client.post(
        reverse("quizzes:sorting_sort", args=[run.pk]),
        {"position": 1, "ticket_class": "product", "urgency": "urgent"},
        follow=True,
    )

    assert "时间到了" in response.content.decode()
    assert response.templates[0].name == "quizzes/sorting_result.html"


def test_a_supervisor_reads_the_result(client, trainee, supervisor):
    run = SortingRunFactory(learner=trainee, finished=True)
    SortingAnswerFactory(run=run)
    client.force_login(supervisor)

    assert "小林" in client.get(reverse("quizzes:sorting_run", args=[run.pk])).content.decode()
