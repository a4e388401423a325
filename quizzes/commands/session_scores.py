"""Writing down what a finished talk is worth, and which checks a person has to look at for it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from quizzes.models import CheckResult, OpenCheck, Session, Turn
from quizzes.queries.talks import replies_of, results_of, rulings_of, score_of, standing, verdicts_by_turn
from quizzes.rules.dialogue.scoring import Score

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
    result = score_of(session, replies, verdicts_by_turn(results, rulings_of(replies)))
    write_score(session, result)
    session.save(update_fields=SCORE_FIELDS)
    queue_unsure(session, replies, results, result, at)
    return result


def queue_unsure(
    session: Session, replies: Sequence[Turn], results: Sequence[CheckResult], result: Score, at: datetime
) -> None:
    """Keep exactly the checks that the score hangs on in the review queue; those that wait already keep their place."""
    numbers = {reply.noted["number"]: reply.pk for reply in replies if reply.noted}
    wanted = {(numbers[one.reply], one.check) for one in result.unsure}
    open_now = {one.pk for one in results if (one.turn_id, one.check_name) in wanted}
    OpenCheck.objects.filter(session=session).exclude(result__in=open_now).delete()
    OpenCheck.objects.bulk_create(
        [OpenCheck(result_id=pk, session=session, since=at) for pk in sorted(open_now)], ignore_conflicts=True
    )


def _rounded(number: float) -> Decimal:
    return Decimal(number).quantize(Decimal("0.1"))
