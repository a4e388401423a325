from collections.abc import Iterable
from datetime import datetime

from axes.utils import reset
from django.db import transaction

from quizzes.models import AuditEntry
from trainer.models import User


@transaction.atomic
def unlock(*, people: Iterable[User], by: User, at: datetime) -> int:
    """Forget the failed tries of these people, so that they may sign in again; how many tries were forgotten."""
    forgotten = 0
    for person in people:
        forgotten += reset(username=person.username)
        AuditEntry.objects.create(at=at, by=by, action="unlock_sign_in", target=f"user:{person.username}")
    return forgotten
