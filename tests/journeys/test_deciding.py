"""From the packet to the last word: a supervisor proposes, another signs, the trainee appeals, an admin answers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.trainer import UserFactory
from tests.trainer.deciding import marked_by, standard_plan
from trainer.models import Employment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db, supervisor, trainee, admin):
    standard_plan()
    marked_by(trainee, supervisor, "82")
    today = timezone.localdate()
    Employment.objects.filter(user=trainee).update(probation_ends_on=today + timedelta(days=20), contract="longer")
    return {
        "supervisor": supervisor,
        "trainee": trainee,
        "admin": admin,
        "second": UserFactory(role="supervisor", display_name="陈屿"),
    }


def test_a_decision_is_proposed_signed_appealed_and_answered(people, become, page, live_server, axe):
    trainee = people["trainee"]
    until = (timezone.localdate() + timedelta(days=40)).isoformat()

    become(people["supervisor"], "/team/decisions/?show=ending")
    expect(page.get_by_role("heading", name="结论", exact=True)).to_be_visible()
    axe(page)
    page.goto(f"{live_server.url}/team/{trainee.pk}/packet/")
    expect(page.get_by_text("人工评分的只有你一个")).to_be_visible()
    axe(page)
    page.get_by_label("延长试用").check()
    page.get_by_label("合同期限").select_option("longer")
    page.get_by_label("延长到").fill(until)
    page.get_by_label("理由").fill("规则考试还差几分，再给二十天。")
    page.get_by_label("请谁复签").select_option(label="陈屿")
    page.get_by_role("button", name="提交复签").click()
    page.wait_for_url("**/decisions/*/")
    expect(page.get_by_text("等 陈屿 复签以后生效")).to_be_visible()
    path = page.url.removeprefix(live_server.url)

    become(people["second"], path)
    expect(page.get_by_role("heading", name="你来复签")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="复签，让它生效").click()
    expect(page.get_by_text("已复签，结论生效")).to_be_visible()

    become(people["trainee"], "/")
    page.get_by_role("link", name="看结论和理由").click()
    page.wait_for_url(f"**{path}")
    expect(page.get_by_text("规则考试还差几分，再给二十天。")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="申诉", exact=True).click()
    page.wait_for_url("**/appeal/")
    axe(page)
    page.get_by_label("为什么不同意").fill("第三题的答案后来更正过。")
    page.get_by_role("button", name="提交申诉").click()
    page.wait_for_url(f"**{path}")
    expect(page.get_by_text("申诉收到了")).to_be_visible()

    become(people["admin"], path)
    page.get_by_role("link", name="处理申诉").click()
    page.wait_for_url("**/answer/")
    axe(page)
    page.get_by_label("按期转正").check()
    page.get_by_label("规则考试").fill("更正以后到线。")
    page.get_by_label("答复").fill("按更正后的答案，他已经够了。")
    page.get_by_role("button", name="签下答复").click()
    page.wait_for_url(f"**{path}")
    expect(page.get_by_text("已答复")).to_be_visible()

    become(people["trainee"], path)
    expect(page.get_by_text("按更正后的答案，他已经够了。").first).to_be_visible()
    page.get_by_role("link", name="看新的结论").first.click()
    expect(page.get_by_text("按期转正").first).to_be_visible()
    axe(page)
