"""The pages on which scenarios are written and looked after."""

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quizzes.models import Scenario, Session
from tests.factories.roleplay import ScenarioFactory
from tests.factories.trainer import LessonFactory
from tests.quizzes.scenarios import GOLDEN
from tests.rules.dialogue.sample import scenario_data

pytestmark = pytest.mark.django_db

LIST, NEW = "/content/scenarios/", "/content/scenarios/new/"


def as_text(data):
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


GOLDEN_TEXT = as_text(GOLDEN)


@pytest.fixture
def lessons():
    for slug in ("type-impatient", "late-delivery"):
        LessonFactory(slug=slug)


@pytest.fixture
def editor(client, admin, lessons):
    client.force_login(admin)
    return client


def url(name, *args):
    return reverse(f"trainer:content_scenario{name}", args=args)


def send(client, address=NEW, *, action="save", base=0, golden=GOLDEN_TEXT, text=None, **changes):
    typed = as_text(scenario_data(**changes)) if text is None else text
    return client.post(address, {"action": action, "base": base, "text": typed, "golden_text": golden})


# --- list ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_length(client, supervisor, rows, django_assert_num_queries):
    ScenarioFactory.create_batch(rows)
    client.force_login(supervisor)

    with django_assert_num_queries(10):
        response = client.get(LIST)

    assert len(response.context["lines"]) == rows


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"platform": "vip"}, ["b"]),
        ({"stage": "presale"}, ["c"]),
        ({"customer_type": "type-bargainer"}, ["d"]),
        ({"state": "retired"}, ["e"]),
        ({"state": "draft"}, ["f"]),
        ({"state": "waiting"}, ["a", "f"]),
        ({"text": "雨伞"}, ["b"]),
        ({"state": "nonsense", "platform": "?"}, ["a", "b", "c", "d", "e", "f"]),
    ],
)
def test_the_list_is_filtered(editor, wanted, found):
    first = ScenarioFactory(slug="a")
    first.versions.create(number=2, data=scenario_data(), created_at=first.current.created_at)
    ScenarioFactory(slug="b", platform="vip", title="雨伞坏了")
    ScenarioFactory(slug="c", stage="presale")
    ScenarioFactory(slug="d", customer_type="type-bargainer")
    ScenarioFactory(slug="e")
    ScenarioFactory(slug="f")
    Scenario.objects.filter(slug="e").update(state="retired")
    Scenario.objects.filter(slug="f").update(state="draft", current=None)

    lines = editor.get(LIST, wanted).context["lines"]

    assert sorted(line.scenario.slug for line in lines) == found


# --- editor --------------------------------------------------------------------------------------------------------


def test_a_new_scenario_becomes_a_draft(editor, admin):
    response = send(editor)

    version = Scenario.objects.get().versions.get()
    assert response.url == url("_edit", "late-parcel")
    assert (version.created_by, version.golden[0]["name"]) == (admin, "excellent")
    assert "title: 包裹没到" in editor.get(response.url).content.decode()


@pytest.mark.parametrize("then", [[{"otherwise": True}], [{"otherwise": True, "to": "opening"}]])
def test_a_dead_end_or_a_loop_is_refused_with_its_beat_named_and_the_text_kept(editor, then):
    beats = scenario_data()["beats"]
    beats["closing"]["then"] = then
    if "to" in then[0]:
        beats["opening"]["then"] = [{"otherwise": True, "to": "closing"}]

    response = send(editor, beats=beats, title="还没写完的标题")

    page = response.content.decode()
    assert response.status_code == 422
    assert "从环节“closing”出发" in page
    assert "还没写完的标题" in page
    assert "is-wrong" in page  # on the map
    assert not Scenario.objects.exists()


@pytest.mark.parametrize("text", ["你好", "a: &x [1]\nb: [*x,*x]", "slug: [", "x" * 200_000, "\x00", "{}" * 9_000])
def test_nonsense_is_refused_clearly_and_nothing_is_lost(editor, text):
    response = send(editor, text=text)

    assert response.status_code == 422
    assert response.context["faults"]
    assert response.context["text"] == text.replace("\0", "")
    assert not Scenario.objects.exists()


def test_unfinished_transcripts_are_kept_in_the_draft_as_they_are(editor):
    send(editor, golden="- name: [")

    version = Scenario.objects.get().versions.get()
    assert (version.golden, version.golden_text) == ([], "- name: [")


def test_an_unknown_lesson_is_named(editor):
    response = send(editor, lessons=["no-such-lesson"])

    assert "没有叫“no-such-lesson”的课程" in response.content.decode()


def test_checking_saves_nothing_and_shows_what_each_transcript_scores(editor):
    response = send(editor, action="check")

    assert response.status_code == 200
    assert [played.golden.name for played in response.context["checked"].readiness.played] == [
        "excellent", "middling", "critical",
    ]  # fmt: skip
    assert not Scenario.objects.exists()


def test_two_editors_lose_nothing(editor):
    send(editor)
    address = url("_edit", "late-parcel")
    send(editor, address, base=1, title="同事改的")

    late = send(editor, address, base=1, title="我改的")

    assert late.status_code == 409
    page = late.content.decode()
    assert "同事改的" in page
    assert "我改的" in page
    assert late.context["base"] == 2

    send(editor, address, base=2, title="合好的")

    titles = [version.data["title"] for version in Scenario.objects.get().versions.all()]
    assert titles == ["包裹没到", "同事改的", "合好的"]


def test_a_slug_is_not_taken_twice(editor):
    send(editor)

    response = send(editor, title="另一个")

    assert response.status_code == 422
    assert "已经有代号叫" in response.content.decode()


def test_a_file_is_read_into_the_editor_and_not_saved(editor):
    upload = SimpleUploadedFile("late-parcel.yaml", as_text(scenario_data(title="从文件来")).encode())

    response = editor.post(NEW, {"action": "upload", "base": 0, "text": "", "golden_text": GOLDEN_TEXT, "file": upload})

    assert response.context["text"].startswith("slug: late-parcel")
    assert response.context["checked"].written
    assert not Scenario.objects.exists()


@pytest.mark.parametrize("data", ["标题：包裹".encode("gb18030"), b"PK\x03\x04\x00\x00", b"x" * 600_000])
def test_a_file_that_is_no_text_leaves_the_text_alone(editor, data):
    upload = SimpleUploadedFile("x.yaml", data)

    typed = {"action": "upload", "base": 0, "text": "slug: mine", "golden_text": ""}
    response = editor.post(NEW, {**typed, "file": upload})

    assert response.status_code == 422
    assert response.context["text"] == "slug: mine"


def test_supervisors_look_and_change_nothing(client, supervisor, lessons):
    scenario = ScenarioFactory()
    client.force_login(supervisor)

    page = client.get(url("", scenario.slug)).content.decode()
    answers = [client.post(url("", scenario.slug), {"action": action}) for action in ("retire", "publish", "settle")]

    assert "环节图" in page
    assert url("_edit", scenario.slug) not in page
    assert {answer.status_code for answer in answers} == {403}
    assert Scenario.objects.get().state == "live"


# --- publishing and trying -----------------------------------------------------------------------------------------


def test_publish_retire_and_restore(editor):
    send(editor)
    address = url("", "late-parcel")
    states = []
    for posted in ({"action": "publish", "version": "1"}, {"action": "retire"}, {"action": "restore"}):
        editor.post(address, posted)
        states.append(Scenario.objects.get().state)

    assert states == ["live", "retired", "live"]
    told = [line.text for line in editor.get(address).context["history"]]
    assert told == ["上线", "停用", "发布第 1 版", "存下第 1 版草稿"]


def test_publishing_is_refused_with_the_reason(editor):
    send(editor, golden="")

    page = editor.post(url("", "late-parcel"), {"action": "publish", "version": "1"}, follow=True).content.decode()

    assert "配套对话只有 0 份" in page
    assert Scenario.objects.get().state == "draft"


@pytest.mark.parametrize("posted", [{}, {"action": "x"}, {"action": "publish"}, {"action": "publish", "version": "9²"}])
def test_a_strange_post_changes_nothing(editor, posted):
    send(editor)

    assert editor.post(url("", "late-parcel"), posted).status_code == 302
    assert Scenario.objects.get().state == "draft"


def test_saving_and_trying_begins_a_talk_off_the_record(editor, admin):
    response = send(editor, action="try")

    session = Session.objects.get()
    assert response.url == reverse("quizzes:session", args=[session.pk])
    assert (session.trial, session.learner) == (True, admin)
    assert "试聊第 1 版，不进记录" in editor.get(response.url).content.decode()


def test_any_version_can_be_tried_with_any_seed(editor):
    scenario = ScenarioFactory()

    editor.post(url("_try", scenario.slug, 1), {"seed": "7"})
    editor.post(url("_try", scenario.slug, 1), {"seed": "x"})

    assert list(Session.objects.order_by("pk").values_list("seed", "trial")) == [(7, True), (0, True)]


def test_the_page_replays_on_demand(editor):
    send(editor)

    page = editor.get(url("", "late-parcel"), {"replay": 1}).content.decode()

    assert "可以发布" in page
    assert "看文字版" in page
