"""The drills in a real browser: typing by an input method, a paste that is kept out, sorting by number keys."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from quizzes.models import SortingRun, TypingRun
from tests.factories.drills import TypingRunFactory
from tests.factories.scripts import ScriptFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def typing(signed_in_page, live_server, trainee):
    """The page of a practice run, and its CDP session."""
    run = TypingRunFactory(learner=trainee, mode="practice")
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:typing_run", args=[run.pk]))
    expect(page.locator("#reached")).to_contain_text("0 / 17 字")  # its script is there
    return page, page.context.new_cdp_session(page)


def compose(cdp, letters, words):
    """What an input method does: letters that are underlined, then the words in their place."""
    for end in range(1, len(letters) + 1):
        cdp.send("Input.imeSetComposition", {"text": letters[:end], "selectionStart": end, "selectionEnd": end})
    cdp.send("Input.insertText", {"text": words})


def test_typing_by_an_input_method_survives_a_reload_and_a_paste_is_kept_out(typing, axe):
    page, cdp = typing
    box = page.get_by_label("在这里打")
    axe(page)
    box.focus()
    compose(cdp, "nihao", "您好")
    expect(box).to_have_value("您好")
    compose(cdp, "wo", "，我马上")
    page.keyboard.type("差")
    expect(page.get_by_text("第 7 个字开始和原文不一样")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(page.locator("#off")).to_be_hidden()

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('查一下物流，五分内回。')")
    box.press("Control+v")
    expect(page.get_by_text("已拦下 1 次")).to_be_visible()
    expect(box).to_have_value("您好，我马上")

    page.reload()
    expect(page.locator("#reached")).to_contain_text("6 / 17 字")
    expect(box).to_have_value("您好，我马上")
    box.focus()
    compose(cdp, "chayixia", "查一下物流，")
    compose(cdp, "wufen", "五分内回。")
    page.get_by_role("button", name="打完了，看结果").click()

    expect(page.get_by_role("heading", name="哪里打错了")).to_be_visible()
    expect(page.get_by_text("打过的地方一个字都没错")).to_be_visible()
    axe(page)
    run = TypingRun.objects.get()
    assert run.accuracy == 1
    assert run.blocked == {"paste": 1}
    brought = [characters for _ms, characters in run.inputs if characters]
    assert sum(brought) == 18  # 17 of the passage and the one taken back; no letters of the input method
    assert max(brought) == 6


def test_a_second_window_is_told_that_the_first_goes_on(typing, live_server):
    page, _cdp = typing
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#reached")).to_contain_text("0 / 17 字")
    page.get_by_label("在这里打").press_sequentially("您好")
    expect(page.get_by_text("已保存")).to_be_visible()

    other.get_by_label("在这里打").press_sequentially("错了")

    expect(other.get_by_text("刚在另一个窗口继续了")).to_be_visible(timeout=10_000)
    assert TypingRun.objects.get().typed == "您好"


def test_sorting_with_number_keys_over_a_reload(signed_in_page, live_server, trainee, axe):
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:sorting"))
    axe(page)
    page.get_by_role("button", name="开始分拣").click()
    for position in range(1, 17):
        expect(page.get_by_text(f"第 {position} / 16 张")).to_be_visible()
        expect(page.locator("input[type=radio]").first).to_be_focused()  # its script is there
        if position == 3:
            axe(page)
            page.reload()
            expect(page.get_by_text("第 3 / 16 张")).to_be_visible()
            expect(page.locator("input[type=radio]").first).to_be_focused()
        page.keyboard.press("2")
        page.keyboard.press("8")

    expect(page.get_by_role("heading", name="和什么混了")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert SortingRun.objects.get().class_accuracy == pytest.approx(0.25)


def test_copying_a_script(signed_in_page, live_server, trainee, axe):
    script = ScriptFactory()
    page = signed_in_page(trainee)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + reverse("trainer:scripts"))
    axe(page)

    page.get_by_role("button", name="复制").click()

    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == script.good
