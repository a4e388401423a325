"""A telephone interview in a real browser: written, reloaded in the middle, the line dropped, handed in, read."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from quizzes.rules.dialogue.scenario import Dimension
from tests.factories.assessment import InterviewPromptFactory, SchemeVersionFactory
from trainer.models import Interview, InterviewScore

pytestmark = pytest.mark.django_db(transaction=True)
expect.set_options(timeout=15_000)


@pytest.fixture
def bank(db):
    SchemeVersionFactory()
    for dimension in Dimension:
        InterviewPromptFactory.create_batch(2, dimension=dimension)


def test_nothing_of_an_interview_is_lost(signed_in_page, live_server, trainee, supervisor, bank, axe):
    page = signed_in_page(supervisor)
    page.goto(live_server.url + reverse("trainer:assessment", args=[trainee.pk]))
    axe(page)
    page.get_by_role("button", name="开始电话面试").click()
    expect(page.get_by_role("heading", name="面试 小林")).to_be_visible()
    axe(page)

    first = page.locator("textarea[name^=note-]").first
    first.fill("先安抚，再给两个办法")
    page.locator("input[name=score-attitude][value='4']").check()
    expect(page.locator("#saved")).to_contain_text("已存")
    page.reload()
    expect(page.locator("textarea[name^=note-]").first).to_have_value("先安抚，再给两个办法")
    expect(page.locator("input[name=score-attitude][value='4']")).to_be_checked()

    page.route("**/save/", lambda route: route.abort())  # the line is down for saving
    page.locator("#comment").fill("讲得清楚，继续保持。")
    expect(page.locator("#saved")).to_contain_text("没连上")
    page.unroute("**/save/")
    page.reload()  # the words were kept on this device
    expect(page.locator("#comment")).to_have_value("讲得清楚，继续保持。")
    expect(page.locator("#saved")).to_contain_text("已存")

    page.get_by_role("button", name="提交评分").click()
    expect(page.get_by_role("alert").filter(has_text="还不能提交")).to_contain_text("团队协作")
    for dimension in list(Dimension)[1:]:
        page.locator(f"input[name=score-{dimension}][value='3']").check()
    expect(page.locator("#saved")).to_contain_text("已存")
    page.get_by_role("button", name="提交评分").click()
    expect(page.get_by_role("heading", name="小林的电话面试")).to_be_visible()
    axe(page)

    form = Interview.objects.get()
    assert form.is_final and form.comment == "讲得清楚，继续保持。"
    assert InterviewScore.objects.filter(interview=form).count() == len(Dimension)
