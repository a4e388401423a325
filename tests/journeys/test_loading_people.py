"""From the staff list to a new person who signs in with a password of their own."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.trainer.sheets_of_people import TEAM, workbook

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_person_comes_from_a_sheet_and_sets_a_password(
    signed_in_page, browser, live_server, admin, tmp_path, axe
):
    sheet = tmp_path / "花名册.xlsx"
    sheet.write_bytes(workbook(*TEAM))
    page = signed_in_page(admin)
    page.goto(live_server.url + reverse("trainer:people"))
    axe(page)
    page.get_by_label("选择人员表").set_input_files(sheet)
    page.get_by_role("button", name="上传并预览").click()

    expect(page.get_by_role("heading", name="花名册.xlsx")).to_be_visible()
    expect(page.get_by_text("何妍")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="确认导入").click()
    page.get_by_role("link", name="发密码链接").click()

    expect(page.get_by_text("3 人还没有设密码")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="生成链接 何妍").click()
    expect(page.get_by_role("heading", name="何妍的链接")).to_be_visible()
    link = page.locator(".secret code").inner_text()

    visitor = browser.new_context(locale="zh-CN").new_page()
    visitor.goto(link)
    expect(visitor.get_by_role("heading", name="设置密码")).to_be_visible()
    axe(visitor)
    for field in visitor.locator("input[type=password]").all():
        field.fill("Chahu-2026-lvcha")
    visitor.get_by_role("button", name="保存密码").click()
    expect(visitor.get_by_text("密码设好了")).to_be_visible()
    visitor.get_by_label("用户名").fill("K1")
    visitor.get_by_label("密码").fill("Chahu-2026-lvcha")
    visitor.get_by_role("button", name="登录", exact=True).click()
    expect(visitor).to_have_url(live_server.url + reverse("trainer:home"))
    visitor.goto(link)
    expect(visitor.get_by_role("heading", name="链接已失效")).to_be_visible()
    visitor.context.close()
