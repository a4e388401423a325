"""Telling people something once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from trainer.models import Notice, User


@transaction.atomic
def notify(
    *, people: Iterable[int], key: str, code: str, params: Mapping[str, Any], url: str, at: datetime
) -> int:
    """Tell these people (ids) something, those who were told it before left out; how many were told."""
    wanted = set(people)
    told = set(Notice.objects.filter(key=key, person__in=wanted).values_list("person", flat=True))
    new = [
        Notice(person_id=person, key=key, code=code, params=dict(params), url=url, created_at=at)
        for person in sorted(wanted - told)
    ]
    Notice.objects.bulk_create(new, ignore_conflicts=True)  # another run may have been quicker
    _recount([notice.person_id for notice in new])
    return len(new)


@transaction.atomic
def mark_read(*, person, at: datetime, notice_id: int | None = None) -> int:
    """Note that somebody has read one of their notices, or all; how many were unread."""
    notices = Notice.objects.filter(person=person).unread()
    if notice_id is not None:
        notices = notices.filter(pk=notice_id)
    read = notices.update(read_at=at)
    _recount([person.pk])
    return read


@transaction.atomic
def unsay(*, about: str) -> int:
    """Take back what was told under keys that begin so, as it did not happen after all; how many notices."""
    notices = Notice.objects.filter(key__startswith=about)
    people = list(notices.values_list("person", flat=True))
    notices.delete()
    _recount(people)
    return len(people)


def choose_digest(*, person, wanted: bool) -> None:
    """Whether somebody gets their unread notices by e-mail, once a day."""
    person.digest = wanted
    person.save(update_fields=["digest"])


def choose_streak(*, person, wanted: bool) -> None:
    """Whether somebody sees their study days in a row, and their milestones."""
    person.shows_streak = wanted
    person.save(update_fields=["shows_streak"])


def _recount(people: Iterable[int]) -> None:
    unread = (
        Notice.objects.filter(person=OuterRef("pk")).unread().order_by().values("person").annotate(n=Count("pk"))
    )
    User.objects.filter(pk__in=list(people)).update(unread=Coalesce(Subquery(unread.values("n")), 0))
