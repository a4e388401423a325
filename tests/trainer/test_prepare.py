"""``manage.py prepare``: what ``make run`` does before it serves."""

import pytest
from django.core.management import call_command

from tests.factories.trainer import LessonFactory
from trainer.management.commands import prepare
from trainer.models import Lesson


@pytest.fixture
def curriculum(tmp_path):
    folder = tmp_path / "curriculum"
    folder.mkdir()
    (folder / "lesson.md").write_text("七天")
    return folder


@pytest.fixture
def called(curriculum, tmp_path, monkeypatch, settings):
    """The names of the commands that ``prepare`` calls; loading makes a lesson."""
    names = []

    def call(name, *args, **kwargs):
        names.append(name)
        if name == "load_content":
            LessonFactory()

    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(prepare, "call_command", call)
    monkeypatch.setattr(prepare, "SOURCES", (curriculum,))
    return names


@pytest.mark.django_db
def test_the_curriculum_is_loaded_once_until_it_changes(called, curriculum):
    loads = []
    for change in (lambda: None, lambda: None, lambda: (curriculum / "lesson.md").write_text("八天")):
        change()
        called.clear()
        call_command("prepare")
        loads.append("load_content" in called)

    assert loads == [True, False, True]


@pytest.mark.django_db
def test_an_emptied_database_is_filled_again(called):
    call_command("prepare")
    Lesson.objects.all().delete()
    called.clear()

    call_command("prepare")

    assert "load_content" in called


def test_the_fingerprint_knows_names_and_contents(tmp_path):
    seen = {prepare.fingerprint((tmp_path,))}
    (tmp_path / "a.md").write_text("一")
    seen.add(prepare.fingerprint((tmp_path,)))
    (tmp_path / "a.md").write_text("二")
    seen.add(prepare.fingerprint((tmp_path,)))
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    seen.add(prepare.fingerprint((tmp_path,)))

    assert len(seen) == 4
