"""Writing down what a finished talk is worth, and which checks a person has to look at for it."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from quizzes.models import CheckResult, OpenCheck, Session, Turn
from quizzes.queries.talks import replies_of, results_of, rulings_of, score_of, standing, verdicts_by_turn
from quizzes.rules.dialogue.scoring import Score
from quizzes.signals import session_marked

SCORE_FIELDS = ["outcome", "score", "low", "high", "provisional", "settled"]


def write_score(session: Session, result: Score) -> None:
    """Put ``result`` on the row; the caller saves it."""
    session.outcome = result.outcome
    session.score = _rounded(result.total.value)
    session.low, session.high = _rounded(result.total.low), _rounded(result.total.high)
    session.provisional, session.settled = result.provisional, result.settled


def rescore(session: Session, at: datetime) -> Score:
    """Score a finished talk anew from its checks and rulings, and bring the review queue in line."""
    replies = replies_of(standing(session.turns.all()))
    results = results_of(replies)
    verdicts = verdicts_by_turn(results, rulings_of(replies))
    result = score_of(session, [(turn, verdicts[turn.pk]) for turn in replies])
    write_score(session, result)
    session.save(update_fields=SCORE_FIELDS)
    wanted = unsure_results(replies, results, result)
    OpenCheck.objects.filter(session=session).exclude(result__in=wanted).delete()
    queue_unsure(session, wanted, at)
    session_marked.send(Session, session=session, at=at)
    return result


def unsure_results(replies: Iterable[Turn], results: Iterable[CheckResult], result: Score) -> list[CheckResult]:
    """Those of ``results`` that ``result`` hangs on."""
    numbers = {reply.noted["number"]: reply for reply in replies if reply.noted}
    wanted = {(numbers[one.reply].number, one.check) for one in result.unsure}
    return [one for one in results if (one.turn.number, one.check_name) in wanted]


def queue_unsure(session: Session, wanted: Iterable[CheckResult], at: datetime) -> None:
    """Put these into the review queue; those that wait already keep their place."""
    OpenCheck.objects.bulk_create(
        [OpenCheck(result=one, session=session, since=at) for one in wanted], ignore_conflicts=True
    )


def _rounded(number: float) -> Decimal:
    return Decimal(number).quantize(Decimal("0.1"))
