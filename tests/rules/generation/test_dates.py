from datetime import datetime
from decimal import Decimal

import pytest

from quizzes.rules.facts import CountsFrom
from quizzes.rules.generation.dates import in_time, last_moment, needs_year, read, told
from quizzes.rules.generation.gates import recompute
from quizzes.rules.generation.generate import generate
from quizzes.rules.questions import TrueFalse
from tests.rules.generation import made
from tests.rules.generation.made import ON
from tests.rules.generation.test_generate import of_form


def days(number, **fields):
    return made.window(number=Decimal(number), **fields)


def hours(number):
    return made.window(number=Decimal(number), unit="小时", event="付款", action="发货",
                       counts_from=CountsFrom.SAME_MOMENT)  # fmt: skip


@pytest.mark.parametrize(
    ("signed", "applied", "inside"),
    [
        ("2026-03-03 20:00", "2026-03-03 21:00", True),  # the day of signing is day 0
        ("2026-03-03 20:00", "2026-03-04 00:00", True),
        ("2026-03-03 20:00", "2026-03-10 23:59", True),  # day 7, to its end
        ("2026-03-03 20:00", "2026-03-11 00:00", False),  # day 8
        ("2026-03-03 20:00", "2026-03-02 00:00", False),  # before the event
        ("2026-01-28 09:00", "2026-02-04 12:00", True),  # over the end of a month of 31 days
        ("2026-04-28 09:00", "2026-05-06 00:00", False),  # and of 30
        ("2026-02-24 09:00", "2026-03-03 23:59", True),  # February of 28
        ("2026-02-24 09:00", "2026-03-04 00:00", False),
        ("2028-02-24 09:00", "2028-03-02 23:59", True),  # February of 29
        ("2028-02-24 09:00", "2028-03-03 00:00", False),
        ("2026-12-28 09:00", "2027-01-04 23:59", True),  # over the new year
        ("2026-12-28 09:00", "2027-01-05 00:00", False),
    ],
)
def test_seven_days_from_signing(signed, applied, inside):
    event, done = datetime.fromisoformat(signed), datetime.fromisoformat(applied)

    assert in_time(days(7), event, done) is inside


@pytest.mark.parametrize(
    ("fact", "event", "end"),
    [
        (hours(48), "2026-03-03 14:30", "2026-03-05 14:30"),
        (hours(24), "2026-02-28 10:00", "2026-03-01 10:00"),
        (hours(24), "2028-02-28 10:00", "2028-02-29 10:00"),
        (hours("0.5"), "2026-12-31 23:45", "2027-01-01 00:15"),
        (days(2, counts_from=CountsFrom.SAME_MOMENT), "2026-03-03 14:30", "2026-03-05 14:30"),
        (days(1), "2026-03-03 14:30", "2026-03-04 23:59"),
    ],
)
def test_the_last_moment(fact, event, end):
    assert last_moment(fact, datetime.fromisoformat(event)) == datetime.fromisoformat(end)


def test_hours_end_to_the_minute():
    event = datetime(2026, 3, 3, 14, 30)

    assert in_time(hours(48), event, datetime(2026, 3, 5, 14, 30))
    assert not in_time(hours(48), event, datetime(2026, 3, 5, 14, 31))


@pytest.mark.parametrize(
    "fact",
    [days(7, unit="工作日"), days("1.5"), days(7, unit="小时"), days(0)],
    ids=["working days", "half days", "hours from the next day", "nothing"],
)
def test_windows_that_cannot_be_counted_are_refused_with_a_reason(fact):
    with pytest.raises(ValueError, match="期限"):
        last_moment(fact, datetime(2026, 3, 3))

    generated = generate([fact], seed=1, on=ON)
    assert generated.questions == ()
    assert {rejection.gate for rejection in generated.rejected} == {"material"}


@pytest.mark.parametrize(
    ("first", "last", "needed"),
    [
        ("2026-03-03", "2026-03-10", False),
        ("2026-02-20", "2026-02-28", False),
        ("2026-02-21", "2026-03-01", True),
        ("2028-02-29", "2028-03-07", True),
        ("2026-12-28", "2027-01-04", True),
    ],
)
def test_the_year_is_told_where_the_sum_depends_on_it(first, last, needed):
    assert needs_year(datetime.fromisoformat(first), datetime.fromisoformat(last)) is needed


@pytest.mark.parametrize("year", [True, False])
def test_what_is_told_can_be_read(year):
    moment = datetime(2026, 3, 3, 14, 30)

    assert read(told(moment, year=year, clock=True)) == [moment]


@pytest.mark.parametrize("fact", [days(7), days(15), days(90), hours(48), hours(1)])
@pytest.mark.parametrize("seed", range(15))
def test_every_sum_asks_early_on_the_last_day_and_too_late(fact, seed):
    judged, asked = of_form("date_within", fact, seed=seed), of_form("date_last", fact, seed=seed)

    assert len(judged) == 3
    assert len(asked) == 2
    assert all(recompute(question, {"w": fact}, ON) for question in judged + asked)
    in_time_as_told = [q.content == TrueFalse(q.stem.endswith("没有超过期限。")) for q in judged]
    assert sorted(in_time_as_told) == [False, True, True]
    assert {question.content.answer for question in judged} == {False, True}
    assert all(len(question.content.options) == 4 for question in asked)


def test_a_shifted_key_is_noticed():
    (question, _) = of_form("date_last", days(7))

    assert not recompute(question, {"w": days(8)}, ON)
