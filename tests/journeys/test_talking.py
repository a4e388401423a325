"""Talking with a simulated customer in a real browser: a reload and a dropped line in the middle, then the debrief."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.commands.sessions import say
from quizzes.models import Session
from tests.factories.roleplay import ScenarioFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talk(signed_in_page, live_server, trainee):
    """The page of a talk on practice level that has just begun."""
    scenario = ScenarioFactory()
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:scenario", args=[scenario.slug]))
    page.get_by_role("button", name="开始练习").click()
    page.wait_for_load_state("networkidle")  # its script is there
    return page


def bubbles(page, who):
    return page.locator(f".bubble-{who} p")


def reply(page, text):
    box = page.get_by_role("textbox", name="回复")
    box.fill(text)
    box.press("Enter")


def test_a_talk_from_the_list_to_the_debrief(talk, axe):
    page = talk
    axe(page)
    expect(page.get_by_text("昨天到达无锡分拨")).to_have_count(0)
    page.get_by_role("button", name="物流").click()
    expect(page.get_by_text("昨天到达无锡分拨")).to_be_visible()

    reply(page, "等着")
    expect(bubbles(page, "customer")).to_have_count(2)
    page.get_by_role("button", name="退一步").click()
    expect(bubbles(page, "customer")).to_have_count(1)

    page.reload(wait_until="networkidle")
    expect(page.get_by_text("昨天到达无锡分拨")).to_be_visible()
    reply(page, "您好，在无锡，我催一下快递")
    expect(page.get_by_text("好的，")).to_be_visible()
    reply(page, "谢谢您，收到再联系我")
    expect(page.get_by_text("对话结束了。")).to_be_visible()

    page.get_by_role("link", name="看复盘").click()
    expect(page.get_by_role("heading", name="通过")).to_be_visible()
    expect(page.get_by_text("想今天拿到")).to_be_visible()
    axe(page)


def test_a_reply_typed_while_the_line_is_down_is_sent_once_it_is_back(talk):
    page = talk
    page.context.set_offline(True)
    reply(page, "您好，我催一下")
    expect(page.get_by_text("离线：已存在本机，恢复后自动发送")).to_be_visible()
    expect(page.locator(".is-pending")).to_have_count(1)

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(bubbles(page, "customer")).to_have_count(2)
    expect(page.locator(".is-pending")).to_have_count(0)
    assert Session.objects.get().turns.filter(kind="say").count() == 1


def test_a_reply_that_was_not_sent_survives_a_reload(talk):
    page = talk
    page.route("**/act/", lambda route: route.abort())
    reply(page, "您好，我催一下")
    expect(page.get_by_text("暂时发不出")).to_be_visible()
    page.get_by_role("textbox", name="回复").fill("还没打完")

    page.unroute("**/act/")
    page.reload()

    expect(bubbles(page, "customer")).to_have_count(2)
    expect(page.get_by_role("textbox", name="回复")).to_have_value("还没打完")
    assert Session.objects.get().turns.filter(kind="say").count() == 1


def test_what_is_refused_comes_back_beside_what_is_being_typed(talk, trainee):
    page = talk
    page.context.set_offline(True)
    reply(page, "您好，我催一下")
    page.get_by_role("textbox", name="回复").fill("还没打完")
    session = Session.objects.get()
    said = {"client": "another tab", "sequence": 1, "after": session.length, "at": timezone.now()}
    say(session_id=session.pk, learner_id=trainee.pk, text="等着", **said)

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.get_by_text("刚在另一个窗口继续了").first).to_be_visible()
    expect(page.get_by_role("textbox", name="回复")).to_have_value("还没打完\n您好，我催一下")
    expect(bubbles(page, "agent")).to_have_text(["等着"])


def test_a_draft_that_is_too_long_says_so_after_a_reload_too(talk):
    page = talk
    page.get_by_role("textbox", name="回复").fill("好" * 1_200)
    page.reload()
    expect(page.get_by_text("1200 / 1000 字，分几句发")).to_be_visible()
    expect(page.get_by_role("textbox", name="回复")).to_have_value("好" * 1_200)


def test_enter_while_composing_does_not_send(talk):
    page = talk
    box = page.get_by_role("textbox", name="回复")
    box.fill("nihao")
    box.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    box.press("Shift+Enter")

    expect(box).to_have_value("nihao\n")
    expect(bubbles(page, "agent")).to_have_count(0)


def test_the_customer_asks_again_by_themselves(signed_in_page, live_server, trainee, now):
    from datetime import timedelta

    from quizzes.rules.dialogue.criteria import Level
    from tests.quizzes.talking import begun

    session = begun(trainee, Level.EXAM, ago=43)
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:session", args=[session.pk]))

    expect(page.get_by_text("在吗")).to_be_visible(timeout=timedelta(seconds=8).total_seconds() * 1000)


def test_several_customers_each_in_their_own_tab(signed_in_page, live_server, trainee, axe):
    ScenarioFactory.create_batch(2)
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:scenario", args=[ScenarioFactory().slug]))
    page.get_by_role("button", name="一起开始").click()
    page.wait_for_load_state("networkidle")
    axe(page)
    expect(page.locator(".talk:visible")).to_have_count(1)
    reply(page, "您好，我催一下")

    page.locator(".talk-tabs a").nth(1).click()
    expect(page.locator(".talk:visible .bubble-agent")).to_have_count(0)
    expect(page.locator(".talk-tabs a").first).to_contain_text("1")

    page.locator(".talk-tabs a").first.click()
    expect(page.locator(".talk:visible .bubble-agent")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
