from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.scoring import Scored, display_marks, totals

fractions = st.fractions(0, 1, max_denominator=12)
marks = st.decimals("0.5", 10, places=1)
items = st.builds(Scored, fractions, marks, st.sampled_from("ABC"), st.sampled_from("一二"))
papers = st.lists(items, min_size=1, max_size=40)


@given(papers)
def test_topics_and_sections_add_up_to_the_paper(paper):
    result = totals(paper)

    for parts in (result.by_topic, result.by_section):
        assert sum(tally.earned for tally in parts.values()) == result.paper.earned
        assert sum(tally.available for tally in parts.values()) == result.paper.available
    assert result.paper.earned == sum(item.fraction * Fraction(item.marks) for item in paper)
    assert result.by_topic.keys() == {item.topic for item in paper}
    assert result.by_section.keys() == {item.section for item in paper}
    assert 0 <= result.score <= 100


@given(papers, st.integers(0, 39), fractions)
def test_a_better_answer_never_lowers_the_score(paper, index, fraction):
    index %= len(paper)
    better = [*paper]
    better[index] = paper[index]._replace(fraction=max(fraction, paper[index].fraction))

    assert totals(better).score >= totals(paper).score


@given(papers)
def test_all_right_is_a_hundred_and_nothing_right_is_nought(paper):
    assert totals(item._replace(fraction=Fraction(1)) for item in paper).score == 100
    assert totals(item._replace(fraction=Fraction(0)) for item in paper).score == 0


@given(papers)
def test_one_answer_that_waits_leaves_the_whole_open(paper):
    waiting = [paper[0]._replace(fraction=None), *paper[1:]]
    result = totals(waiting)

    assert result.pending
    assert result.passed(Decimal(0)) is None
    assert result.paper.pending == Fraction(paper[0].marks)
    assert result.paper.available == totals(paper).paper.available
    assert not totals(paper).pending
    assert totals(paper).passed(Decimal(0)) is True


def test_weights_follow_the_marks():
    result = totals(
        [Scored(Fraction(1), Decimal(3), "退货", "一"), Scored(Fraction(0), Decimal(1), "赔付", "一")]
    )

    assert result.score == 75
    assert result.by_topic["退货"].score == 100
    assert result.by_section["一"].score == 75
    assert result.passed(Decimal(75))
    assert not result.passed(Decimal("75.5"))


def test_an_empty_paper_scores_nothing():
    assert totals([]).score == 0


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(2, 3), 2, "0.66"),
        (Fraction(84999, 1000), 2, "84.99"),
        (Decimal("85.00"), 2, "85"),
        (Fraction(80), 0, "80"),
        (Fraction(1, 2), 1, "0.5"),
        (Fraction(0), 2, "0"),
        (Fraction(100), 2, "100"),
    ],
)
def test_marks_are_shown_cut_off(value, places, text):
    assert display_marks(value, places) == text


@given(st.fractions(0, 100), st.decimals(0, 100, places=2))
def test_what_is_shown_reaches_the_pass_mark_exactly_when_the_score_does(score, pass_mark):
    shown = Fraction(display_marks(score))

    assert 0 <= score - shown < Fraction(1, 100)
    assert (shown >= Fraction(pass_mark)) == (score >= Fraction(pass_mark))
