"""Writing questions by hand: the form of every kind, new questions, new versions."""

import pytest
from hypothesis import given

from quizzes.forms.writing_content import content_data, content_initial
from quizzes.models import AuditEntry, Question, QuestionVersion
from quizzes.rules.questions import content_from_data, content_to_data
from quizzes.rules.vocabulary import Kind, QuestionState
from tests.factories.contents import STEMS
from tests.factories.quizzes import AttemptFactory, QuestionFactory, TopicFactory
from tests.quizzes.forms_of_pages import fields_of
from tests.rules.contents import contents
from trainer.models import SearchEntry


@given(contents)
def test_what_is_there_comes_through_the_form_unchanged(content):
    empty = {"option": "", "right": False, "why": "", "id": ""}
    typed = {f"{part}_{row}": value for row in range(10) for part, value in empty.items()}
    gaps = len(getattr(content, "blanks", getattr(content, "gaps", ())))

    data = content_data(content.kind, typed | content_initial(content), content)

    assert content_from_data(content.kind, data, stem="____，".join([""] * (gaps + 1))) == content


@pytest.fixture
def backstage(client, admin):
    client.force_login(admin)
    return client


def typed(client, url, **changes):
    """What the browser would post from the page, with ``changes``."""
    page = client.get(url).content.decode()
    return {**{name: value for name, value in fields_of(page) if name not in ("switch",)}, **changes}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind)
def test_each_kind_can_be_changed_and_only_what_was_typed_changes(backstage, kind):
    question = QuestionFactory(kind=kind, facts=["r05-sign"], lesson_key="returns", tags=["case"])
    before = question.current
    url = f"/bank/{question.slug}/edit/"

    unchanged = backstage.post(url, typed(backstage, url), follow=True)
    assert "没有改什么" in unchanged.content.decode()
    changes = typed(backstage, url, explanation="先核实，再安抚。", reason="讲解写反了")
    response = backstage.post(url, changes, follow=True)

    assert "已存为新的一版" in response.content.decode()
    question.refresh_from_db()
    after = question.current
    assert (after.number, after.explanation, after.reason) == (2, "先核实，再安抚。", "讲解写反了")
    assert (after.content, after.stem, after.lesson_key) == (before.content, before.stem, "returns")
    assert [basis.fact_key for basis in after.bases.all()] == ["r05-sign"]
    assert question.state == QuestionState.LIVE
    assert [tag.name for tag in question.tags.all()] == ["case"]
    assert SearchEntry.objects.filter(question_version=after).exists()
    assert AuditEntry.objects.filter(action="save_questions").count() == 1


@pytest.mark.django_db
def test_the_same_reason_twice_still_writes_a_version(backstage):
    question = QuestionFactory()
    url = f"/bank/{question.slug}/edit/"

    for text in ("一", "二", "一"):
        backstage.post(url, typed(backstage, url, explanation=text, reason="改讲解"))

    assert [version.explanation for version in question.versions.order_by("number")][1:] == ["一", "二", "一"]


@pytest.mark.django_db
def test_papers_that_were_drawn_keep_what_they_hold(backstage):
    question = QuestionFactory()
    item = AttemptFactory(items=[question]).items.get()
    url = f"/bank/{question.slug}/edit/"

    backstage.post(url, typed(backstage, url, stem="改过的题干？"))

    item.refresh_from_db()
    assert item.version.number == 1


@pytest.mark.django_db
def test_who_was_slower_is_told(backstage):
    question = QuestionFactory()
    url = f"/bank/{question.slug}/edit/"
    old = typed(backstage, url, stem="慢的人写的题干？")
    backstage.post(url, typed(backstage, url, stem="快的人写的题干？"))

    response = backstage.post(url, old)

    assert response.status_code == 422
    assert "有人改过这道题" in response.content.decode()
    question.refresh_from_db()
    assert question.current.stem == "快的人写的题干？"


NEW = {
    Kind.SINGLE: {"option_0": "道歉", "option_1": "推责", "right_0": "on", "why_1": "顾客更急"},
    Kind.MULTIPLE: {"option_0": "道歉", "option_1": "核实", "option_2": "推责", "right_0": "on", "right_1": "on"},
    Kind.TRUE_FALSE: {"answer": "false"},
    Kind.FILL: {"blanks": "签收 | 收货\n退款"},
    Kind.NUMERIC: {"answer": "1500", "tolerance": "", "unit": "元"},
    Kind.MATCHING: {"pairs": "急躁型 = 先安抚\n犹豫型→给建议", "extra": "不理会"},
    Kind.ORDERING: {"items": "核对\n道歉\n补发"},
    Kind.CLOZE: {"gaps": "安抚 | 解释\n给方案 | 讲规则"},
    Kind.FREE_TEXT: {"rubric": "2 先道歉\n3分 说明怎么核实", "sample": ""},
}


def new_data(kind, **changes):
    data = {"kind": kind, "stem": STEMS[kind], "topic": TopicFactory().pk, "platform": "all", "difficulty": "2"}
    rule = {Kind.MULTIPLE: "net", Kind.MATCHING: "per_part", Kind.ORDERING: "adjacent", Kind.FREE_TEXT: "rubric"}
    rule |= {Kind.FILL: "per_part", Kind.CLOZE: "per_part"}
    return {**data, "rule": rule.get(kind, "all_or_nothing"), "tags": "案例、售后", **NEW[kind], **changes}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind)
def test_a_new_question_of_each_kind_is_a_draft(backstage, admin, kind):
    response = backstage.post("/bank/new/", new_data(kind), follow=True)

    assert "已存为草稿" in response.content.decode()
    question = Question.objects.get()
    assert (question.state, question.current.kind, question.current.created_by) == (QuestionState.DRAFT, kind, admin)
    assert {tag.name for tag in question.tags.all()} == {"案例", "售后"}
    assert content_to_data(question.current.parsed()) == question.current.content


WRONG = [
    (Kind.SINGLE, {"right_1": "on"}, "有且只有一个正确项"),
    (Kind.SINGLE, {"option_1": ""}, "至少写两个选项"),
    (Kind.SINGLE, {"option_1": "", "option_2": "推责", "right_1": "on"}, "却没有写内容"),
    (Kind.MULTIPLE, {"option_2": "道歉"}, "出现了两次"),
    (Kind.FILL, {"blanks": "签收"}, "答案却有 1 个"),
    (Kind.MATCHING, {"pairs": "急躁型\n犹豫型=给建议"}, "没有左右两边"),
    (Kind.MATCHING, {"pairs": "犹豫型=给建议"}, "至少写两对"),
    (Kind.ORDERING, {"items": "核对\n道歉"}, "至少写三步"),
    (Kind.CLOZE, {"gaps": "安抚\n给方案 | 讲规则"}, "只有一个词"),
    (Kind.FREE_TEXT, {"rubric": "先道歉"}, "前面没有分数"),
    (Kind.NUMERIC, {"answer": "很多"}, "输入"),
    (Kind.TRUE_FALSE, {"stem": ""}, "这个字段是必填项"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "changes", "words"), WRONG)
def test_what_cannot_be_asked_is_named(backstage, kind, changes, words):
    response = backstage.post("/bank/new/", new_data(kind, **changes))

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not QuestionVersion.objects.exists()


@pytest.mark.django_db
def test_a_question_that_is_there_is_not_written_twice(backstage):
    backstage.post("/bank/new/", new_data(Kind.SINGLE))

    response = backstage.post("/bank/new/", new_data(Kind.SINGLE, stem="  顾客说鞋子开胶了，最先做什么?"))

    assert f'href="/bank/{Question.objects.get().slug}/"' in response.content.decode()
    assert Question.objects.count() == 1


@pytest.mark.django_db
def test_another_kind_keeps_what_was_typed(backstage):
    data = new_data(Kind.SINGLE, switch="multiple")

    page = backstage.post("/bank/new/", data).content.decode()

    assert dict(fields_of(page))["option_0"] == "道歉"
    assert ("kind", "multiple") in fields_of(page)
    assert "顾客说鞋子开胶了" in page
