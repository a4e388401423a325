from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from tests.factories.quizzes import QuestionFactory, QuestionVersionFactory
from tests.factories.trainer import FactFactory, LessonFactory, LessonVersionFactory
from trainer.commands.search import reindex
from trainer.models import SearchEntry
from trainer.rules.search import terms, tokens

pytestmark = pytest.mark.django_db


def found(query, **how):
    return list(SearchEntry.objects.matching(terms(query), **how).order_by("rank", "pk"))


def test_published_lessons_and_current_questions_are_entered(now):
    lesson = LessonFactory(version__title="退货的运费", version__body="签收次日算第 1 天")
    LessonVersionFactory(lesson=lesson, draft=True, title="还没发布")
    question = QuestionFactory(stem="顾客要退貨，先做什么？")
    QuestionVersionFactory(question=question, number=2, stem="不是当前版本")

    SearchEntry.objects.all().delete()
    assert reindex(at=now) == 2
    assert {entry.lesson_version or entry.question_version for entry in SearchEntry.objects.all()} == {
        lesson.versions.get(number=1),
        question.current,
    }


def test_entering_again_makes_nothing_and_lets_go_of_the_old_version(now):
    question = QuestionFactory(stem="旧的题干")
    question.current = QuestionVersionFactory(question=question, number=2, stem="新的题干")
    question.save()

    assert reindex(at=now) == 0
    assert SearchEntry.objects.get().question_version == question.current
    assert found("旧的题") == []


def test_a_question_written_by_hand_is_entered_at_once():
    version = QuestionVersionFactory(stem="顾客要退货")
    assert [entry.question_version for entry in found("退货")] == [version]


def test_the_whole_index_is_made_anew_by_the_command(now, capsys):
    LessonFactory()
    reindex(at=now - timedelta(days=1))
    SearchEntry.objects.update(text_tokens="陈旧 旧")

    call_command("reindex_search")

    assert "已收录 1 条" in capsys.readouterr().out
    assert found("陈旧") == []


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("退货", 1),
        ("退貨", 1),
        ("货", 1),
        ("OMS", 1),
        ("ｏｍｓ", 1),
        ("48小时", 1),
        ("退货运费", 1),
        ("货退", 0),
        ("运费 退货", 1),
        ("运费 换货", 0),
        ("小时 AND", 0),
        ("流程说明", 0),
    ],
)
def test_matching(query, hits, now):
    LessonFactory(version__title="退货运费流程", version__body="说明：48 小时内在 OMS 登记")
    reindex(at=now)
    assert len(found(query)) == hits


@pytest.mark.parametrize(
    "query",
    ['"退货', "退货*", "NEAR(退货 运费)", "title_tokens:退货", "退货) OR (1", "'; DROP TABLE x; --", "退货 & !运费"],
)
def test_signs_of_the_query_languages_do_no_harm(query, now):
    LessonFactory(version__body="退货")
    reindex(at=now)
    assert len(found(query)) in (0, 1)


def test_any_of_the_terms_and_titles_first(now):
    LessonFactory(version__title="售后", version__body="退货 换货 退货")
    LessonFactory(version__title="退货", version__body="售后")
    LessonFactory(version__title="评价", version__body="评价")
    reindex(at=now)

    assert [entry.title for entry in found("退货")] == ["退货", "售后"]
    assert [entry.title for entry in found("退货 评价", every=False)] != []
    assert len(found("退货 评价", every=False)) == 3


def test_a_phrase_does_not_run_from_the_title_into_the_text(now):
    LessonFactory(version__title="七天无理由退", version__summary="货要完好")
    reindex(at=now)
    assert found("退货") == []
    assert len(found("无理由退")) == 1


def test_facts_are_found_and_dead_ones_say_what_they_are(now):
    lesson = LessonFactory()
    FactFactory(version=lesson.versions.get(), subject="错发的寄回", value="店铺", flag="current")
    FactFactory(version=lesson.versions.get(), subject="好评返现", value="店铺", flag="counter_example")
    reindex(at=now)

    text = found("错发的寄回，运费由店铺承担")[0].text
    assert "反面例子：好评返现" in text
    assert "反面例子：错发" not in text


def test_a_question_is_found_by_its_stem_alone(now):
    QuestionFactory(stem="先做什么？", explanation="先道歉")
    reindex(at=now)
    assert SearchEntry.objects.get().text == "先做什么？"


def test_the_index_follows_whoever_writes_or_deletes(now):
    LessonFactory(version__body="退货")
    reindex(at=now)
    entry = SearchEntry.objects.get()

    SearchEntry.objects.update(text_tokens=" ".join(tokens("换货")))
    assert found("退货") == []
    assert found("换货") == [entry]

    entry.delete()
    assert found("换货") == []


def test_an_entry_belongs_to_exactly_one(now):
    both = {"lesson_version": LessonFactory().versions.get(), "question_version": QuestionFactory().current}
    for of in (both, {}):
        with pytest.raises(IntegrityError, match="search_entry_of_a_lesson_or_a_question"), transaction.atomic():
            SearchEntry.objects.create(text="", indexed_at=now, **of)


def test_the_index_is_used(now):
    """On SQLite by the query's own form; on PostgreSQL when other ways through so small a table are ruled out."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    plan = SearchEntry.objects.matching(terms("退货")).order_by("rank").explain()
    assert "trainer_search_index" in plan
