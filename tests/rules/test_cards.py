from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.answers import is_blank, parse_answer
from quizzes.rules.arrangement import arrange
from quizzes.rules.cards import card_of, nothing_in, order_by_places
from quizzes.rules.questions import Cloze, Fill
from tests.rules.contents import ONE_OF_EACH, contents, json_values, right_answer, with_answers

seeds = st.integers(0, 2**32)


def stem_of(content):
    gaps = len(getattr(content, "blanks", getattr(content, "gaps", ())))
    return "先____" * gaps + "。" if isinstance(content, Fill | Cloze) else "问什么？"


def card(content, answer=None, seed=1):
    return card_of(content, stem_of(content), arrange(content, Random(seed)), answer)


def answer_on(card):
    """The answer that the filled-in inputs of a card stand for, as a browser would send it."""
    match card.kind:
        case "single":
            return next((row.id for row in card.options if row.chosen), None)
        case "true_false":
            return next((row.id == "true" for row in card.options if row.chosen), None)
        case "multiple":
            return [row.id for row in card.options if row.chosen]
        case "fill":
            return [gap.text for gap in card.gaps]
        case "cloze":
            return [next((row.id for row in gap.rows if row.chosen), "") for gap in card.gaps]
        case "matching":
            return {left.id: left.chosen for left in card.lefts}
        case "ordering":
            return [step.id for step in card.steps if step.place]
        case _:
            return card.text


@given(with_answers, seeds)
def test_a_card_shows_the_answer_that_was_saved(pair, seed):
    content, answer = pair
    saved = parse_answer(content, answer)
    page = card(content, saved, seed)

    shown = parse_answer(content, answer_on(page))
    assert is_blank(content, shown) if is_blank(content, saved) else shown == saved
    assert page.answered is not is_blank(content, saved)


@given(contents, json_values)
def test_a_stored_answer_of_another_shape_never_breaks_the_page(content, answer):
    assert card(content, answer).kind == content.kind


@given(contents, seeds)
def test_a_card_holds_nothing_of_the_key(content, seed):
    text = repr(card(content, seed=seed))

    assert "KEY" not in text
    assert "correct" not in text


@pytest.mark.parametrize("content", ONE_OF_EACH, ids=lambda content: content.kind)
def test_a_card_without_an_answer_has_nothing_chosen(content):
    page = card(content)

    assert not page.answered
    assert is_blank(content, parse_answer(content, answer_on(page)))


def test_gaps_stand_where_the_stem_has_them():
    content = ONE_OF_EACH[3]
    page = card_of(replace(content, blanks=(("签收",), ("退款",))), "____后七天，原路____。", {}, ["签收", ""])

    assert [(gap.before, gap.number, gap.text) for gap in page.gaps] == [("", 1, "签收"), ("后七天，原路", 2, "")]
    assert page.after == "。"


@given(with_answers)
def test_nothing_in_agrees_with_is_blank_for_every_kind(pair):
    content, answer = pair
    assert nothing_in(answer) == is_blank(content, answer)


@pytest.mark.parametrize("content", ONE_OF_EACH, ids=lambda content: content.kind)
def test_a_right_answer_is_something(content):
    assert not nothing_in(right_answer(content))


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({}, []),
        ({"a": 3, "b": 1, "c": 2}, ["b", "c", "a"]),
        ({"c": 1}, ["c", "a", "b"]),
        ({"a": 2, "b": 2, "c": 1}, ["c", "a", "b"]),
        ({"b": 900}, ["b", "a", "c"]),
    ],
)
def test_steps_without_a_number_follow_as_they_stood(places, order):
    assert order_by_places(["a", "b", "c"], places) == order
