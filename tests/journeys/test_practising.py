"""Practice in a real browser: a topic with feedback at once, the notebook, and practice from it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from quizzes.models import Attempt, NotebookEntry
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import QuestionFactory, TopicFactory

pytestmark = pytest.mark.django_db(transaction=True)
expect.set_options(timeout=15_000)


@pytest.fixture
def topic(db):
    topic = TopicFactory(slug="returns", name="退换货")
    QuestionFactory(kind=Kind.TRUE_FALSE, topic=topic)
    QuestionFactory(kind=Kind.NUMERIC, topic=topic)
    QuestionFactory(kind=Kind.FREE_TEXT, topic=topic)
    return topic


def answer_wrongly(page):
    """Whichever of the two questions comes first is answered wrongly."""
    if page.locator("form[data-kind=numeric]").count():
        page.locator(".numeric input").fill("3")
    else:
        page.get_by_label("错误").check()
    page.get_by_role("button", name="提交").click()


def test_a_topic_is_practised_and_what_was_wrong_goes_to_the_notebook(
    signed_in_page, live_server, trainee, topic, axe
):
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:practice"))
    axe(page)
    page.get_by_role("button", name="练“退换货”").click()
    expect(page.get_by_role("button", name="提交")).to_be_visible()
    axe(page)

    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有作答")
    answer_wrongly(page)
    verdict = page.get_by_role("heading", name="这次没答对")
    expect(verdict).to_be_focused()
    expect(page.get_by_text("先安抚，再核实")).to_be_visible()
    expect(page.locator("#run-progress")).to_contain_text("1 / 2")
    axe(page)

    page.get_by_role("link", name="下一题").click()
    page.get_by_role("button", name="不会，看解析").click()
    expect(page.get_by_role("heading", name="先看解析")).to_be_visible()
    page.get_by_role("link", name="看小结").click()
    expect(page.get_by_text("/ 2 题答对")).to_be_visible()
    axe(page)
    assert Attempt.objects.get().submitted_at is not None
    assert NotebookEntry.objects.filter(learner=trainee).count() == 2

    page.get_by_role("link", name="错题本").click()
    expect(page.get_by_text("连对 0/2")).to_have_count(2)
    axe(page)
    page.get_by_role("button", name="现在练").click()
    expect(page.get_by_role("heading", name="错题练习")).to_be_visible()


def test_practice_works_without_scripts(browser, live_server, trainee, topic, sign_in):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    sign_in(context, trainee)
    page = context.new_page()
    page.goto(live_server.url + reverse("quizzes:practice"))
    page.get_by_role("button", name="练“退换货”").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("还没有作答")).to_be_visible()
    answer_wrongly(page)
    expect(page.get_by_role("heading", name="这次没答对")).to_be_visible()
    page.get_by_role("link", name="下一题").click()
    expect(page.locator("#run-progress")).to_contain_text("1 / 2")
    context.close()
