"""Typing runs: started, kept, finished; two tabs, two presses, too late; and their pages."""

import json
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.urls import reverse

from quizzes.commands.typing import (
    GRACE,
    NoSuchPassage,
    RunOver,
    Typed,
    TypedElsewhere,
    close_overdue_typing,
    finish_typing,
    keep_typing,
    start_typing,
)
from quizzes.models import TypingRun
from quizzes.queries.drills import best_typing
from quizzes.rules.vocabulary import Mode
from quizzes.signals import drill_finished
from tests.factories.drills import TypingRunFactory

pytestmark = pytest.mark.django_db
EXAM, PRACTICE = Mode.EXAM, Mode.PRACTICE


def begin(learner, at, mode=EXAM, passage=""):
    return start_typing(learner=learner, mode=mode, at=at, chance=Random(1), passage=passage)


def page(text, rate=80, client="tab", seen=0, **more):
    """``text`` with a log of typing it in phrases at ``rate`` characters a minute."""
    inputs = [
        (round((place + 4) * 60_000 / rate), len(text[place : place + 4])) for place in range(0, len(text), 4)
    ]
    return Typed(client, seen, text, **{"inputs": inputs, **more})


def finish(run, typed, at):
    return finish_typing(run_id=run.pk, learner_id=run.learner_id, typed=typed, at=at)


def keep(run, typed, at):
    return keep_typing(run_id=run.pk, learner_id=run.learner_id, typed=typed, at=at)


@pytest.fixture
def told():
    heard = []

    def hear(sender, run, at, **kwargs):
        heard.append((run, at))

    drill_finished.connect(hear)
    yield heard
    drill_finished.disconnect(hear)


def test_a_test_typed_rightly_is_counted_by_the_servers_clock(trainee, now, told):
    run = begin(trainee, now)

    finished = finish(run, page(run.text), now + timedelta(minutes=2))

    assert finished.counted
    assert finished.passed
    assert finished.accuracy == 1
    assert finished.correct_per_minute == Decimal(finished.correct) / 2
    assert told == [(finished, now + timedelta(minutes=2))]


def test_a_speed_just_under_the_bar_is_not_rounded_up(trainee, now):
    run = begin(trainee, now)
    seconds = len(run.text) * 60 / 49.96

    finished = finish(run, page(run.text), now + timedelta(seconds=seconds))

    assert str(finished.correct_per_minute) == "49.9"
    assert finished.counted
    assert not finished.passed


def test_a_text_without_keystrokes_is_not_counted_and_says_why(trainee, now):
    run = begin(trainee, now)

    finished = finish(run, page(run.text, inputs=[]), now + timedelta(minutes=2))

    assert (finished.counted, finished.doubt) == (False, "no_keys")


def test_practice_is_never_counted(trainee, now):
    run = begin(trainee, now, PRACTICE, "bargain")

    finished = finish(run, page(run.text), now + timedelta(minutes=2))

    assert (finished.counted, finished.doubt, finished.passage) == (False, "practice", "bargain")
    with pytest.raises(NoSuchPassage):
        begin(trainee, now, PRACTICE, "nothing")


def test_one_run_is_open_at_a_time(trainee, now):
    run = begin(trainee, now)

    assert begin(trainee, now + timedelta(minutes=1), PRACTICE, "bargain") == run


def test_another_test_has_another_passage(trainee, now):
    first = begin(trainee, now)
    finish(first, page(first.text), now + timedelta(minutes=2))

    assert begin(trainee, now + timedelta(minutes=3)).passage != first.passage


def test_finishing_twice_is_finishing_once(trainee, now, told):
    run = begin(trainee, now)
    first = finish(run, page(run.text), now + timedelta(minutes=2))

    again = finish(run, page(""), now + timedelta(minutes=3))

    assert again.finished_at == first.finished_at
    assert again.typed == run.text
    assert len(told) == 1


def test_a_second_tab_that_has_not_seen_the_newest_save_is_told(trainee, now):
    run = begin(trainee, now)
    keep(run, page("您好", client="first"), now)

    with pytest.raises(TypedElsewhere):
        keep(run, page("", client="second"), now)
    with pytest.raises(TypedElsewhere):
        finish(run, page("", client="second"), now + timedelta(minutes=1))
    taken = keep(run, page("您好，", client="second", seen=1), now)
    with pytest.raises(TypedElsewhere):
        keep(run, page("您好", client="first", seen=1), now)

    assert (taken.typed, taken.saves) == ("您好，", 2)


def test_what_comes_as_the_clock_runs_out_is_taken_and_later_is_not(trainee, now):
    for late, typed in ((GRACE, "after"), (GRACE + timedelta(seconds=1), "kept")):
        run = begin(trainee, now)
        keep(run, page("kept"), now)
        finished = finish(run, page("after", seen=1), run.ends_at + late)

        assert finished.typed == typed
        assert finished.finished_at == run.ends_at


def test_a_forgotten_run_ends_with_what_was_kept(trainee, now):
    run = begin(trainee, now)
    keep(run, page(run.text[:40]), now)

    assert close_overdue_typing(at=run.ends_at) == 0
    assert close_overdue_typing(at=run.ends_at + timedelta(hours=1)) == 1
    run.refresh_from_db()
    assert (run.correct, run.counted, run.finished_at) == (40, True, run.ends_at)
    with pytest.raises(RunOver):
        keep(run, page(""), now)


def test_blocked_pastes_are_counted_and_never_fewer(trainee, now):
    run = begin(trainee, now)
    keep(run, page("", blocked={"paste": 2}), now)

    kept = keep(run, page("", blocked={"paste": 1, "drop": 1}), now)

    assert kept.blocked == {"paste": 2, "drop": 1}


@pytest.mark.parametrize("count", [1, 3])
def test_the_best_run_is_a_counted_one_that_passed(trainee, count, django_assert_num_queries):
    for number in range(count):
        TypingRunFactory(learner=trainee, finished=True, correct_per_minute=Decimal(60 + number))
        TypingRunFactory(learner=trainee, finished=True, correct_per_minute=Decimal(90), accuracy=Decimal("0.9"))
        TypingRunFactory(
            learner=trainee, finished=True, correct_per_minute=Decimal(99), counted=False, doubt="no_keys"
        )

    with django_assert_num_queries(1):
        best = best_typing([trainee.pk, trainee.pk + 1])

    assert best.keys() == {trainee.pk}
    assert best[trainee.pk].correct_per_minute == 60 + count - 1


# --- pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_history(client, trainee, count, django_assert_num_queries):
    TypingRunFactory.create_batch(count, learner=trainee, finished=True)
    client.force_login(trainee)

    with django_assert_num_queries(7):
        response = client.get(reverse("quizzes:typing"))

    assert len(response.context["page"]) == count
    assert (response.context["chart"] is None) == (count == 1)


def test_from_the_button_to_the_result(client, trainee):
    client.force_login(trainee)
    response = client.post(reverse("quizzes:typing_start"), follow=True)
    run = TypingRun.objects.get()
    assert run.text in response.content.decode()
    log = json.dumps({"seen": 0, "inputs": [[900, 4]], "blocked": {"paste": 1}})

    response = client.post(
        reverse("quizzes:typing_finish", args=[run.pk]), {"client": "tab", "text": run.text[:4] + "错", "log": log},
        follow=True,
    )  # fmt: skip

    assert "这一次不计入成绩" in response.content.decode()
    assert "拦下 1 次" in response.content.decode()
    run.refresh_from_db()
    assert (run.correct, run.blocked) == (4, {"paste": 1})


def test_who_asks_for_something_else_meanwhile_is_told(client, trainee):
    TypingRunFactory(learner=trainee)
    client.force_login(trainee)

    page = client.post(reverse("quizzes:typing_start"), {"passage": "bargain"}, follow=True)

    assert "先打完或者结束它" in page.content.decode()


def test_keeping_answers_in_json(client, trainee, supervisor):
    run = TypingRunFactory(learner=trainee)
    url = reverse("quizzes:typing_keep", args=[run.pk])
    sent = {"client": "tab", "seen": 0, "text": "您好", "inputs": [[10, 2]], "blocked": {}}

    def answer(**changed):
        response = client.post(url, {**sent, **changed}, content_type="application/json")
        return response.status_code, response.json()

    client.force_login(trainee)
    assert answer() == (200, {"seen": 1})
    assert answer(client="other")[0] == 409
    assert answer(text=3)[0] == 400
    assert answer(text="\0")[0] == 400
    assert answer(text="您", client="\0")[0] == 400
    assert client.post(url, "[", content_type="application/json").status_code == 400
    assert client.post(url, "x" * 300_000, content_type="application/json").status_code == 413
    client.force_login(supervisor)
    assert answer()[0] == 404


def test_a_log_full_of_nonsense_counts_for_nothing(client, trainee):
    run = TypingRunFactory(learner=trainee)
    client.force_login(trainee)
    sent = {
        "client": "tab", "text": "您" * 5_000, "inputs": [[1], "x", [-1, 2], [5, 2], [1, 10**9]],
        "blocked": {"paste": -1, "drop": 2, "x": 1},
    }  # fmt: skip

    client.post(reverse("quizzes:typing_keep", args=[run.pk]), sent, content_type="application/json")

    run.refresh_from_db()
    assert (run.inputs, run.blocked, len(run.typed)) == ([[5, 2]], {"drop": 2}, 1_000)


def test_an_overdue_run_shows_its_result(client, trainee, now):
    run = TypingRunFactory(learner=trainee, started_at=now - timedelta(hours=1))
    client.force_login(trainee)

    response = client.get(reverse("quizzes:typing_run", args=[run.pk]))

    assert response.templates[0].name == "quizzes/typing_result.html"


def test_a_supervisor_reads_the_result_but_not_an_open_run(client, trainee, supervisor):
    run = TypingRunFactory(learner=trainee, finished=True)
    running = TypingRunFactory(learner=trainee)
    client.force_login(supervisor)

    assert "小林" in client.get(reverse("quizzes:typing_run", args=[run.pk])).content.decode()
    assert client.get(reverse("quizzes:typing_run", args=[running.pk])).status_code == 404
