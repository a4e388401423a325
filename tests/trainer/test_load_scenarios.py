from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings
from django.core.management import call_command

from quizzes.models import Scenario
from tests.factories.trainer import LessonFactory
from trainer.readers.scenario_files import read_scenarios

NAME = "parcel-stalled-birthday"


@pytest.fixture
def folder(tmp_path):
    """One of the shipped scenarios by itself."""
    copied = tmp_path / "scenarios"
    copytree(settings.BASE_DIR / "fixtures" / "scenarios", copied)
    for path in [*copied.glob("*.yaml"), *copied.glob("golden/*.yaml")]:
        if path.stem != NAME:
            path.unlink()
    return copied


@pytest.fixture
def lessons(folder):
    script = read_scenarios([folder]).entries[0].scenario
    keys = {script.customer_type, *script.lessons, *(point.lesson for point in script.all_points())}
    for key in (keys | {one.lesson for one in script.forbidden}) - {""}:
        LessonFactory(slug=key)


def load(folder: Path, *options) -> str:
    out = StringIO()
    call_command("load_content", str(folder), *options, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_folder_of_scenarios_is_loaded_and_published_once(folder, lessons):
    assert "读到 1 个，新增或更新 1 个" in load(folder)
    assert "新增或更新 0 个" in load(folder)

    assert Scenario.objects.live().get().slug == NAME


@pytest.mark.django_db
def test_a_dry_run_changes_nothing(folder, lessons):
    load(folder, "--dry-run")

    assert not Scenario.objects.exists()


@pytest.mark.django_db
def test_a_retired_scenario_stays_retired(folder, lessons):
    load(folder)
    Scenario.objects.update(state="retired")
    path = folder / f"{NAME}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("minutes: 5", "minutes: 6"), encoding="utf-8")

    load(folder)

    assert (Scenario.objects.get().state, Scenario.objects.get().minutes) == ("retired", 6)


@pytest.mark.django_db
def test_a_problem_stops_all_and_names_its_line(folder):
    with pytest.raises(SystemExit):
        load(folder)
    assert not Scenario.objects.exists()


def test_checking_needs_no_database_and_tells_where_each_talk_ended(folder):
    out = StringIO()
    call_command("check_scenarios", str(folder), "--talk", "--why", stdout=out)
    said = out.getvalue()

    assert "✓ excellent：done" in said
    assert "客服：您好" in said
    assert "1 个情景，0 处要改，0 份对话没有对上" in said


def test_a_transcript_that_does_not_hold_is_told_with_what_is_wrong(folder):
    path = folder / "golden" / f"{NAME}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("ending: done", "ending: sour"), encoding="utf-8")
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("check_scenarios", str(folder), stdout=out)

    assert "结局是 done，应为 sour" in out.getvalue()
