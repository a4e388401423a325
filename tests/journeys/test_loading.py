"""From a text file to an exam that a trainee sees, without leaving the site."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from quizzes.models import Question
from tests.trainer import loading
from trainer.models import Load

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "售后题库.txt"
    path.write_text(loading.text(10, unsure=2), encoding="utf-8")
    return path


def test_a_text_file_becomes_an_exam(signed_in_page, browser, live_server, sign_in, admin, trainee, file, axe):
    page = signed_in_page(admin)
    page.goto(live_server.url + reverse("trainer:loads"))
    axe(page)
    page.get_by_role("link", name="上传第一个文件").click()
    page.get_by_label("把文件拖到这里").set_input_files(file)
    expect(page.get_by_role("progressbar", name=file.name)).to_be_visible()
    page.get_by_label("或者新建一个主题").fill("售后新规")
    axe(page)
    page.get_by_role("button", name="上传并预览").click()

    expect(page.get_by_role("heading", name=file.name)).to_be_visible()
    expect(page.get_by_role("link", name="待决定 2")).to_have_attribute("aria-current", "page")
    axe(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#open-count")).to_have_text("1")
    expect(page.locator("article").nth(1)).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_text("原文")).to_be_visible()
    axe(page)
    page.get_by_label("A 是正确的").uncheck()
    page.get_by_label("B 是正确的").check()
    page.get_by_role("button", name="保存并导入").click()
    expect(page.get_by_text("已改好，会按改后的导入。")).to_be_visible()

    page.get_by_role("button", name="确认导入 11 条为草稿").click()
    expect(page.get_by_text("学员还看不到")).to_be_visible()
    assert set(Question.objects.values_list("state", flat=True)) == {"draft"}
    axe(page)
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="发布").click()
    page.get_by_role("link", name="用这批题组一份考试").click()

    expect(page.locator("#id_slug")).to_have_value("shou-hou-xin-gui-exam")
    axe(page)
    page.get_by_role("button", name="核对并保存").click()
    expect(page.get_by_text("已保存“售后新规考试”")).to_be_visible()

    learners = browser.new_context(locale="zh-CN")
    sign_in(learners, trainee)
    exam = learners.new_page()
    exam.goto(live_server.url + reverse("quizzes:exams"))
    exam.get_by_role("link", name=re.compile("售后新规考试")).first.click()
    exam.get_by_role("button", name=re.compile("开始考试")).click()
    expect(exam.get_by_text(re.compile("第 .* 种情况下|顾客说要投诉")).first).to_be_visible()
    learners.close()

    page.goto(live_server.url + reverse("trainer:load", args=[Load.objects.get().pk]))
    page.get_by_role("button", name="整批撤回").click()
    page.get_by_role("dialog").get_by_role("button", name="整批撤回").click()
    expect(page.get_by_text("停用 11 道题")).to_be_visible()
    axe(page)


def test_what_is_too_large_is_said_before_it_is_sent(signed_in_page, live_server, admin, tmp_path, settings):
    settings.LARGEST_UPLOAD = 1000
    large = tmp_path / "大.txt"
    large.write_bytes(b"x" * 1001)
    page = signed_in_page(admin)
    page.goto(live_server.url + reverse("trainer:load_new"))

    page.get_by_label("把文件拖到这里").set_input_files(large)
    expect(page.get_by_text("请拆成几份再传")).to_be_visible()
    expect(page.get_by_role("button", name="上传并预览")).to_be_disabled()
    page.get_by_role("button", name="移除 大.txt").click()

    expect(page.get_by_role("button", name="上传并预览")).to_be_enabled()
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_text("请选择至少一个文件")).to_be_visible()


def test_loading_works_without_scripts(browser, live_server, admin, file, sign_in):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    sign_in(context, admin)
    page = context.new_page()
    page.goto(live_server.url + reverse("trainer:load_new"))
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("或者新建一个主题").fill("售后新规")
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_role("button", name="按建议导入", exact=True).first.click()
    expect(page.locator("#open-count")).to_have_text("1")
    page.get_by_role("button", name="确认导入 11 条为草稿").click()
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布，现在起可以组卷、练习。")).to_be_visible()
    context.close()
