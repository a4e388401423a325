"""Deciding about somebody on probation: proposed by one person, signed by a second where that is needed."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from trainer.commands.decision_notices import tell_countersigner, tell_returned
from trainer.commands.verdicts import (
    CannotDecide,
    KindNotOpen,
    Verdict,
    check_on_probation,
    check_verdict,
    finish,
    fresh,
    note_decision,
    probation_left,
    write,
)
from trainer.models import Decision, Employment, User
from trainer.queries.deciders import deciders
from trainer.queries.packets import Packet
from trainer.rules.decisions import (
    DecisionState,
    Second,
    Signatures,
    open_kinds,
    second_needed,
)
from trainer.rules.packet import markers


class AlreadyProposed(CannotDecide):
    """Somebody else was quicker: ``decision`` waits for its second signature."""

    def __init__(self, decision: Decision):
        self.decision = decision


class SecondNeeded(CannotDecide):
    """A second person has to be asked to countersign: ``why``."""

    def __init__(self, why: Second):
        self.why = why


class NotPending(CannotDecide):
    """It was signed, returned or withdrawn meanwhile: ``decision`` says which."""

    def __init__(self, decision: Decision):
        self.decision = decision


class NotTheirs(CannotDecide):
    """This person may not sign here: they proposed it, or it is about them."""


@transaction.atomic
def decide(
    *, employment_id: int, verdict: Verdict, seen: Packet, by: User, at: datetime, asked: User | None = None
) -> Decision:
    """Decide about somebody on the packet that ``by`` has ``seen``; final at once where no second person is needed.

    Raises a subclass of ``CannotDecide``; nothing is written then.
    """
    employment = _locked(employment_id)
    if employment.user_id == by.pk:
        raise NotTheirs
    if pending := Decision.objects.pending().filter(employment=employment).first():
        raise AlreadyProposed(pending)
    check_on_probation(employment)
    packet = fresh(employment, seen, at)
    check_verdict(employment, verdict, packet, at)
    second = second_needed(Signatures(by.pk, markers(packet), settings.DECISION_BY_TWO))
    if second and (asked is None or asked.pk in (by.pk, employment.user_id) or not deciders().contains(asked)):
        raise SecondNeeded(second)
    decision = write(
        employment, verdict, packet, by=by, at=at, state=DecisionState.PENDING, second=second,
        asked=asked if second else None,
    )  # fmt: skip
    note_decision("propose_decision", decision, by, at)
    if second:
        tell_countersigner(decision, at)
    else:
        finish(decision, countersigner=None, by=by, at=at)
    return decision


@transaction.atomic
def countersign(*, decision_id: int, seen: Packet, by: User, at: datetime) -> Decision:
    """Sign as the second person: the decision becomes final. ``seen`` is the evidence as it stood on the page.

    Raises ``NotPending``, ``NotTheirs``, ``StaleEvidence``, ``KindNotOpen`` or ``NotOnProbation``.
    """
    decision = _pending(decision_id)
    employment = decision.employment
    if by.pk in (decision.by_id, employment.user_id):
        raise NotTheirs
    check_on_probation(employment)
    fresh(employment, seen, at)
    if decision.kind not in open_kinds(probation_left(employment, at)):
        raise KindNotOpen
    finish(decision, countersigner=by, by=by, at=at)
    return decision


@transaction.atomic
def return_decision(*, decision_id: int, note: str, by: User, at: datetime) -> Decision:
    """Give a proposal back to who made it, with the reason. Raises ``NotPending`` or ``NotTheirs``."""
    decision = _pending(decision_id)
    if by.pk in (decision.by_id, decision.employment.user_id):
        raise NotTheirs
    _close(decision, DecisionState.RETURNED, note=note, by=by, at=at)
    note_decision("return_decision", decision, by, at)
    tell_returned(decision, at)
    return decision


@transaction.atomic
def withdraw_decision(*, decision_id: int, note: str, by: User, at: datetime) -> Decision:
    """Take back one's own proposal before it is final. Raises ``NotPending`` or ``NotTheirs``."""
    decision = _pending(decision_id)
    if by.pk != decision.by_id:
        raise NotTheirs
    _close(decision, DecisionState.WITHDRAWN, note=note, by=by, at=at)
    note_decision("withdraw_decision", decision, by, at)
    return decision


def drop_pending(employment: Employment, *, note: str, by: User | None, at: datetime) -> None:
    """Close a proposal that has lost its object, for instance because the person has left."""
    for decision in Decision.objects.pending().filter(employment=employment):
        _close(decision, DecisionState.WITHDRAWN, note=note, by=by or decision.by, at=at)
        note_decision("drop_decision", decision, by, at)


def _locked(employment_id: int) -> Employment:
    Employment.objects.select_for_update().get(pk=employment_id)  # alone: nullable joins cannot be locked
    return Employment.objects.select_related("user", "team__supervisor").get(pk=employment_id)


def _pending(decision_id: int) -> Decision:
    """The proposal under the lock of its employment. Raises ``NotPending``."""
    employment = _locked(Decision.objects.values_list("employment", flat=True).get(pk=decision_id))
    decision = Decision.objects.select_related("by", "asked").get(pk=decision_id)
    if not decision.is_pending:
        raise NotPending(decision)
    decision.employment = employment
    return decision


def _close(decision: Decision, state: DecisionState, *, note: str, by: User, at: datetime) -> None:
    decision.state, decision.closing_note = state, note
    decision.closed_by, decision.closed_at = by, at
    decision.save(update_fields=["state", "closing_note", "closed_by", "closed_at"])
