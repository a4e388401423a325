"""When somebody is asked again, and which answers tell of memory."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.reviews import KEY_FRESH, LONGEST_DAYS, Answer, grade, recalls, remember

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)  # 9:00 in Shanghai
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)

credits = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)])
histories = st.lists(
    st.builds(Answer, st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda t: t.replace(tzinfo=UTC)),
              credits, st.booleans()),
    max_size=12,
)  # fmt: skip


def right(at, **more):
    return Answer(at, Fraction(1), **more)


def wrong(at, **more):
    return Answer(at, Fraction(0), **more)


@pytest.mark.parametrize(
    ("credit", "rating"),
    [(Fraction(0), Rating.Again), (Fraction(1, 100), Rating.Hard), (Fraction(99, 100), Rating.Hard),
     (Fraction(1), Rating.Good)],
)  # fmt: skip
def test_the_grade_follows_the_credit(credit, rating):
    assert grade(credit) is rating


@pytest.mark.parametrize(
    ("later", "counts"), [(MINUTE, False), (KEY_FRESH, False), (KEY_FRESH + MINUTE, True), (DAY, True)]
)
def test_an_answer_right_after_the_key_is_no_recall(later, counts):
    first = wrong(MONDAY, shows_key=True)
    second = right(MONDAY + later)
    assert recalls([second, first]) == ([first, second] if counts else [first])
    assert recalls([second], keys_shown=[MONDAY]) == ([second] if counts else [])


def test_an_answer_before_the_key_was_looked_at_counts_and_so_does_the_first_in_practice():
    answer = right(MONDAY, shows_key=True)
    assert recalls([answer], keys_shown=[MONDAY, MONDAY + MINUTE]) == [answer]


def test_an_answer_that_did_not_count_shows_the_key_again():
    first = wrong(MONDAY, shows_key=True)
    again = right(MONDAY + 20 * MINUTE, shows_key=True)
    exam = right(MONDAY + 40 * MINUTE)
    assert recalls([first, again, exam]) == [first]


def test_nothing_that_counts_makes_no_card():
    assert remember([], [], SHANGHAI) is None
    assert remember([right(MONDAY)], [MONDAY - MINUTE], SHANGHAI) is None


def test_a_wrong_answer_comes_back_tomorrow_and_right_ones_later_each_time():
    lost = remember([wrong(MONDAY)], [], SHANGHAI)
    assert lost is not None and lost.due_on == MONDAY.date() + DAY and (lost.recalls, lost.lapses) == (1, 1)

    gaps, answers, at = [], [], MONDAY
    for _ in range(4):
        answers.append(right(at))
        memory = remember(answers, [], SHANGHAI)
        assert memory is not None
        gaps.append((memory.due_on - at.astimezone(SHANGHAI).date()).days)
        at += gaps[-1] * DAY
    assert gaps == sorted(gaps) and gaps[0] < gaps[-1]


def test_a_day_is_the_calendar_day_here():
    late, early = MONDAY.replace(hour=15, minute=59), MONDAY.replace(hour=16, minute=1)  # before and after midnight
    found = [remember([wrong(at)], [], SHANGHAI) for at in (late, early)]
    assert [memory.due_on.day for memory in found if memory] == [24, 25]


@given(histories, st.randoms())
def test_the_order_of_rows_does_not_matter_and_the_figures_stay_in_range(answers, rng):
    memory = remember(answers, [], SHANGHAI)
    mixed = list(answers)
    rng.shuffle(mixed)
    if len({answer.at for answer in answers}) == len(answers):
        assert remember(mixed, [], SHANGHAI) == memory
    if memory:
        last = memory.last_at.astimezone(SHANGHAI).date()
        assert DAY <= memory.due_on - last <= LONGEST_DAYS * DAY
        assert memory.stability > 0 and 1 <= memory.difficulty <= 10
        assert 0 <= memory.lapses <= memory.recalls <= len(answers)


@given(histories.filter(bool))
def test_an_answer_while_the_key_is_fresh_changes_nothing(answers):
    last = max(answers, key=lambda answer: answer.at)
    looked = [last.at + MINUTE]
    more = [*answers, right(last.at + 2 * MINUTE)]
    assert remember(more, looked, SHANGHAI) == remember(answers, looked, SHANGHAI)


@given(histories.filter(bool))
def test_knowing_it_is_never_due_sooner_than_not_knowing_it(answers):
    at = max(answer.at for answer in answers) + 3 * DAY
    known, lost = (remember([*answers, answer], [], SHANGHAI) for answer in (right(at), wrong(at)))
    assert known is not None and lost is not None and known.due_on >= lost.due_on
