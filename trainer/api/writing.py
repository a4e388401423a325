"""Writes that may be sent twice."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Schema, Status

from trainer.api.problems import Refused
from trainer.api.tokens import caller
from trainer.commands.api_calls import OtherRequest, once

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=80,
        pattern=r"^[A-Za-z0-9._:-]+$",
        description="每次写入自己取一个不重复的键；同一个键再发一次，不会做两次",
    ),
]


def written(
    request: HttpRequest, key: str, body: Schema | None, do: Callable[[], tuple[int, dict[str, Any]]]
) -> Status:
    """What ``do`` answers, done once however often it is sent under ``key``."""
    said = [request.method, request.path, body.model_dump(mode="json") if body else None]
    try:
        return Status(*once(token=caller(request), key=key, request=said, at=timezone.now(), do=do))
    except OtherRequest as error:
        raise Refused(422, _("这个 Idempotency-Key 已经用在另一个请求上，请换一个。")) from error
