"""Whose name the house has kept for as long as it may."""

from datetime import date

from django.conf import settings
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from trainer.models import Employment
from trainer.rules.certificates import months_after
from trainer.rules.vocabulary import EmploymentState


def named_leavers() -> QuerySet[Employment]:
    """Those who have left and still have their name, the longest gone first."""
    pseudonym = Concat(Value("former-"), Cast("user_id", CharField()), output_field=CharField())
    rows = Employment.objects.filter(state=EmploymentState.LEFT).exclude(user__username=pseudonym)
    return rows.select_related("user", "team").order_by(F("left_on").asc(nulls_last=True), "pk")


def past_retention(on: date) -> QuerySet[Employment]:
    """Of them, those who left ``RETENTION_MONTHS`` ago or earlier; not those whose day of leaving nobody knows."""
    return named_leavers().filter(left_on__lte=months_after(on, -settings.RETENTION_MONTHS))
