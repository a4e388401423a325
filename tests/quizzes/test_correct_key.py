"""Correcting a key: whom it concerns, what it does to them, and what stays."""

from copy import deepcopy
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.commands.corrections import NothingToCorrect, VersionMovedOn, correct_key
from quizzes.models import AuditEntry, Mark
from quizzes.queries.corrections import effect_of_correction
from quizzes.rules.questions import InvalidQuestion, content_to_data
from quizzes.rules.vocabulary import RULES_FOR_KIND
from tests.factories.quizzes import QuestionFactory
from tests.factories.trainer import UserFactory
from tests.quizzes.correcting import sat, scores, with_key
from tests.rules.contents import answers_to, contents

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return QuestionFactory(slug="q")


@pytest.fixture
def other():
    return QuestionFactory(slug="other")


@pytest.fixture
def three(question, other):
    """Three people who chose option 0 (the key), 1 and 2."""
    ids = [option["id"] for option in question.current.content["options"]]
    return [
        sat(question, id_, other, learner=UserFactory(username=name))
        for id_, name in zip(ids, ("right", "wrong", "far"), strict=True)
    ]


@pytest.fixture
def correct(admin, now):
    def corrected(version, content, **changed):
        arguments = {"explanation": version.explanation, "reason": "选项写反了", "by": admin, "at": now}
        return correct_key(version_id=version.pk, content=content, **{**arguments, **changed})

    return corrected


def test_the_effect_names_who_flips_and_changes_nothing(question, three):
    before = scores()

    effect = effect_of_correction(question.current, with_key(question.current, 1))

    found = {
        row.attempt.learner.username: (row.before.score, row.after.score, row.old_passed, row.new_passed)
        for row in effect.changed
    }
    assert found == {"right": (100, 50, True, False), "wrong": (50, 100, False, True)}
    assert len(effect.attempts) == 3
    assert (effect.people, len(effect.flips), effect.kept, effect.waiting) == (2, 2, 0, 0)
    assert scores() == before


def test_the_effect_costs_the_same_for_any_number_of_people(question, other, django_assert_num_queries):
    content = with_key(question.current, 1)
    for _ in range(2):
        sat(question, question.current.content["options"][0]["id"], other)
        with django_assert_num_queries(6):
            effect_of_correction(question.current, content)


def test_a_correction_flips_the_right_people(question, three, correct):
    new = correct(question.current, with_key(question.current, 1))

    assert scores() == {"right": (50, False), "wrong": (100, True), "far": (50, False)}
    question.refresh_from_db()
    assert question.current == new
    marks = Mark.objects.standing().filter(item__version__question=question)
    assert {(m.origin, m.version_id) for m in marks} == {(Mark.CORRECTION, new.pk)}
    assert Mark.objects.filter(superseded=True).count() == 3


def test_the_effect_is_what_the_correction_does(question, three, correct):
    effect = effect_of_correction(question.current, with_key(question.current, 2))

    correct(question.current, with_key(question.current, 2))

    assert scores() == {row.attempt.learner.username: (row.after.score, row.new_passed) for row in effect.attempts}


def test_a_correction_that_is_taken_back_restores_every_score(question, three, correct):
    before, old = scores(), question.current
    new = correct(old, with_key(old, 1))

    correct(new, old.content)

    assert scores() == before
    assert question.versions.count() == 3


def test_the_new_version_says_who_why_and_what_else_stays(question, three, correct, admin, now):
    old = QuestionFactory(facts=["fact-one"], lesson_key="lesson", difficulty=4).current

    new = correct(old, with_key(old, 2), explanation="换了答案。", reason="原来写错")

    kept = ("question_id", "kind", "stem", "rule", "topic_id", "platform", "difficulty", "lesson_key", "form", "as_of")
    assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
    assert (new.number, new.explanation, new.reason) == (2, "换了答案。", "原来写错")
    assert (new.created_by, new.created_at) == (admin, now)
    assert [basis.fact_key for basis in new.bases.all()] == ["fact-one"]
    assert [option["id"] for option in new.content["options"]] == [option["id"] for option in old.content["options"]]
    entry = AuditEntry.objects.get(action="correct_key")
    assert (entry.by, entry.at, entry.target) == (admin, now, f"question:{old.question.slug}")
    assert entry.detail["reason"] == "原来写错"


def test_doing_it_twice_is_doing_it_once(question, three, correct):
    old, content = question.current, with_key(question.current, 1)
    first = correct(old, content)
    marks, after = Mark.objects.count(), scores()

    assert correct(old, content) == first
    assert (Mark.objects.count(), scores(), question.versions.count()) == (marks, after, 2)
    assert AuditEntry.objects.filter(action="correct_key").count() == 1


def test_a_version_that_somebody_has_replaced_is_not_corrected(question, three, correct):
    old = question.current
    correct(old, with_key(old, 1))
    after = scores()

    with pytest.raises(VersionMovedOn):
        correct(old, with_key(old, 2))
    assert scores() == after


def test_the_same_key_and_reasons_are_no_correction(question, three, correct):
    with pytest.raises(NothingToCorrect):
        correct(question.current, question.current.content)
    assert question.versions.count() == 1


def test_what_people_saw_cannot_be_changed_by_a_correction(question, correct):
    content = deepcopy(question.current.content)
    content["options"][0]["text"] = "完全不同的选项"

    with pytest.raises(InvalidQuestion):
        correct(question.current, content)
    assert question.versions.count() == 1


def test_another_explanation_makes_a_version_and_no_marks(question, three, correct):
    before, marks = scores(), Mark.objects.count()

    correct(question.current, question.current.content, explanation="讲得更清楚。")

    assert (scores(), Mark.objects.count()) == (before, marks)


def test_after_a_new_explanation_a_correction_still_reaches_everybody(question, three, correct):
    newer = correct(question.current, question.current.content, explanation="讲得更清楚。")

    correct(newer, with_key(newer, 1))

    assert scores() == {"right": (50, False), "wrong": (100, True), "far": (50, False)}


def test_a_correction_that_fails_halfway_leaves_nothing(question, three, correct):
    before = scores()

    with patch("quizzes.commands.corrections.rescore", side_effect=RuntimeError), pytest.raises(RuntimeError):
        correct(question.current, with_key(question.current, 1))

    question.refresh_from_db()
    assert (scores(), question.current.number, AuditEntry.objects.count()) == (before, 1, 0)
    assert not Mark.objects.filter(superseded=True).exists()


def test_a_question_that_nobody_answered_is_corrected(question, correct):
    assert correct(question.current, with_key(question.current, 1)).number == 2


@settings(max_examples=25)
@given(contents, st.data())
def test_replaying_against_the_same_key_changes_nothing(content, data):
    answer = data.draw(answers_to(content))
    rule = data.draw(st.sampled_from(RULES_FOR_KIND[content.kind]))
    stem = "____".join("一二三四五六"[: 1 + len(getattr(content, "blanks", getattr(content, "gaps", ())))])
    question = QuestionFactory(kind=content.kind, stem=stem, content=content_to_data(content), rule=rule)
    sat(question, answer, QuestionFactory())

    effect = effect_of_correction(question.current, question.current.content)

    assert effect.changed == ()
    assert effect.flips == ()
