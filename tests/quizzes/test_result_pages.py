"""The result, the review and the appeal of an attempt that was handed in."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Appeal, Attempt, Mark
from quizzes.rules.vocabulary import Feedback, Kind
from tests.factories.quizzes import (
    AppealFactory,
    AttemptFactory,
    BlueprintFactory,
    MarkFactory,
    QuestionFactory,
    QuestionVersionFactory,
    TopicFactory,
)
from tests.factories.trainer import LessonFactory

SECRET = "先安抚，再核实，最后给方案。"  # the explanation of every question that the factories make


@pytest.fixture
def signed_in(client, trainee):
    client.force_login(trainee)
    return client


def handed_in(trainee, items=2, **terms):
    return AttemptFactory(learner=trainee, submitted=True, items=items, **terms)


def mark_wrong(attempt, *positions):
    Mark.objects.filter(item__attempt=attempt, item__position__in=positions).update(numerator=0)


def page(client, name, pk, query=""):
    return client.get(reverse(f"quizzes:{name}", args=[pk]) + query)


def text_of(response):
    return response.content.decode()


# --- result ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("items", [1, 3, 12])
def test_a_result_costs_the_same_for_any_paper(signed_in, trainee, items, django_assert_num_queries):
    attempt = handed_in(trainee, items)
    with django_assert_num_queries(11):
        response = page(signed_in, "result", attempt.pk)
    assert len(response.context["result"].topics) == items


def test_a_pass_is_said_with_the_score(signed_in, trainee):
    html = text_of(page(signed_in, "result", handed_in(trainee, score=Decimal("91.5000"), passed=True).pk))
    assert "91.5" in html
    assert "通过了" in html


@pytest.mark.parametrize(("score", "missing"), [("82.0000", "3"), ("84.9999", "0.01"), ("79.7500", "5.25")])
def test_a_fail_says_kindly_how_much_is_missing(signed_in, trainee, score, missing):
    html = text_of(page(signed_in, "result", handed_in(trainee, score=Decimal(score), passed=False).pk))
    assert f"还差 {missing} 分。" in html
    assert "不合格" not in html
    assert "不及格" not in html


def test_what_waits_for_a_person_is_said_and_no_verdict_given(signed_in, trainee):
    html = text_of(page(signed_in, "result", handed_in(trainee, [QuestionFactory(kind=Kind.FREE_TEXT)]).pk))
    assert "还有 1 道简答题等主管批改" in html
    assert "还差" not in html
    assert "通过了" not in html


def test_marks_are_added_by_topic_and_the_weakest_is_named(signed_in, trainee):
    returns, scripts = TopicFactory(slug="returns", name="退换货"), TopicFactory(slug="scripts", name="话术")
    attempt = handed_in(trainee, [QuestionFactory(topic=t) for t in (returns, returns, scripts)])
    mark_wrong(attempt, 1)
    response = page(signed_in, "result", attempt.pk)

    assert [(t.slug, t.tally.earned, t.tally.available) for t in response.context["result"].topics] == [
        ("returns", 1, 2),
        ("scripts", 1, 1),
    ]
    assert "练 10 道“退换货”" in text_of(response)


def test_an_open_exam_has_no_result_yet(signed_in, trainee):
    attempt = AttemptFactory(learner=trainee)
    for name in ("result", "review"):
        assert page(signed_in, name, attempt.pk).url == reverse("quizzes:sitting", args=[attempt.pk])


def test_looking_at_the_result_hands_in_what_ran_out(signed_in, trainee):
    attempt = AttemptFactory(learner=trainee, ends_at=timezone.now() - timedelta(seconds=1))
    assert "到时自动交卷" in text_of(page(signed_in, "result", attempt.pk))


# --- review ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("items", [1, 3, 12])
def test_a_review_costs_the_same_for_any_paper(signed_in, trainee, items, django_assert_num_queries):
    questions = [QuestionFactory(lesson_key=LessonFactory().slug) for _ in range(items)]
    attempt = handed_in(trainee, questions)
    with django_assert_num_queries(12):  # with the note that the keys were seen
        response = page(signed_in, "review", attempt.pk)
    assert len(response.context["items"]) == min(items, 10)


def test_every_kind_is_reviewed_with_key_reason_and_lesson(signed_in, trainee):
    lesson = LessonFactory(version__title="七天无理由")
    attempt = handed_in(trainee, [QuestionFactory(kind=kind, lesson_key=lesson.slug) for kind in Kind])
    html = text_of(page(signed_in, "review", attempt.pk))

    assert html.count(SECRET) == len(Kind)
    assert html.count("七天无理由</a>") == len(Kind)
    for word in ("还没有核实就让顾客奔波", "1500 元", "说明接下来怎么核实", "核对订单", "先安抚"):
        assert word in html, word


@pytest.mark.parametrize(
    ("feedback", "terms", "shown"),
    [
        (Feedback.AFTER_SUBMISSION, {}, True),
        (Feedback.AFTER_PASS_OR_LAST_ATTEMPT, {"passed": False}, False),
        (Feedback.AFTER_PASS_OR_LAST_ATTEMPT, {"passed": True}, True),
        (Feedback.MARKS_ONLY, {"passed": True}, False),
    ],
)
def test_the_key_is_shown_when_the_exam_says_so(signed_in, trainee, feedback, terms, shown):
    blueprint = BlueprintFactory(feedback=feedback, max_attempts=3)
    attempt = handed_in(trainee, blueprint=blueprint, score=Decimal(50), **({"passed": False} | terms))
    responses = [page(signed_in, "review", attempt.pk)]
    responses.append(page(signed_in, "result", attempt.pk))
    responses.append(signed_in.get(reverse("quizzes:appeal", args=[attempt.items.first().pk]), follow=True))

    assert (SECRET in text_of(responses[0])) is shown
    assert any(SECRET in text_of(response) for response in responses) is shown


def test_the_key_is_hidden_while_the_same_exam_is_sat_again(signed_in, trainee):
    attempt = handed_in(trainee)
    AttemptFactory(learner=trainee, blueprint=attempt.blueprint)
    html = text_of(page(signed_in, "review", attempt.pk))

    assert SECRET not in html
    assert "交卷后再看讲解" in html


def test_only_what_was_wrong_can_be_shown(signed_in, trainee):
    attempt = handed_in(trainee, 3)
    mark_wrong(attempt, 2)

    assert [q.position for q in page(signed_in, "review", attempt.pk, "?show=wrong").context["items"]] == [2]
    assert [q.position for q in page(signed_in, "review", attempt.pk).context["items"]] == [1, 2, 3]


def test_a_paper_without_mistakes_says_so(signed_in, trainee):
    assert "没有错题" in text_of(page(signed_in, "review", handed_in(trainee).pk, "?show=wrong"))


def test_a_corrected_key_is_shown_and_said(signed_in, trainee):
    attempt = handed_in(trainee, [QuestionFactory(kind=Kind.TRUE_FALSE)])
    item = attempt.items.get()
    corrected = QuestionVersionFactory(
        question=item.version.question, kind=Kind.TRUE_FALSE, content={"answer": False}, explanation="规则已改。"
    )
    Mark.objects.update(superseded=True)
    MarkFactory(item=item, version=corrected)
    response = page(signed_in, "review", attempt.pk)

    assert [row.right for row in response.context["items"][0].review.options] == [False, True]
    assert "后来更正过" in text_of(response)
    assert "规则已改。" in text_of(response)


# --- appeal ------------------------------------------------------------------------------------------------


@pytest.fixture
def wrong_item(trainee):
    attempt = handed_in(trainee)
    mark_wrong(attempt, 1)
    return attempt.items.get(position=1)


def appeal(client, item, reason):
    return client.post(reverse("quizzes:appeal", args=[item.pk]), {"reason": reason})


def test_an_appeal_is_filed_and_its_state_shown(signed_in, wrong_item):
    response = appeal(signed_in, wrong_item, "课程里写的是次日起算。")

    assert response.url.startswith(reverse("quizzes:review", args=[wrong_item.attempt_id]))
    assert Appeal.objects.get().item == wrong_item
    assert "申诉处理中" in text_of(signed_in.get(response.url))


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", "请写明申诉理由"),
        ("   ", "请写明申诉理由"),
        ("错了", "至少写 5 个字"),
        ("长" * 1001, "最多 1000 个字，现在有 1001 个"),
    ],
)
def test_an_appeal_without_a_proper_reason_says_what_is_missing(signed_in, wrong_item, reason, message):
    response = appeal(signed_in, wrong_item, reason)

    assert response.status_code == 422
    assert message in text_of(response)
    assert Appeal.objects.count() == 0


def test_a_second_appeal_changes_nothing(signed_in, wrong_item):
    for reason in ("课程里写的是次日起算。", "再说一遍，次日起算。"):
        assert appeal(signed_in, wrong_item, reason).status_code == 302
    assert Appeal.objects.get().reason == "课程里写的是次日起算。"


def test_full_marks_cannot_be_appealed(signed_in, wrong_item):
    full = wrong_item.attempt.items.get(position=2)
    response = signed_in.get(appeal(signed_in, full, "想看看会怎样。").url)

    assert "现在不能申诉" in text_of(response)
    assert Appeal.objects.count() == 0


def test_the_answer_to_an_appeal_is_shown_with_its_reason_and_name(signed_in, wrong_item, supervisor):
    AppealFactory(item=wrong_item, decided=True, decided_by=supervisor)
    html = text_of(signed_in.get(reverse("quizzes:appeal", args=[wrong_item.pk])))

    assert "签收当天不算，次日才是第 1 天。" in html
    assert "王主管" in html
    assert "维持原判" in html


@pytest.mark.parametrize("open_attempt", [False, True])
def test_items_of_others_and_of_open_exams_cannot_be_appealed(signed_in, trainee, open_attempt):
    attempt = AttemptFactory(learner=trainee) if open_attempt else AttemptFactory(submitted=True)
    item = attempt.items.first()

    assert signed_in.get(reverse("quizzes:appeal", args=[item.pk])).status_code == 404
    assert appeal(signed_in, item, "给我加分吧，谢谢。").status_code == 404
    assert Attempt.objects.count() == 1
