"""Blueprints of a curriculum: possible or refused, closed when they are gone, and a person's changes stand."""

import pytest

from quizzes.models import Blueprint
from quizzes.queries.pools import candidates, sections_of
from quizzes.rules.blueprint import feasibility
from quizzes.rules.vocabulary import Platform
from tests.curricula import edit, write_folder
from tests.trainer.loading_content import everything, hourly
from trainer.commands.curriculum import ContentProblems
from trainer.models import PlanVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path)


@pytest.fixture
def load(folder):
    return hourly(folder)


def test_a_blueprint_that_a_person_edited_stands_until_its_file_changes(folder, load):
    load()
    Blueprint.objects.update(minutes=99)
    section = Blueprint.objects.get().sections.get()

    assert load()["blueprints"].changed == 0
    assert Blueprint.objects.get().minutes == 99
    edit(folder, "blueprints.yaml", "minutes: 5", "minutes: 6")
    assert load()["blueprints"].changed == 1
    assert Blueprint.objects.get().minutes == 6
    assert Blueprint.objects.get().sections.get() == section  # old papers still know their part


def test_a_blueprint_no_more_in_the_folder_is_closed(folder, load):
    load()
    text = (folder / "blueprints.yaml").read_text("utf-8")
    (folder / "blueprints.yaml").write_text(text.replace("small-exam", "other-exam"), encoding="utf-8")
    edit(folder, "plans.yaml", "small-exam", "other-exam")
    edit(folder, "courses.yaml", "small-exam", "other-exam")

    counts = load()

    assert (counts["blueprints"].created, counts["blueprints"].retired, counts["plans"].changed) == (1, 1, 1)
    assert dict(Blueprint.objects.values_list("slug", "is_open")) == {"small-exam": False, "other-exam": True}
    first, second = PlanVersion.objects.order_by("number")
    assert [version.requirements.get().params["blueprint"] for version in (first, second)] == [
        "small-exam", "other-exam",
    ]  # fmt: skip
    assert load()["plans"].unchanged == 1


def test_an_impossible_blueprint_is_refused_with_section_and_lack(folder, load):
    before = everything()
    line = edit(folder, "blueprints.yaml", "    - title: 单选", "    - title: 单选多多")
    edit(folder, "blueprints.yaml", "count: 1", "count: 100")

    with pytest.raises(ContentProblems) as caught:
        load()

    [problem] = caught.value.problems
    assert (problem.file, problem.line) == ("blueprints.yaml", line)
    assert "单选多多" in problem.message and "100 道" in problem.message and "还差" in problem.message
    assert everything() == before


def test_platforms_of_a_section_mean_their_own_questions(folder, load):
    edit(folder, "blueprints.yaml", "kinds: [single]", "kinds: [single]\n      platforms: [vip]")

    with pytest.raises(ContentProblems):
        load()
    edit(folder, "blueprints.yaml", "platforms: [vip]", "platforms: [tmall]")
    load()

    section = sections_of(Blueprint.objects.get())[0]
    assert section.platforms == {Platform.TMALL}
    assert feasibility([section], candidates()) == ()
