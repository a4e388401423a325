from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.practice import Practised, TopicPractice, pick, weakest_first

banks = st.dictionaries(st.integers(1, 60), st.sampled_from([None, False, True]), max_size=40).map(
    lambda bank: [Practised(question, right) for question, right in bank.items()]
)


@given(banks, st.integers(0, 30), st.integers(0, 2**32))
def test_new_ones_come_first_then_wrong_ones_then_the_others(bank, count, seed):
    right = {practised.question: practised.right for practised in bank}
    picked = pick(bank, count, Random(seed))

    rank = {None: 0, False: 1, True: 2}
    ranks = [rank[right[question]] for question in picked]
    assert ranks == sorted(ranks)
    assert len(set(picked)) == len(picked) == min(count, len(bank))
    left = [rank[right[question]] for question in right if question not in picked]
    assert not ranks or not left or ranks[-1] <= min(left)


@given(banks, st.integers(0, 2**32))
def test_the_same_seed_picks_the_same_in_whatever_order_the_bank_comes(bank, seed):
    assert pick(bank, 10, Random(seed)) == pick(list(reversed(bank)), 10, Random(seed))


def test_two_runs_of_new_questions_differ():
    bank = [Practised(n) for n in range(50)]
    assert pick(bank, 10, Random(1)) != pick(bank, 10, Random(2))


def topic(slug, answers, credit):
    return TopicPractice(slug, slug, 10, answers, Fraction(credit))


def test_weak_topics_stand_first_and_strong_ones_last():
    topics = [topic("strong", 10, 9), topic("weak", 10, 7), topic("weakest", 10, 2), topic("new", 0, 0)]
    assert [t.slug for t in weakest_first(topics)] == ["weakest", "weak", "new", "strong"]


@pytest.mark.parametrize(("answers", "credit", "weak"), [(4, 0, False), (5, 3, True), (5, 4, False), (0, 0, False)])
def test_few_answers_say_nothing(answers, credit, weak):
    assert topic("t", answers, credit).weak is weak


def test_the_share_is_unknown_before_the_first_answer():
    assert topic("t", 0, 0).share is None
    assert topic("t", 4, 3).share == Fraction(3, 4)
