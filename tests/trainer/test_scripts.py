"""The script library: the judge at the door, review by another person, and what is shipped."""

from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from quizzes.models import AuditEntry
from tests.factories.scripts import ScriptFactory
from tests.factories.trainer import LessonFactory
from tests.trainer.scripting import FIELDS, GOOD, PAID_PRAISE
from trainer.commands.scripts import (
    NotFromHere,
    NotSound,
    OwnWork,
    approve_script,
    retire_script,
    save_script,
    send_back_script,
    submit_script,
)
from trainer.models import Script
from trainer.queries.scripts import quick_phrases
from trainer.readers.script_files import KEYS, read_scripts
from trainer.rules.scripts import Situation, Wording, judge_wording

SHIPPED = Path(django_settings.BASE_DIR) / "fixtures" / "scripts"


def wording(good=GOOD, bad="", bad_check=""):
    return Wording("到哪里了", good, bad, bad_check, "taobao", Situation.AFTERSALE)


# --- the judge at the door ---------------------------------------------------------------------------------


def test_a_good_example_with_a_violation_is_refused_with_its_words():
    verdict = judge_wording(wording(PAID_PRAISE))

    assert not verdict.sound
    assert [found.check for found in verdict.refused] == ["review_inducement"]
    assert any("好评" in span.text for span in verdict.refused[0].spans)


def test_a_sound_script_passes():
    verdict = judge_wording(wording(bad="快递的事我们管不了，您自己打电话问。", bad_check="shirks"))

    assert verdict.sound
    assert "shirks" in verdict.bad_shows


@pytest.mark.parametrize("check", ["review_inducement", ""])
def test_a_bad_example_that_shows_nothing_bad_is_refused(check):
    verdict = judge_wording(wording(bad=GOOD, bad_check=check))

    assert verdict.praised


def test_every_shipped_script_stands_before_the_judge():
    found = read_scripts(SHIPPED)
    verdicts = {entry.slug: judge_wording(entry.wording) for entry in found.entries}

    assert not found.problems
    assert [slug for slug, verdict in verdicts.items() if not verdict.sound] == []


def test_the_shipped_scripts_are_many_on_every_platform():
    entries = read_scripts(SHIPPED).entries

    assert len(entries) >= 60
    assert sum(bool(entry.bad) for entry in entries) >= 25
    assert {entry.situation for entry in entries} == set(Situation)
    for platform in ("tmall", "taobao", "douyin", "vip"):
        assert any(entry.platforms == (platform,) for entry in entries), platform
    assert len({entry.good for entry in entries}) == len(entries)


def test_the_shell_checks_the_shipped_scripts():
    out = StringIO()

    call_command("check_scripts", stdout=out)

    assert "0 处要改" in out.getvalue()


# --- files -------------------------------------------------------------------------------------------------


def written(folder, text):
    (folder / "a.scripts.yaml").write_text(text, encoding="utf-8")
    return folder


SOUND = f"""
- slug: track
  title: 查物流
  category: logistics
  situation: aftersale
  platforms: [all]
  good: {GOOD}
"""


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("- slug: a\n  title: 甲\n", 1, "category"),
        (SOUND + "  colour: red\n", 8, "colour"),
        (SOUND.replace("[all]", "[jd]"), 6, "platforms"),
        (SOUND.replace("[all]", "[[all]]"), 6, "platforms"),
        (SOUND.replace("category: logistics", "category: [1]"), 4, "category"),
        (SOUND + "  bad: 不知道\n", 8, "bad"),
        (SOUND + "  shows: shirks\n", 8, "shows"),
        (SOUND + "  lesson: nothing\n", 8, "lesson"),
        (SOUND + SOUND, 1, "track"),
        ("slug: a\n", 1, "文件"),
        ("- 话术\n", 1, "话术"),
    ],
)
def test_a_miswritten_file_is_told_by_line(tmp_path, text, line, key):
    problems = read_scripts(written(tmp_path, text), lessons=set()).problems

    assert (line, key) in [(problem.line, problem.key) for problem in problems]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["all", "vip", "logistics"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*KEYS, "x"]), inner, max_size=len(KEYS)),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), anything)) | anything)
def test_no_file_breaks_the_reader(written_things):
    with TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "a.scripts.yaml").write_text(yaml.safe_dump(written_things, allow_unicode=True), encoding="utf-8")

        found = read_scripts(path, lessons=set())

    assert found.problems or written_things == [] or found.entries


def load(folder):
    out = StringIO()
    try:
        call_command("load_content", str(folder), stdout=out, stderr=out)
    except (SystemExit, CommandError) as error:
        out.write(f"exit {error}")
    return out.getvalue()


@pytest.mark.django_db
def test_a_folder_is_loaded_once_and_a_persons_change_stays(tmp_path, admin, now):
    folder = written(tmp_path, SOUND)

    assert "新增或更新 1 条" in load(folder)
    assert "新增或更新 0 条" in load(folder)
    script = Script.objects.live().get()
    retire_script(script_id=script.pk, by=admin, at=now)
    written(tmp_path, SOUND.replace("查物流", "查包裹"))
    assert "新增或更新 0 条" in load(folder)

    script.refresh_from_db()
    assert (script.state, script.title) == ("retired", "查物流")


@pytest.mark.django_db
def test_a_file_that_teaches_a_violation_loads_nothing(tmp_path):
    text = SOUND + SOUND.replace("track", "praise").replace(GOOD, PAID_PRAISE)

    told = load(written(tmp_path, text))

    assert "利诱好评" in told
    assert "exit 1" in told
    assert not Script.objects.exists()


@pytest.mark.django_db
def test_the_shipped_scripts_load_and_are_live():
    for slug in {entry.lesson for entry in read_scripts(SHIPPED).entries} - {""}:
        LessonFactory(slug=slug)

    load(SHIPPED)

    live = Script.objects.live().count()
    assert live == Script.objects.count() >= 60
    assert quick_phrases("vip", "aftersale")


# --- review ------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(supervisor, now):
    return save_script(script_id=None, fields=FIELDS, by=supervisor, at=now)


@pytest.mark.django_db
def test_from_draft_over_review_to_live_and_out(draft, supervisor, admin, now):
    given = {"script_id": draft.pk, "at": now}
    with pytest.raises(NotFromHere):
        approve_script(**given, by=admin)
    submit_script(**given, by=supervisor)
    send_back_script(**given, by=admin, remark="加上时间")
    assert Script.objects.get().remark == "加上时间"
    submit_script(**given, by=supervisor)
    live = approve_script(**given, by=admin)
    assert (live.state, live.approved_by) == ("live", admin)

    retire_script(**given, by=admin)

    states = AuditEntry.objects.filter(action="script_state").order_by("pk").values_list("detail__to", flat=True)
    assert list(states) == ["review", "draft", "review", "live", "retired"]


@pytest.mark.django_db
def test_the_writer_does_not_approve_where_two_are_asked_for(draft, supervisor, admin, now, settings):
    settings.CONTENT_REVIEW_BY_TWO = True
    submit_script(script_id=draft.pk, by=supervisor, at=now)

    with pytest.raises(OwnWork):
        approve_script(script_id=draft.pk, by=supervisor, at=now)

    assert approve_script(script_id=draft.pk, by=admin, at=now).state == "live"


@pytest.mark.django_db
def test_a_violation_never_reaches_review(draft, supervisor, now):
    save_script(script_id=draft.pk, fields={**FIELDS, "good": PAID_PRAISE}, by=supervisor, at=now)

    with pytest.raises(NotSound):
        submit_script(script_id=draft.pk, by=supervisor, at=now)

    assert Script.objects.get().state == "draft"


@pytest.mark.django_db
def test_changing_a_live_script_takes_it_down_and_saving_the_same_does_not(supervisor, now):
    script = ScriptFactory()
    same = {name: getattr(script, name) for name in FIELDS}
    save_script(script_id=script.pk, fields=same, by=supervisor, at=now)
    script.refresh_from_db()
    assert script.state == "live"

    changed = save_script(script_id=script.pk, fields={**same, "title": "新名字"}, by=supervisor, at=now)

    assert (changed.state, changed.approved_at) == ("draft", None)
    assert AuditEntry.objects.get(action="script_saved").detail["before"]["title"] == same["title"]
