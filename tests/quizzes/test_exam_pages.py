"""The list of exams, the instructions of one, its start, and the record of what was sat."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt
from quizzes.rules.vocabulary import Feedback
from tests.factories.quizzes import AccommodationFactory, AttemptFactory, BlueprintFactory, QuestionFactory
from tests.factories.roleplay import SessionFactory


@pytest.fixture
def signed_in(client, trainee):
    client.force_login(trainee)
    return client


def ended(trainee, blueprint, hours_ago, **terms):
    started = timezone.now() - timedelta(hours=hours_ago)
    return AttemptFactory(learner=trainee, blueprint=blueprint, submitted=True, started_at=started, **terms)


def text_of(response):
    return response.content.decode()


def exams(client):
    return client.get(reverse("quizzes:exams"))


def exam(client, blueprint):
    return client.get(reverse("quizzes:exam", args=[blueprint.slug]))


def start(client, blueprint):
    return client.post(reverse("quizzes:exam_start", args=[blueprint.slug]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_exams(signed_in, trainee, count, django_assert_num_queries):
    for blueprint in BlueprintFactory.create_batch(count):
        ended(trainee, blueprint, 3)
    with django_assert_num_queries(7):
        response = exams(signed_in)
    assert len(response.context["rows"]) == len(response.context["recent"]) == count


def test_without_exams_the_page_says_what_to_do(signed_in):
    assert "现在没有开放的考试" in text_of(exams(signed_in))


@pytest.mark.parametrize(
    ("terms", "attempts", "state", "words"),
    [
        ({}, [], "new", "看说明，去考试"),
        ({}, [{"score": Decimal(90), "passed": True}], "passed", "已通过，90 分"),
        ({}, [{"score": Decimal(60), "passed": False}], "again", "可以再考"),
        ({"cooldown_hours": 24}, [{"score": Decimal(60), "passed": False}], "cooling_down", "之后可以再考"),
        ({"max_attempts": 1}, [{"score": Decimal(60), "passed": False}], "used_up", "次数已用完"),
        ({"max_attempts": 3}, [{"score": Decimal(60), "passed": False}], "again", "还可以考 2 次"),
    ],
)
def test_each_exam_says_how_one_stands_with_it(signed_in, trainee, terms, attempts, state, words):
    blueprint = BlueprintFactory(**terms)
    for attempt in attempts:
        ended(trainee, blueprint, 3, **attempt)
    response = exams(signed_in)

    assert response.context["rows"][0].state == state
    assert words in text_of(response)


def test_an_exam_in_progress_stands_first_and_is_continued(signed_in, trainee):
    BlueprintFactory.create_batch(2)
    attempt = AttemptFactory(learner=trainee)
    response = exams(signed_in)

    assert response.context["rows"][0].state == "open"
    assert reverse("quizzes:sitting", args=[attempt.pk]) in text_of(response)


def test_an_exam_that_ran_out_is_handed_in_before_the_list_is_read(signed_in, trainee):
    AttemptFactory(learner=trainee, ends_at=timezone.now() - timedelta(seconds=1))
    assert exams(signed_in).context["rows"][0].state != "open"


def test_a_closed_exam_is_listed_only_for_those_who_sat_it(signed_in, trainee):
    BlueprintFactory(is_open=False)
    sat = BlueprintFactory(is_open=False)
    ended(trainee, sat, 3)
    assert [row.blueprint for row in exams(signed_in).context["rows"]] == [sat]


def test_attempts_of_others_do_not_show(signed_in):
    AttemptFactory(submitted=True)
    response = exams(signed_in)
    assert response.context["rows"][0].state == "new"
    assert not response.context["recent"]


@pytest.mark.parametrize("sections", [1, 3])
def test_the_instructions_cost_the_same_for_any_exam(signed_in, sections, django_assert_num_queries):
    blueprint = BlueprintFactory(sections=sections)
    with django_assert_num_queries(9):
        response = exam(signed_in, blueprint)
    assert response.context["questions"] == 2 * sections


@pytest.mark.parametrize(
    ("feedback", "words"),
    [
        (Feedback.AFTER_SUBMISSION, "交卷后就能看每道题的答案和讲解"),
        (Feedback.AFTER_PASS_OR_LAST_ATTEMPT, "通过后，或次数用完后"),
        (Feedback.MARKS_ONLY, "只公布得分"),
    ],
)
def test_the_instructions_say_what_counts(signed_in, feedback, words):
    blueprint = BlueprintFactory(feedback=feedback, max_attempts=3, cooldown_hours=24)
    html = text_of(exam(signed_in, blueprint))

    for fact in ("60 分钟", "85 分", "最多考 3 次", "至少隔 24 小时", "错两成就会有顾客因此吃亏", "开始考试"):
        assert fact in html, fact
    for fact in ("断网", "不会因此扣分", words):
        assert fact in html, fact


def test_extra_minutes_are_added_and_named(signed_in, trainee):
    blueprint = BlueprintFactory()
    AccommodationFactory(learner=trainee, blueprint=blueprint, extra_minutes=15)
    AccommodationFactory(learner=trainee, blueprint=None, extra_minutes=10)
    AccommodationFactory(extra_minutes=99)
    html = text_of(exam(signed_in, blueprint))

    assert "85 分钟" in html
    assert "25 分钟是给你的加时" in html
    QuestionFactory.create_batch(4)
    start(signed_in, blueprint)
    attempt = Attempt.objects.get()
    assert attempt.ends_at - attempt.started_at == timedelta(minutes=85)


def test_starting_twice_is_starting_once(signed_in):
    QuestionFactory.create_batch(4)
    blueprint = BlueprintFactory()
    first, second = start(signed_in, blueprint), start(signed_in, blueprint)

    assert first.url == second.url == reverse("quizzes:sitting", args=[Attempt.objects.get().pk])


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"max_attempts": 1}, "次数已经用完"),
        ({"cooldown_hours": 24}, "之后可以再考"),
        ({"is_open": False}, "已经关闭"),
        ({}, "暂时不够组成这份试卷"),
    ],
)
def test_an_exam_that_cannot_be_started_says_why(signed_in, trainee, terms, words):
    blueprint = BlueprintFactory(**terms)
    ended(trainee, blueprint, 3, score=Decimal(60), passed=False, items=0)
    response = signed_in.get(start(signed_in, blueprint).url)

    assert words in text_of(response)
    assert Attempt.objects.open().count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_exam_does_not_exist(signed_in, method):
    name = "exam" if method == "get" else "exam_start"
    assert getattr(signed_in, method)(reverse(f"quizzes:{name}", args=["nothing"])).status_code == 404


def test_starting_by_a_link_is_refused(signed_in):
    assert signed_in.get(reverse("quizzes:exam_start", args=[BlueprintFactory().slug])).status_code == 405


@pytest.mark.parametrize("mode", ["", "?mode=practice"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_record_costs_the_same_for_any_length(signed_in, trainee, mode, count, django_assert_num_queries):
    AttemptFactory.create_batch(count, learner=trainee, submitted=True, practice=bool(mode))
    AttemptFactory(submitted=True)
    with django_assert_num_queries(8 if mode else 7):
        response = signed_in.get(reverse("quizzes:attempts") + mode)
    assert len(response.context["page"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_record_of_talks_costs_the_same_for_any_length(signed_in, trainee, count, django_assert_num_queries):
    ended = SessionFactory.create_batch(count, learner=trainee, ended=True)
    SessionFactory(ended=True)
    with django_assert_num_queries(6):
        response = signed_in.get(reverse("quizzes:attempts") + "?mode=talks")
    assert set(response.context["page"]) == set(ended)


def test_the_record_has_pages(signed_in, trainee):
    AttemptFactory.create_batch(26, learner=trainee, submitted=True, practice=True, items=0)
    response = signed_in.get(reverse("quizzes:attempts") + "?mode=practice&page=2")
    assert len(response.context["page"]) == 1
