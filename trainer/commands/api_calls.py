"""Doing a write of the API once, however often it is sent."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from trainer.models import ApiToken, IdempotentCall

CALLS_STAY = timedelta(days=7)


class OtherRequest(Exception):
    """The key was used for another request."""


def once(
    *, token: ApiToken, key: str, request: Any, at: datetime, do: Callable[[], tuple[int, dict[str, Any]]]
) -> tuple[int, dict[str, Any]]:
    """What ``do`` answers (status and plain data), or what it answered when the same was sent before.

    What ``do`` raises leaves no trace, so that the call can be mended and sent again under the same key.
    Raises ``OtherRequest`` where ``request`` (plain data) is not the one of before.
    """
    digest = sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    if before := IdempotentCall.objects.filter(token=token, key=key).first():
        return _answer_of(before, digest)
    try:
        with transaction.atomic():
            status, answer = do()
            IdempotentCall.objects.create(
                token=token, key=key, request=digest, status=status, answer=answer, at=at
            )
    except IntegrityError:
        before = IdempotentCall.objects.filter(token=token, key=key).first()
        if before is None:
            raise
        return _answer_of(before, digest)  # the same was sent twice at once
    return status, answer


def _answer_of(call: IdempotentCall, digest: str) -> tuple[int, dict[str, Any]]:
    if call.request != digest:
        raise OtherRequest
    return call.status, call.answer


def forget_old_calls(*, at: datetime) -> int:
    """How many answers of more than a week ago were deleted."""
    return IdempotentCall.objects.filter(at__lt=at - CALLS_STAY).delete()[0]
