"""Sitting an exam while the connection, the page or the sign-in fails: no answer is lost."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from quizzes.models import Step
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import AttemptFactory, QuestionFactory
from tests.journeys.sitting import expect_saved, newest, question, saved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def attempt(trainee):
    """An exam in progress with a question of every kind and a second page."""
    questions = [QuestionFactory(kind=kind) for kind in Kind] + QuestionFactory.create_batch(3)
    return AttemptFactory(learner=trainee, items=questions)


@pytest.fixture
def exam_page(signed_in_page, live_server, trainee, attempt):
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:sitting", args=[attempt.pk]))
    expect(saved(page)).to_have_text("自动保存已开启")
    return page


def test_what_is_answered_before_the_scripts_have_come_is_saved(signed_in_page, live_server, trainee, attempt):
    page, held = signed_in_page(trainee), []
    page.route("**/js/sitting.js", lambda route: held.append(route))
    page.goto(live_server.url + reverse("quizzes:sitting", args=[attempt.pk]), wait_until="commit")
    question(page, "single").get_by_role("radio").nth(1).check()
    question(page, "cloze").locator(".gap").first.select_option(index=1)
    question(page, "free_text").locator("textarea").fill("先道歉。")

    held.pop().continue_()

    expect_saved(page)
    assert {kind for kind in Kind if newest(attempt, kind)} == {Kind.SINGLE, Kind.CLOZE, Kind.FREE_TEXT}


def test_nothing_is_lost_while_the_connection_is_gone(exam_page, attempt):
    context = exam_page.context
    context.set_offline(True)
    question(exam_page, "free_text").locator("textarea").fill("断网时写的第一句。")
    question(exam_page, "single").get_by_role("radio").first.check()
    expect(saved(exam_page)).to_have_text("离线：已存在本机，恢复后自动提交")
    exam_page.get_by_role("button", name="下一页").click()
    expect(exam_page.locator("#page-notice")).to_contain_text("翻页要等网络恢复")
    assert newest(attempt, "free_text") is None

    context.set_offline(False)
    expect_saved(exam_page)
    assert newest(attempt, "free_text") == "断网时写的第一句。"
    exam_page.get_by_role("button", name="下一页").click()
    exam_page.wait_for_url("**page=2")


def test_what_was_typed_offline_survives_closing_the_tab(exam_page, attempt, live_server):
    context, address = exam_page.context, exam_page.url
    context.set_offline(True)
    question(exam_page, "numeric").locator(".numeric input").fill("1500")
    expect(saved(exam_page)).to_contain_text("离线")
    exam_page.close(run_before_unload=False)
    context.set_offline(False)

    page = context.new_page()
    page.goto(address)
    expect_saved(page)
    expect(question(page, "numeric").locator(".numeric input")).to_have_value("1500")
    assert newest(attempt, "numeric") == "1500"
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('sitting.'))") == []


def test_a_second_tab_does_not_overwrite_a_newer_answer(exam_page, attempt):
    other = exam_page.context.new_page()
    other.goto(exam_page.url)
    question(other, "free_text").locator("textarea").fill("第二个窗口写的。")
    expect_saved(other)

    mine = question(exam_page, "free_text")
    mine.locator("textarea").fill("第一个窗口写的。")
    expect(mine.get_by_role("status")).to_contain_text("刚在另一个窗口改过")
    expect(mine.locator("textarea")).to_have_value("第二个窗口写的。")
    assert newest(attempt, "free_text") == "第二个窗口写的。"

    mine.get_by_role("button", name="换回我这里的答案").click()
    expect(mine.locator("textarea")).to_have_value("第一个窗口写的。")
    expect_saved(exam_page)
    exam_page.wait_for_timeout(900)
    assert newest(attempt, "free_text") == "第一个窗口写的。"


def test_an_answer_changed_while_it_is_being_sent_is_saved_too(exam_page, attempt):
    held = []
    exam_page.route("**/save/", lambda route: held.append(route))
    area = question(exam_page, "free_text").locator("textarea")
    area.fill("一")
    exam_page.wait_for_timeout(800)
    area.fill("一二")
    exam_page.wait_for_timeout(800)
    assert len(held) == 1
    exam_page.route("**/save/", lambda route: route.continue_())
    held[0].continue_()
    exam_page.wait_for_timeout(1500)

    assert newest(attempt, "free_text") == "一二"
    assert list(Step.objects.values_list("sequence", flat=True)) == [1, 2]


def test_a_reply_that_got_lost_does_not_save_the_answer_twice(exam_page, attempt):
    def lose_the_reply(route):
        route.fetch()
        route.abort()

    exam_page.route("**/save/", lose_the_reply, times=1)
    question(exam_page, "free_text").locator("textarea").fill("只存一次。")
    expect_saved(exam_page)

    assert [step.answer for step in Step.objects.all()] == ["只存一次。"]


def test_an_expired_sign_in_keeps_the_answers_until_one_is_back(exam_page, attempt, sign_in, trainee):
    context = exam_page.context
    context.clear_cookies(name="sessionid")
    question(exam_page, "free_text").locator("textarea").fill("写在登录过期以后。")
    expect(saved(exam_page)).to_contain_text("登录已过期：答案存在本机")
    assert newest(attempt, "free_text") is None

    sign_in(context, trainee)
    expect_saved(exam_page)
    assert newest(attempt, "free_text") == "写在登录过期以后。"
