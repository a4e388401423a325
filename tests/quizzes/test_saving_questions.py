"""Saving questions in bulk, and moving them between states."""

from dataclasses import replace
from datetime import date

import pytest

from quizzes.commands.questions import NothingToAsk, QuestionEntry, UnknownTopic, save_questions, set_state, set_states
from quizzes.models import AuditEntry, Question, QuestionVersion
from quizzes.queries.pools import candidates
from quizzes.queries.states import put_by_a_person
from quizzes.rules.questions import TrueFalse
from quizzes.rules.vocabulary import Kind, MarkingRule, Origin, Platform, QuestionState
from tests.factories.quizzes import TopicFactory

pytestmark = pytest.mark.django_db

ENTRY = QuestionEntry(
    slug="sign-day",
    kind=Kind.TRUE_FALSE,
    stem="签收当天算第一天。",
    content=TrueFalse(False),
    rule=MarkingRule.ALL_OR_NOTHING,
    explanation="签收次日才算第一天。",
    topic="returns",
    platform=Platform.ALL,
    difficulty=2,
    lesson_key="seven-days",
    facts=("seven-window", "seven-start"),
    tags=("case",),
)


@pytest.fixture
def save(now):
    TopicFactory(slug="returns")
    TopicFactory(slug="logistics")

    def save(*entries, reason="导入", **more):
        arguments = {"origin": Origin.HANDWRITTEN, "state": QuestionState.LIVE, "by": None, "at": now, **more}
        return save_questions(entries=entries, reason=reason, **arguments)

    return save


def many(count):
    return [replace(ENTRY, slug=f"sign-day-{n}", stem=f"签收第 {n} 天还能退。") for n in range(count)]


def test_a_question_is_saved_with_all_that_it_says(save):
    assert save(ENTRY).created == ("sign-day",)

    question = Question.objects.get()
    version = question.current
    assert (question.state, question.origin) == (QuestionState.LIVE, Origin.HANDWRITTEN)
    assert version.parsed() == ENTRY.content
    assert {basis.fact_key for basis in version.bases.all()} == set(ENTRY.facts)
    assert [tag.name for tag in question.tags.all()] == ["case"]
    [candidate] = candidates()
    assert (candidate.id, candidate.topic, candidate.facts) == (question.pk, "returns", frozenset(ENTRY.facts))
    assert candidate.expected == pytest.approx(0.84)


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "签收次日算第一天。"},
        {"content": TrueFalse(True)},
        {"explanation": "看法律。"},
        {"topic": "logistics"},
        {"platform": Platform.VIP},
        {"difficulty": 3},
        {"lesson_key": "other"},
        {"facts": ("seven-window",)},
        {"form": "true_false"},
    ],
)
def test_whatever_changes_makes_a_version_and_leaves_the_old_one(save, change):
    save(ENTRY)

    saved = save(replace(ENTRY, **change))

    assert saved.changed == ("sign-day",)
    assert [version.number for version in QuestionVersion.objects.order_by("number")] == [1, 2]
    assert Question.objects.get().current.number == 2


@pytest.mark.parametrize("change", [{}, {"as_of": date(2026, 1, 1)}, {"tags": ()}, {"facts": ENTRY.facts[::-1]}])
def test_what_says_nothing_new_makes_none(save, change):
    save(ENTRY)

    assert save(replace(ENTRY, **change)).unchanged == ("sign-day",)
    assert QuestionVersion.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_known_questions_keep_their_state(save):
    save(ENTRY, state=QuestionState.DRAFT)

    save(replace(ENTRY, difficulty=4), state=QuestionState.LIVE)

    assert Question.objects.get().state == QuestionState.DRAFT


def test_an_entry_is_compared_with_what_was_saved_for_the_same_reason(save):
    save(ENTRY)
    save(replace(ENTRY, content=TrueFalse(True)), reason="法律改了")

    assert save(ENTRY).unchanged == ("sign-day",)
    assert Question.objects.get().current.parsed() == TrueFalse(True)


def test_nothing_is_saved_when_a_topic_or_slug_is_wrong(save):
    with pytest.raises(UnknownTopic):
        save(ENTRY, replace(ENTRY, slug="other", topic="nowhere"))
    with pytest.raises(ValueError, match="same slug"):
        save(ENTRY, ENTRY)

    assert not Question.objects.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_saving_costs_the_same_for_any_number(save, count, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        save(*many(count))
    with django_assert_max_num_queries(10):
        assert len(save(*many(count)).unchanged) == count


def test_a_change_of_state_is_noted_once(save, admin, now):
    save(ENTRY)
    question = Question.objects.get()

    assert set_state(question_id=question.pk, state=QuestionState.RETIRED, by=admin, at=now)
    assert not set_state(question_id=question.pk, state=QuestionState.RETIRED, by=admin, at=now)

    question.refresh_from_db()
    assert question.state == QuestionState.RETIRED and candidates() == []
    entry = AuditEntry.objects.get(action="set_question_state")
    assert (entry.by, entry.target, entry.detail) == (admin, "question:sign-day", {"from": "live", "to": "retired"})
    assert put_by_a_person(["sign-day", "other"], QuestionState.RETIRED) == {"sign-day"}
    set_state(question_id=question.pk, state=QuestionState.LIVE, by=admin, at=now)
    assert put_by_a_person(["sign-day"], QuestionState.RETIRED) == set()


def test_a_question_without_a_version_cannot_go_live(admin, now):
    empty = Question.objects.create(slug="empty", created_at=now)

    with pytest.raises(NothingToAsk):
        set_state(question_id=empty.pk, state=QuestionState.LIVE, by=admin, at=now)
    assert set_states(slugs=["empty"], state=QuestionState.LIVE, reason="导入", by=admin, at=now) == 0


def test_many_move_with_one_line_in_the_audit(save, now):
    save(*many(3))

    moved = set_states(
        slugs=["sign-day-0", "sign-day-1", "unknown"], state=QuestionState.RETIRED, reason="导入", by=None, at=now
    )

    assert moved == 2 and Question.objects.live().count() == 1
    assert AuditEntry.objects.filter(action="set_question_states").count() == 1
    assert put_by_a_person(["sign-day-0"], QuestionState.RETIRED) == set()
