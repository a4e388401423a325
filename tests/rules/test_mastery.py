from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.mastery import HALF_LIFE, Answered, Level, Tally, joined, tally

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAYS = st.integers(min_value=0, max_value=400)


@st.composite
def answers(draw):
    count = draw(st.integers(min_value=1, max_value=20))
    share = draw(st.floats(min_value=0, max_value=1))
    return Answered(NOW - timedelta(days=draw(DAYS)), share * count, count, draw(st.booleans()))


def given_now(right, count, **more):
    return tally([Answered(NOW, right, count, **more)], NOW)


def test_nobody_is_judged_by_nothing():
    nothing = tally([], NOW)

    assert (nothing.mean, nothing.level) == (0.5, Level.FEW)


@pytest.mark.parametrize(
    ("right", "count", "level"),
    [
        (3, 3, "few"),
        (0, 4, "weak"),
        (30, 30, "strong"),
        (26, 30, "unsteady"),
        (16, 20, "unsteady"),
        (10, 20, "weak"),
        (0, 5, "weak"),
    ],
)
def test_only_what_is_sure_is_called_strong_or_weak(right, count, level):
    assert given_now(right, count).level == level


def test_old_answers_and_practice_count_less():
    old = tally([Answered(NOW - HALF_LIFE, 10, 10)], NOW)

    assert old.weight == pytest.approx(5)
    assert given_now(10, 10, practice=True).weight == pytest.approx(5)


@given(st.lists(answers(), max_size=6), DAYS)
def test_ageing_a_tally_is_counting_anew_later(given, days):
    later = NOW + timedelta(days=days)

    aged, anew = tally(given, NOW).aged(later), tally(given, later)

    assert aged.weight == pytest.approx(anew.weight)
    assert aged.credit == pytest.approx(anew.credit)


@given(st.lists(answers(), min_size=1, max_size=6), answers())
def test_a_right_answer_never_lowers_the_estimate_and_more_answers_never_widen_it_much(given, more):
    before = tally(given, NOW)
    after = tally([*given, Answered(more.at, more.count, more.count, more.practice)], NOW)

    assert after.mean >= before.mean - 1e-9
    assert 0 < before.mean < 1 and 0 < before.spread < 0.5


@given(st.lists(st.lists(answers(), max_size=4), max_size=4))
def test_joining_tallies_is_counting_all_together(groups):
    together = tally([one for group in groups for one in group], NOW)
    apart = joined([tally(group, NOW) for group in groups], NOW)

    assert (apart.weight, apart.credit) == (pytest.approx(together.weight), pytest.approx(together.credit))


def test_the_same_share_is_surer_with_more_answers():
    assert given_now(80, 100).spread < given_now(8, 10).spread


def test_a_tally_is_not_made_younger():
    tallied = Tally(10, 8, NOW)

    assert tallied.aged(NOW - timedelta(days=3)).weight == 10
