"""What an operator runs from the shell: sample papers, and handing in what is overdue."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from quizzes.commands.attempts import start_exam
from quizzes.models import Attempt, Blueprint, Question
from tests.curricula import write_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def blueprint(tmp_path):
    call_command("load_content", str(write_folder(tmp_path)), verbosity=0)
    return Blueprint.objects.get()


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_papers_are_drawn_without_being_assigned(blueprint):
    report = json.loads(run("draw_papers", "small-exam", "--count", "4", "--seed", "9", "--json"))

    assert (report["blueprint"], report["count"], report["seed"], len(report["papers"])) == ("small-exam", 4, 9, 4)
    [section] = report["sections"]
    fitting = Question.objects.live().filter(current__kind="single", current__topic__slug="returns")
    assert (section["title"], section["count"], section["pool"]) == ("单选", 1, fitting.count())
    drawn = [slug for paper in report["papers"] for slug in paper["questions"]]
    assert set(drawn) <= set(fitting.values_list("slug", flat=True)) and len(drawn) == 4
    assert report["exposure"]["distinct"] == len(set(drawn))
    assert report["exposure"]["most"] == max(map(drawn.count, drawn))
    assert report["exposure"]["bank"] == Question.objects.live().count()
    assert 0 <= report["overlap"]["mean"] <= report["overlap"]["max"] <= 1
    assert report["expected"]["min"] <= report["expected"]["mean"] <= report["expected"]["max"]
    assert not Attempt.objects.exists()
    assert not Question.objects.exclude(exposure=0).exists()


def test_the_same_seed_draws_the_same_papers(blueprint):
    arguments = ("draw_papers", "small-exam", "--count", "6", "--json", "--seed")

    assert run(*arguments, "1") == run(*arguments, "1") != run(*arguments, "2")


def test_people_read_the_same_in_words(blueprint):
    assert "单选：1 题 × 1.00 分" in run("draw_papers", "small-exam", "--count", "1")


def test_an_unknown_or_impossible_blueprint_is_named(blueprint):
    with pytest.raises(CommandError, match="small-exam"):
        run("draw_papers", "large-exam")
    with pytest.raises(CommandError, match="至少"):
        run("draw_papers", "small-exam", "--count", "0")
    Blueprint.objects.get().sections.update(count=100)
    with pytest.raises(CommandError, match="“单选”还差 9"):
        run("draw_papers", "small-exam")


def test_overdue_attempts_are_handed_in_and_open_ones_stay(blueprint, trainee):
    began = timezone.now() - timedelta(hours=1)
    late = start_exam(blueprint_id=blueprint.pk, learner=trainee, at=began, seed=1)

    assert "1" in run("close_overdue")
    assert "0" in run("close_overdue")

    late.refresh_from_db()
    assert (late.submitted_at, late.handed_in_by) == (late.ends_at, Attempt.DEADLINE)
    fresh = start_exam(blueprint_id=blueprint.pk, learner=trainee, at=timezone.now(), seed=2)
    run("close_overdue")
    fresh.refresh_from_db()
    assert fresh.submitted_at is None
