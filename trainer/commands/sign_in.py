"""Who may come in, and how somebody gets in again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from axes.utils import reset
from django.db import transaction

from quizzes.models import AuditEntry
from trainer.models import User


class UnknownAccount(Exception):
    """The company's account is nobody's here."""


class AccountClosed(Exception):
    """The person left, or their account is switched off."""


@transaction.atomic
def unlock(*, people: Iterable[User], by: User, at: datetime) -> int:
    """Forget the failed tries of these people, so that they may sign in again; how many tries were forgotten."""
    forgotten = 0
    for person in people:
        forgotten += reset(username=person.username)
        AuditEntry.objects.create(at=at, by=by, action="unlock_sign_in", target=f"user:{person.username}")
    return forgotten


@transaction.atomic
def note_password_links(*, people: Iterable[User], by: User, at: datetime) -> None:
    """Write down who was given links to set whose password."""
    AuditEntry.objects.bulk_create(
        [AuditEntry(at=at, by=by, action="give_password_link", target=f"user:{p.username}") for p in people],
        batch_size=500,
    )


@transaction.atomic
def person_of_account(*, provider: str, uid: str, addresses: Sequence[str], at: datetime) -> User:
    """The person whom another system knows as ``uid``.

    Whoever is not linked yet is found by one of the ``addresses``, which that system must have verified, and linked;
    not a superuser, and nobody who is linked with another account of the same provider.
    Raises ``UnknownAccount`` or ``AccountClosed``.
    """
    account = (
        SocialAccount.objects.filter(provider=provider, uid=uid).select_related("user", "user__employment").first()
    )
    person = account.user if account else _by_address(provider, addresses)
    if person is None:
        raise UnknownAccount
    if not person.may_sign_in:
        raise AccountClosed
    if account is None:
        SocialAccount.objects.create(user=person, provider=provider, uid=uid)
        AuditEntry.objects.create(
            at=at, by=person, action="link_account", target=f"user:{person.username}", detail={"provider": provider}
        )
    return person


def _by_address(provider: str, addresses: Sequence[str]) -> User | None:
    for address in addresses:
        found = (
            User.objects.filter(email__iexact=address, is_superuser=False)
            .exclude(socialaccount__provider=provider)
            .select_related("employment")
            .first()
        )
        if found:
            return found
    return None
