"""Courses that are assigned by themselves: to newcomers, each month, for campaigns; again to whoever comes back."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories.courses import (
    AssignmentFactory,
    CourseFactory,
    RecurringAssignmentFactory,
    RosterFactory,
    StandingOrderFactory,
)
from tests.factories.trainer import EmploymentFactory, LessonFactory, LessonReadFactory
from trainer.commands.assignments import DueInThePast, NotAssignable, assign_course, withdraw_assignment
from trainer.commands.course_orders import OrderedAlready, apply_orders, end_order, start_order, start_recurrence
from trainer.models import Assignment, Lesson
from trainer.queries.courses import course_progress
from trainer.rules.course_words import Cadence, CourseState
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db

NOON = timezone.make_aware(datetime(2026, 11, 26, 12))
TODAY = NOON.date()


@pytest.fixture
def course():
    return CourseFactory(lessons=[LessonFactory()])


def hire(on=TODAY, **more):
    return EmploymentFactory(hired_on=on, **more)


def test_who_joins_gets_the_course_once_due_by_their_roster(course):
    StandingOrderFactory(course=course, hired_from=TODAY - timedelta(days=3), workdays=2)
    person = hire()
    RosterFactory(team=person.team, rest_days=[4])  # rests on Fridays
    hire(TODAY - timedelta(days=9))

    assert [apply_orders(at=NOON), apply_orders(at=NOON)] == [1, 0]

    row = Assignment.objects.get()
    assert (row.learner, row.due_on, row.assigned_by) == (person.user, date(2026, 11, 28), None)


def test_who_joined_while_nobody_looked_has_time_from_now_on(course):
    StandingOrderFactory(course=course, hired_from=TODAY - timedelta(days=30), workdays=3)
    hire(TODAY - timedelta(days=20))

    apply_orders(at=NOON)

    assert Assignment.objects.get().due_on == TODAY + timedelta(days=3)


@pytest.mark.parametrize("change", ["team", "left", "future", "ended", "closed"])
def test_whom_an_order_does_not_reach(course, change):
    order = StandingOrderFactory(course=course, hired_from=TODAY)
    person = hire(TODAY + timedelta(days=1) if change == "future" else TODAY)
    if change == "team":
        order.team = EmploymentFactory().team
        order.save()
    elif change == "left":
        person.state = EmploymentState.LEFT
        person.save()
    elif change == "ended":
        end_order(order=order, by=order.created_by, at=NOON)
    elif change == "closed":
        course.state = CourseState.CLOSED
        course.save()

    assert apply_orders(at=NOON) == 0


def test_what_was_withdrawn_or_given_by_hand_is_not_given_again(course, supervisor):
    StandingOrderFactory(course=course, hired_from=TODAY)
    by_hand, person = hire(), hire()
    assign_course(course_id=course.pk, learners=[by_hand.user_id], due_on=TODAY, by=supervisor, at=NOON)
    assert apply_orders(at=NOON) == 1
    row = Assignment.objects.get(learner=person.user)
    withdraw_assignment(assignment_id=row.pk, reason="不在这个岗", by=supervisor, at=NOON)

    assert apply_orders(at=NOON + timedelta(days=1)) == 0


def test_who_comes_back_gets_standing_orders_again_and_shows_it_anew(course):
    StandingOrderFactory(course=course, hired_from=TODAY - timedelta(days=400))
    person = hire(TODAY - timedelta(days=300))
    apply_orders(at=NOON - timedelta(days=300))
    then = NOON - timedelta(days=290)
    lesson = Lesson.objects.get(slug=course.units.get().target)
    LessonReadFactory(learner=person.user, lesson=lesson, opened_at=then, reached_end_at=then, answered_at=then)
    assert course_progress([person.user_id], at=NOON)[person.user_id, course.pk].complete

    person.period, person.hired_on, person.counts_from = 2, TODAY, TODAY
    person.probation_ends_on = TODAY + timedelta(days=60)
    person.save()

    assert apply_orders(at=NOON) == 1
    assert sorted(Assignment.objects.values_list("state", "period")) == [("given", "hire-2"), ("replaced", "hire-1")]
    assert not course_progress([person.user_id], at=NOON)[person.user_id, course.pk].complete


def test_each_month_is_given_once_and_missed_ones_are_made_up_for_once(course):
    RecurringAssignmentFactory(course=course, starts_on=date(2026, 7, 1), day_of_month=5, workdays=3)
    person = hire(date(2026, 6, 1))

    assert [apply_orders(at=NOON), apply_orders(at=NOON)] == [1, 0]

    row = Assignment.objects.get()
    assert (row.learner, row.period, row.due_on) == (person.user, "2026-11", TODAY + timedelta(days=3))
    assert timezone.localdate(row.since) == date(2026, 11, 5)
    december = NOON.replace(month=12, day=5)
    assert apply_orders(at=december) == 1
    assert Assignment.objects.get(period="2026-12").due_on == date(2026, 12, 7)


def test_a_campaign_is_given_on_its_first_day_and_to_who_joins_while_it_lasts(course):
    RecurringAssignmentFactory(
        course=course, campaign=True, starts_on=TODAY, ends_on=TODAY + timedelta(days=4)
    )
    hire(TODAY - timedelta(days=9))
    assert apply_orders(at=NOON - timedelta(days=1)) == 0
    assert apply_orders(at=NOON) == 1
    hire(TODAY + timedelta(days=1))
    assert apply_orders(at=NOON + timedelta(days=1)) == 1
    hire(TODAY + timedelta(days=5))
    assert apply_orders(at=NOON + timedelta(days=5)) == 0

    assert set(Assignment.objects.values_list("due_on", flat=True)) == {TODAY + timedelta(days=4)}


def test_whoever_rests_till_a_campaign_ends_is_left_alone(course):
    RecurringAssignmentFactory(course=course, campaign=True, starts_on=TODAY, ends_on=TODAY)
    person = hire(TODAY - timedelta(days=9))
    RosterFactory(team=person.team, rest_days=[TODAY.weekday()])

    assert apply_orders(at=NOON) == 0


def test_there_is_one_order_of_a_course_for_a_team(course, supervisor):
    team = supervisor.teams.get()
    start_order(course_id=course.pk, team=team, workdays=3, by=supervisor, at=NOON)

    with pytest.raises(OrderedAlready):
        start_order(course_id=course.pk, team=team, workdays=5, by=supervisor, at=NOON)
    start_order(course_id=course.pk, team=None, workdays=5, by=supervisor, at=NOON)


def test_what_is_over_or_closed_cannot_recur(course, supervisor):
    same = {
        "course_id": course.pk, "team": None, "cadence": Cadence.CAMPAIGN, "day_of_month": None, "workdays": None,
        "by": supervisor, "at": NOON,
    }  # fmt: skip
    with pytest.raises(DueInThePast):
        start_recurrence(starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1), **same)
    course.state = CourseState.CLOSED
    course.save()
    with pytest.raises(NotAssignable):
        start_recurrence(starts_on=TODAY, ends_on=TODAY, **same)


def test_two_months_of_one_course_stand_side_by_side(course):
    person = hire(date(2026, 6, 1))
    AssignmentFactory(learner=person.user, course=course, period="2026-10")
    RecurringAssignmentFactory(course=course, starts_on=date(2026, 7, 1), day_of_month=5)

    assert apply_orders(at=NOON) == 1


# --- pages -----------------------------------------------------------------------------------------------


def test_a_supervisor_sets_orders_for_their_own_team_only(client, supervisor, other_supervisor, course):
    client.force_login(supervisor)
    mine, theirs = supervisor.teams.get(), other_supervisor.teams.get()
    for team, made in ((theirs.pk, 0), ("", 0), (mine.pk, 1)):
        client.post(
            "/assignments/orders/",
            {"kind": "joiners", "joiners-course": course.slug, "joiners-team": team, "joiners-workdays": 7},
        )
        assert course.orders.count() == made
    client.post(
        "/assignments/orders/",
        {
            "kind": "monthly", "monthly-course": course.slug, "monthly-team": mine.pk, "monthly-day_of_month": 3,
            "monthly-workdays": 5,
        },
    )  # fmt: skip
    client.post(
        "/assignments/orders/",
        {
            "kind": "campaign", "campaign-course": course.slug, "campaign-team": mine.pk,
            "campaign-starts_on": "2030-01-01", "campaign-ends_on": "2030-01-05",
        },
    )  # fmt: skip
    assert sorted(course.recurrences.values_list("cadence", flat=True)) == ["campaign", "monthly"]

    client.post(f"/assignments/orders/joiners/{course.orders.get().pk}/end/")
    assert course.orders.get().ended_by == supervisor
