"""A rule changes: the admin sees whom it concerns, and exactly they have a short check, which one of them passes."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Attempt
from quizzes.rules.plausible import right_answer
from tests.factories.trainer import EmploymentFactory, UserFactory
from tests.trainer.changing import FREIGHT, WINDOW, World
from trainer.models import Recheck

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(tmp_path, transactional_db, trainee):
    return World(tmp_path)


def test_a_changed_rule_is_rechecked_by_exactly_the_people_it_concerns(
    browser, browser_context_args, live_server, sign_in, axe, world, admin, trainee
):
    other = EmploymentFactory(user=UserFactory(username="other", display_name="小孙", role="trainee")).user
    world.passed(WINDOW, learner=trainee)
    world.passed(FREIGHT, learner=other)

    def opened(user):
        context = browser.new_context(**browser_context_args)
        sign_in(context, user)
        return context.new_page()

    # the admin writes another number and looks at what it touches
    office = opened(admin)
    office.goto(f"{live_server.url}/content/lessons/seven-days/")
    office.get_by_role("link", name="编辑新版").click()
    fact = office.locator("fieldset", has_text=WINDOW)
    fact.get_by_label("数", exact=True).fill("15")
    fact.get_by_label("为什么").fill("平台改了规则：签收次日算第 1 天，15 天内都可以申请。")
    axe(office)
    office.get_by_role("button", name="存成草稿，看影响").click()
    expect(office.locator("main")).to_contain_text("15 天内")
    axe(office)
    office.get_by_role("link", name="人 1").click()
    expect(office.locator("main")).to_contain_text("小林")
    expect(office.locator("main")).not_to_contain_text("小孙")
    axe(office)

    # and decides that the rule has changed
    office.get_by_label("规则变了，要复查").check()
    office.get_by_label("变了什么").fill("无理由退货的期限从 7 天改为 15 天。")
    office.get_by_role("button", name="发布这一版").click()
    expect(office.locator("main")).to_contain_text("给 1 人布置了复查")

    # who passed on another rule has nothing to do
    unconcerned = opened(other)
    unconcerned.goto(live_server.url)
    expect(unconcerned.locator("main")).not_to_contain_text("复查")

    # who passed on this one has the check as the next step
    page = opened(trainee)
    page.goto(live_server.url)
    page.locator(".next").get_by_role("link", name="去复查").click()
    expect(page.locator("main")).to_contain_text("从 7 天改为 15 天")
    axe(page)
    page.get_by_role("button", name="开始复查").click()
    page.wait_for_url("**/attempts/*/")
    attempt = Attempt.objects.get(learner=trainee, purpose__startswith="recheck:")
    for item in attempt.items.select_related("version").order_by("position"):
        answer(page, item)
    page.get_by_role("button", name="交卷").last.click()
    page.get_by_role("button", name="确认交卷").click()
    page.wait_for_url("**/result/")
    expect(page.locator("main")).to_contain_text("这次复查做完了")
    axe(page)

    # and the mark is gone
    assert Recheck.objects.get().state == "passed"
    page.goto(f"{live_server.url}/record/")
    expect(page.locator("main")).not_to_contain_text("待复查")
    page.goto(live_server.url)
    expect(page.locator(".next")).not_to_contain_text("复查")
    assert Recheck.objects.get().passed_at <= timezone.now()


def answer(page, item):
    """Choose the right answer: the new rule is asked in choices and true or false."""
    right = right_answer(item.version.parsed())
    value = str(right).lower() if isinstance(right, bool) else right
    page.locator(f"#q{item.position} input[value='{value}']").check()
