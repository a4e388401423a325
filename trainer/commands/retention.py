"""Deleting what is past its time, once a day."""

from datetime import datetime, timedelta

from axes.models import AccessLog
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.models import Delivery, Employment, Notice, User
from trainer.models.people import ADMIN
from trainer.rules.vocabulary import EmploymentState

YEAR = timedelta(days=365)


@transaction.atomic
def delete_past_time(*, at: datetime) -> int:
    """How many rows were deleted that nobody needs after a year; nothing the second time on the same day.

    Notices, logs of e-mails and group messages and of signing in, and accounts that nobody ever used. (Events for other
    systems go after a month, ``forget_old_events``.) The log keeps how many of each.
    """
    target = f"retention:{timezone.localdate(at).isoformat()}"
    if AuditEntry.objects.filter(target=target).exists():
        return 0
    before = at - YEAR
    counts = {
        "notices": _delete_notices(before),
        "deliveries": Delivery.objects.filter(at__lt=before).delete()[0],
        "sign_ins": AccessLog.objects.filter(attempt_time__lt=before).delete()[0],
        "accounts": _delete_unused(before),
    }
    AuditEntry.objects.create(at=at, action="delete_past_time", target=target, detail=counts)
    return sum(counts.values())


def _delete_notices(before: datetime) -> int:
    old = Notice.objects.filter(created_at__lt=before)
    people = list(old.unread().order_by().values_list("person", flat=True).distinct())
    count = old.delete()[0]
    for person in User.objects.filter(pk__in=people):
        User.objects.filter(pk=person.pk).update(unread=Notice.objects.filter(person=person).unread().count())
    return count


def _delete_unused(before: datetime) -> int:
    """Who works here, or keeps the house, stays; and so does whoever left a trace in somebody's records."""
    unused = User.objects.filter(last_login=None, date_joined__lt=before, is_superuser=False)
    here = Employment.objects.exclude(state=EmploymentState.LEFT)
    unused = unused.exclude(groups__name=ADMIN).exclude(pk__in=here.values("user"))
    count = 0
    for person in unused:
        try:
            with transaction.atomic():
                person.delete()
        except ProtectedError:
            continue
        count += 1
    return count
