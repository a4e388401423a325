"""Working days and the ends of shifts."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.rosters import Hours, NoWorkingDay, Pattern, SingleDay, WorkWeek, week_for

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
weeks = st.builds(
    WorkWeek,
    st.builds(Hours, st.times(), st.times()),
    st.frozensets(st.integers(0, 6), max_size=6),
    st.dictionaries(days, st.none() | st.builds(Hours, st.times(), st.times()), max_size=30),
)


@given(weeks, days, st.integers(1, 20))
def test_the_due_day_is_a_working_day_with_exactly_so_many_up_to_it(week, day, workdays):
    due = week.after(day, workdays)

    assert week.works(due)
    passed = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(week.works(one) for one in passed) == workdays


@given(weeks, days)
def test_a_day_of_rest_moves_on_and_a_working_day_stays(week, day):
    due = week.on_or_after(day)

    assert week.works(due)
    assert due >= day
    assert not any(week.works(day + timedelta(days=n)) for n in range((due - day).days))


@given(weeks, days, st.integers(0, 20))
def test_the_last_working_day_before_an_end_is_within_it(week, day, length):
    end = day + timedelta(days=length)
    found = week.on_or_before(end, not_before=day)

    if found is None:
        assert not any(week.works(day + timedelta(days=n)) for n in range(length + 1))
    else:
        assert day <= found <= end
        assert week.works(found)


@given(weeks, days)
def test_a_shift_ends_on_its_day_or_early_on_the_next(week, day):
    ends = week.end_of(day, ZONE)

    assert ends.date() in (day, day + timedelta(days=1))
    if week.works(day):
        assert ends > datetime.combine(day, (week.exceptions.get(day) or week.hours).starts, tzinfo=ZONE)


def test_a_late_shift_ends_after_midnight():
    week = WorkWeek(Hours(time(15, 30), time(0)))

    assert week.end_of(MONDAY, ZONE) == datetime(2026, 11, 24, tzinfo=ZONE)


def test_a_year_without_work_is_an_error():
    with pytest.raises(NoWorkingDay):
        WorkWeek(rest_days=frozenset(range(7))).on_or_after(MONDAY)


def test_ones_own_week_comes_before_the_teams_and_single_days_before_any_week():
    early, late = Pattern(Hours(time(9), time(17)), frozenset({6})), Pattern(Hours(time(17), time(23)), frozenset({0}))
    holiday, own = MONDAY + timedelta(days=1), MONDAY

    week = week_for(late, early, {own: SingleDay(True)}, {holiday: SingleDay(False), own: SingleDay(False)})

    assert week.hours == late.hours
    assert week.works(own)
    assert week.end_of(own, ZONE).hour == 23
    assert not week.works(holiday)
    assert week.works(MONDAY + timedelta(days=6))


def test_without_any_roster_the_house_works_every_day():
    week = week_for(None, None, {}, {})

    assert all(week.works(MONDAY + timedelta(days=n)) for n in range(7))
    assert week.end_of(MONDAY, ZONE).hour == 18
