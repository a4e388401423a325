"""The assessment scheme: what may be published, and what a person's evidence adds up to."""

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.dialogue.scenario import Dimension
from tests.rules.scheme import scheme_data
from trainer.rules.assessment import (
    Fault,
    Need,
    Piece,
    Scale,
    SchemeProblem,
    matrix_of,
    problems_of,
    scheme_from_data,
)
from trainer.rules.performance_trend import trend_of
from trainer.rules.vocabulary import Figure, Method, Tier

DAY = date(2026, 11, 20)
SCHEME = scheme_from_data(scheme_data())

pieces = st.lists(
    st.builds(
        Piece,
        dimension=st.sampled_from(Dimension),
        method=st.sampled_from(Method),
        scale=st.just(Scale.PERCENT),
        value=st.decimals(0, 100, places=1),
        at=st.dates(date(2026, 1, 1), DAY),
        count=st.integers(1, 40),
        source=st.integers(1, 99),
    ),
    max_size=40,
)


def with_row(key, **changed):
    data = scheme_data()
    next(row for row in data["dimensions"] if row["key"] == key).update(changed)
    return problems_of(scheme_from_data(data))


def test_the_sample_scheme_holds():
    assert problems_of(SCHEME) == ()


@pytest.mark.parametrize("key", Dimension)
def test_a_dimension_without_a_required_method_is_named(key):
    assert SchemeProblem(Fault.METHOD, key) in with_row(key, methods={"roleplay": "helpful"})


def test_weights_add_up_to_exactly_100():
    assert with_row("attitude", weight=16) == (SchemeProblem(Fault.SUM, value=101),)
    assert SchemeProblem(Fault.WEIGHT, Dimension.ATTITUDE) in with_row("attitude", weight=0)


def test_an_exam_needs_topics_and_performance_needs_figures():
    assert with_row("knowledge", topics=[]) == (SchemeProblem(Fault.TOPICS, Dimension.KNOWLEDGE),)
    assert with_row("efficiency", figures=[]) == (SchemeProblem(Fault.FIGURES, Dimension.EFFICIENCY),)


def test_every_point_of_the_scale_has_a_meaning():
    anchors = ["一", "二", "", "四", "五"]
    assert with_row("teamwork", anchors=anchors) == (SchemeProblem(Fault.ANCHORS, Dimension.TEAMWORK),)


def test_each_dimension_and_figure_stands_in_it_once():
    data = scheme_data()
    data["dimensions"][1] = deepcopy(data["dimensions"][0])
    data["figures"].pop()

    faults = {problem.fault for problem in problems_of(scheme_from_data(data))}

    assert {Fault.DIMENSIONS, Fault.FIGURES} <= faults


def test_tiers_run_from_the_best_to_the_worst():
    data = scheme_data()
    data["figures"][0]["tiers"] = {"excellent": "30", "good": "20", "fair": "60"}

    assert problems_of(scheme_from_data(data)) == (SchemeProblem(Fault.TIERS, Figure.FIRST_REPLY),)


@given(pieces)
def test_all_weight_is_covered_exactly_when_nothing_is_missing(found):
    matrix = matrix_of(SCHEME, found)

    assert (matrix.covered == 100) == (not matrix.missing)
    assert 0 <= matrix.covered <= 100


@given(pieces, pieces)
def test_more_evidence_never_takes_anything_away(found, more):
    before, after = matrix_of(SCHEME, found), matrix_of(SCHEME, found + more)

    assert set(after.missing) <= set(before.missing)
    assert after.covered >= before.covered


@given(pieces, st.randoms(use_true_random=False))
def test_the_order_in_which_evidence_comes_does_not_matter(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)

    assert matrix_of(SCHEME, shuffled).missing == matrix_of(SCHEME, found).missing


@given(pieces)
def test_what_the_scheme_does_not_look_at_is_left_out(found):
    for row in matrix_of(SCHEME, found).rows:
        for cell in row.cells:
            assert cell.need or not cell.pieces
            assert [piece.at for piece in cell.pieces] == sorted((piece.at for piece in cell.pieces), reverse=True)


def test_a_required_method_without_evidence_is_missing_and_a_helpful_one_is_not():
    row = matrix_of(SCHEME, []).rows[0]

    assert {cell.method: cell.is_missing for cell in row.cells} == {
        Method.EXAM: False, Method.ROLEPLAY: False, Method.INTERVIEW: True, Method.PERFORMANCE: False,
    }  # fmt: skip
    assert row.cells[1].need is Need.HELPFUL


def test_a_handful_of_questions_is_called_thin():
    few, enough = (
        Piece(Dimension.KNOWLEDGE, Method.EXAM, Scale.PERCENT, Decimal(80), DAY, count) for count in (4, 5)
    )
    assert few.is_thin
    assert not enough.is_thin


@given(st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2))
def test_a_better_figure_is_never_in_a_worse_tier(one, other):
    order = list(Tier)
    for terms in SCHEME.figures:
        better, worse = sorted((one, other), reverse=not terms.lower_is_better)
        assert order.index(terms.tier(better)) <= order.index(terms.tier(worse))


@pytest.mark.parametrize(("value", "tier"), [("20", "excellent"), ("20.01", "good"), ("60", "fair"), ("60.01", "poor")])
def test_a_bound_belongs_to_the_better_tier(value, tier):
    assert SCHEME.figure(Figure.FIRST_REPLY).tier(Decimal(value)) == tier


@given(st.lists(st.decimals(0, 500, places=2), min_size=1, max_size=12))
def test_a_trend_stays_in_its_box(values):
    months = [date(2025, 1, 1) + timedelta(days=31 * place) for place in range(len(values))]
    trend = trend_of(SCHEME.figure(Figure.FIRST_REPLY), list(zip(months, values, strict=True)))

    assert len(trend.values) == min(len(values), 6)
    assert trend.latest.value == values[-1]
    assert all(0 <= value.x <= 160 and 0 <= value.y <= 56 for value in trend.values)
    assert 0 <= trend.bound_y <= 56


def test_falling_reply_times_are_better_and_nothing_is_no_trend():
    terms = SCHEME.figure(Figure.FIRST_REPLY)
    assert trend_of(terms, [(DAY, Decimal(40)), (DAY, Decimal(30))]).better is True
    assert trend_of(terms, [(DAY, Decimal(30)), (DAY, Decimal(40))]).better is False
    assert trend_of(terms, [(DAY, Decimal(30))]).better is None
    assert trend_of(terms, []) is None
