"""The commands that load a curriculum and report on it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from quizzes.models import AuditEntry
from tests.curricula import edit, write_folder
from trainer.models import Lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path)


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as stopped:
        return stopped.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_command_names_file_line_and_key_on_stderr_and_exits_1(folder):
    line = edit(folder, "plans.yaml", "at_least: 60", "at_least: many")

    code, out, err = run("load_content", str(folder), "--json")

    assert code == 1 and out == ""
    assert err.startswith(f"plans.yaml:{line} ") and "at_least" in err.splitlines()[0]
    assert not Lesson.objects.exists()


def test_a_missing_folder_is_a_problem_and_no_traceback(tmp_path):
    code, _, err = run("load_content", str(tmp_path / "nowhere"))

    assert code == 1 and "没有这个文件夹" in err


def test_a_dry_run_reports_and_changes_nothing(folder):
    code, out, _ = run("load_content", str(folder), "--dry-run", "--json")

    report = json.loads(out)
    assert code == 0 and report["dry_run"] and report["lessons"]["created"] == 1
    assert not Lesson.objects.exists() and not AuditEntry.objects.exists()


def test_the_command_sums_up(folder):
    code, out, _ = run("load_content", str(folder))

    assert code == 0 and "课程：新增 1" in out and "手写题：新增 2" in out


def test_the_report_counts_what_is_there_and_what_is_late(folder, tmp_path):
    edit(folder, "lessons/seven-days.md", "review_by: 2027-06-30", "review_by: 2020-01-01")
    run("load_content", str(folder))
    ids = tmp_path / "ids.txt"
    ids.write_text("# 依据\nR-05\nR-99\n", encoding="utf-8")

    report = json.loads(run("content_report", "--json", "--ids", str(ids))[1])

    assert report["lessons"]["by_kind"] == {"platform_rule": 1}
    assert report["lessons"]["by_platform"] == {"tmall": 1}
    assert [late["slug"] for late in report["lessons"]["past_review"]] == ["seven-days"]
    assert (report["facts"]["count"], report["facts"]["covered"], report["facts"]["missing"]) == (2, ["R-05"], ["R-99"])
    assert report["questions"]["by_origin"]["handwritten"] == 2
    assert sum(report["questions"]["by_kind"].values()) == report["questions"]["live"]
    assert "R-99" in run("content_report", "--ids", str(ids))[1]
