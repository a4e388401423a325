"""The autosave and its neighbours over HTTP: what they take, what they refuse, and what each refusal says."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.forms.saving import BODY_LIMIT
from quizzes.models import Attempt, LateAnswer, PageLeave, Step
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import AttemptFactory, QuestionFactory, StepFactory
from tests.rules.contents import right_answer

TAB = "tab-2"


@pytest.fixture
def attempt(trainee):
    return AttemptFactory(learner=trainee, items=[QuestionFactory(kind=Kind.FREE_TEXT), QuestionFactory()])


@pytest.fixture
def signed_in(client, trainee):
    client.force_login(trainee)
    return client


def save(client, attempt, data, content_type="application/json"):
    body = data if isinstance(data, str | bytes) else json.dumps(data)
    return client.post(reverse("quizzes:save", args=[attempt.pk]), body, content_type=content_type)


def answers(*rows):
    return {"client": TAB, "answers": [{"item": i, "sequence": s, "answer": a} for i, s, a in rows]}


def test_answers_are_saved_with_the_numbers_that_they_came_with(signed_in, attempt):
    text, choice = attempt.items.all()
    right = right_answer(choice.version.parsed())
    reply = save(signed_in, attempt, answers((text.pk, 1, "先道歉。"), (choice.pk, 1, right)))

    assert reply.status_code == 200
    assert reply.json()["saved"] == {str(text.pk): 1, str(choice.pk): 1}
    assert reply.json()["closed"] is False
    assert abs(reply.json()["now"] / 1000 - timezone.now().timestamp()) < 5
    assert set(Step.objects.values_list("item", "sequence", "client")) == {(text.pk, 1, TAB), (choice.pk, 1, TAB)}


def test_saving_the_same_again_is_saving_it_once(signed_in, attempt):
    text = attempt.items.first()
    for _ in range(2):
        assert save(signed_in, attempt, answers((text.pk, 1, "先道歉。"))).json()["saved"] == {str(text.pk): 1}
    assert Step.objects.count() == 1


def test_a_page_that_missed_a_newer_answer_is_told_and_changes_nothing(signed_in, attempt):
    text = attempt.items.first()
    StepFactory(item=text, answer="另一个窗口写的。", client="tab-1")
    reply = save(signed_in, attempt, answers((text.pk, 1, "旧窗口写的。"))).json()

    assert reply["saved"] == {}
    assert reply["stale"][str(text.pk)] == {"sequence": 1, "answer": "另一个窗口写的。", "mine": False}
    assert Step.objects.get().answer == "另一个窗口写的。"


@pytest.mark.parametrize("count", [1, 3])
def test_a_save_costs_at_most_five_statements(signed_in, trainee, count, django_assert_max_num_queries):
    attempt = AttemptFactory(learner=trainee, items=count)
    rows = [(item.pk, 1, right_answer(item.version.parsed())) for item in attempt.items.select_related("version")]
    with django_assert_max_num_queries(5) as statements:
        reply = save(signed_in, attempt, answers(*rows))
    assert len(reply.json()["saved"]) == count
    assert len([q for q in statements.captured_queries if "SAVEPOINT" not in q["sql"]]) <= 5


def test_an_answer_after_the_deadline_is_kept_and_not_counted(signed_in, trainee):
    attempt = AttemptFactory(learner=trainee, ends_at=timezone.now() - timedelta(seconds=1))
    item = attempt.items.first()
    reply = save(signed_in, attempt, answers((item.pk, 1, right_answer(item.version.parsed()))))

    assert reply.status_code == 200
    assert reply.json()["closed"] is True
    assert reply.json()["kept_late"] == [item.pk]
    assert Step.objects.count() == 0
    assert LateAnswer.objects.get().item == item


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (" ", "不是 JSON"),
        ("{", "不是 JSON"),
        (b"\xff\xfe", "不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
        ([], "没有答案"),
        ({}, "没有答案"),
        ({"client": TAB, "answers": {}}, "没有答案"),
        ({"client": TAB, "answers": []}, "1 到 100"),
        ({"client": TAB, "answers": [{"item": 1, "sequence": 1, "answer": ""}] * 101}, "1 到 100"),
        ({"answers": [{"item": 1, "sequence": 1, "answer": ""}]}, "来自哪个页面"),
        ({"client": "", "answers": [{}]}, "来自哪个页面"),
        ({"client": "x" * 37, "answers": [{}]}, "来自哪个页面"),
        ({"client": "a\0b", "answers": [{}]}, "来自哪个页面"),
        ({"client": TAB, "answers": [3]}, "格式不对"),
        ({"client": TAB, "answers": [{"item": 1, "sequence": 1}]}, "格式不对"),
        ({"client": TAB, "answers": [{"item": "1", "sequence": 1, "answer": ""}]}, "题号或序号"),
        ({"client": TAB, "answers": [{"item": True, "sequence": 1, "answer": ""}]}, "题号或序号"),
        ({"client": TAB, "answers": [{"item": 1, "sequence": 0, "answer": ""}]}, "题号或序号"),
        ({"client": TAB, "answers": [{"item": 2**63, "sequence": 1, "answer": ""}]}, "题号或序号"),
        ({"client": TAB, "answers": [{"item": 1, "sequence": 2**31, "answer": ""}]}, "题号或序号"),
        ({"client": TAB, "answers": [{"item": 1, "sequence": 1, "answer": 3.5}]}, "格式不对"),
        ({"client": TAB, "answers": [{"item": 1, "sequence": 1, "answer": [["x"]]}]}, "格式不对"),
        ({"client": TAB, "answers": [{"item": 1, "sequence": 1, "answer": "长" * 20_001}]}, "太长"),
        ({"client": TAB, "answers": [{"item": 1, "sequence": 1, "answer": "a\0"}]}, "无法保存的字符"),
        ({"client": TAB, "answers": [{"item": 1, "sequence": 1, "answer": ""}] * 2}, "出现了两次"),
    ],
)
def test_what_is_no_save_is_refused_with_a_reason(signed_in, attempt, data, message):
    reply = save(signed_in, attempt, data)

    assert reply.status_code == 400
    assert message in reply.json()["error"]
    assert Step.objects.count() == 0


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_another_content_type_is_refused(signed_in, attempt, content_type):
    reply = save(signed_in, attempt, json.dumps(answers()), content_type)

    assert reply.status_code == 415
    assert "不是 JSON" in reply.json()["error"]


def test_a_body_that_is_too_large_is_refused_before_it_is_read(signed_in, attempt):
    reply = save(signed_in, attempt, "x" * (BODY_LIMIT + 1))

    assert reply.status_code == 413
    assert "太多" in reply.json()["error"]


def test_an_item_of_another_attempt_is_not_saved(signed_in, attempt):
    foreign = AttemptFactory().items.first()
    reply = save(signed_in, attempt, answers((foreign.pk, 1, "x")))

    assert reply.status_code in (400, 404)
    assert "error" in reply.json()
    assert Step.objects.count() == 0


@pytest.mark.parametrize("name", ["save", "flag", "leave"])
@pytest.mark.parametrize("whose", ["another's", "nobody's"])
def test_a_foreign_attempt_does_not_exist(signed_in, name, whose):
    pk = AttemptFactory().pk if whose == "another's" else 10**12
    data = {"position": 1, "on": 1, "seconds": 9}
    if name == "save":
        data = json.dumps(answers((1, 1, "x")))
    kind = {"content_type": "application/json"} if name == "save" else {}
    reply = signed_in.post(reverse(f"quizzes:{name}", args=[pk]), data, **kind)

    assert reply.status_code == 404
    assert Step.objects.count() + PageLeave.objects.count() == 0


@pytest.mark.parametrize("name", ["save", "flag", "leave"])
def test_reading_what_is_only_written_is_refused(signed_in, attempt, name):
    assert signed_in.get(reverse(f"quizzes:{name}", args=[attempt.pk])).status_code == 405


@pytest.mark.parametrize("name", ["save", "flag", "leave"])
def test_a_stranger_is_sent_to_sign_in(client, attempt, name):
    reply = client.post(reverse(f"quizzes:{name}", args=[attempt.pk]))
    assert reply.status_code == 302
    assert reply.url.startswith(reverse("login"))


@pytest.mark.parametrize(("on", "flagged"), [("1", [2]), ("0", [])])
def test_a_flag_is_set_and_taken_back(signed_in, attempt, on, flagged):
    Attempt.objects.filter(pk=attempt.pk).update(flagged=[] if on == "1" else [2])
    reply = signed_in.post(reverse("quizzes:flag", args=[attempt.pk]), {"position": 2, "on": on})

    assert reply.status_code == 204
    attempt.refresh_from_db()
    assert attempt.flagged == flagged


@pytest.mark.parametrize("data", [{}, {"position": 1}, {"position": "x", "on": "1"}, {"position": 0, "on": "1"},
                                  {"position": "²", "on": "1"}, {"position": 1, "on": "maybe"}])  # fmt: skip
def test_a_flag_on_nothing_is_refused(signed_in, attempt, data):
    reply = signed_in.post(reverse("quizzes:flag", args=[attempt.pk]), data)

    assert reply.status_code == 400
    assert "error" in reply.json()


def test_a_leave_is_recorded(signed_in, attempt):
    assert signed_in.post(reverse("quizzes:leave", args=[attempt.pk]), {"seconds": 35}).status_code == 204
    assert PageLeave.objects.get().seconds == 35


@pytest.mark.parametrize("seconds", ["", "0", "-3", "x", "1e9", "99999999999"])
def test_a_leave_without_a_time_is_refused(signed_in, attempt, seconds):
    reply = signed_in.post(reverse("quizzes:leave", args=[attempt.pk]), {"seconds": seconds})

    assert reply.status_code == 400
    assert PageLeave.objects.count() == 0
