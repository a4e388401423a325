"""Probation does not end without a word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.decisions import DecisionFactory
from tests.trainer.deciding import ends_in, record_of
from trainer.commands.probation import warn_of_probation_ends
from trainer.models import Employment, Notice
from trainer.queries.notices import text_of
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db


def run(days_later=0):
    return warn_of_probation_ends(at=timezone.now() + timedelta(days=days_later))


def codes(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("code", flat=True))


def test_supervisor_and_admins_are_warned_14_7_and_3_days_ahead_and_on_the_day(trainee, supervisor, admin):
    ends_in(trainee, 15)

    told = [run(day) for day in range(18)]

    assert [day for day, count in enumerate(told) if count] == [1, 8, 12, 15, 16]
    wanted = ["probation_ends_in"] * 3 + ["probation_ends_today", "probation_over"]
    assert codes(supervisor) == codes(admin) == wanted
    assert codes(trainee) == []


def test_of_missed_days_only_the_most_urgent_is_told(trainee, supervisor):
    ends_in(trainee, 15)

    run(13)

    assert codes(supervisor) == ["probation_ends_in"]
    assert Notice.objects.filter(person=supervisor).get().key.endswith(":3")


def test_running_twice_tells_once(trainee, supervisor):
    ends_in(trainee, 7)

    assert (run(), run()) == (1, 0)


@pytest.mark.parametrize("state", [EmploymentState.CONFIRMED, EmploymentState.REFUSED, EmploymentState.LEFT])
def test_who_is_decided_about_is_left_out(trainee, supervisor, state):
    ends_in(trainee, 3)
    Employment.objects.filter(user=trainee).update(state=state)

    assert run() == 0


def test_what_only_waits_for_a_signature_is_urgent_on_the_last_day(trainee, supervisor):
    ends_in(trainee, 3)
    DecisionFactory(employment=record_of(trainee), pending=True)

    assert [run(day) for day in range(5)] == [0, 0, 0, 1, 1]


def test_an_extension_starts_the_warnings_again(trainee, supervisor):
    ends_in(trainee, 3)
    run()
    ends_in(trainee, 10)

    assert run() == 1


def test_what_we_failed_to_decide_is_said_as_our_failure(trainee, supervisor):
    ends_in(trainee, -1)
    run()

    assert "我们没有按时给出结论" in text_of(Notice.objects.get())
