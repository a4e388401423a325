"""Two signatures: when a second is asked for, and what becomes of a proposal."""

import pytest
from django.utils import timezone

from tests.factories.trainer import UserFactory
from tests.trainer.deciding import (
    codes,
    decided,
    ends_in,
    marked_by,
    record_of,
    scored,
    seen,
    standard_plan,
)
from trainer.commands.decisions import (
    AlreadyProposed,
    NotPending,
    NotTheirs,
    SecondNeeded,
    countersign,
    return_decision,
    withdraw_decision,
)
from trainer.commands.verdicts import KindNotOpen, StaleEvidence
from trainer.rules.decisions import DecisionState, Second
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plan():
    return standard_plan()


@pytest.fixture
def chen(db):
    return UserFactory(role="supervisor", display_name="陈屿")


def test_who_is_the_only_marker_needs_a_second_signature(trainee, supervisor, chen):
    marked_by(trainee, supervisor)

    with pytest.raises(SecondNeeded) as refusal:
        decided(trainee, supervisor)
    decision = decided(trainee, supervisor, asked=chen)

    assert refusal.value.why is Second.ONLY_MARKER
    assert decision.is_pending
    assert record_of(trainee).state == EmploymentState.PROBATION
    assert codes(chen) == ["countersign"]
    assert codes(trainee) == []


def test_another_marker_beside_is_enough(trainee, supervisor, chen):
    marked_by(trainee, supervisor)
    marked_by(trainee, chen)

    assert decided(trainee, supervisor).is_final


def test_the_site_can_ask_for_two_signatures_always(trainee, supervisor, chen, settings):
    settings.DECISION_BY_TWO = True

    assert decided(trainee, supervisor, asked=chen).second == Second.SETTING


@pytest.mark.parametrize("whom", ["nobody", "oneself", "the trainee", "another trainee", "switched off"])
def test_the_second_is_somebody_else_who_may_decide(trainee, supervisor, settings, whom):
    settings.DECISION_BY_TWO = True
    asked = {
        "nobody": None,
        "oneself": supervisor,
        "the trainee": trainee,
        "another trainee": UserFactory(role="trainee"),
        "switched off": UserFactory(role="supervisor", is_active=False),
    }[whom]

    with pytest.raises(SecondNeeded):
        decided(trainee, supervisor, asked=asked)


@pytest.fixture
def pending(trainee, supervisor, chen):
    marked_by(trainee, supervisor)
    return decided(trainee, supervisor, asked=chen)


def test_a_countersign_makes_it_final(pending, trainee, supervisor, chen):
    decision = countersign(decision_id=pending.pk, seen=seen(trainee), by=chen, at=timezone.now())

    assert (decision.is_final, decision.countersigned_by) == (True, chen)
    assert record_of(trainee).state == EmploymentState.CONFIRMED_EARLY
    assert codes(trainee) == ["decided_early"]


@pytest.mark.parametrize("who", ["supervisor", "trainee"])
def test_nobody_countersigns_or_returns_their_own(pending, trainee, request, who):
    signing = {"decision_id": pending.pk, "by": request.getfixturevalue(who), "at": timezone.now()}

    with pytest.raises(NotTheirs):
        countersign(**signing, seen=seen(trainee))
    with pytest.raises(NotTheirs):
        return_decision(**signing, note="不合适")


def test_a_countersign_on_stale_evidence_is_not_made(pending, trainee, chen):
    looked_at = seen(trainee)
    scored(trainee, "70")

    with pytest.raises(StaleEvidence):
        countersign(decision_id=pending.pk, seen=looked_at, by=chen, at=timezone.now())


def test_what_the_calendar_has_overtaken_cannot_be_countersigned(pending, trainee, chen):
    ends_in(trainee, -2)

    with pytest.raises(KindNotOpen):
        countersign(decision_id=pending.pk, seen=seen(trainee), by=chen, at=timezone.now())


def test_a_proposal_is_returned_with_a_reason_and_made_anew(pending, trainee, supervisor, chen):
    returned = return_decision(decision_id=pending.pk, note="先做完复查。", by=chen, at=timezone.now())

    assert (returned.state, returned.closed_by) == (DecisionState.RETURNED, chen)
    assert codes(supervisor) == ["decision_returned"]
    assert decided(trainee, supervisor, asked=chen).is_pending


def test_only_the_proposer_withdraws_and_only_before_it_is_final(pending, trainee, supervisor, chen):
    with pytest.raises(NotTheirs):
        withdraw_decision(decision_id=pending.pk, note="", by=chen, at=timezone.now())
    withdraw_decision(decision_id=pending.pk, note="", by=supervisor, at=timezone.now())

    with pytest.raises(NotPending):
        countersign(decision_id=pending.pk, seen=seen(trainee), by=chen, at=timezone.now())
    assert record_of(trainee).state == EmploymentState.PROBATION


def test_a_second_proposal_is_told_of_the_first(pending, trainee, chen):
    with pytest.raises(AlreadyProposed) as refusal:
        decided(trainee, chen)

    assert refusal.value.decision == pending
