from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given

from quizzes.rules.arrangement import arrange
from quizzes.rules.marking import mark
from quizzes.rules.questions import Numeric, Option, Ordering, Part, Single
from quizzes.rules.reviewed import display_number, review_of
from quizzes.rules.vocabulary import RULES_FOR_KIND
from tests.rules.contents import ONE_OF_EACH, contents, json_values, right_answer, with_answers
from tests.rules.test_cards import card, stem_of


def review(content, answer, seed=1):
    return review_of(content, stem_of(content), arrange(content, Random(seed)), answer)


def verdicts(found):
    """What the review says of each part, where it says so part by part."""
    if found.options:
        return [row.chosen == row.right for row in found.options]
    return [part.met for part in (*found.gaps, *found.pairs)]


@given(with_answers)
def test_the_review_agrees_with_the_marks(pair):
    content, answer = pair
    found = review(content, answer)
    outcome = mark(content, answer, RULES_FOR_KIND[content.kind][0])

    if found.answered and verdicts(found):
        assert all(verdicts(found)) == (outcome.fraction == 1)


@given(contents, json_values)
def test_no_stored_answer_breaks_the_review(content, answer):
    assert review(content, answer).kind == content.kind


@pytest.mark.parametrize("content", ONE_OF_EACH, ids=lambda content: content.kind)
def test_options_keep_the_order_in_which_the_person_saw_them(content):
    seen = [row.text for row in card(content).options]
    assert [row.text for row in review(content, right_answer(content)).options] == seen


def test_the_key_of_a_correction_is_shown_in_the_old_places():
    """The paper had a, b and c; the later version has no c, and a d."""
    new = Single((Option("a", "退货"), Option("b", "换货", True, "先换"), Option("d", "赔付")))
    found = review_of(new, "？", {"options": ["b", "c", "a"]}, "a")

    assert [(row.text, row.chosen, row.right) for row in found.options] == [
        ("换货", False, True),
        ("退货", True, False),
        ("赔付", False, False),
    ]
    assert found.options[0].why == "先换"


def test_ordering_shows_both_orders_and_none_when_untouched():
    content = Ordering((Part("a", "核对"), Part("b", "道歉"), Part("c", "补发")))

    assert review(content, ["c", "a", "b"]).given_order == ("补发", "核对", "道歉")
    assert review(content, None).given_order == ()
    assert review(content, None).key_order == ("核对", "道歉", "补发")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (Numeric(Decimal("1500.00"), unit="元"), "1500 元"),
        (Numeric(Decimal("0.5"), Decimal("0.10")), "0.5（±0.1）"),
        (Numeric(Decimal(7), Decimal(1), "天"), "7 天（±1）"),
    ],
)
def test_the_numeric_key_reads_as_people_write(content, key):
    assert review(content, " 9 ").key == key
    assert review(content, " 9 ").given == "9"


def test_true_false_marks_the_key_and_the_choice():
    content = replace(ONE_OF_EACH[2], answer=False)
    assert [(row.chosen, row.right) for row in review(content, True).options] == [(True, False), (False, True)]


def test_numbers_have_no_exponent():
    assert display_number(Decimal("1E+3")) == "1000"
