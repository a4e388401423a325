"""A trainee appeals a decision; somebody who had no part in it answers."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.decision_notices import tell_answered, tell_appealed
from trainer.commands.verdicts import Verdict, check_verdict, finish, fresh, write
from trainer.models import Decision, DecisionAppeal, Employment, User
from trainer.queries.deciders import hearers
from trainer.queries.packets import Packet
from trainer.rules.confirmation import days_left
from trainer.rules.decisions import DecisionAppealState, DecisionKind, DecisionState, better_kinds, can_be_appealed
from trainer.rules.vocabulary import EmploymentState


class CannotAppeal(Exception):
    """This decision is not one that can be appealed: not final, replaced, as good as can be, or heard already."""


class TooLate(CannotAppeal):
    """Appeals were taken until ``decision.appeal_until``."""


class AlreadyAppealed(CannotAppeal):
    """There is an appeal against it."""


class AppealAnswered(Exception):
    """Somebody else has answered it meanwhile."""


class NotTheirAppeal(Exception):
    """This person had a part in the decision, or is the only one who marked."""


class PersonHasLeft(Exception):
    """An appeal of somebody who has left, or began anew, can be answered, but nothing changed by it any more."""


@transaction.atomic
def appeal_decision(*, decision_id: int, learner_id: int, reason: str, at: datetime) -> DecisionAppeal:
    """Appeal a decision about oneself. Raises a subclass of ``CannotAppeal``, or that itself."""
    decision = _locked(decision_id)
    if decision.employment.user_id != learner_id or not appealable(decision):
        raise CannotAppeal
    if DecisionAppeal.objects.filter(decision=decision).exists():
        raise AlreadyAppealed
    if decision.appeal_until is None or timezone.localdate(at) > decision.appeal_until:
        raise TooLate
    appeal = DecisionAppeal.objects.create(
        decision=decision,
        against=decision.by,
        against_second=decision.countersigned_by,
        reason=reason,
        filed_at=at,
    )
    _note("appeal_decision", appeal, learner_id, at)
    tell_appealed(appeal, hearers(appeal), at)
    return appeal


def appealable(decision: Decision) -> bool:
    """Whether it is of a kind that can be appealed, by what it is: not by the day, nor by an appeal that is there.

    What came out of an appeal is the last word.
    """
    return (
        decision.is_final
        and not decision.superseded
        and can_be_appealed(DecisionKind(decision.kind))
        and not DecisionAppeal.objects.filter(result=decision).exists()
    )


@transaction.atomic
def uphold(*, appeal_id: int, answer: str, by: User, at: datetime) -> DecisionAppeal:
    """The decision stands, for the reasons in ``answer``. Raises ``AppealAnswered`` or ``NotTheirAppeal``."""
    appeal = _open(appeal_id, by)
    return _answer(appeal, DecisionAppealState.UPHELD, answer, None, by, at)


@transaction.atomic
def overturn(*, appeal_id: int, verdict: Verdict, seen: Packet, by: User, at: datetime) -> DecisionAppeal:
    """Put another decision in its place, at once and on the evidence as it is now; ``verdict.reasons`` is the answer.

    It can only be better for the person. Raises ``AppealAnswered``, ``NotTheirAppeal``, ``PersonHasLeft``, or what
    ``commands.verdicts`` raises of a verdict.
    """
    appeal = _open(appeal_id, by)
    decision, employment = appeal.decision, appeal.decision.employment
    if employment.state == EmploymentState.LEFT or employment.period != decision.period or decision.superseded:
        raise PersonHasLeft
    packet = fresh(employment, seen, at)
    left = days_left(employment.probation_ends_on, timezone.localdate(at))
    check_verdict(employment, verdict, packet, at, allowed=better_kinds(DecisionKind(decision.kind), left))
    result = write(employment, verdict, packet, by=by, at=at, state=DecisionState.PENDING)
    finish(result, countersigner=None, by=by, at=at)
    return _answer(appeal, DecisionAppealState.OVERTURNED, verdict.reasons, result, by, at)


def _locked(decision_id: int) -> Decision:
    employment_id = Decision.objects.values_list("employment", flat=True).get(pk=decision_id)
    Employment.objects.select_for_update().get(pk=employment_id)
    rows = Decision.objects.select_related("by", "countersigned_by", "employment__user", "employment__team__supervisor")
    return rows.get(pk=decision_id)


def _open(appeal_id: int, by: User) -> DecisionAppeal:
    decision = _locked(DecisionAppeal.objects.values_list("decision", flat=True).get(pk=appeal_id))
    appeal = DecisionAppeal.objects.get(pk=appeal_id)
    appeal.decision = decision
    if appeal.state != DecisionAppealState.OPEN:
        raise AppealAnswered
    if by not in hearers(appeal):
        raise NotTheirAppeal
    return appeal


def _answer(
    appeal: DecisionAppeal, state: DecisionAppealState, answer: str, result: Decision | None, by: User, at: datetime
) -> DecisionAppeal:
    appeal.state, appeal.answer, appeal.result = state, answer, result
    appeal.decided_by, appeal.decided_at = by, at
    appeal.save(update_fields=["state", "answer", "result", "decided_by", "decided_at"])
    _note(f"appeal_{state}", appeal, by.pk, at)
    tell_answered(appeal, at)
    return appeal


def _note(action: str, appeal: DecisionAppeal, by: int, at: datetime) -> None:
    AuditEntry.objects.create(
        at=at,
        by_id=by,
        action=action,
        target=f"user:{appeal.decision.employment.user_id}",
        detail={"decision": appeal.decision_id, "appeal": appeal.pk},
    )
