import re

import pytest

from quizzes.models import AuditEntry, Blueprint
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import (
    AttemptFactory,
    BlueprintFactory,
    BlueprintSectionFactory,
    QuestionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

TERMS = {
    "slug": "rules",
    "title": "规则考试",
    "title_en": "Rules exam",
    "instructions": "独立完成。",
    "mode": "exam",
    "minutes": "30",
    "pass_mark": "80",
    "pass_rationale": "错两成就会有顾客吃亏。",
    "max_attempts": "3",
    "cooldown_hours": "24",
    "feedback": "after_submission",
    "is_open": "on",
}
SECTION = {
    "title": "选择题",
    "title_en": "Choice",
    "count": "2",
    "marks": "5",
    "min_difficulty": "1",
    "max_difficulty": "5",
}


def posted(*sections, **changed):
    data = {**TERMS, **changed, "sections-TOTAL_FORMS": len(sections), "sections-INITIAL_FORMS": len(sections)}
    for number, section in enumerate(sections):
        data |= {f"sections-{number}-{name}": value for name, value in {**SECTION, **section}.items()}
    return data


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_length(client, admin, rows, django_assert_num_queries):
    for blueprint in BlueprintFactory.create_batch(rows):
        AttemptFactory.create_batch(2, blueprint=blueprint, submitted=True)
    client.force_login(admin)

    with django_assert_num_queries(6):
        response = client.get("/blueprints/")

    assert [(row.questions, row.sat, row.passed) for row in response.context["page"]] == [(2, 2, 2)] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_blueprint_page_costs_the_same_for_any_number_of_sections(
    client, admin, rows, django_assert_num_queries
):
    QuestionFactory.create_batch(6, facts=[])
    BlueprintFactory(slug="rules", sections=rows)
    client.force_login(admin)

    with django_assert_num_queries(11):
        response = client.get("/blueprints/rules/")

    assert response.context["report"].possible
    assert len(response.context["report"].sections) == rows
    with django_assert_num_queries(12):
        client.get("/blueprints/rules/", {"seed": "1"})


def test_a_sample_paper_is_shown_with_its_keys_and_sat_by_nobody(client, supervisor):
    questions = QuestionFactory.create_batch(4)
    BlueprintFactory(slug="rules", sections=2)
    client.force_login(supervisor)

    first = client.get("/blueprints/rules/", {"seed": "5"}).context["sample"]
    again = client.get("/blueprints/rules/", {"seed": "5"}).context["sample"]

    assert first == again
    items = [item for _, part in first.parts for item in part]
    assert {item.version.question_id for item in items} == {question.pk for question in questions}
    assert all(any(option.right for option in item.reviewed.options) for item in items)
    assert not Blueprint.objects.get().attempts.exists()
    assert {question.exposure for question in type(questions[0]).objects.all()} == {0}


@pytest.mark.parametrize("seed", ["x", "-1", "99999999999"])
def test_a_seed_that_is_none_is_named(client, supervisor, seed):
    QuestionFactory.create_batch(2)
    BlueprintFactory(slug="rules")
    client.force_login(supervisor)

    assert "种子要写" in client.get("/blueprints/rules/", {"seed": seed}).content.decode()


def test_a_page_says_which_section_lacks_how_many_by_now(client, supervisor):
    BlueprintSectionFactory(blueprint=BlueprintFactory(slug="rules", sections=0), count=3)
    QuestionFactory()
    client.force_login(supervisor)

    response = client.get("/blueprints/rules/", {"seed": "1"})

    [section] = response.context["report"].sections
    assert (section.fitting, section.shortage.lacking) == (1, 2)
    assert "还差 2 题" in response.content.decode()


def test_a_blueprint_is_made_with_its_sections(client, admin):
    topic = TopicFactory(slug="returns")
    QuestionFactory.create_batch(2, topic=topic)
    QuestionFactory.create_batch(2, kind=Kind.TRUE_FALSE)
    client.force_login(admin)
    sections = ({"topics": ["returns"]}, {"title": "判断题", "kinds": ["true_false"], "marks": "2.5"})

    response = client.post("/blueprints/new/", posted(*sections))

    assert response.headers["Location"] == "/blueprints/rules/"
    first, second = Blueprint.objects.get(slug="rules").sections.all()
    assert [t.slug for t in first.topics.all()] == ["returns"]
    assert (second.title, second.kinds, str(second.marks)) == ("判断题", ["true_false"], "2.50")
    assert AuditEntry.objects.get().action == "add_blueprint"


def test_an_impossible_blueprint_is_refused_and_the_section_named(client, admin):
    QuestionFactory.create_batch(3)
    client.force_login(admin)

    response = client.post("/blueprints/new/", posted({}, {"title": "判断题", "kinds": ["true_false"], "count": "4"}))

    assert response.status_code == 422
    page = response.content.decode()
    assert "“判断题”还差 4 题" in page
    assert "“选择题”" not in page
    assert "要 4 题，题库里已上线、符合条件的只有 0 题，还差 4 题。" in page
    assert not Blueprint.objects.exists()


def test_a_section_that_others_eat_up_is_told_so(client, admin):
    QuestionFactory.create_batch(3)
    client.force_login(admin)

    response = client.post("/blueprints/new/", posted({}, {"title": "再来两题"}))

    assert "别的部分也要用" in response.content.decode()
    assert not Blueprint.objects.exists()


@pytest.mark.parametrize(
    "changed, section, message",
    [
        ({"slug": "new"}, {}, "留给网址用"),
        ({"title": ""}, {}, "这个字段是必填项"),
        ({"pass_mark": "101"}, {}, "及格线"),
        ({"minutes": "0"}, {}, "时长"),
        ({}, {"count": "0"}, "大于或等于1"),
        ({}, {"marks": "0"}, "每题分值要大于 0"),
        ({}, {"min_difficulty": "4", "max_difficulty": "2"}, "最高难度不能小于最低难度"),
        ({}, {"topics": ["nonsense"]}, "nonsense"),
    ],
)
def test_bad_input_is_named_in_chinese_and_saves_nothing(client, admin, changed, section, message):
    QuestionFactory.create_batch(2)
    client.force_login(admin)

    response = client.post("/blueprints/new/", posted(section, **changed))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Blueprint.objects.exists()


def test_a_slug_of_another_blueprint_is_refused(client, admin):
    QuestionFactory.create_batch(2)
    BlueprintFactory(slug="rules")
    client.force_login(admin)

    assert "已存在" in client.post("/blueprints/new/", posted({})).content.decode()


def test_a_form_without_its_sections_is_refused(client, admin):
    client.force_login(admin)

    for data in (TERMS, TERMS | {"sections-TOTAL_FORMS": "x"}):
        assert "至少要有 1 个部分" in client.post("/blueprints/new/", data).content.decode()


def test_changing_a_blueprint_keeps_the_rows_of_its_sections(client, admin):
    QuestionFactory.create_batch(4)
    blueprint = BlueprintFactory(slug="rules", sections=0)
    first, gone, last = (BlueprintSectionFactory(blueprint=blueprint, position=n) for n in range(3))
    client.force_login(admin)

    client.post("/blueprints/rules/edit/", posted({"id": last.pk, "title": "提前"}, {"id": first.pk}, slug="other"))

    blueprint.refresh_from_db()
    assert (blueprint.slug, blueprint.title) == ("rules", "规则考试")
    assert [(row.pk, row.title) for row in blueprint.sections.all()] == [(last.pk, "提前"), (first.pk, "选择题")]
    assert gone.pk not in blueprint.sections.values_list("pk", flat=True)


def test_a_section_of_another_blueprint_is_not_taken(client, admin):
    QuestionFactory.create_batch(2)
    other = BlueprintFactory(sections=1)
    stolen = other.sections.get()
    client.force_login(admin)

    client.post("/blueprints/new/", posted({"id": stolen.pk}))

    assert [row.pk for row in other.sections.all()] == [stolen.pk]
    assert Blueprint.objects.get(slug="rules").sections.get().pk != stolen.pk


@pytest.mark.parametrize(
    "button, titles",
    [
        ({"add": "1"}, ["甲", "乙", None]),
        ({"remove": "0"}, ["乙"]),
        ({"up": "1"}, ["乙", "甲"]),
        ({"up": "0"}, ["甲", "乙"]),
        ({"remove": "x"}, ["甲", "乙"]),
    ],
)
def test_sections_are_added_removed_and_moved_without_saving(client, admin, button, titles):
    client.force_login(admin)
    data = posted({"title": "甲", "count": "oops"}, {"title": "乙"}, title="")

    response = client.post("/blueprints/new/", data | button)

    assert response.status_code == 200
    assert [form["title"].value() for form in response.context["sections"]] == titles
    page = response.content.decode()
    assert "oops" in page or "甲" not in titles
    assert not re.search("必填", page)
    assert not Blueprint.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_the_same_for_any_number_of_sections(client, admin, rows, django_assert_num_queries):
    TopicFactory.create_batch(rows)
    BlueprintFactory(slug="rules", sections=rows)
    client.force_login(admin)

    with django_assert_num_queries(8):
        client.get("/blueprints/rules/edit/")


def test_a_supervisor_reads_blueprints_and_changes_none(client, supervisor, trainee):
    BlueprintFactory(slug="rules")
    client.force_login(supervisor)
    assert client.get("/blueprints/").status_code == 200
    assert client.get("/blueprints/rules/edit/").status_code == 403
    assert client.post("/blueprints/new/", posted({})).status_code == 403

    client.force_login(trainee)
    assert client.get("/blueprints/").status_code == 403
