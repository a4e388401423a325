from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.answers import is_blank
from quizzes.rules.marking import mark, points_to_fraction
from quizzes.rules.questions import Fill, FreeText, Multiple, Numeric, Option, Ordering, Part, RubricLine, Single
from quizzes.rules.vocabulary import RULES_FOR_KIND, MarkingRule
from tests.rules.contents import (
    ONE_OF_EACH,
    answers_to,
    contents,
    fills,
    free_texts,
    json_values,
    matchings,
    multiples,
    numerics,
    orderings,
    right_answer,
    with_answers,
)

SINGLE, MULTIPLE, TRUE_FALSE, FILL, NUMERIC, MATCHING, ORDERING, CLOZE, FREE_TEXT = ONE_OF_EACH
ALL, NET, PER_PART, ADJACENT = (
    MarkingRule.ALL_OR_NOTHING,
    MarkingRule.NET,
    MarkingRule.PER_PART,
    MarkingRule.ADJACENT,
)


def is_right(content, answer):
    """Whether ``answer`` is right in full, by the simplest reading of each kind."""
    if isinstance(content, Numeric):
        number = answer.removesuffix(content.unit)
        try:
            return abs(Decimal(number) - content.answer) <= content.tolerance
        except ArithmeticError:
            return False
    if content.kind == "fill":
        return all(text in accepted for text, accepted in zip(answer, content.blanks, strict=True))
    return answer == right_answer(content)


@given(with_answers)
def test_full_marks_are_for_the_right_answer_only_under_every_rule(case):
    content, answer = case
    if isinstance(content, FreeText):
        return
    for rule in RULES_FOR_KIND[content.kind]:
        outcome = mark(content, answer, rule)
        assert (outcome.fraction == 1) == is_right(content, answer)
        assert 0 <= outcome.fraction <= 1
        assert all(outcome.parts) == (outcome.fraction == 1)


@given(contents)
def test_the_right_answer_earns_everything(content):
    for rule in RULES_FOR_KIND[content.kind]:
        assert mark(content, right_answer(content), rule).fraction in (1, None)


@given(contents, json_values)
def test_no_stored_value_makes_marking_fail_and_what_is_blank_earns_nothing(content, answer):
    for rule in RULES_FOR_KIND[content.kind]:
        outcome = mark(content, answer, rule)
        assert outcome.fraction is None or 0 <= outcome.fraction <= 1
        if is_blank(content, answer):
            assert outcome.fraction == 0
            assert not any(outcome.parts)


@given(contents)
def test_the_number_of_parts_is_the_questions(content):
    for rule in RULES_FOR_KIND[content.kind]:
        assert len(mark(content, None, rule).parts) == len(mark(content, right_answer(content), rule).parts)


@given(with_answers)
def test_all_or_nothing_never_earns_more(case):
    content, answer = case
    rules = RULES_FOR_KIND[content.kind]
    if ALL in rules:
        assert mark(content, answer, ALL).fraction <= mark(content, answer, rules[0]).fraction


@given(multiples, st.data())
def test_in_a_net_mark_a_right_choice_never_costs_and_a_wrong_one_never_pays(content, data):
    chosen = data.draw(answers_to(content))
    more = data.draw(
        st.sampled_from([option for option in content.options if option.id not in chosen] or [None])
    )
    if more is None:
        return
    before, after = mark(content, chosen, NET).fraction, mark(content, [*chosen, more.id], NET).fraction
    assert after >= before if more.correct else after <= before


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [
        (["o0"], "1/2"),
        (["o0", "o2"], 0),
        (["o0", "o1", "o2"], "1/2"),
        (["o2"], 0),
        (["o0", "o1", "gone"], "1/2"),
    ],
)
def test_net_takes_for_each_wrong_choice_what_a_right_one_gives(chosen, fraction):
    assert mark(MULTIPLE, chosen, NET).fraction == Fraction(fraction)


def test_parts_of_a_multiple_choice_tell_which_options_were_treated_rightly():
    assert mark(MULTIPLE, ["o0", "o2"], NET).parts == (True, False, False)


@given(matchings() | fills, st.data())
def test_each_further_right_part_pays_its_share(content, data):
    answer, right = data.draw(answers_to(content)), right_answer(content)
    keys = list(right) if isinstance(right, dict) else range(len(right))
    key = data.draw(st.sampled_from(list(keys)))
    better = answer.copy()
    better[key] = right[key]
    before, after = mark(content, answer, PER_PART), mark(content, better, PER_PART)
    gained = sum(after.parts) - sum(before.parts)

    assert gained in (0, 1)
    assert after.fraction - before.fraction == Fraction(gained, len(right))


def test_blanks_are_compared_each_with_its_own_list():
    assert mark(FILL, ["７ 天", "簽收。"], PER_PART).fraction == 1
    assert mark(FILL, ["签收", "七天"], PER_PART).fraction == 0
    assert mark(FILL, ["7天", ""], PER_PART) == mark(FILL, ["7天"], PER_PART)
    assert mark(FILL, ["7天", "签收", "更多"], PER_PART).fraction == Fraction(2, 3)


@given(orderings, st.data())
def test_adjacent_credit_is_the_share_of_neighbours_kept(content, data):
    answer = data.draw(st.permutations(right_answer(content)))
    text = "".join(f"{item}|" for item in answer)
    right = right_answer(content)
    kept = sum(f"{a}|{b}|" in text for a, b in pairwise(right))

    assert mark(content, answer, ADJACENT).fraction == Fraction(kept, len(right) - 1)
    assert mark(content, right[::-1], ADJACENT).fraction == 0


def test_moving_one_step_of_four_costs_the_pairs_it_breaks():
    content = Ordering(tuple(Part(id_, id_) for id_ in "abcd"))

    assert mark(content, list("bcda"), ADJACENT).fraction == Fraction(2, 3)
    assert mark(content, list("bcda"), ADJACENT).parts == (False, True, True)
    assert mark(content, list("abcdx"), ADJACENT).fraction == Fraction(3, 4)
    assert mark(content, list("abcdab"), ADJACENT).fraction == 0


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("1000", True),
        ("１，０００．５元", True),
        ("999.5", True),
        ("999.49", False),
        ("1000.51", False),
        ("1000天", False),
    ],
)
def test_a_number_is_right_up_to_and_including_the_tolerance(typed, right):
    assert mark(NUMERIC, typed, ALL).fraction == right


@given(numerics, st.decimals(-20, 20, places=3))
def test_numbers_nearer_the_answer_are_never_worse(content, off):
    far, near = (mark(content, f"{content.answer + d:f}", ALL).fraction for d in (off, off / 2))

    assert near >= far


@given(free_texts)
def test_free_text_waits_for_a_person_unless_it_is_blank(content):
    assert mark(content, "先道歉", MarkingRule.RUBRIC).fraction is None
    assert mark(content, " \n", MarkingRule.RUBRIC).fraction == 0


@given(free_texts, st.data())
def test_points_make_a_fraction_of_the_rubric(content, data):
    points = [data.draw(st.integers(0, line.points)) for line in content.rubric]
    most = [line.points for line in content.rubric]

    assert points_to_fraction(points, content.rubric) == Fraction(sum(points), sum(most))
    assert points_to_fraction(most, content.rubric) == 1


@pytest.mark.parametrize("points", [[2], [3, 0], [-1, 3], [1, 1, 1]])
def test_points_beyond_the_rubric_are_refused(points):
    with pytest.raises(ValueError):
        points_to_fraction(points, (RubricLine(2, "道歉"), RubricLine(3, "给办法")))


def test_half_points_are_points():
    assert points_to_fraction([Decimal("0.5"), 2], FREE_TEXT.rubric) == Fraction(1, 2)


@pytest.mark.parametrize("content", ONE_OF_EACH, ids=lambda content: content.kind)
def test_a_rule_of_another_kind_is_refused(content):
    for rule in set(MarkingRule) - set(RULES_FOR_KIND[content.kind]):
        with pytest.raises(ValueError):
            mark(content, None, rule)


@pytest.mark.parametrize(
    ("content", "answer", "fraction"),
    [
        (MULTIPLE, ["o0"], "1/2"),
        (FILL, ["7天", "下单"], "1/2"),
        (MATCHING, {"l0": "r0", "l1": "x0"}, "1/2"),
        (MATCHING, {"l0": "r1", "l1": "r0"}, 0),
        (ORDERING, ["s2", "s0", "s1"], "1/2"),
        (CLOZE, ["a0", "b1"], "1/2"),
    ],
)
def test_a_partly_right_answer_earns_its_part_or_nothing_at_all(content, answer, fraction):
    assert mark(content, answer, RULES_FOR_KIND[content.kind][0]).fraction == Fraction(fraction)
    assert mark(content, answer, ALL).fraction == 0


def test_accepted_wordings_are_folded_too():
    assert mark(Fill((("ＶＩＰ 會員",),)), ["vip会员"], PER_PART).fraction == 1


def test_an_option_that_is_gone_is_wrong():
    assert mark(SINGLE, "gone", ALL).fraction == 0
    assert mark(MATCHING, {"l0": "r0", "gone": "r1", "l1": "r1"}, PER_PART).fraction == Fraction(2, 3)
    assert mark(CLOZE, ["gone", "b0"], PER_PART).fraction == Fraction(1, 2)


def test_a_true_false_answer_is_a_boolean():
    assert mark(TRUE_FALSE, True, ALL).fraction == 1
    assert mark(TRUE_FALSE, 1, ALL).fraction == 0


def test_every_choice_right_is_a_question_too():
    content = Multiple((Option("a", "一", True), Option("b", "二", True)))

    assert mark(content, ["a"], NET).fraction == Fraction(1, 2)
    assert mark(Single((*content.options[:1], Option("c", "三"))), "c", ALL).parts == (False,)
