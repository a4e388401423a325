"""An invented person who left long ago, so that the admin sees whose name may be taken off."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trainer.commands.people import add_person
from trainer.commands.postings import deactivate_person, leave
from trainer.models import Employment, User
from trainer.models.people import TRAINEE

USERNAME, NAME = "luxi", "陆溪"
HIRED, PROBATION_OVER, LEFT = timedelta(days=1000), timedelta(days=910), timedelta(days=800)


@transaction.atomic
def add_demo_former(*, people: Mapping[str, User], at: datetime) -> None:
    """Somebody who was here for half a year; safe to repeat, also once the name is off."""
    today = timezone.localdate(at)
    if Employment.objects.filter(hired_on__lt=today - LEFT).exists():
        return
    employment = Employment.objects.select_related("team").get(user=people["xiaolin"])
    user = add_person(
        username=USERNAME, display_name=NAME, role=TRAINEE, password=None, by=None, at=at, team=employment.team,
        hired_on=today - HIRED, probation_ends_on=today - PROBATION_OVER,
    )  # fmt: skip
    leave(employment_id=Employment.objects.get(user=user).pk, on=today - LEFT, by=people["admin"], at=at)
    deactivate_person(user_id=user.pk, by=people["admin"], at=at)
