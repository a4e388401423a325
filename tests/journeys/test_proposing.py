"""From a trainee's own words beside a lesson to a script that everybody reads, with the trainee's name on it."""

import pytest
from playwright.sync_api import expect

from tests.factories.trainer import LessonFactory

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "亲，签收当天不算，从明天零点开始数。"


def test_a_note_becomes_a_script(become, trainee, supervisor, axe):
    lesson = LessonFactory(version__title="七天怎么数")

    page = become(trainee, f"/lessons/{lesson.slug}/")
    page.get_by_text("我的笔记").first.click()
    page.get_by_role("textbox", name="我的笔记").fill(WORDS)
    expect(page.locator("#note-state")).to_contain_text("已保存")
    page.get_by_role("link", name="提个建议").click()
    expect(page.get_by_role("textbox")).to_have_value(WORDS)
    axe(page)
    page.get_by_label("做成话术").check()
    page.get_by_role("button", name="交给主管").click()
    expect(page.get_by_text("建议交上去了")).to_be_visible()
    axe(page)

    become(supervisor, "/proposals/")
    axe(page)
    page.get_by_role("link", name=WORDS).click()
    expect(page.get_by_role("heading", name="学员写的")).to_be_visible()
    axe(page)
    page.get_by_label("名称").fill("签收当天不算")
    page.get_by_label("顾客说").fill("今天还能退吗")
    page.get_by_label("天猫").check()
    page.get_by_role("button", name="建成话术草稿").click()
    expect(page.get_by_text("出自 小林 的笔记")).to_be_visible()

    become(trainee, "/notices/")
    expect(page.get_by_text("采纳了你在《七天怎么数》里写的话术")).to_be_visible()
    become(trainee, "/notes/")
    expect(page.get_by_text("已采纳")).to_be_visible()
    axe(page)
