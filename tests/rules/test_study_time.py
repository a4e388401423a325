"""Study time from what somebody did: no page that stands open counts."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.study_time import BLOCK_MINUTES, active_minutes

ZONE = ZoneInfo("Asia/Shanghai")
actions = st.lists(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    max_size=40,
)


@given(actions)
def test_every_day_has_whole_blocks_and_no_more_than_its_actions(moments):
    found = active_minutes(moments, ZONE)

    by_day = {}
    for moment in moments:
        by_day.setdefault(moment.astimezone(ZONE).date(), []).append(moment)
    assert found.keys() == by_day.keys()
    for day, minutes in found.items():
        assert minutes % BLOCK_MINUTES == 0
        assert BLOCK_MINUTES <= minutes <= min(BLOCK_MINUTES * len(by_day[day]), 24 * 60)


@given(actions, st.randoms())
def test_neither_order_nor_repetition_matters(moments, rng):
    twice = moments * 2
    rng.shuffle(twice)

    assert active_minutes(twice, ZONE) == active_minutes(moments, ZONE)


@given(actions, actions)
def test_more_actions_never_make_it_less(some, more):
    before, after = active_minutes(some, ZONE), active_minutes(some + more, ZONE)

    assert all(after[day] >= minutes for day, minutes in before.items())


def test_a_page_that_stood_open_all_night_counts_its_two_clicks():
    evening = datetime(2026, 11, 26, 22, 1, tzinfo=ZONE)

    assert active_minutes([evening, evening + timedelta(hours=9)], ZONE) == {
        date(2026, 11, 26): 5,
        date(2026, 11, 27): 5,
    }


def test_twenty_answers_in_five_minutes_are_five_minutes():
    began = datetime(2026, 11, 26, 10, tzinfo=ZONE)

    assert active_minutes([began + timedelta(seconds=10 * n) for n in range(20)], ZONE) == {began.date(): 5}
