"""What a trainee says for themselves before they are decided about."""

from datetime import datetime

from django.db import transaction

from trainer.models import Decision, Employment, Statement
from trainer.queries.confirmation import ON_PROBATION


class StatementClosed(Exception):
    """A decision is made, or waits for its second signature: the statement stays as it was then."""


class StatementMoved(Exception):
    """Another page has saved the statement since this one was opened."""


@transaction.atomic
def save_statement(*, employment_id: int, text: str, after: int, at: datetime) -> Statement:
    """Keep ``text`` as the newest version; ``after`` is the number of the version that the writer saw, 0 for none.

    Saving what stands already is saving nothing. Raises ``StatementClosed`` or ``StatementMoved``.
    """
    employment = Employment.objects.select_for_update().get(pk=employment_id)
    if employment.state not in ON_PROBATION or Decision.objects.pending().filter(employment=employment).exists():
        raise StatementClosed
    rows = Statement.objects.filter(employment=employment, period=employment.period)
    newest = rows.order_by("-number").first()
    if newest and newest.text == text:
        return newest
    if after != (newest.number if newest else 0):
        raise StatementMoved
    return Statement.objects.create(
        employment=employment,
        period=employment.period,
        number=after + 1,
        text=text,
        at=at,
    )
