"""A person's word on what the machine found in a talk, the trainee's objection, and comments."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from quizzes.commands.session_scores import rescore
from quizzes.models import AuditEntry, CheckAppeal, CheckResult, OpenCheck, Ruling, Session, SessionComment, Turn


class ReasonMissing(ValueError):
    """Whoever rules against the machine has to say why."""


class AlreadyRated(Exception):
    """This person gave their blind rating of this check before."""


class NotOver(Exception):
    """The talk is still going on: nothing in it is ruled on or objected to yet."""


@transaction.atomic
def rule_on_check(*, result_id: int, verdict: bool, reason: str, by, at: datetime) -> Ruling:
    """Say whether the reply shows the check. It outranks the machine, and the talk is scored anew.

    Raises ``ReasonMissing``, ``NotOver``.
    """
    result, session = _held(result_id)
    reason = reason.strip()
    if verdict != result.yes and not reason:
        raise ReasonMissing
    ruling = Ruling.objects.create(result=result, by=by, verdict=verdict, machine=result.yes, reason=reason, at=at)
    OpenCheck.objects.filter(result=result).delete()
    CheckAppeal.objects.filter(result=result, ruling=None).update(ruling=ruling)
    before = session.score
    rescore(session, at)
    _note(
        "check_ruled", session, at, by,
        {"check": result.check_name, "turn": result.turn.number, "verdict": verdict, "machine": result.yes,
         "reason": reason, "score": [str(before), str(session.score)]},
    )  # fmt: skip
    return ruling


@transaction.atomic
def rate_blind(*, turn: Turn, shown: Collection[str], by, at: datetime) -> None:
    """Keep one person's rating of all checks of a reply: those in ``shown`` are there, the others are not.

    Raises ``AlreadyRated``, ``NotOver``.
    """
    if turn.session.is_open:
        raise NotOver
    results = list(CheckResult.objects.select_for_update().filter(turn=turn))
    if Ruling.objects.filter(result__in=results, by=by, blind=True).exists():
        raise AlreadyRated
    Ruling.objects.bulk_create(
        Ruling(result=one, by=by, verdict=one.check_name in shown, machine=one.yes, blind=True, at=at)
        for one in results
    )
    _note("reply_rated_blind", turn.session, at, by, {"turn": turn.number, "shown": sorted(shown)})


@transaction.atomic
def appeal_check(*, result_id: int, learner, reason: str, at: datetime) -> CheckAppeal:
    """Object to a check of one's own reply; twice is once. Raises ``CheckResult.DoesNotExist``, ``ReasonMissing``."""
    result, session = _held(result_id)
    if session.learner_id != learner.pk:
        raise CheckResult.DoesNotExist
    if not reason.strip():
        raise ReasonMissing
    appeal, made = CheckAppeal.objects.get_or_create(result=result, defaults={"reason": reason.strip(), "made_at": at})
    if made:
        _note("check_appealed", session, at, learner, {"check": result.check_name, "turn": result.turn.number})
    return appeal


@transaction.atomic
def comment_on(*, session: Session, text: str, by, at: datetime) -> SessionComment:
    comment = SessionComment.objects.create(session=session, by=by, text=text.strip(), at=at)
    _note("session_commented", session, at, by, {"comment": comment.pk})
    return comment


def _held(result_id: int) -> tuple[CheckResult, Session]:
    result = CheckResult.objects.select_related("turn").get(pk=result_id)
    session = Session.objects.select_for_update(of=("self",)).select_related("version").get(pk=result.turn.session_id)
    if session.is_open:
        raise NotOver
    return result, session


def _note(action: str, session: Session, at: datetime, by, detail: dict) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"session:{session.pk}", detail=detail)
