from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.difficulty import PRIOR_ANSWERS, expected_share
from quizzes.rules.vocabulary import EXPECTED_SHARE

difficulties = st.sampled_from(sorted(EXPECTED_SHARE))
observed = st.integers(0, 5_000).flatmap(lambda n: st.tuples(st.just(n), st.fractions(0, n)))


@pytest.mark.parametrize(("difficulty", "share"), EXPECTED_SHARE.items())
def test_before_any_answer_the_writer_is_believed(difficulty, share):
    assert expected_share(difficulty) == pytest.approx(share)


@given(difficulties, observed)
def test_the_estimate_lies_between_the_writer_and_the_data(difficulty, seen):
    answers, earned = seen
    share = expected_share(difficulty, answers, earned)

    assert 0 < share < 1
    if answers:
        low, high = sorted([EXPECTED_SHARE[difficulty], float(earned / answers)])
        assert low - 1e-9 <= share <= high + 1e-9


@given(difficulties, observed)
def test_a_right_answer_more_makes_it_easier_and_a_wrong_one_harder(difficulty, seen):
    answers, earned = seen
    share = expected_share(difficulty, answers, earned)

    assert (
        expected_share(difficulty, answers + 1, earned + 1)
        > share
        > expected_share(difficulty, answers + 1, earned)
    )


def test_at_the_weight_of_the_prior_both_count_alike():
    assert expected_share(3, PRIOR_ANSWERS, 0) == pytest.approx(0.74 / 2)


def test_many_answers_outweigh_the_writer():
    assert expected_share(1, 2_000, Fraction(1_000)) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("wrong", [(0,), (6,), (3, 2, 3), (3, 2, -1), (3, -1)])
def test_impossible_observations_are_refused(wrong):
    with pytest.raises(ValueError):
        expected_share(*wrong)
