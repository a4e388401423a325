"""Deciding: what holds, what stands in the way, and what changes with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import AuditEntry
from quizzes.models.questions import ImmutableError
from tests.factories.trainer import RecheckFactory, RequirementFactory
from tests.trainer.deciding import (
    codes,
    decided,
    ends_in,
    record_of,
    scored,
    seen,
    standard_plan,
    verdict,
)
from trainer.commands.decisions import NotTheirs, decide
from trainer.commands.verdicts import BeyondTheLaw, KindNotOpen, NotOnProbation, ReasonMissing, StaleEvidence
from trainer.models import Decision
from trainer.queries.packets import packet_of
from trainer.rules.decisions import Contract, DecisionKind
from trainer.rules.packet import ChangeCode, digest
from trainer.rules.vocabulary import EmploymentState, RequirementKind
from trainer.signals import decided as decided_signal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plan():
    return standard_plan()


# --- one signature -----------------------------------------------------------------------------------------


def test_an_early_confirmation_takes_effect_at_once(trainee, supervisor, admin):
    scored(trainee)

    decision = decided(trainee, supervisor)

    employment = record_of(trainee)
    assert decision.is_final
    assert employment.state == EmploymentState.CONFIRMED_EARLY
    assert decision.effective_on == timezone.localdate()
    assert (decision.team, decision.supervisor) == (employment.team, supervisor)
    assert codes(trainee) == ["decided_early"]
    assert codes(admin) == ["decided_early_of"]
    assert codes(supervisor) == []  # who signed knows
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"propose_decision", "final_decision"}


def test_on_time_holds_from_the_end_of_probation(trainee, supervisor):
    scored(trainee)
    ends_in(trainee, 5)

    decision = decided(trainee, supervisor, DecisionKind.ON_TIME)

    assert record_of(trainee).state == EmploymentState.CONFIRMED
    assert decision.effective_on == timezone.localdate() + timedelta(days=5)


def test_an_extension_moves_the_end_of_probation_and_keeps_the_contract(trainee, supervisor):
    until = ends_in(trainee, 20).probation_ends_on + timedelta(days=30)

    decided(trainee, supervisor, DecisionKind.EXTEND, until=until, contract=Contract.LONGER)

    employment = record_of(trainee)
    assert (employment.state, employment.probation_ends_on) == (EmploymentState.EXTENDED, until)
    assert employment.contract == Contract.LONGER


def test_a_refusal_ends_probation_without_a_confirmation(trainee, supervisor):
    decided(trainee, supervisor, DecisionKind.REFUSE)

    assert record_of(trainee).state == EmploymentState.REFUSED
    assert codes(trainee) == ["decided_refuse"]


def test_the_world_is_told_inside_the_transaction(trainee, supervisor):
    told = []
    decided_signal.connect(lambda decision, at, **kwargs: told.append(decision.pk), weak=False, dispatch_uid="test")

    decision = decided(trainee, supervisor)
    decided_signal.disconnect(dispatch_uid="test")

    assert told == [decision.pk]


def test_after_an_extension_somebody_can_be_decided_about_again(trainee, supervisor):
    until = ends_in(trainee, 20).probation_ends_on + timedelta(days=30)
    first = decided(trainee, supervisor, DecisionKind.EXTEND, until=until, contract=Contract.LONGER)

    second = decided(trainee, supervisor)

    first.refresh_from_db()
    assert (first.superseded, second.supersedes) == (True, first)
    assert Decision.objects.standing().get() == second


# --- what stands in the way --------------------------------------------------------------------------------


def test_a_confirmation_says_of_each_unmet_requirement_why_nevertheless(trainee, supervisor):
    with pytest.raises(ReasonMissing) as refusal:
        decided(trainee, supervisor, exceptions={"days": "有同行经验。", "rules-exam": "  "})

    assert refusal.value.slugs == ["rules-exam"]
    assert not Decision.objects.exists()


def test_only_what_is_unmet_is_excused(trainee, supervisor):
    scored(trainee)

    decision = decided(trainee, supervisor, exceptions={"rules-exam": "多写的", "days": "多写的"})

    assert decision.exceptions == {}


def test_nobody_needs_to_explain_what_is_missing_when_refusing(trainee, supervisor):
    assert decided(trainee, supervisor, DecisionKind.REFUSE, exceptions={}).exceptions == {}


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_an_extension_extends_and_stays_within_the_law(trainee, supervisor, days):
    employment = ends_in(trainee, 20)
    until = employment.probation_ends_on + timedelta(days=days)

    with pytest.raises(BeyondTheLaw) as refusal:
        decided(trainee, supervisor, DecisionKind.EXTEND, until=until, contract=Contract.LONGER)

    assert refusal.value.last > employment.hired_on


def test_a_short_contract_allows_no_long_probation(trainee, supervisor):
    until = ends_in(trainee, 20).probation_ends_on + timedelta(days=30)

    with pytest.raises(BeyondTheLaw):
        decided(trainee, supervisor, DecisionKind.EXTEND, until=until, contract=Contract.UNDER_ONE_YEAR)


@pytest.mark.parametrize("kind", [DecisionKind.EARLY, DecisionKind.EXTEND, DecisionKind.REFUSE])
def test_once_probation_is_over_only_on_time_is_left(trainee, supervisor, kind):
    ends_in(trainee, -1)

    with pytest.raises(KindNotOpen):
        decided(trainee, supervisor, kind)
    assert decided(trainee, supervisor, DecisionKind.ON_TIME).is_final


def test_who_is_confirmed_is_not_decided_about_again(trainee, supervisor):
    first = decided(trainee, supervisor)

    with pytest.raises(NotOnProbation) as refusal:
        decided(trainee, supervisor, DecisionKind.REFUSE)

    assert refusal.value.decision == first


def test_nobody_decides_about_themselves(trainee):
    with pytest.raises(NotTheirs):
        decided(trainee, trainee)


# --- stale evidence ----------------------------------------------------------------------------------------


def test_a_decision_on_stale_evidence_is_not_made(trainee, supervisor):
    scored(trainee, "96")
    looked_at = seen(trainee)
    attempt = scored(trainee, "97")

    with pytest.raises(StaleEvidence) as refusal:
        decide(
            employment_id=record_of(trainee).pk, verdict=verdict(), seen=looked_at, by=supervisor, at=timezone.now()
        )

    assert {change.evidence["id"] for change in refusal.value.changed if change.evidence} == {attempt.pk}
    assert not Decision.objects.exists()


def test_an_open_recheck_makes_evidence_stale(trainee, supervisor):
    looked_at = seen(trainee)
    RecheckFactory(learner=trainee)

    with pytest.raises(StaleEvidence) as refusal:
        decide(
            employment_id=record_of(trainee).pk, verdict=verdict(), seen=looked_at, by=supervisor, at=timezone.now()
        )

    assert [change.code for change in refusal.value.changed] == [ChangeCode.RECHECK]


def test_the_packet_of_somebody_else_is_no_evidence(trainee, supervisor):
    other = seen(trainee) | {"person": supervisor.pk}

    with pytest.raises(StaleEvidence):
        decide(employment_id=record_of(trainee).pk, verdict=verdict(), seen=other, by=supervisor, at=timezone.now())


# --- the packet is frozen ----------------------------------------------------------------------------------


def test_the_packet_is_frozen_with_its_hash(trainee, supervisor):
    attempt = scored(trainee)
    decision = decided(trainee, supervisor)
    scored(trainee, "99")

    kept = Decision.objects.get(pk=decision.pk)

    assert kept.digest == digest(kept.packet) == decision.digest
    assert [one["id"] for one in kept.packet["requirements"][0]["evidence"]] == [attempt.pk]
    assert kept.packet["plan"]["version"] == 1
    assert str(trainee) not in str(kept.packet)  # people by number: a name can be taken away later


def test_a_standard_with_a_fraction_is_frozen_as_text(trainee, plan):
    RequirementFactory(
        plan=plan, kind=RequirementKind.INTERVIEW, params={"mean": 3.5, "floor": 2, "raters": 1}, position=3,
        slug="interview",
    )  # fmt: skip

    packet = packet_of(record_of(trainee), at=timezone.now())

    assert packet["requirements"][2]["params"] == {"mean": "3.5", "floor": 2, "raters": 1}
    assert digest(packet)


def test_a_decision_cannot_be_rewritten(trainee, supervisor):
    decision = decided(trainee, supervisor)
    decision.reasons = "别的理由"

    with pytest.raises(ImmutableError):
        decision.save()
    with pytest.raises(ImmutableError):
        decision.save(update_fields=["reasons"])
    with pytest.raises(ImmutableError):
        Decision.objects.update(packet={})
    with pytest.raises(ImmutableError):
        decision.delete()
    with pytest.raises(ImmutableError):
        Decision.objects.all().delete()
