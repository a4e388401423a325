"""Scenario files in the upload wizard: preview, drafts, publication, roll back."""

from uuid import uuid4

import pytest
import yaml
from django.urls import reverse

from quizzes.models import Scenario
from tests.factories.trainer import LessonFactory
from tests.quizzes.scenarios import GOLDEN
from tests.rules.dialogue.sample import scenario_data
from trainer.commands.load_confirming import NothingToLoad, confirm_load
from trainer.commands.load_entries import decide_all
from trainer.commands.load_publishing import publish_load, roll_back_load
from trainer.commands.load_reading import read_load
from trainer.commands.loads import LoadOptions, Upload, start_load
from trainer.rules.loads import Decision, Difference, EntryKind, LoadState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lessons(settings):
    settings.READ_FILES_APART = False
    for slug in ("type-impatient", "late-delivery"):
        LessonFactory(slug=slug)


def as_bytes(data):
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()


def files(golden=GOLDEN, **changes):
    found = {"late-parcel.yaml": as_bytes(scenario_data(**changes))}
    return found | ({"late-parcel.golden.yaml": as_bytes(golden)} if golden else {})


def load(admin, now, given):
    uploads = [Upload(name, data) for name, data in given.items()]
    made = start_load(token=uuid4(), uploads=uploads, options=LoadOptions(), by=admin, at=now)
    read_load(load_id=made.pk)
    made.refresh_from_db()
    return made


def bring_in(admin, now, given):
    made = load(admin, now, given)
    decide_all(load_id=made.pk, kind=EntryKind.SCENARIO, decision=Decision.TAKE, by=admin, at=now)
    confirm_load(load_id=made.pk, by=admin, at=now)
    return publish_load(load_id=made.pk, by=admin, at=now)


def test_a_scenario_with_its_transcripts_becomes_one_draft_and_is_published(admin, now):
    made = load(admin, now, files())
    assert [(e.kind, e.difference, e.decision) for e in made.entries.all()] == [("scenario", "new", "take")] * 2

    confirm_load(load_id=made.pk, by=admin, at=now)
    scenario = Scenario.objects.get()
    assert (scenario.state, scenario.versions.count(), len(scenario.versions.get().golden)) == ("draft", 1, 3)

    publish_load(load_id=made.pk, by=admin, at=now)
    assert Scenario.objects.live().get().current.text.startswith("slug: late-parcel")


def test_the_same_again_is_nothing_new(admin, now):
    bring_in(admin, now, files())

    again = load(admin, now, files())

    assert set(again.entries.values_list("difference", "decision")) == {(Difference.SAME, Decision.SKIP)}
    with pytest.raises(NothingToLoad):
        confirm_load(load_id=again.pk, by=admin, at=now)


def test_what_changes_a_scenario_waits_for_a_decision_and_is_taken_back_with_the_load(admin, now):
    bring_in(admin, now, files())
    first = Scenario.objects.get().current

    second = load(admin, now, files(golden=None, title="改过的"))
    assert list(second.entries.values_list("difference", "decision")) == [(Difference.CHANGED, Decision.OPEN)]
    second = bring_in(admin, now, files(golden=None, title="改过的二"))
    assert (Scenario.objects.get().title, len(Scenario.objects.get().current.golden)) == ("改过的二", 3)

    done = roll_back_load(load_id=second.pk, by=admin, at=now)

    scenario = Scenario.objects.get()
    assert (done.scenarios, scenario.current, scenario.title, scenario.state) == (1, first, "包裹没到", "live")


def test_a_new_scenario_is_retired_when_its_load_is_taken_back(admin, now):
    made = bring_in(admin, now, files())

    roll_back_load(load_id=made.pk, by=admin, at=now)

    assert Scenario.objects.get().state == "retired"


def test_one_whose_transcripts_do_not_hold_stays_a_draft_and_says_why(admin, now, client):
    made = load(admin, now, files(golden=[{**GOLDEN[0], "must": {**GOLDEN[0]["must"], "ending": "gone"}}, *GOLDEN[1:]]))
    confirm_load(load_id=made.pk, by=admin, at=now)
    client.force_login(admin)

    page = client.post(reverse("trainer:load_step", args=[made.pk]), {"action": "publish"}, follow=True)

    made.refresh_from_db()
    assert (made.state, Scenario.objects.get().state) == (LoadState.PUBLISHED, "draft")
    assert "还是草稿：包裹没到" in page.content.decode()
    assert "应为 gone" in client.get(reverse("trainer:load", args=[made.pk]), {"tab": "scenarios"}).content.decode()


@pytest.mark.parametrize(
    ("changes", "line", "told"),
    [
        ({"lessons": ["no-such-lesson"]}, "lessons:", "没有叫“no-such-lesson”的课程"),
        ({"out_of_patience": "nowhere"}, "out_of_patience: nowhere", "没有叫“nowhere”的结局"),
    ],
)
def test_problems_are_shown_by_line_and_bring_nothing_in(admin, now, changes, line, told):
    made = load(admin, now, files(golden=None, **changes))

    entries = list(made.entries.all())
    assert {(entry.kind, entry.decision) for entry in entries} == {(EntryKind.HELD, Decision.OPEN)}
    assert [entry.text for entry in entries if told in entry.reason] == [line]
    with pytest.raises(NothingToLoad):
        confirm_load(load_id=made.pk, by=admin, at=now)


def test_transcripts_without_a_scenario_are_left_out_with_the_reason(admin, now):
    made = load(admin, now, {"nobody.yaml": as_bytes(GOLDEN)})
    confirm_load(load_id=made.pk, by=admin, at=now)

    entry = made.entries.get()
    assert entry.decision == Decision.SKIP
    assert "没有代号叫“nobody”的情景" in entry.reason


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", "标题：包裹".encode("gb18030"), b"a: &x 1\nb: *x", b"[" * 900])
def test_what_is_no_scenario_says_so(admin, now, data):
    made = load(admin, now, {"x.yaml": data})

    assert made.files.get().error or made.entries.filter(kind=EntryKind.HELD).exists()
    assert not Scenario.objects.exists()
