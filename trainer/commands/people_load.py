"""A sheet of people: uploaded, looked at, loaded as a whole or not at all."""

import hashlib
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from quizzes.models import AuditEntry
from trainer.commands.people_apply import apply
from trainer.models import PeopleLoad
from trainer.queries.people_load import digest_of, preview_of
from trainer.readers.people_sheet import read_people
from trainer.rules.people.compare import Preview

UNCONFIRMED_STAY = timedelta(days=7)


class PeopleHaveProblems(Exception):
    """Something in the sheet is wrong; nothing was loaded."""


class PeopleMoved(Exception):
    """Somebody changed people since the preview was looked at; nothing was loaded."""


class PeopleLoadedBefore(Exception):
    """The load was confirmed already."""


@transaction.atomic
def upload_people(*, name: str, data: bytes, by, at: datetime) -> PeopleLoad:
    """Keep what a sheet says until it is confirmed. Raises ``quizzes.formats.found.Unreadable``."""
    found = read_people(data, name)
    return PeopleLoad.objects.create(
        name=name[-120:], sha256=hashlib.sha256(data).hexdigest(), rows=found.to_data(), created_at=at, created_by=by
    )


@transaction.atomic
def confirm_people(*, load_id: int, seen: str, by, at: datetime) -> Preview:
    """Make the people as the sheet has them, where that is still what was ``seen`` (see ``digest_of``).

    Raises ``PeopleLoadedBefore``, ``PeopleMoved`` or ``PeopleHaveProblems``.
    """
    load = PeopleLoad.objects.select_for_update().get(pk=load_id)
    if load.confirmed_at:
        raise PeopleLoadedBefore
    preview = preview_of(load, at=at)
    if digest_of(preview) != seen:
        raise PeopleMoved
    if preview.problems:
        raise PeopleHaveProblems
    try:
        with transaction.atomic():
            load.added = apply(preview, by=by, at=at)
    except IntegrityError as error:  # somebody was added in this very moment
        raise PeopleMoved from error
    load.rows, load.counts, load.confirmed_at = None, preview.counts, at
    load.save(update_fields=["added", "rows", "counts", "confirmed_at"])
    AuditEntry.objects.create(
        at=at, by=by, action="load_people", target=f"people_load:{load.pk}", detail=preview.counts
    )
    return preview


def forget_unconfirmed_people(*, at: datetime) -> int:
    """How many sheets were deleted that nobody confirmed for a week: they hold personal data."""
    return PeopleLoad.objects.filter(confirmed_at=None, created_at__lt=at - UNCONFIRMED_STAY).delete()[0]
