"""When courses that are assigned again and again are due to be assigned."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.course_words import Cadence
from trainer.rules.recurrence import Period, Recurrence, day_in_month

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(DAYS, DAYS, st.integers(1, 31))
def test_the_newest_month_that_has_begun_is_given(starts_on, on, day):
    period = Recurrence(Cadence.MONTHLY, starts_on, day_of_month=day).period(on)

    if period is None:
        begins = day_in_month(on, day)
        earlier = day_in_month(on.replace(day=1) - timedelta(days=1), day)
        assert on < starts_on or (begins if begins <= on else earlier) < starts_on
    else:
        assert starts_on <= period.begins_on <= on
        assert on - period.begins_on < timedelta(days=31)
        assert period.key == f"{period.begins_on:%Y-%m}"


def test_a_short_month_takes_its_last_day():
    rule = Recurrence(Cadence.MONTHLY, date(2026, 1, 1), day_of_month=31)

    assert rule.period(date(2026, 3, 1)) == Period("2026-02", date(2026, 2, 28))


def test_missed_months_are_made_up_for_once():
    rule = Recurrence(Cadence.MONTHLY, date(2026, 1, 1), day_of_month=5)

    assert {rule.period(date(2026, 8, 5) + timedelta(days=n)).key for n in range(31)} == {"2026-08"}


def test_a_campaign_is_given_on_its_days_and_never_afterwards():
    rule = Recurrence(Cadence.CAMPAIGN, date(2026, 12, 5), date(2026, 12, 12))

    found = [rule.period(date(2026, 12, day)) for day in (4, 5, 12, 13)]

    assert [bool(period) for period in found] == [False, True, True, False]
    assert found[1] == found[2] == Period("2026-12-05", date(2026, 12, 5), date(2026, 12, 12))
