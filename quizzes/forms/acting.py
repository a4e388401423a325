"""What a talk's page sends: one act at a time, as JSON or as a plain form."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

BODY_LIMIT = 200_000  # bytes: a long paste is told how long it is
KINDS = ("say", "choose", "look", "wait", "back", "leave", "hint")


class UnreadableAct(ValueError):
    """What was sent is no act; the message is for the person at the page."""


@dataclass(frozen=True)
class Act:
    """``after`` is the number of the last turn that the page has seen, ``sequence`` the page's number of its reply."""

    kind: str
    text: str = ""
    name: str = ""
    client: str = ""
    sequence: int = 0
    after: int = 0


def read_act(body: bytes) -> Act:
    """``{"kind", "text", "name", "client", "sequence", "after"}``. Raises ``UnreadableAct``."""
    try:
        row = json.loads(body)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise UnreadableAct(_("收到的内容读不出来，没有发出。请刷新页面后再试。"))
    return checked_act(row)


def checked_act(row) -> Act:
    """Raises ``UnreadableAct``."""
    texts = {name: row.get(name, "") for name in ("kind", "text", "name", "client")}
    numbers = {name: row.get(name, 0) for name in ("sequence", "after")}
    if (
        texts["kind"] not in KINDS
        or not all(isinstance(text, str) for text in texts.values())
        or not all(type(number) is int and 0 <= number < 2**31 for number in numbers.values())
        or len(texts["client"]) > 36
        or len(texts["name"]) > 60
    ):
        raise UnreadableAct(_("收到的内容不完整，没有发出。请刷新页面后再试。"))
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for text in texts.values() for char in text):
        raise UnreadableAct(_("有无法保存的字符，没有发出。请删掉后再发。"))
    return Act(**texts, **numbers)
