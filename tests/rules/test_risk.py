from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.risk import Risk, RiskKind, Signs, Urgency, risks_of, urgency_of

WELL = Signs(days_left=60, missing=2, idle_days=1, days_in_post=20)
SIGNS = st.builds(
    Signs,
    days_left=st.none() | st.integers(-30, 120),
    missing=st.integers(0, 6),
    late_courses=st.lists(st.sampled_from("甲乙丙"), max_size=3).map(tuple),
    late_days=st.integers(0, 40),
    late_rechecks=st.integers(0, 3),
    gates=st.lists(st.sampled_from("甲乙"), max_size=2).map(tuple),
    failed=st.lists(st.sampled_from("甲乙"), max_size=2).map(tuple),
    idle_days=st.none() | st.integers(0, 40),
    days_in_post=st.integers(0, 120),
    weak_topics=st.lists(st.sampled_from("甲乙丙丁"), max_size=4).map(tuple),
    waiting_days=st.integers(0, 20),
)


def kinds(**signs):
    return [risk.kind for risk in risks_of(replace(WELL, **signs))]


def test_who_is_well_needs_no_attention():
    assert risks_of(WELL) == ()


@pytest.mark.parametrize(
    ("signs", "kind"),
    [
        ({"days_left": 21}, "probation"),
        ({"late_courses": ("甲",), "late_days": 1}, "course"),
        ({"late_rechecks": 1}, "recheck"),
        ({"gates": ("壶",)}, "gate"),
        ({"failed": ("规则",)}, "failed_twice"),
        ({"idle_days": 4}, "idle"),
        ({"idle_days": None}, "idle"),
        ({"weak_topics": ("甲", "乙", "丙")}, "weak"),
        ({"waiting_days": 2}, "ours"),
    ],
)
def test_each_sign_is_a_reason(signs, kind):
    assert kinds(**signs) == [kind]


@pytest.mark.parametrize(
    "signs",
    [
        {"days_left": 3, "missing": 0},
        {"days_left": None, "missing": 0, "idle_days": 30},
        {"weak_topics": ("甲", "乙")},
        {"waiting_days": 1},
        {"idle_days": None, "days_in_post": 2},
    ],
)
def test_what_is_no_reason(signs):
    assert kinds(**signs) == []


def test_the_last_week_of_probation_comes_before_all():
    assert kinds(days_left=7, waiting_days=9, late_courses=("甲",), late_days=2)[0] == RiskKind.PROBATION
    assert kinds(days_left=20, late_rechecks=1)[0] == RiskKind.RECHECK


@pytest.mark.parametrize(("late_days", "urgency"), [(6, Urgency.NEAR), (7, Urgency.CRITICAL)])
def test_a_course_that_is_late_by_a_week_is_urgent(late_days, urgency):
    assert urgency_of(risks_of(replace(WELL, late_courses=("甲",), late_days=late_days))) == urgency


@given(SIGNS)
def test_the_most_urgent_come_first_and_each_kind_once(signs):
    found = risks_of(signs)

    assert [risk.urgency for risk in found] == sorted((risk.urgency for risk in found), reverse=True)
    assert len({risk.kind for risk in found}) == len(found)
    assert urgency_of(found) == (found[0].urgency if found else 0)


@given(SIGNS)
def test_more_lateness_is_never_less_urgent(signs):
    worse = replace(signs, late_courses=(*signs.late_courses, "丁"), late_days=signs.late_days + 7)

    assert urgency_of(risks_of(worse)) >= urgency_of(risks_of(signs))


def test_urgencies_are_ordered():
    assert urgency_of([Risk(RiskKind.GATE, Urgency.NEAR, 1), Risk(RiskKind.RECHECK, Urgency.CRITICAL, 1)]) == 2
