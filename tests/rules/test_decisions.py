from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.decisions import (
    LONGEST_PROBATION_MONTHS,
    RANK,
    Contract,
    DecisionKind,
    Second,
    Signatures,
    appeal_until,
    better_kinds,
    can_be_appealed,
    last_day_allowed,
    may_hear,
    open_kinds,
    second_needed,
    warning_due,
)

ZHOU, CHEN, ADMIN, LIN = 1, 2, 3, 9
EARLY, ON_TIME, EXTEND, REFUSE = DecisionKind


@pytest.mark.parametrize(
    ("hired_on", "contract", "last"),
    [
        (date(2026, 9, 1), Contract.UNDER_ONE_YEAR, date(2026, 9, 30)),
        (date(2026, 9, 15), Contract.UNDER_THREE_YEARS, date(2026, 11, 14)),
        (date(2026, 9, 15), Contract.LONGER, date(2027, 3, 14)),
        (date(2026, 12, 31), Contract.UNDER_THREE_YEARS, date(2027, 2, 28)),
        (date(2027, 12, 31), Contract.UNDER_THREE_YEARS, date(2028, 2, 29)),
        (date(2026, 8, 31), Contract.LONGER, date(2027, 2, 28)),
    ],
)
def test_the_law_limits_probation_by_the_length_of_the_contract(hired_on, contract, last):
    assert last_day_allowed(hired_on, contract) == last


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(Contract))
def test_a_limit_is_never_longer_than_its_months(hired_on, contract):
    days = (last_day_allowed(hired_on, contract) - hired_on).days + 1
    months = LONGEST_PROBATION_MONTHS[contract]
    assert 28 * months - 1 <= days <= 31 * months


@pytest.mark.parametrize(
    ("left", "kinds"),
    [
        (60, (EARLY, EXTEND, REFUSE)),
        (30, (EARLY, ON_TIME, EXTEND, REFUSE)),
        (0, (ON_TIME, EXTEND, REFUSE)),
        (-1, (ON_TIME,)),
    ],
)
def test_what_can_be_decided_hangs_on_the_days_that_are_left(left, kinds):
    assert open_kinds(left) == kinds


@pytest.mark.parametrize(
    ("markers", "setting", "second"),
    [
        ({ZHOU}, False, Second.ONLY_MARKER),
        ({ZHOU}, True, Second.ONLY_MARKER),
        ({ZHOU, CHEN}, False, Second.NOT_NEEDED),
        ({CHEN}, False, Second.NOT_NEEDED),
        (set(), False, Second.NOT_NEEDED),
        (set(), True, Second.SETTING),
    ],
)
def test_nobody_decides_alone_on_someone_only_they_marked(markers, setting, second):
    assert second_needed(Signatures(ZHOU, frozenset(markers), setting)) is second


@pytest.mark.parametrize(
    ("person", "markers", "may"),
    [
        (ZHOU, (), False),
        (CHEN, (), False),
        (LIN, (), False),
        (ADMIN, (), True),
        (ADMIN, (ADMIN,), False),
        (ADMIN, (ADMIN, ZHOU), True),
    ],
)
def test_an_appeal_goes_to_somebody_who_had_no_part_in_it(person, markers, may):
    assert may_hear(person, decider=ZHOU, countersigner=CHEN, markers=markers, learner=LIN) is may


def test_only_what_could_be_better_can_be_appealed():
    assert [kind for kind in DecisionKind if can_be_appealed(kind)] == [ON_TIME, EXTEND, REFUSE]


@pytest.mark.parametrize(
    ("kind", "left", "better"),
    [
        (REFUSE, 10, (EARLY, ON_TIME, EXTEND)),
        (REFUSE, 0, (ON_TIME, EXTEND)),
        (REFUSE, -3, (ON_TIME,)),
        (EXTEND, 10, (EARLY, ON_TIME)),
        (ON_TIME, 10, (EARLY,)),
        (ON_TIME, -1, ()),
    ],
)
def test_an_appeal_makes_it_better_or_leaves_it(kind, left, better):
    assert better_kinds(kind, left) == better


@given(st.sampled_from(DecisionKind), st.integers(-30, 200))
def test_nobody_is_worse_off_for_appealing(kind, left):
    assert all(RANK.index(one) > RANK.index(kind) for one in better_kinds(kind, left))


def test_an_appeal_is_taken_for_whole_days():
    assert appeal_until(date(2026, 11, 26), 7) == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("left", "warning"),
    [(15, None), (14, 14), (10, 14), (7, 7), (4, 7), (3, 3), (1, 3), (0, 0), (-1, -1), (-30, -1)],
)
def test_only_the_most_urgent_warning_is_due(left, warning):
    assert warning_due(left) == warning


def test_warnings_only_grow_more_urgent():
    due = [warning_due(left) for left in range(14, -5, -1)]
    assert due == sorted(due, reverse=True)
    assert timedelta(days=14).days == due[0]
