"""Telephone interviews: drawing questions, complete answers, two raters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.dialogue.scenario import Dimension
from trainer.rules.interviews import (
    PROMPTS_PER_DIMENSION,
    Answer,
    Prompt,
    agreement,
    answer_from_data,
    draw_prompts,
    mean_score,
)

BANK = [Prompt(f"{d}-{n}", d, f"问 {n}", "听") for d in Dimension for n in range(5)]
seeds = st.integers(0, 2**31 - 1)
scores = st.dictionaries(st.sampled_from(Dimension), st.none() | st.integers(1, 5))


@given(seeds)
def test_each_dimension_gets_its_questions_and_the_same_seed_the_same(seed):
    drawn = draw_prompts(BANK, seed=seed, asked=())

    assert set(drawn) == set(Dimension)
    assert all(len({p.slug for p in those}) == PROMPTS_PER_DIMENSION for those in drawn.values())
    assert all(prompt.dimension == d for d, those in drawn.items() for prompt in those)
    assert draw_prompts(list(reversed(BANK)), seed=seed, asked=()) == drawn


@given(seeds, seeds)
def test_a_second_interview_asks_others(first, second):
    asked = {p.slug for those in draw_prompts(BANK, seed=first, asked=()).values() for p in those}

    again = draw_prompts(BANK, seed=second, asked=asked)

    assert not asked & {p.slug for those in again.values() for p in those}


@given(seeds)
def test_a_bank_that_is_used_up_asks_again_rather_than_nothing(seed):
    drawn = draw_prompts(BANK, seed=seed, asked={prompt.slug for prompt in BANK})

    assert all(len(those) == PROMPTS_PER_DIMENSION for those in drawn.values())


@pytest.mark.parametrize(
    ("answer", "complete"),
    [(Answer(3), True), (Answer(None, "时间不够"), True), (Answer(), False), (Answer(3, "时间不够"), False)],
)
def test_an_answer_is_a_score_or_a_reason(answer, complete):
    assert answer.is_complete == complete
    assert answer_from_data(answer.to_data()).to_data() == answer.to_data()


@pytest.mark.parametrize("score", [0, 6, "3", True, 2.5])
def test_a_score_outside_the_scale_is_refused(score):
    with pytest.raises(ValueError):
        answer_from_data({"score": score})


@given(scores, scores)
def test_agreement_counts_only_what_both_scored(first, second):
    found = agreement(first, second)

    assert {one.dimension for one in found.compared} == first.keys() | second.keys()
    assert found.close + len(found.wide) == found.both
    assert agreement(second, first).both == found.both


def test_two_points_apart_is_wide():
    found = agreement({Dimension.ATTITUDE: 5, Dimension.FEEDBACK: 3}, {Dimension.ATTITUDE: 3, Dimension.FEEDBACK: 4})

    assert [one.dimension for one in found.wide] == [Dimension.ATTITUDE]


def test_the_mean_leaves_out_who_did_not_ask():
    assert mean_score([4, None]) == 4
    assert mean_score([3, 4]) == mean_score([4, 3])
    assert mean_score([None]) is None
