"""Writing down what was seen of a trainee at real work."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.models import Observation, User
from trainer.rules.vocabulary import Verdict


class NotYet(Exception):
    """Nobody has seen what has not happened."""


@transaction.atomic
def observe(*, learner: User, verdict: Verdict, text: str, on: date, by: User, at: datetime) -> Observation:
    """Keep an observation; it is never edited, a later one takes its place. The same again is kept once.

    Raises ``NotYet`` for a day to come.
    """
    if on > timezone.localdate(at):
        raise NotYet
    User.objects.select_for_update().get(pk=learner.pk)  # two clicks at once come one after the other
    if there := Observation.objects.filter(learner=learner, by=by, on=on, verdict=verdict, text=text).first():
        return there
    seen = Observation.objects.create(learner=learner, by=by, on=on, verdict=verdict, text=text, created_at=at)
    AuditEntry.objects.create(
        at=at, by=by, action="observe", target=f"user:{learner.username}", detail={"verdict": verdict.value}
    )
    return seen
