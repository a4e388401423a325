"""What every decision about probation passes through, whoever signs it: checked, written with its packet, in effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.decision_notices import tell_decided
from trainer.models import Decision, Employment, User
from trainer.queries.confirmation import ON_PROBATION
from trainer.queries.packets import Packet, packet_of
from trainer.rules.confirmation import days_left
from trainer.rules.decisions import (
    CONFIRMS,
    Contract,
    DecisionKind,
    DecisionState,
    Second,
    last_day_allowed,
    open_kinds,
)
from trainer.rules.packet import Change, changes, digest, unmet
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


@dataclass(frozen=True)
class Verdict:
    """What is decided. ``exceptions``: by slug, why somebody is confirmed although a requirement is not met."""

    kind: DecisionKind
    reasons: str
    exceptions: Mapping[str, str] = field(default_factory=dict)
    until: date | None = None
    contract: Contract | None = None


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
    if verdict.kind not in (open_kinds(probation_left(employment, at)) if allowed is None else allowed):
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
    decision.save(update_fields=["state", "supersedes", "countersigned_by", "closed_by", "closed_at", "effective_on"])
    employment.state = STATE_AFTER[kind]
    if decision.until:
        employment.probation_ends_on = decision.until
    employment.save(update_fields=["state", "probation_ends_on"])
    note_decision("final_decision", decision, by, at)
    tell_decided(decision, at)
    decided.send(sender=Decision, decision=decision, at=at)


def probation_left(employment: Employment, at: datetime) -> int:
    """Days of probation that are left, negative once it is over."""
    return days_left(employment.probation_ends_on, timezone.localdate(at))


def note_decision(action: str, decision: Decision, by: User | None, at: datetime) -> None:
    """Put a step of a decision on record."""
    AuditEntry.objects.create(
        at=at,
        by=by,
        action=action,
        target=f"user:{decision.employment.user_id}",
        detail={"decision": decision.pk, "kind": str(decision.kind), "digest": decision.digest},
    )
