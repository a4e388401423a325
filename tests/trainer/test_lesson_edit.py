"""Editing a lesson on the site: a draft with its facts, then its impact, then the decision."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import Blueprint, Question
from quizzes.rules.vocabulary import QuestionState
from tests.factories.trainer import FactFactory
from tests.quizzes.forms_of_pages import fields_of
from tests.trainer.changing import FREIGHT, WINDOW, World
from trainer.models import Fact, LessonChange, LessonVersion, Recheck

pytestmark = pytest.mark.django_db
EDIT = "/content/lessons/seven-days/edit/"


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def editor(client, admin, world):
    client.force_login(admin)
    return client


def typed(client):
    """What the form holds when nothing is touched."""
    return fields(client.get(EDIT))


def fields(response):
    """What a browser would post of the page: by name, several values as a list."""
    found = {}
    for name, value in fields_of(response.content.decode()):
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items() if name != "new_type"}


def test_an_untouched_form_makes_no_draft(editor):
    response = editor.post(EDIT, typed(editor), follow=True)

    assert "和现行的版本一样" in response.content.decode()
    assert LessonVersion.objects.count() == 1


def test_another_number_makes_a_draft_and_shows_its_impact(editor, world):
    data = typed(editor)
    row = next(name for name, value in data.items() if name.endswith("-key") and value == WINDOW)
    learner = world.passed(WINDOW).learner

    response = editor.post(EDIT, {**data, row.replace("-key", "-number"): "15"}, follow=True)

    draft = LessonVersion.objects.get(number=2)
    assert response.redirect_chain[-1][0] == "/content/lessons/seven-days/2/"
    assert draft.published_at is None and draft.edited
    assert Fact.objects.get(version=draft, key=WINDOW).number == 15
    assert "15 天内" in response.content.decode()
    assert str(learner) in editor.get("/content/lessons/seven-days/2/?show=people").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("number", "很多", "要写"), ("unit", "次", "天”或“小时”"), ("subject", "", "必填"), ("note", "", "必填")],
)
def test_a_fact_that_cannot_be_asked_says_where_and_why(editor, field, value, said):
    data = typed(editor)
    row = next(name for name, value in data.items() if name.endswith("-key") and value == WINDOW)

    response = editor.post(EDIT, {**data, row.replace("-key", f"-{field}"): value})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert LessonVersion.objects.count() == 1


def test_facts_are_added_by_type_and_removed(editor):
    data = fields(editor.post(EDIT, {**typed(editor), "add": "1", "new_type": "steps"}))
    assert data["facts-TOTAL_FORMS"] == "3" and data["facts-2-type"] == "steps"
    fewer = fields(editor.post(EDIT, {**data, "remove": "0"}))
    assert fewer["facts-TOTAL_FORMS"] == "2"

    steps = {"subject": "无理由退货的登记", "steps": "核对单号\n拍照\n登记", "note": "次序不能乱。"}
    editor.post(EDIT, {**fewer, **{f"facts-1-{name}": value for name, value in steps.items()}})

    assert set(Fact.objects.filter(version__number=2).values_list("key", "type")) == {
        (FREIGHT, "value"),
        ("seven-days-2", "steps"),
    }


def test_the_text_is_previewed_without_being_saved(editor):
    response = editor.post(EDIT, {**typed(editor), "body": "## 新的标题\n\n**重点**在这里。", "preview": "1"})

    assert "<strong>重点</strong>" in response.content.decode()
    assert LessonVersion.objects.count() == 1


def test_a_day_before_the_version_in_force_is_refused(editor):
    LessonVersion.objects.update(effective_from=timezone.localdate() - timedelta(days=2))
    data = typed(editor)

    response = editor.post(EDIT, {**data, "title": "别的", "effective_from": "2020-01-01"})

    assert response.status_code == 422 and "新版不能更早" in response.content.decode()


def test_a_key_of_another_lesson_is_refused(editor, world):
    FactFactory(key="taken-key")
    data = typed(editor)

    response = editor.post(EDIT, {**data, "facts-0-key": "taken-key"})

    assert response.status_code == 422 and "taken-key" in response.content.decode()


# --- publishing ------------------------------------------------------------------------------------------

def publish(client, **data):
    return client.post("/content/lessons/seven-days/2/", {"note": "期限改了", **data}, follow=True)


def test_publishing_as_a_rule_that_changed_tells_what_was_done(editor, world):
    world.passed(WINDOW)
    world.draft(window=15)

    due = timezone.localdate() + timedelta(days=7)
    response = publish(editor, kind="rule", due_on=due.isoformat())

    assert "给 1 人布置了复查" in response.content.decode()
    assert Recheck.objects.get().due_on == due


def test_a_rule_without_a_day_and_a_decision_without_a_kind_are_refused(editor, world):
    world.draft(window=15)

    assert "要有复查期限" in publish(editor, kind="rule", due_on="").content.decode()
    assert publish(editor).status_code == 422
    assert not LessonChange.objects.exists()


def test_a_correction_asks_for_no_day(editor, world):
    world.passed(WINDOW)
    world.draft(window=15)

    publish(editor, kind="correction", due_on="2000-01-01")

    assert LessonChange.objects.get().due_on is None and not Recheck.objects.exists()
    assert "其实是规则变了" in editor.get("/content/lessons/seven-days/2/").content.decode()


def test_an_exam_that_becomes_impossible_is_warned_of(editor, world):
    for question in Question.objects.live().exclude(current__bases__fact_key=WINDOW):
        question.state = QuestionState.RETIRED
        question.save()
    world.draft(without=[WINDOW])

    response = editor.get("/content/lessons/seven-days/2/")

    assert f"“{Blueprint.objects.get()}”凑不出卷" in response.content.decode()


@pytest.mark.parametrize("tab", ["facts", "questions", "exams", "people"])
@pytest.mark.parametrize("people", [1, 30])
def test_the_page_costs_the_same_for_any_number_of_people(editor, world, tab, people, django_assert_max_num_queries):
    """More than other pages, for it works out what would be; but a fixed number."""
    for _ in range(people):
        world.passed(WINDOW)
    world.draft(window=15)

    with django_assert_max_num_queries(37):
        assert editor.get(f"/content/lessons/seven-days/2/?show={tab}").status_code == 200
