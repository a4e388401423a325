"""Study days in a row: rest does not break them, one missed working day a week is forgiven."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.rosters import WorkWeek
from trainer.rules.streaks import Milestone, milestones, streak

FRIDAY = date(2026, 11, 27)
SINCE = FRIDAY - timedelta(days=60)
WEEKENDS = WorkWeek(rest_days=frozenset({5, 6}))
DAY = timedelta(days=1)


def row(*ago, week=WEEKENDS):
    return streak([FRIDAY - n * DAY for n in ago], week, today=FRIDAY, since=SINCE)


def test_rest_days_do_not_break_and_count_when_studied():
    assert row(0, 1, 2, 3, 4, 7, 8) == 7
    assert row(0, 1, 2, 3, 4, 5, 6, 7, 8) == 9


def test_one_missed_working_day_a_week_is_forgiven_and_no_second():
    assert row(0, 1, 3, 4, 7, 8) == 6
    assert row(0, 3, 4, 7) == 1


def test_today_is_not_over_yet():
    assert row(1, 2) == row(0, 1, 2) - 1 == 2
    assert row(1, 3) == 2  # only Wednesday was missed so far


def test_a_day_off_by_the_roster_is_rest():
    off = WorkWeek(rest_days=frozenset({5, 6}), exceptions={FRIDAY - n * DAY: None for n in (1, 2)})
    assert row(0, 3, 4) == 1 and row(0, 3, 4, week=off) == 3


def test_nothing_yet():
    assert row() == 0


def test_what_lies_before_the_first_day_is_not_looked_at():
    studied = [FRIDAY - n * DAY for n in range(4)]
    assert streak(studied, WEEKENDS, today=FRIDAY, since=FRIDAY - 2 * DAY) == 3


days = st.sets(st.integers(0, 60))


@given(days, st.integers(0, 60))
def test_a_further_study_day_never_shortens_the_row(studied, more):
    assert row(*studied, more) >= row(*studied)


@given(days, st.sets(st.integers(0, 6), max_size=6))
def test_more_rest_never_shortens_the_row_and_it_counts_studied_days_only(studied, rest):
    found = row(*studied, week=WorkWeek())
    assert found <= row(*studied, week=WorkWeek(rest_days=frozenset(rest))) <= len(studied)


def test_milestones_come_in_the_order_of_days():
    monday = datetime(2026, 11, 2, 9, tzinfo=UTC)
    studied = [monday.date() + n * DAY for n in range(8)]
    found = milestones(studied=[*studied, studied[0]], exams_passed=[monday + 20 * DAY, monday + DAY], first_type=None)
    assert [(one.milestone, one.on.day) for one in found] == [
        (Milestone.FIRST_EXAM, 3), (Milestone.WEEK_OF_STUDY, 8),
    ]  # fmt: skip
    assert milestones(studied=studied[:6], exams_passed=[], first_type=None) == []
    assert milestones(studied=[], exams_passed=[], first_type=monday)[0].milestone is Milestone.FIRST_TYPE
