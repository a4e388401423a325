"""Everything the house keeps of one person, as plain data: the JSON whose shape docs/privacy.md describes.

The sections are flat lists that name one another by ``id``, one query each and read as they are written, so that ten
years of work cost no more memory than a day.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F

from quizzes.models import AuditEntry
from trainer.models import ApiToken, Delivery, Notice, User
from trainer.queries.archive_judged import judged
from trainer.queries.archive_learned import learned
from trainer.queries.archive_rows import Section, named, section

VERSION = 1
CHUNK = 1000


def archive(person: User) -> tuple[Section, ...]:
    """Name and rows of each section after the person's own, in the order of the file. One query each."""
    return tuple(chain(learned(person), judged(person), _told(person)))


def archive_json(person: User, *, at: datetime) -> Iterator[str]:
    """The archive as pieces of one JSON object. ``at``: when it was made."""
    yield "{" + f'"version": {VERSION}, "made_at": {_text(at)}, "person": {_text(_person(person))}'
    for name, rows in archive(person):
        yield f',\n"{name}": ['
        for number, row in enumerate(rows.iterator(chunk_size=CHUNK)):
            yield (",\n" if number else "\n") + _text(row)
        yield "]"
    yield "\n}\n"


def _person(person: User) -> dict[str, Any]:
    return {
        "id": person.pk,
        "username": person.username,
        "name": str(person),
        "email": person.email,
        "joined_at": person.date_joined,
        "last_signed_in_at": person.last_login,
        "active": person.is_active,
        "daily_email": person.digest,
        "roles": sorted(group.name for group in person.groups.all()),
    }


def _told(person: User) -> Iterator[Section]:
    yield section("notices", Notice, person, "id", "code", "params", "created_at", "read_at", path="person")
    yield section("emails", Delivery, person, "id", "at", "outcome", "text", path="person")
    yield section(
        "tokens", ApiToken, person, "id", "name", "scopes", "created_at", "expires_at", "revoked_at", path="person"
    )
    # What was done to them and when; what an entry says beside that may be about others, too.
    entries = AuditEntry.objects.filter(target__in=[f"user:{person.pk}", f"user:{person.username}"])
    yield "log", entries.order_by("pk").values("id", "at", "action", by_name=named("by"), kept_as=F("target"))


def _text(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
