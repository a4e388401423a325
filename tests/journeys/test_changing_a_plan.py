"""From a plan in force to its next version: an admin asks for more, sees whom it concerns, and moves one on purpose."""

import pytest
from playwright.sync_api import expect

from tests.factories.trainer import EmploymentFactory
from tests.trainer.deciding import record_of, standard_plan

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_plan_is_changed_previewed_and_published(become, trainee, supervisor, admin, axe):
    plan = standard_plan()
    EmploymentFactory(user__display_name="小周", team=supervisor.teams.get())

    page = become(admin, "/plans/")
    page.get_by_role("link", name=str(plan)).click()
    expect(page.get_by_role("heading", name="现行的要求")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="改方案").click()
    page.wait_for_url("**/draft/")
    axe(page)
    page.get_by_role("link", name="在岗天数").click()
    page.get_by_label("名称", exact=False).first.fill("在岗满 60 天")
    axe(page)
    page.get_by_label("英文名称").fill("60 days in post")
    page.get_by_label("满多少天").fill("60")
    page.get_by_label("线为什么画在这里").fill("两个月里会遇到一次大促。")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/draft/")
    expect(page.get_by_role("link", name="在岗满 60 天")).to_be_visible()
    page.get_by_role("link", name="发布").click()

    expect(page.get_by_role("heading", name="换过去会怎样")).to_be_visible()
    expect(page.get_by_text("会多缺：在岗满 60 天")).to_have_count(2)
    axe(page)
    page.get_by_role("checkbox", name="小林").check()
    page.get_by_label("改了什么，为什么").fill("大促以前要多带一个月。")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("换过去 1 人")).to_be_visible()
    expect(page.get_by_text("1 人在这一版")).to_have_count(2)
    assert record_of(trainee).plan_version.number == 2

    page.get_by_role("checkbox", name="小周").check()
    page.get_by_label("为什么换").fill("和小林一起带。")
    page.get_by_role("button", name="换过去").click()
    expect(page.get_by_text("在试用期的人都在这一版上。")).to_be_visible()

    become(trainee, "/")
    expect(page.get_by_text("在岗满 60 天").first).to_be_visible()
