"""Somebody moves to another team, leaves, comes back, leaves for good, and asks for the name to be taken off."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.trainer.deciding import ends_in, record_of, standard_plan

pytestmark = pytest.mark.django_db(transaction=True)


def test_moved_gone_and_back(become, trainee, supervisor, other_supervisor, admin, axe):
    standard_plan()
    ends_in(trainee, 40)
    posting = f"/team/{trainee.pk}/posting/"

    page = become(supervisor, posting)
    axe(page)
    page.get_by_label("调到哪个小组").select_option(label="抖音一组")
    page.get_by_role("button", name="调组").click()
    page.get_by_role("dialog").get_by_role("button", name="调组").click()
    expect(page.get_by_text("小林 已调到抖音一组")).to_be_visible()
    expect(page.get_by_role("link", name="小林")).to_have_count(0)

    become(other_supervisor, posting)
    expect(page.get_by_text("天猫一组 → 抖音一组")).to_be_visible()
    page.get_by_role("button", name="记离职").click()
    page.get_by_role("dialog").get_by_role("button", name="记离职").click()
    expect(page.get_by_text("已记离职")).to_be_visible()
    axe(page)

    become(admin, "/former/")
    axe(page)
    page.get_by_role("link", name="小林").click()
    expect(page.get_by_role("heading", name="重新入职")).to_be_visible()
    axe(page)
    tomorrow, later = (timezone.localdate() + timezone.timedelta(days=n) for n in (1, 60))
    page.get_by_label("小组").select_option(label="天猫一组")
    page.get_by_label("入职日期").fill(tomorrow.isoformat())
    page.get_by_label("试用期截止").fill(later.isoformat())
    page.get_by_role("button", name="重新入职").click()
    expect(page.get_by_text("已重新入职")).to_be_visible()
    expect(page.get_by_role("heading", name="以前的任职")).to_be_visible()
    assert record_of(trainee).period == 2


def test_ones_own_archive_is_a_file_to_read_and_one_to_keep(become, trainee, axe):
    page = become(trainee, "/account/")
    axe(page)
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="下载我的培训档案").click()

    assert downloaded.value.suggested_filename.startswith("培训档案-小林-")
    archive = ZipFile(BytesIO(downloaded.value.path().read_bytes()))
    assert {name.rsplit(".")[-1] for name in archive.namelist()} >= {"pdf", "json"}


def test_a_name_is_taken_off(become, trainee, admin, axe):
    standard_plan()
    page = become(admin, f"/team/{trainee.pk}/posting/")
    page.get_by_label("同时停用账号").check()
    page.get_by_role("button", name="记离职").click()
    page.get_by_role("dialog").get_by_role("button", name="记离职").click()
    expect(page.get_by_role("heading", name="去名")).to_be_visible()
    page.get_by_label("理由").fill("本人来信要求删除。")
    page.get_by_role("button", name="去名").click()
    expect(page.get_by_role("dialog")).to_contain_text("不能恢复")
    axe(page)
    page.get_by_role("dialog").get_by_role("button", name="去名").click()

    expect(page.get_by_text("姓名已去掉，记录留在编号下。")).to_be_visible()
    expect(page.get_by_text("小林")).to_have_count(0)
    axe(page)
