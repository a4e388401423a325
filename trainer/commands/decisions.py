"""Deciding about somebody on probation: proposed by one person, signed by a second where that is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.decision_notices import tell_countersigner, tell_decided, tell_returned
from trainer.models import Decision, Employment, User
from trainer.queries.confirmation import ON_PROBATION
from trainer.queries.deciders import deciders
from trainer.queries.packets import Packet, packet_of
from trainer.rules.confirmation import days_left
from trainer.rules.decisions import (
    CONFIRMS,
    Contract,
    DecisionKind,
    DecisionState,
    Second,
    Signatures,
    last_day_allowed,
    open_kinds,
    second_needed,
)
from trainer.rules.packet import Change, changes, digest, markers, unmet
from trainer.rules.vocabulary import EmploymentState
from trainer.signals import decided

STATE_AFTER = {
    DecisionKind.EARLY: EmploymentState.CONFIRMED_EARLY,
    DecisionKind.ON_TIME: EmploymentState.CONFIRMED,
    DecisionKind.EXTEND: EmploymentState.EXTENDED,
    DecisionKind.REFUSE: EmploymentState.REFUSED,
}


class CannotDecide(Exception):
    """Why nothing was decided; the subclasses say it."""


class NotOnProbation(CannotDecide):
    """There is nothing to decide (any more): ``decision`` is what holds, if somebody decided."""

    def __init__(self, decision: Decision | None):
        self.decision = decision


class AlreadyProposed(CannotDecide):
    """Somebody else was quicker: ``decision`` waits for its second signature."""

    def __init__(self, decision: Decision):
        self.decision = decision


class StaleEvidence(CannotDecide):
    """The evidence is not what the decider looked at: ``changed`` says how, ``packet`` is as it is now."""

    def __init__(self, changed: Sequence[Change], packet: Packet):
        self.changed, self.packet = changed, packet


class KindNotOpen(CannotDecide):
    """The calendar or the law does not leave this decision open (any more)."""


class BeyondTheLaw(CannotDecide):
    """Probation may run to ``last`` at most, and an extension has to extend it beyond ``present``."""

    def __init__(self, last: date, present: date):
        self.last, self.present = last, present


class ReasonMissing(CannotDecide):
    """Somebody is confirmed although ``slugs`` are not met, and it is not said why."""

    def __init__(self, slugs: Sequence[str]):
        self.slugs = slugs


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


@dataclass(frozen=True)
class Verdict:
    """What is decided. ``exceptions``: by slug, why somebody is confirmed although a requirement is not met."""

    kind: DecisionKind
    reasons: str
    exceptions: Mapping[str, str] = field(default_factory=dict)
    until: date | None = None
    contract: Contract | None = None


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
    _note("propose_decision", decision, by, at)
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
    if decision.kind not in open_kinds(_left(employment, at)):
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
    _note("return_decision", decision, by, at)
    tell_returned(decision, at)
    return decision


@transaction.atomic
def withdraw_decision(*, decision_id: int, note: str, by: User, at: datetime) -> Decision:
    """Take back one's own proposal before it is final. Raises ``NotPending`` or ``NotTheirs``."""
    decision = _pending(decision_id)
    if by.pk != decision.by_id:
        raise NotTheirs
    _close(decision, DecisionState.WITHDRAWN, note=note, by=by, at=at)
    _note("withdraw_decision", decision, by, at)
    return decision


def drop_pending(employment: Employment, *, note: str, by: User | None, at: datetime) -> None:
    """Close a proposal that has lost its object, for instance because the person has left."""
    for decision in Decision.objects.pending().filter(employment=employment):
        _close(decision, DecisionState.WITHDRAWN, note=note, by=by or decision.by, at=at)
        _note("drop_decision", decision, by, at)


def check_on_probation(employment: Employment) -> None:
    if employment.state not in ON_PROBATION:
        standing = Decision.objects.standing().filter(employment=employment, period=employment.period)
        raise NotOnProbation(standing.select_related("by").first())


def fresh(employment: Employment, seen: Packet, at: datetime) -> Packet:
    """The packet as it is now. Raises ``StaleEvidence`` when it is not what was ``seen``."""
    packet = packet_of(employment, at=at)
    if seen.get("person") != packet["person"] or seen.get("period") != packet["period"]:
        raise StaleEvidence((), packet)
    if changed := changes(seen, packet):
        raise StaleEvidence(changed, packet)
    return packet


def check_verdict(
    employment: Employment,
    verdict: Verdict,
    packet: Packet,
    at: datetime,
    allowed: Sequence[DecisionKind] | None = None,
) -> None:
    """Raises ``KindNotOpen``, ``BeyondTheLaw`` or ``ReasonMissing``; ``allowed`` stands in for what the days allow."""
    if verdict.kind not in (open_kinds(_left(employment, at)) if allowed is None else allowed):
        raise KindNotOpen
    if verdict.kind is DecisionKind.EXTEND:
        last = last_day_allowed(employment.hired_on, verdict.contract or Contract(employment.contract))
        if verdict.until is None or not employment.probation_ends_on < verdict.until <= last:
            raise BeyondTheLaw(last, employment.probation_ends_on)
    if verdict.kind in CONFIRMS:
        unsaid = [one["slug"] for one in unmet(packet) if not verdict.exceptions.get(one["slug"], "").strip()]
        if unsaid:
            raise ReasonMissing(unsaid)


def write(
    employment: Employment,
    verdict: Verdict,
    packet: Packet,
    *,
    by: User,
    at: datetime,
    state: DecisionState,
    second: Second = Second.NOT_NEEDED,
    asked: User | None = None,
) -> Decision:
    """The decision with its packet frozen."""
    if verdict.kind is DecisionKind.EXTEND and verdict.contract and verdict.contract != employment.contract:
        employment.contract = verdict.contract
        employment.save(update_fields=["contract"])
    needed = {one["slug"] for one in unmet(packet)} if verdict.kind in CONFIRMS else set()
    return Decision.objects.create(
        employment=employment,
        period=employment.period,
        kind=verdict.kind,
        reasons=verdict.reasons,
        exceptions={slug: text.strip() for slug, text in verdict.exceptions.items() if slug in needed},
        until=verdict.until if verdict.kind is DecisionKind.EXTEND else None,
        by=by,
        at=at,
        team=employment.team,
        supervisor=employment.team.supervisor if employment.team else None,
        packet=packet,
        digest=digest(packet),
        second=second,
        asked=asked,
        state=state,
    )


def finish(decision: Decision, *, countersigner: User | None, by: User, at: datetime) -> None:
    """Make a decision final and let it take effect, in the caller's transaction."""
    employment, kind = decision.employment, DecisionKind(decision.kind)
    standing = Decision.objects.standing().filter(employment=employment, period=decision.period)
    decision.supersedes = standing.first()
    standing.update(superseded=True)
    today = timezone.localdate(at)
    decision.state = DecisionState.FINAL
    decision.countersigned_by, decision.closed_by, decision.closed_at = countersigner, by, at
    decision.effective_on = max(employment.probation_ends_on, today) if kind is DecisionKind.ON_TIME else today
    decision.save(
        update_fields=["state", "supersedes", "countersigned_by", "closed_by", "closed_at", "effective_on"]
    )
    employment.state = STATE_AFTER[kind]
    if decision.until:
        employment.probation_ends_on = decision.until
    employment.save(update_fields=["state", "probation_ends_on"])
    _note("final_decision", decision, by, at)
    tell_decided(decision, at)
    decided.send(sender=Decision, decision=decision, at=at)


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


def _left(employment: Employment, at: datetime) -> int:
    return days_left(employment.probation_ends_on, timezone.localdate(at))


def _note(action: str, decision: Decision, by: User | None, at: datetime) -> None:
    AuditEntry.objects.create(
        at=at,
        by=by,
        action=action,
        target=f"user:{decision.employment.user_id}",
        detail={"decision": decision.pk, "kind": str(decision.kind), "digest": decision.digest},
    )
