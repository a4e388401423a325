"""Appealing a decision, in time, to somebody who had no part in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.trainer import TeamFactory, UserFactory
from tests.trainer.deciding import decided, ends_in, marked_by, record_of, seen, standard_plan, verdict
from trainer.commands.decision_appeals import (
    AlreadyAppealed,
    AppealAnswered,
    CannotAppeal,
    NotTheirAppeal,
    PersonHasLeft,
    TooLate,
    appeal_decision,
    overturn,
    uphold,
)
from trainer.commands.postings import hire_again, leave
from trainer.commands.verdicts import KindNotOpen, StaleEvidence
from trainer.models import Decision, DecisionAppeal, Notice
from trainer.queries.deciders import hearers
from trainer.rules.decisions import DecisionAppealState, DecisionKind
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db
REASON = "对练的复核还没出来。"


@pytest.fixture(autouse=True)
def plan():
    return standard_plan()


@pytest.fixture
def refused(trainee, supervisor):
    ends_in(trainee, 20)
    return decided(trainee, supervisor, DecisionKind.REFUSE)


def appealed(decision, at=None):
    return appeal_decision(
        decision_id=decision.pk,
        learner_id=decision.employment.user_id,
        reason=REASON,
        at=at or timezone.now(),
    )


def told(person):
    return set(Notice.objects.filter(person=person).values_list("code", flat=True))


def test_an_appeal_goes_to_the_admins_and_not_to_who_decided(refused, supervisor, admin):
    appeal = appealed(refused)

    assert hearers(appeal) == [admin]
    assert "decision_appeal" in told(admin)
    assert "decision_appeal" not in told(supervisor)


def test_without_another_admin_it_goes_to_another_supervisor(trainee, admin):
    other = UserFactory(role="supervisor")
    ends_in(trainee, 20)
    supervisor = record_of(trainee).team.supervisor
    appeal = appealed(decided(trainee, admin, DecisionKind.REFUSE))
    assert hearers(appeal) == [supervisor]

    record_of(trainee).team.supervisor = None
    type(record_of(trainee).team).objects.update(supervisor=None)
    appeal.decision.employment = record_of(trainee)

    assert set(hearers(appeal)) == {other, supervisor}


def test_the_only_marker_does_not_hear_the_appeal(trainee, supervisor, admin):
    marked_by(trainee, admin)
    ends_in(trainee, 20)
    appeal = appealed(decided(trainee, supervisor, DecisionKind.REFUSE))

    assert admin not in hearers(appeal)


def test_an_appeal_is_taken_to_the_end_of_the_last_day(refused, settings):
    settings.DECISION_APPEAL_DAYS = 3
    last = timezone.make_aware(
        timezone.datetime.combine(refused.appeal_until, timezone.datetime.max.time().replace(microsecond=0))
    )

    with pytest.raises(TooLate):
        appealed(refused, last + timedelta(seconds=1))
    assert appealed(refused, last).state == DecisionAppealState.OPEN


def test_there_is_one_appeal(refused):
    appealed(refused)

    with pytest.raises(AlreadyAppealed):
        appealed(refused)


def test_nobody_appeals_for_somebody_else(refused, supervisor):
    with pytest.raises(CannotAppeal):
        appeal_decision(decision_id=refused.pk, learner_id=supervisor.pk, reason=REASON, at=timezone.now())


def test_an_early_confirmation_leaves_nothing_to_appeal(trainee, supervisor):
    with pytest.raises(CannotAppeal):
        appealed(decided(trainee, supervisor))


def test_upholding_keeps_the_decision_and_says_why(refused, trainee, supervisor, admin):
    appeal = uphold(appeal_id=appealed(refused).pk, answer="依据没有变。", by=admin, at=timezone.now())

    assert (appeal.state, appeal.decided_by) == (DecisionAppealState.UPHELD, admin)
    assert record_of(trainee).state == EmploymentState.REFUSED
    assert "appeal_upheld" in told(trainee)
    assert "decision_appeal_closed" in told(supervisor)


def test_overturning_puts_another_decision_in_its_place(refused, trainee, admin):
    words = {"rules-exam": "补考过了。", "days": "够了。"}
    appeal = overturn(
        appeal_id=appealed(refused).pk, verdict=verdict(exceptions=words), seen=seen(trainee), by=admin,
        at=timezone.now(),
    )  # fmt: skip

    refused.refresh_from_db()
    assert (refused.superseded, appeal.result.supersedes) == (True, refused)
    assert record_of(trainee).state == EmploymentState.CONFIRMED_EARLY
    assert Decision.objects.standing().get() == appeal.result
    assert {"appeal_overturned", "decided_early"} <= told(trainee)
    with pytest.raises(CannotAppeal):  # the last word
        appealed(appeal.result)


@pytest.mark.parametrize("who", ["supervisor", "other_supervisor"])
def test_only_who_hears_it_answers(refused, request, admin, who):
    appeal = appealed(refused)

    with pytest.raises(NotTheirAppeal):
        uphold(appeal_id=appeal.pk, answer="维持。", by=request.getfixturevalue(who), at=timezone.now())


def test_it_is_answered_once(refused, admin):
    appeal = appealed(refused)
    uphold(appeal_id=appeal.pk, answer="维持。", by=admin, at=timezone.now())

    with pytest.raises(AppealAnswered):
        uphold(appeal_id=appeal.pk, answer="再维持。", by=UserFactory(role="admin"), at=timezone.now())


def test_nobody_comes_out_worse(trainee, supervisor, admin):
    until = ends_in(trainee, 20).probation_ends_on + timedelta(days=10)
    extended = decided(trainee, supervisor, DecisionKind.EXTEND, until=until, contract="longer")
    appeal = appealed(extended)

    with pytest.raises(KindNotOpen):
        overturn(
            appeal_id=appeal.pk, verdict=verdict(DecisionKind.REFUSE), seen=seen(trainee), by=admin, at=timezone.now()
        )
    assert DecisionAppeal.objects.get().state == DecisionAppealState.OPEN


def test_an_answer_on_stale_evidence_is_not_given(refused, trainee, admin):
    appeal, looked_at = appealed(refused), seen(trainee)
    marked_by(trainee, admin)

    with pytest.raises(StaleEvidence):
        overturn(appeal_id=appeal.pk, verdict=verdict(), seen=looked_at, by=admin, at=timezone.now())


def test_who_has_left_is_answered_but_nothing_changes_any_more(refused, trainee, admin):
    appeal = appealed(refused)
    employment, today = record_of(trainee), timezone.localdate()
    leave(employment_id=employment.pk, on=today, by=admin, at=timezone.now())

    with pytest.raises(PersonHasLeft):
        overturn(appeal_id=appeal.pk, verdict=verdict(), seen=seen(trainee), by=admin, at=timezone.now())
    hire_again(
        employment_id=employment.pk, team=TeamFactory(), hired_on=today + timedelta(days=1),
        probation_ends_on=today + timedelta(days=60), keep_evidence=False, by=admin, at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(PersonHasLeft):
        overturn(appeal_id=appeal.pk, verdict=verdict(), seen=seen(trainee), by=admin, at=timezone.now())
    assert uphold(appeal_id=appeal.pk, answer="已离职。", by=admin, at=timezone.now()).state == "upheld"
