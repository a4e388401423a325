from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import Question
from tests.factories.quizzes import QuestionFactory, QuestionVersionFactory
from tests.factories.trainer import LessonFactory, LessonVersionFactory
from tests.trainer import loading
from trainer.commands.load_confirming import confirm_load
from trainer.commands.load_publishing import publish_load
from trainer.commands.search import reindex
from trainer.models import LessonVersion

pytestmark = pytest.mark.django_db
PAGE = "/search/"


@pytest.fixture
def reader(client, trainee):
    client.force_login(trainee)
    return client


def titles(response):
    return ["".join(piece.text for piece in hit.title) for hit in response.context["hits"]]


@pytest.mark.parametrize("count", [1, 3])
def test_a_trainees_search_costs_the_same_for_any_length(reader, count, now, django_assert_num_queries):
    LessonFactory.create_batch(count, version__body="退货")
    reindex(at=now)

    with django_assert_num_queries(6):
        response = reader.get(PAGE, {"q": "退货"})

    assert len(response.context["hits"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_of_the_bank_costs_the_same_for_any_length(client, admin, count, django_assert_num_queries):
    client.force_login(admin)
    QuestionFactory.create_batch(count, stem="顾客要退货")

    with django_assert_num_queries(7):
        response = client.get(PAGE, {"q": "退货", "tab": "questions"})

    assert len(response.context["hits"]) == count


def test_a_search_in_vain_stays_within_its_cost(client, admin, django_assert_num_queries):
    client.force_login(admin)
    with django_assert_num_queries(8):
        assert "没有找到" in client.get(PAGE, {"q": "退货流程"}).content.decode()


@pytest.mark.parametrize("query", ["退货", "退貨", " 退货 ", "退\u200b货", "ＯＭＳ", "oms"])
def test_spellings_find_the_same_and_the_original_is_marked(reader, query, now):
    LessonFactory(version__title="退貨与 OMS 登记")
    reindex(at=now)

    html = reader.get(PAGE, {"q": query}).content.decode()

    assert ("<mark>退貨</mark>" in html) != ("<mark>OMS</mark>" in html)


def test_retired_lessons_and_old_versions_are_not_found(reader, now):
    LessonFactory(version__title="停用的退货", retired_at=now)
    lesson = LessonFactory(version__title="旧的退货")
    LessonVersionFactory(lesson=lesson, number=2, title="新的退货")
    LessonFactory(version__title="明天的退货", version__effective_from=timezone.localdate() + timedelta(days=1))
    reindex(at=now)

    assert titles(reader.get(PAGE, {"q": "退货"})) == ["新的退货"]


def test_only_live_questions_are_found_by_their_current_version(client, admin):
    client.force_login(admin)
    for state in ("draft", "review", "retired"):
        QuestionFactory(state=state, stem=f"{state} 退货")
    question = QuestionFactory(stem="旧的退货")
    question.current = QuestionVersionFactory(question=question, number=2, stem="新的退货")
    question.save()

    response = client.get(PAGE, {"q": "退货", "tab": "questions"})

    assert [hit.entry.text for hit in response.context["hits"]] == ["新的退货"]


def test_a_trainee_does_not_see_the_bank(reader):
    QuestionFactory(stem="顾客要退货，最先做什么？")
    for address in ("?q=退货", "?q=退货&tab=questions", "?q=最先做什么呢"):
        html = reader.get(PAGE + address).content.decode()
        assert "最先做什么？" not in html
        assert "试题" not in html


def test_a_supervisor_sees_stems_without_the_key(client, supervisor):
    client.force_login(supervisor)
    QuestionFactory(stem="顾客说鞋子开胶了，最先做什么？", explanation="先安抚")
    html = client.get(PAGE, {"q": "开胶"}).content.decode()
    assert "<mark>开胶</mark>" in html
    assert "道歉并请顾客拍照" not in html
    assert "先安抚" not in html


def test_the_first_tab_with_something_in_it_is_shown(client, supervisor):
    client.force_login(supervisor)
    QuestionFactory(stem="顾客要退货")
    response = client.get(PAGE, {"q": "退货"})
    assert (response.context["tab"], response.context["counts"]) == ("questions", {"lessons": 0, "questions": 1})


def test_what_comes_near_is_offered_when_nothing_fits(reader, now):
    LessonFactory(version__title="退货登记")
    LessonFactory(version__title="接待流程")
    reindex(at=now)

    response = reader.get(PAGE, {"q": "退货登记流程"})

    assert titles(response) == ["退货登记"]
    assert "相近的内容" in response.content.decode()


def test_many_hits_are_paged(reader, now):
    LessonFactory.create_batch(26, version__body="退货")
    reindex(at=now)
    assert len(reader.get(PAGE, {"q": "退货", "page": 2}).context["hits"]) == 1
    assert len(reader.get(PAGE, {"q": "退货", "page": "x"}).context["hits"]) == 25


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "想找什么"),
        ("，。", "请输入汉字"),
        ("退货", "没有找到“退货”"),
        ("<b>退货</b>", "&lt;b&gt;退货"),
        ("\x00", "想找什么"),
    ],
)
def test_what_an_empty_search_says(reader, query, said):
    assert said in reader.get(PAGE, {"q": query}).content.decode()


@pytest.mark.parametrize("query", ['"', "a" * 5_000, "退货 " * 400, "💥", "(退货", "退货 OR", "\\", "%"])
def test_odd_queries_do_no_harm(reader, query):
    assert reader.get(PAGE, {"q": query}).status_code == 200

def test_a_trainee_finds_nothing_of_what_was_loaded_before_it_is_published(reader, admin, now):
    for state in ("draft", "review", "live", "retired"):
        QuestionFactory(state=state, stem=f"{state} 的羽绒服跑绒怎么办？")
    questions = loading.read(loading.question(1).replace("第 1 种情况", "羽绒服跑绒的情况"), by=admin)
    document = loading.read("# 羽绒服跑绒\n\n先请顾客拍照，再登记。\n", by=admin, name="跑绒.md")
    for load in (questions, document):
        confirm_load(load_id=load.pk, by=admin, at=now)
    reindex(at=now, whole=True)
    assert Question.objects.count() == 5
    assert LessonVersion.objects.filter(published_at=None).exists()

    for address in ("?q=羽绒服跑绒", "?q=羽绒服跑绒&tab=questions", "?q=羽绒服跑绒怎么办呢"):
        assert not reader.get(PAGE + address).context["hits"]

    publish_load(load_id=document.pk, by=admin, at=now)
    assert titles(reader.get(PAGE, {"q": "羽绒服跑绒"})) == ["羽绒服跑绒"]
