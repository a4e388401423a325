"""A course as a path: prerequisites, what is locked, and what counts as done."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.course_words import UnitKind
from trainer.rules.courses import (
    Bar,
    PathUnit,
    Shown,
    UnitState,
    bar_of,
    circle,
    done_at,
    next_place,
    progress,
    walk,
)

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
KEYS = "abcdefg"

graphs = st.dictionaries(st.sampled_from(KEYS), st.sets(st.sampled_from(KEYS), max_size=4), max_size=7)


def reachable(after, start):
    """Every key that ``start`` waits for, at first or second hand."""
    found, open_keys = set(), list(after[start])
    while open_keys:
        key = open_keys.pop()
        if key in after and key not in found:
            found.add(key)
            open_keys += after[key]
    return found


@given(graphs)
def test_a_circle_is_found_exactly_where_there_is_one(after):
    found = circle(after)

    assert bool(found) == any(key in reachable(after, key) for key in after)
    for key, following in zip(found, (*found[1:], *found[:1]), strict=True):
        assert following in after[key]
    assert len(set(found)) == len(found)


def test_a_unit_that_waits_for_itself_is_a_circle():
    assert circle({"a": ["a"]}) == ("a",)


def unit(key, *after, kind=UnitKind.LESSON, bar=None):
    return PathUnit(key, kind, key, 1, after, bar or Bar())


def read(**moments):
    return {(UnitKind.LESSON, key): [Shown(moment)] for key, moment in moments.items()}


PATH = (unit("a"), unit("b", "a"), unit("c", "a", "b"))


def test_units_open_one_after_the_other_and_say_what_they_wait_for():
    places = walk(PATH, read(a=NOON))

    assert [place.state for place in places] == [UnitState.DONE, UnitState.OPEN, UnitState.LOCKED]
    assert places[2].missing == ("b",)
    assert next_place(places).unit.key == "b"
    assert progress(places) == progress(walk(PATH, read(a=NOON, x=NOON)))


def test_what_was_done_ahead_of_its_turn_counts():
    places = walk(PATH, read(c=NOON))

    assert [place.state for place in places] == [UnitState.OPEN, UnitState.LOCKED, UnitState.DONE]


def test_what_is_offered_no_more_is_asked_of_nobody_and_locks_nothing():
    places = walk(PATH, read(a=NOON), gone={"b"})

    assert [place.state for place in places] == [UnitState.DONE, UnitState.GONE, UnitState.OPEN]
    assert (progress(places).done, progress(places).total) == (1, 2)


def test_what_was_done_before_it_went_still_counts():
    places = walk(PATH, read(a=NOON, b=NOON), gone={"b"})

    assert places[1].state == UnitState.DONE


def test_a_course_is_done_when_its_last_unit_was():
    later = NOON + timedelta(days=2)

    found = progress(walk(PATH, read(a=NOON, b=later, c=NOON)))

    assert (found.done, found.total, found.done_at, found.complete, found.percent) == (3, 3, later, True, 100)


def test_a_course_of_which_everything_is_gone_is_never_complete():
    assert not progress(walk(PATH, {}, gone={"a", "b", "c"})).complete


def test_evidence_from_before_does_not_count_for_whoever_has_to_show_it_anew():
    evidence = {(UnitKind.LESSON, "a"): [Shown(NOON), Shown(NOON + timedelta(days=9))]}

    assert done_at(unit("a"), evidence) == NOON
    assert done_at(unit("a"), evidence, since=NOON + timedelta(days=1)) == NOON + timedelta(days=9)
    assert done_at(unit("a"), evidence, since=NOON + timedelta(days=10)) is None


@given(graphs, st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)))
def test_a_path_without_circles_never_leaves_anybody_stuck(after, done, gone):
    units = [unit(key, *sorted(after[key])) for key in sorted(after)]
    places = walk(units, read(**dict.fromkeys(done, NOON)), gone=gone)
    left = [place for place in places if place.state in (UnitState.OPEN, UnitState.LOCKED)]

    assert progress(places).done + len(left) == progress(places).total
    if left and not circle(after):
        assert next_place(places) is not None


@pytest.mark.parametrize(
    ("kind", "params", "shown", "enough"),
    [
        (UnitKind.PRACTICE, {}, Shown(NOON, Decimal(10)), True),
        (UnitKind.PRACTICE, {}, Shown(NOON, Decimal(9)), False),
        (UnitKind.PRACTICE, {"questions": 20}, Shown(NOON, Decimal(10)), False),
        (UnitKind.SCENARIO, {}, Shown(NOON, strict=False), True),
        (UnitKind.SCENARIO, {"level": "exam"}, Shown(NOON, strict=False), False),
        (UnitKind.SCENARIO, {"level": "exam"}, Shown(NOON), True),
        (UnitKind.TYPING, {}, Shown(NOON, Decimal("50.0"), Decimal("0.95")), True),
        (UnitKind.TYPING, {}, Shown(NOON, Decimal("49.9"), Decimal("0.99")), False),
        (UnitKind.TYPING, {"accuracy": 98}, Shown(NOON, Decimal(80), Decimal("0.97")), False),
        (UnitKind.SORTING, {"accuracy": 80}, Shown(NOON, share=Decimal("0.8")), True),
    ],
)
def test_the_bar_of_a_unit(kind, params, shown, enough):
    assert shown.reaches(bar_of(kind, params)) is enough


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        (UnitKind.LESSON, {"questions": 3}),
        (UnitKind.PRACTICE, {"questions": 0}),
        (UnitKind.PRACTICE, {"questions": True}),
        (UnitKind.SCENARIO, {"level": "easy"}),
        (UnitKind.TYPING, {"per_minute": "50"}),
    ],
)
def test_a_bar_that_makes_no_sense_is_refused(kind, params):
    with pytest.raises(ValueError, match=r"\w"):
        bar_of(kind, params)
