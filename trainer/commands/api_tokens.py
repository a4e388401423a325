"""Keys with which programs act for people."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from quizzes.models import AuditEntry
from trainer.models import ApiToken, User
from trainer.queries.people import role_of
from trainer.rules.api_scopes import allowed

PREFIX = "pxt_"
SHOWN = 12  # of the key, so that its owner recognises it
USED_EVERY = timedelta(minutes=1)


class TooMuch(Exception):
    """The person may not do all of that, or may not sign in."""


def digest_of_key(key: str) -> str:
    return sha256(key.encode()).hexdigest()


@transaction.atomic
def add_token(
    *, name: str, person: User, scopes: Collection[str], days: int, by: User, at: datetime
) -> tuple[ApiToken, str]:
    """A token for ``days``, and its key: shown this once. Raises ``TooMuch``."""
    given = allowed(scopes, role_of(person))
    if not given or len(given) < len(set(scopes)) or not person.may_sign_in:
        raise TooMuch
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        name=name,
        person=person,
        prefix=key[:SHOWN],
        digest=digest_of_key(key),
        scopes=sorted(given),
        created_at=at,
        created_by=by,
        expires_at=at + timedelta(days=days),
    )
    detail = {"person": person.username, "scopes": token.scopes}
    AuditEntry.objects.create(at=at, by=by, action="add_token", target=f"token:{token.pk}", detail=detail)
    return token, key


@transaction.atomic
def revoke_token(*, token_id: int, by: User, at: datetime) -> bool:
    """Make a token useless from now on; whether it was not already."""
    revoked = ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=at, revoked_by=by)
    if revoked:
        AuditEntry.objects.create(at=at, by=by, action="revoke_token", target=f"token:{token_id}")
    return bool(revoked)


def note_use(*, token: ApiToken, at: datetime) -> None:
    """Remember when a token was last used, to the minute."""
    if token.last_used_at is None or at - token.last_used_at >= USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
