"""Those who answer for the judge, in a real browser: its patterns, what it was unsure of, and the outside model."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from quizzes.commands import talk
from quizzes.models import OutsideSwitch, PatternVersion, Ruling
from quizzes.rules.replies.judging import Judgement
from tests.factories.roleplay import ScenarioFactory
from tests.quizzes.scenarios import GOLDEN
from tests.quizzes.talking import talked
from tests.rules.dialogue.talks import verdicts

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "新招：叫人去别处催"


def fits(page):
    """Nothing is wider than a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_admin_adds_a_pattern_sees_what_it_would_change_and_switches_it_off(
    signed_in_page, live_server, admin, axe
):
    scenario = ScenarioFactory()
    scenario.versions.update(golden=GOLDEN)
    page = signed_in_page(admin)
    page.goto(live_server.url + reverse("quizzes:patterns") + "?check=offline_payment")
    axe(page)
    page.get_by_role("link", name="加一条").click()
    expect(page.get_by_role("heading", name="加一条：引导站外交易或联系")).to_be_visible()
    words = page.get_by_label("词句（正则表达式）")
    page.get_by_label("说的是什么").fill("叫人去催快递")
    words.fill("(催+)+快递")
    page.locator("#id_hits").fill("催一下快递")
    page.locator("#id_misses").fill("快递到了")

    page.get_by_role("button", name="先看影响").click()
    expect(page.get_by_role("alert")).to_contain_text("没有上限的重复不能用")
    expect(words).to_have_value("(催+)+快递")
    axe(page)
    words.fill("催一下快递")
    page.get_by_label("命中就定").check()
    page.get_by_role("button", name="先看影响").click()
    expect(page.get_by_role("heading", name="存了会怎样")).to_be_visible()
    expect(page.get_by_role("link", name=scenario.title)).to_be_visible()
    expect(page.get_by_text("会对不上")).to_be_visible()
    axe(page)
    assert fits(page)

    page.get_by_label("为什么改").fill(REASON)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已加上。新开始的对练就按它判。")).to_be_visible()
    axe(page)
    page.get_by_label("为什么", exact=True).fill("误报")
    page.get_by_role("button", name="停用", exact=True).press("Enter")
    expect(page.get_by_text("已停用。新开始的对练不再看这条。")).to_be_visible()
    expect(page.get_by_role("heading", name="重新启用")).to_be_visible()

    versions = PatternVersion.objects.order_by("number")
    assert [(one.is_on, one.reason) for one in versions] == [(True, REASON), (False, "误报")]


def test_a_supervisor_rules_on_what_the_machine_was_unsure_of_and_rates_blindly(
    signed_in_page, live_server, supervisor, trainee, monkeypatch, axe
):
    sure, unsure = Judgement(verdicts("respectful")), Judgement(verdicts(unsure={"offline_payment": 0.6}))
    monkeypatch.setattr(talk, "judge", lambda reply, **library: unsure if "催" in reply.text else sure)
    talked(trainee, "在无锡，我催一下", "谢谢您")
    page = signed_in_page(supervisor)
    page.goto(live_server.url + reverse("quizzes:check_queue"))
    card = page.get_by_role("region", name="引导站外交易或联系")
    expect(card).to_contain_text("在无锡，我催一下")
    axe(page)
    card.get_by_role("button", name="没有").click()
    expect(page.get_by_text("要写一句理由。没有保存")).to_be_visible()

    card.get_by_label("理由（判为没有时必填）").fill("只说催快递，没有引到站外")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已裁定“引导站外交易或联系”，分数已重新计算。")).to_be_visible()
    expect(page.get_by_text("没有要复核的质检项。")).to_be_visible()
    ruling = Ruling.objects.get()
    assert (ruling.verdict, ruling.by, ruling.reason) == (False, supervisor, "只说催快递，没有引到站外")

    page.get_by_role("link", name="看一致程度").first.click()
    expect(page.get_by_role("heading", name="一致程度")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="盲评一句").click()
    page.get_by_label("称呼与语气得体").check()
    axe(page)
    page.get_by_role("button", name="保存盲评").click()
    expect(page.get_by_text("盲评已保存。")).to_be_visible()
    assert fits(page)
    assert Ruling.objects.filter(blind=True, verdict=True).count() == 1


def test_an_admin_reads_what_would_be_sent_and_switches_the_outside_model_on(
    signed_in_page, live_server, admin, trainee, settings, axe
):
    talked(trainee)
    page = signed_in_page(admin)
    page.goto(live_server.url + reverse("quizzes:outside_model"))
    expect(page.get_by_text("没有接入")).to_be_visible()
    expect(page.get_by_role("button", name="保存设置")).to_be_disabled()
    axe(page)

    settings.QUIZZES_OUTSIDE_MODEL = {"url": "https://model.example/v1", "name": "a-model", "key": "k", "seconds": 1}
    page.reload()
    expect(page.get_by_text("关着，什么都不往外发")).to_be_visible()
    page.get_by_label("机器拿不准的质检项，请它给参考意见").check()
    page.get_by_role("button", name="保存设置").click()
    expect(page.get_by_text("已保存，从现在起按新的设置办。")).to_be_visible()
    expect(page.get_by_text("发往 model.example，模型 a-model。")).to_be_visible()
    page.get_by_text("换说法", exact=True).click()
    axe(page)
    assert fits(page)
    assert OutsideSwitch.objects.get().opinions
