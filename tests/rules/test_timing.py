from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.timing import Start, deadline, may_start, seconds_left

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
minutes = st.integers(0, 600)


def test_the_deadline_is_the_time_and_the_extension_after_the_start():
    assert deadline(NOON, 45) == NOON + timedelta(minutes=45)
    assert deadline(NOON, 45, 15) == NOON + timedelta(hours=1)


def test_without_a_time_there_is_no_deadline_whatever_the_extension():
    assert deadline(NOON, None, 15) is None
    assert seconds_left(None, NOON) is None


@given(moments, minutes, minutes, st.integers(-10_000_000, 10_000_000_000))
def test_zero_seconds_left_means_over_and_only_that(start, time, extension, microseconds):
    ends_at = deadline(start, time, extension)
    at = ends_at - timedelta(microseconds=microseconds)

    left = seconds_left(ends_at, at)

    assert (left == 0) == (at >= ends_at)
    assert left >= 0
    assert 0 <= left - max(microseconds, 0) / 1_000_000 < 1


def check(**changes):
    facts = {"used": 1, "max_attempts": 2, "last_submitted_at": NOON, "cool_down": timedelta(hours=24)}
    return may_start(**{**facts, "at": NOON + timedelta(hours=1), **changes})


def test_who_has_used_every_attempt_may_not_start():
    assert check(used=2) == check(used=3)
    assert check(used=2).reason == Start.NO_ATTEMPTS_LEFT
    assert check(used=2).at is None
    assert check(used=0, max_attempts=0).reason == Start.NO_ATTEMPTS_LEFT


def test_the_cool_down_names_the_moment_at_which_it_ends():
    waiting = check()

    assert waiting.reason == Start.COOLING_DOWN
    assert waiting.at == NOON + timedelta(hours=24)
    assert check(at=waiting.at).reason == Start.ALLOWED
    assert check(at=waiting.at - timedelta(microseconds=1)).reason == Start.COOLING_DOWN


def test_a_first_attempt_and_unlimited_attempts_may_start():
    assert check(used=0, last_submitted_at=None).reason == Start.ALLOWED
    assert check(used=99, max_attempts=None, cool_down=timedelta(0)).reason == Start.ALLOWED


@given(
    st.integers(0, 5),
    st.none() | st.integers(0, 5),
    st.none() | moments,
    st.timedeltas(timedelta(0), timedelta(30)),
    moments,
)
def test_a_moment_is_given_exactly_while_cooling_down(used, most, last, cool_down, at):
    answer = may_start(used=used, max_attempts=most, last_submitted_at=last, cool_down=cool_down, at=at)

    assert (answer.at is not None) == (answer.reason == Start.COOLING_DOWN)
    if answer.at is not None:
        assert answer.at > at
        again = may_start(
            used=used, max_attempts=most, last_submitted_at=last, cool_down=cool_down, at=answer.at
        )
        assert again.reason == Start.ALLOWED
