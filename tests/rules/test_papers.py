from decimal import Decimal
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.papers import Paper, clear_score, next_score, rule_on, standard_error

QUESTIONS = 40.0
CUT = Decimal(85)
scores = st.decimals(min_value=0, max_value=100, places=1)


def papers(*marks, questions=QUESTIONS):
    return [
        Paper(number, Decimal(mark), standard_error(Decimal(mark), questions)) for number, mark in enumerate(marks, 1)
    ]


def test_the_error_of_a_mark_is_lords():
    assert isclose(standard_error(Decimal(80), 41), 100 * sqrt(0.8 * 0.2 / 40))
    assert standard_error(Decimal(100), 40) == 0
    assert standard_error(Decimal(0), 40) == 0


@pytest.mark.parametrize(
    ("marks", "met", "borderline", "score", "which"),
    [
        ([92], True, False, "92", (1,)),  # clearly above: 92 - 4.3
        ([88], False, True, "88", (1,)),  # 88 - 5.2 is below 85: one more paper
        ([85], False, True, "85", (1,)),
        ([80], False, True, "80", (1,)),  # 80 + 6.4 is above 85
        ([70], False, False, "70", (1,)),
        ([88, 82], True, False, "85", (1, 2)),
        ([88, 81], False, True, "81", (2,)),  # the better one alone does not do
        ([88, 60], False, False, "88", (1,)),
        ([60, 88], False, True, "88", (2,)),
        ([60, 88, 84], True, False, "86", (2, 3)),
        ([86, 60, 86], False, True, "86", (3,)),  # never the best two of many: only one after the other
        ([82, 95], True, False, "95", (2,)),
        ([95, 20], True, False, "95", (1,)),  # what is met stays met
    ],
)
def test_one_paper_or_two(marks, met, borderline, score, which):
    ruling = rule_on(papers(*marks), CUT)

    assert (ruling.met, ruling.borderline, ruling.score, ruling.papers) == (met, borderline, Decimal(score), which)


def test_two_papers_are_surer_than_one():
    first, second = papers(88, 84)
    ruling = rule_on([first, second], CUT)

    assert isclose(ruling.error, sqrt(first.error**2 + second.error**2) / 2)
    assert ruling.error < min(first.error, second.error)


@given(st.lists(scores, min_size=1, max_size=4), scores, scores, st.floats(10, 100), st.data())
def test_a_better_mark_or_a_further_paper_never_undoes_what_is_met(marks, cut, more, questions, data):
    before = rule_on(papers(*marks, questions=questions), cut)
    at = data.draw(st.integers(0, len(marks) - 1))
    better = [data.draw(st.decimals(mark, 100, places=1)) if n == at else mark for n, mark in enumerate(marks)]

    raised = rule_on(papers(*better, questions=questions), cut)
    assert raised.met >= before.met
    if before.borderline and at == len(marks) - 1:
        assert raised.met or raised.borderline
    assert rule_on(papers(*marks, more, questions=questions), cut).met >= before.met


@given(st.lists(scores, max_size=3), scores, st.floats(10, 100))
def test_the_next_score_is_the_least_that_would_do(marks, cut, questions):
    needed = next_score(papers(*marks, questions=questions), cut, questions)
    if marks and rule_on(papers(*marks, questions=questions), cut).met:
        return

    assert rule_on(papers(*marks, needed, questions=questions), cut).met
    if needed > Decimal("0.1"):
        assert not rule_on(papers(*marks, needed - Decimal("0.1"), questions=questions), cut).met


def test_a_clear_score_leaves_room_for_the_error():
    assert clear_score(CUT, QUESTIONS) == Decimal("89.9")
    assert clear_score(CUT, 400) == Decimal("86.7")
    assert clear_score(Decimal(100), QUESTIONS) == 100
