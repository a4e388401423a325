"""The entries of a load on the pages: decided, put right, shown."""

import pytest
from django.urls import reverse

from quizzes.rules.vocabulary import Kind
from tests.factories.loads import LoadEntryFactory, LoadFactory
from tests.quizzes.forms_of_pages import fields_of
from tests.trainer import loading
from trainer.models import LoadEntry
from trainer.rules.loads import Decision, EntryKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def backstage(client, admin):
    client.force_login(admin)
    return client


def test_a_decision_without_scripts_comes_back_to_its_page(backstage):
    entry = LoadEntryFactory()
    url = reverse("trainer:load_entry", args=[entry.load.pk, entry.pk])

    response = backstage.post(url, {"decision": "skip", "next": f"/loads/{entry.load.pk}/?page=2"})

    assert response.headers["Location"].endswith("?page=2")
    entry.refresh_from_db()
    assert entry.decision == Decision.SKIP
    elsewhere = backstage.post(url, {"decision": "take", "next": "https://elsewhere.example"})
    assert elsewhere.headers["Location"].startswith("/")


def test_a_decision_by_htmx_brings_the_entry_and_the_figures(backstage):
    entry = LoadEntryFactory()
    url = reverse("trainer:load_entry", args=[entry.load.pk, entry.pk])

    page = backstage.post(url, {"decision": "take"}, headers={"hx-request": "true"}).content.decode()

    assert f'id="entry-{entry.pk}"' in page
    assert page.count("hx-swap-oob") == 3
    assert "确认导入 1 条为草稿" in page


def test_what_cannot_be_decided_is_said(backstage):
    entry = LoadEntryFactory(kind=EntryKind.HELD, data=None, text="？")
    url = reverse("trainer:load_entry", args=[entry.load.pk, entry.pk])

    assert "没有读成题" in backstage.post(url, {"decision": "take"}, headers={"hx-request": "true"}).content.decode()
    assert "看不懂" in backstage.post(url, {"decision": "eat"}, follow=True).content.decode()


def test_the_entry_of_another_load_is_not_found(backstage):
    entry = LoadEntryFactory()

    assert backstage.post(reverse("trainer:load_entry", args=[LoadFactory().pk, entry.pk])).status_code == 404


def test_all_that_is_open_is_decided_at_once(backstage):
    entry = LoadEntryFactory(kind=EntryKind.HELD)
    LoadEntryFactory(kind=EntryKind.HELD, file=entry.file, data=None)
    url = reverse("trainer:load_open", args=[entry.load.pk])

    backstage.post(url, {"kind": "held", "decision": "take"})

    assert sorted(LoadEntry.objects.values_list("decision", flat=True)) == ["open", "take"]
    assert "看不懂" in backstage.post(url, {"kind": "held", "decision": "open"}, follow=True).content.decode()


def test_a_reading_is_put_right_beside_its_source(backstage):
    text = "顾客要投诉，先做什么？\nA 道歉 B 推责"
    entry = LoadEntryFactory(kind=EntryKind.HELD, data=None, text=text, reason="没有答案")
    url = reverse("trainer:load_entry_edit", args=[entry.load.pk, entry.pk])
    data = dict(fields_of(backstage.get(url).content.decode()))
    assert (data["stem"].strip(), data["option_0"], data["option_1"]) == ("顾客要投诉，先做什么？", "道歉", "推责")
    assert "right_0" not in data, "nobody knows the key yet"

    assert "有且只有一个正确项" in backstage.post(url, data).content.decode()
    backstage.post(url, {**data, "right_0": "on"})

    entry.refresh_from_db()
    assert (entry.decision, entry.edited, entry.line) == (Decision.TAKE, True, 1)
    assert entry.parsed().stem == "顾客要投诉，先做什么？"


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_shown_for_editing_as_it_was_read(backstage, kind):
    entry = LoadEntryFactory(asks=kind)
    before = entry.parsed()
    url = reverse("trainer:load_entry_edit", args=[entry.load.pk, entry.pk])

    assert backstage.post(url, dict(fields_of(backstage.get(url).content.decode()))).status_code == 302

    entry.refresh_from_db()
    assert (entry.parsed().content, entry.parsed().stem) == (before.content, before.stem)


def test_the_form_of_another_kind_begins_with_what_was_typed(backstage):
    entry = LoadEntryFactory()
    url = reverse("trainer:load_entry_edit", args=[entry.load.pk, entry.pk])
    data = dict(fields_of(backstage.get(url).content.decode()))

    page = backstage.post(url, {**data, "option_3": "再等等", "switch": "multiple"}).content.decode()

    assert dict(fields_of(page))["option_3"] == "再等等"
    assert ("kind", "multiple") in fields_of(page)


def test_what_is_in_the_bank_is_edited_there(backstage, admin):
    load = loading.read(loading.text(1), by=admin)
    entry = load.entries.get()
    url = reverse("trainer:load_entry_edit", args=[load.pk, entry.pk])
    data = dict(fields_of(backstage.get(url).content.decode()))
    backstage.post(reverse("trainer:load_step", args=[load.pk]), {"action": "confirm"})

    assert "已经入库" in backstage.post(url, data).content.decode()


@pytest.mark.parametrize("key", ["", "答案：D\n", "【参考答案】AD\n"])
def test_options_need_not_be_typed_again_where_only_the_key_is_wrong(backstage, admin, key):
    load = loading.read(f"4. 评价解释多久做一次？\nA. 每天\nB. 每月\n{key}", by=admin, kind="questions")
    entry = load.entries.get(kind=EntryKind.HELD)

    url = reverse("trainer:load_entry_edit", args=[load.pk, entry.pk])
    fields = dict(fields_of(backstage.get(url).content.decode()))

    assert fields["stem"].strip() == "评价解释多久做一次？"
    assert [fields["option_0"], fields["option_1"]] == ["每天", "每月"]
    assert not any(name.startswith("right_") for name in fields)
