"""An admin mends a scenario in a real browser: a problem by line, the map, a try off the record, publication."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from quizzes.models import Scenario, Session
from tests.factories.roleplay import ScenarioFactory
from tests.factories.trainer import LessonFactory
from tests.quizzes.scenarios import GOLDEN

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_editor_to_publication(signed_in_page, live_server, admin, axe):
    for slug in ("type-impatient", "late-delivery"):
        LessonFactory(slug=slug)
    scenario = ScenarioFactory(slug="late-parcel")
    scenario.versions.update(golden=GOLDEN)
    page = signed_in_page(admin)
    page.goto(live_server.url + reverse("trainer:content_scenario_edit", args=[scenario.slug]))
    text = page.get_by_role("textbox", name="情景（YAML）")
    expect(page.get_by_role("img", name="环节图")).to_be_visible()
    axe(page)

    sound = text.input_value()
    text.fill(sound.replace("to: done", "to: nowhere"))
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_text("没有叫“nowhere”的环节或结局")).to_be_visible()
    page.get_by_role("listitem").filter(has_text="没有叫“nowhere”").locator("[data-line]").first.click()
    assert "nowhere" in text.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")

    text.fill(sound.replace("title: ", "title: 新的"))
    page.get_by_role("button", name="存成草稿").click()
    expect(page.get_by_text("第 2 版草稿存好了")).to_be_visible()
    page.get_by_text("看文字版").click()
    expect(page.get_by_role("cell", name="都不符合时").first).to_be_visible()

    page.get_by_role("button", name="存下并试一试").click()
    expect(page.get_by_text("试聊第 2 版，不进记录")).to_be_visible()
    page.wait_for_load_state("networkidle")
    box = page.get_by_role("textbox", name="回复")
    box.fill("请稍等")
    box.press("Enter")
    page.get_by_role("button", name="看提示").click()
    expect(page.get_by_text("提示：这一步还可以")).to_be_visible()
    expect(page.get_by_text("说清包裹在哪里")).to_be_visible()

    page.get_by_role("link", name="先离开，对话留着").click()
    page.wait_for_url(f"**{reverse('trainer:content_scenario', args=[scenario.slug])}")
    axe(page)
    page.get_by_role("button", name="发布这一版").click()
    expect(page.get_by_text("第 2 版已发布")).to_be_visible()

    assert Scenario.objects.get().current.number == 2
    assert not Session.objects.of(admin).exists()
