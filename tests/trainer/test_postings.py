"""People who move between teams, leave, come back, or are switched off."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.factories.decisions import DecisionFactory
from tests.factories.trainer import TeamFactory
from tests.trainer.deciding import decided, marked_by, record_of, scored, seen, standard_plan
from trainer.commands.postings import (
    NotHere,
    StillHere,
    WrongDays,
    deactivate_person,
    hire_again,
    leave,
    move_team,
    undo_leaving,
)
from trainer.models import Decision, Notice, PastEmployment
from trainer.permissions import employments_in_reach, learners_in_reach
from trainer.queries.packets import statement_of
from trainer.rules.decisions import DecisionKind, DecisionState
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def plan():
    return standard_plan()


def gone(user, by):
    return leave(employment_id=record_of(user).pk, on=TODAY(), by=by, at=timezone.now())


def back(user, by, **more):
    given = {
        "team": record_of(user).team,
        "hired_on": TODAY() + timedelta(days=1),
        "probation_ends_on": TODAY() + timedelta(days=60),
        "keep_evidence": False,
    }
    return hire_again(employment_id=record_of(user).pk, by=by, at=timezone.now(), **{**given, **more})


def moved(user, team, by):
    return move_team(employment_id=record_of(user).pk, team=team, by=by, at=timezone.now())


def test_reach_follows_the_team(trainee, supervisor, other_supervisor, admin):
    assert moved(trainee, other_supervisor.teams.get(), admin)

    assert trainee not in learners_in_reach(supervisor)
    assert trainee in learners_in_reach(other_supervisor)
    entry = AuditEntry.objects.get(action="move_team")
    assert (entry.by, entry.detail["after"]) == (admin, other_supervisor.teams.get().pk)
    assert list(Notice.objects.values_list("person", "code")) == [(other_supervisor.pk, "person_joined")]


def test_moving_to_where_one_is_changes_nothing(trainee, supervisor, admin):
    assert not moved(trainee, supervisor.teams.get(), admin)
    assert not AuditEntry.objects.filter(action="move_team").exists()


def test_a_decision_remembers_who_was_the_supervisor(trainee, supervisor, other_supervisor, admin):
    decision = decided(trainee, supervisor)
    moved(trainee, other_supervisor.teams.get(), admin)

    decision = Decision.objects.get(pk=decision.pk)
    assert (decision.supervisor, decision.packet["supervisor"]) == (supervisor, supervisor.pk)
    assert decision.team == supervisor.teams.get()


def test_a_proposal_moves_with_the_person(trainee, supervisor, other_supervisor, admin):
    marked_by(trainee, supervisor)
    pending = decided(trainee, supervisor, asked=admin)
    moved(trainee, other_supervisor.teams.get(), admin)

    assert employments_in_reach(other_supervisor).filter(decisions=pending).exists()
    assert not employments_in_reach(supervisor).filter(decisions=pending).exists()


def test_leaving_keeps_the_period_and_drops_what_waits(trainee, supervisor, admin):
    marked_by(trainee, supervisor)
    pending = decided(trainee, supervisor, asked=admin)
    of_another = DecisionFactory(pending=True)

    past = gone(trainee, admin)

    employment = record_of(trainee)
    pending.refresh_from_db()
    assert (employment.state, employment.left_on) == (EmploymentState.LEFT, TODAY())
    assert (past.state, past.supervisor) == (EmploymentState.PROBATION, supervisor)
    assert pending.state == DecisionState.WITHDRAWN
    assert list(Decision.objects.pending()) == [of_another]
    assert trainee not in learners_in_reach(supervisor)
    assert employment in employments_in_reach(supervisor)  # what was decided stays to be read
    with pytest.raises(NotHere):
        gone(trainee, admin)
    with pytest.raises(NotHere):
        moved(trainee, TeamFactory(), admin)


def test_nobody_leaves_before_they_came(trainee, admin):
    with pytest.raises(WrongDays):
        leave(
            employment_id=record_of(trainee).pk, on=record_of(trainee).hired_on - timedelta(days=1), by=admin,
            at=timezone.now(),
        )  # fmt: skip


def test_leaving_by_mistake_is_undone(trainee, supervisor, admin):
    decided(trainee, supervisor)
    gone(trainee, admin)

    undo_leaving(employment_id=record_of(trainee).pk, by=admin, at=timezone.now())

    assert (record_of(trainee).state, record_of(trainee).left_on) == (EmploymentState.CONFIRMED_EARLY, None)
    assert not PastEmployment.objects.exists()
    with pytest.raises(StillHere):
        undo_leaving(employment_id=record_of(trainee).pk, by=admin, at=timezone.now())


def test_who_comes_back_begins_anew_and_the_past_stays_to_be_read(trainee, supervisor, admin):
    attempt = scored(trainee)
    first = decided(trainee, supervisor)
    gone(trainee, admin)

    employment = back(trainee, admin)

    assert (employment.period, employment.state) == (2, EmploymentState.PROBATION)
    assert PastEmployment.objects.get().state == EmploymentState.CONFIRMED_EARLY
    packet = seen(trainee)
    assert packet["requirements"][0]["evidence"] == []
    assert attempt.pk in [one["id"] for one in first.packet["requirements"][0]["evidence"]]
    assert Decision.objects.standing().get() == first  # of the period before: nothing stands in the way of a new one
    assert decided(trainee, supervisor, DecisionKind.REFUSE).period == 2


def test_the_admin_can_let_the_past_count(trainee, admin):
    attempt = scored(trainee)
    gone(trainee, admin)

    back(trainee, admin, keep_evidence=True)

    assert [one["id"] for one in seen(trainee)["requirements"][0]["evidence"]] == [attempt.pk]


@pytest.mark.parametrize("days", [{"hired_on": 0}, {"probation_ends_on": 0}])
def test_days_of_coming_back_are_in_order(trainee, admin, days):
    gone(trainee, admin)

    with pytest.raises(WrongDays):
        back(trainee, admin, **{name: TODAY() + timedelta(days=after) for name, after in days.items()})


def test_nobody_comes_back_who_is_here(trainee, admin):
    with pytest.raises(StillHere):
        back(trainee, admin)


def test_who_left_before_leaving_was_recorded_can_come_back(trainee, admin):
    employment = record_of(trainee)
    employment.state = EmploymentState.LEFT
    employment.save()

    assert back(trainee, admin).period == 2
    assert PastEmployment.objects.get().state == EmploymentState.LEFT


def test_an_account_is_switched_off_and_everything_stays(trainee, supervisor, admin):
    decision = decided(trainee, supervisor)
    attempt = scored(trainee)

    deactivate_person(user_id=trainee.pk, by=admin, at=timezone.now())
    deactivate_person(user_id=trainee.pk, by=admin, at=timezone.now())

    trainee.refresh_from_db()
    assert not trainee.is_active
    assert record_of(trainee).state == EmploymentState.LEFT
    assert attempt.learner == trainee
    assert Decision.objects.get() == decision
    assert AuditEntry.objects.filter(action="deactivate_person").count() == 1


def test_who_comes_back_can_sign_in_again(trainee, admin):
    deactivate_person(user_id=trainee.pk, by=admin, at=timezone.now())

    back(trainee, admin)

    trainee.refresh_from_db()
    assert trainee.is_active


def test_a_supervisor_who_decided_cannot_be_deleted(trainee, supervisor):
    from django.db.models import ProtectedError

    decided(trainee, supervisor)
    supervisor.teams.update(supervisor=None)

    with pytest.raises(ProtectedError):
        supervisor.delete()


def test_a_new_period_begins_without_a_statement(trainee, admin):
    from trainer.commands.statements import save_statement

    save_statement(employment_id=record_of(trainee).pk, text="以前的", after=0, at=timezone.now())
    gone(trainee, admin)
    back(trainee, admin)

    assert statement_of(record_of(trainee)) is None
