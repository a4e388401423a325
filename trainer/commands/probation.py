"""Probation must not end without a word: who is warned, and when."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from trainer.commands.notices import notify
from trainer.models import Decision, Employment, User
from trainer.queries.confirmation import ON_PROBATION
from trainer.rules.confirmation import days_left
from trainer.rules.decisions import WARN_BEFORE, warning_due

CODES = {0: "probation_ends_today", -1: "probation_over"}


@transaction.atomic
def warn_of_probation_ends(*, at: datetime) -> int:
    """Tell supervisors and admins 14, 7 and 3 days before somebody's probation ends, on the day, and once it is over.

    Who is decided about already is left out, also where the second signature is all that is missing (until the last
    day: then the signature is urgent). After days without a run only the most urgent warning is given. How many were
    told.
    """
    today = timezone.localdate(at)
    pending = Decision.objects.pending().filter(employment=OuterRef("pk"))
    soon = (
        Employment.objects.filter(
            state__in=ON_PROBATION, probation_ends_on__lte=today + timedelta(days=max(WARN_BEFORE))
        )
        .annotate(proposed=Exists(pending))
        .select_related("user", "team")
    )
    admins = set(User.objects.admins().values_list("pk", flat=True))
    told = 0
    for employment in soon:
        step = warning_due(days_left(employment.probation_ends_on, today))
        if step is None or (employment.proposed and step > 0):
            continue
        supervisor = employment.team and employment.team.supervisor_id
        told += notify(
            people=(admins | ({supervisor} if supervisor else set())) - {employment.user_id},
            key=f"probation:{employment.pk}:{employment.probation_ends_on}:{step}",
            code=CODES.get(step, "probation_ends_in"),
            params={"person": str(employment.user), "day": employment.probation_ends_on.isoformat()},
            url=reverse("trainer:packet", args=[employment.user_id]),
            at=at,
        )
    return told
