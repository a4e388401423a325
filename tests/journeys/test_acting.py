"""In a real browser: people ticked in a list are reminded, or assigned to, by the pointer, by the keyboard and without
a script."""

import pytest
from playwright.sync_api import expect

from tests.factories.courses import CourseFactory
from tests.factories.people import EmploymentFactory
from tests.factories.trainer import LessonFactory
from trainer.models import Assignment, Notice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team(supervisor, trainee):
    """小林 and 小周."""
    return [trainee, EmploymentFactory(team=supervisor.teams.get(), user__display_name="小周").user]


def test_a_team_is_ticked_counted_and_reminded_by_the_keyboard(signed_in_page, live_server, supervisor, team, axe):
    page = signed_in_page(supervisor)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/team/?sort=name")
    every, one = page.get_by_label("全选这一页"), page.get_by_label("选 小林")
    expect(every).to_be_visible()

    one.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("选了 1 人")).to_be_in_viewport()
    assert every.evaluate("box => box.indeterminate")
    every.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("选了 2 人")).to_be_in_viewport()
    axe(page)
    page.keyboard.press("Space")
    expect(page.get_by_text("选了")).to_have_count(0)

    one.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # asks for the words first
    expect(page.get_by_label("对选上的人说一句")).to_be_focused()
    page.keyboard.type("今天把退换货学完")
    page.keyboard.press("Enter")

    expect(page.get_by_text("提醒了 1 人")).to_be_visible()
    assert page.url.endswith("/team/?sort=name")
    assert [notice.person for notice in Notice.objects.all()] == team[:1]


def test_without_a_script_people_are_ticked_one_by_one_and_assigned_to(browser, live_server, sign_in, supervisor, team):
    CourseFactory(name="第一天", lessons=[LessonFactory()])
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, supervisor)
    page = context.new_page()
    page.goto(f"{live_server.url}/team/heat/?sort=name")
    expect(page.get_by_label("全选这一页")).to_be_hidden()

    page.get_by_label("选 小周").first.check()
    page.get_by_role("button", name="给他们派课").click()
    expect(page.get_by_label("小周")).to_be_checked()
    expect(page.get_by_label("小林")).not_to_be_checked()
    page.get_by_label("学习路径").select_option(label="第一天")
    page.get_by_role("button", name="派出去").click()

    expect(page.get_by_text("派给了 1 人")).to_be_visible()
    assert page.url.endswith("/team/heat/?sort=name")
    assert [row.learner for row in Assignment.objects.all()] == team[1:]
    context.close()
