"""A supervisor reminds people of something in their own words."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.notices import notify
from trainer.models import User


@transaction.atomic
def remind_people(*, people: Collection[int], text: str, by: User, at: datetime) -> int:
    """Tell these people (ids) something; how many were told. The same words of one person are told once a day."""
    text = " ".join(text.split())
    digest = sha256(text.encode()).hexdigest()[:16]
    told = notify(
        people=people,
        key=f"reminded:{by.pk}:{timezone.localdate(at)}:{digest}",
        code="reminded",
        params={"by": str(by), "text": text},
        url=reverse("trainer:home"),
        at=at,
    )
    if told:
        detail = {"people": sorted(people), "text": text}
        AuditEntry.objects.create(at=at, by=by, action="remind", target=f"user:{by.pk}", detail=detail)
    return told
