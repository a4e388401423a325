"""In a real browser: a supervisor assigns a course, the trainee sees it and does the next unit."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.courses import CourseFactory, RosterFactory
from tests.factories.trainer import LessonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_assigned_seen_and_done(browser, live_server, sign_in, supervisor, trainee, axe):
    lessons = [LessonFactory(version__title="先接住情绪"), LessonFactory(version__title="再核对订单")]
    CourseFactory(name="第一天", lessons=lessons)
    RosterFactory(team=trainee.employment.team, rest_days=[])

    desk = browser.new_context(viewport={"width": 1280, "height": 900})
    sign_in(desk, supervisor)
    page = desk.new_page()
    page.goto(f"{live_server.url}/assignments/")
    page.get_by_role("link", name="派课").first.wait_for()
    page.goto(f"{live_server.url}/assignments/new/")
    axe(page)
    page.get_by_label("学习路径").select_option(label="第一天")
    page.get_by_label("哪天下班前学完").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.get_by_label("小林").check()
    page.get_by_role("button", name="派出去").click()
    expect(page.get_by_role("button", name="撤销")).to_be_visible()
    expect(page.get_by_role("link", name="小林")).to_be_visible()
    axe(page)

    phone = browser.new_context(viewport={"width": 390, "height": 844})
    sign_in(phone, trainee)
    page = phone.new_page()
    page.goto(live_server.url)
    expect(page.get_by_role("heading", name="课程内容：先接住情绪")).to_be_visible()
    page.goto(f"{live_server.url}/courses/")
    page.get_by_role("link", name="第一天").click()
    expect(page.get_by_text("学完 0 / 2 个单元")).to_be_visible()
    expect(page.get_by_text("先完成：先接住情绪")).to_have_count(1)
    axe(page)
    page.get_by_role("link", name="先接住情绪").first.click()
    expect(page.get_by_role("heading", name="先接住情绪", level=1)).to_be_visible()
    reached = f"/lessons/{lessons[0].slug}/reached-end/"
    with page.expect_response(lambda response: reached in response.url):
        page.get_by_role("heading", name="先接住情绪", level=1).wait_for()
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.goto(f"{live_server.url}/courses/")
    page.get_by_role("link", name="第一天").click()
    expect(page.get_by_text("学完 1 / 2 个单元")).to_be_visible()
    expect(page.get_by_role("link", name="再核对订单").first).to_be_visible()
    phone.close()
    desk.close()
