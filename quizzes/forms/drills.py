"""What the pages of the drills send."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from quizzes.commands.typing import Typed
from quizzes.models.labels import choices
from quizzes.rules.sorting import TicketClass, Urgency

LONGEST_TYPED = 1_000
MOST_INPUTS = 3_000
BODY_LIMIT = 200_000
BLOCKED = ("paste", "drop", "insert")
MOST_BLOCKED = 9_999


class UnreadableTyping(ValueError):
    """What was sent is no typing; the message is for the person at the page."""


def read_typing(body: bytes) -> Typed:
    """``{"client", "seen", "text", "inputs": [[ms, characters], …], "blocked": {"paste": 1}}``.

    Raises ``UnreadableTyping``.
    """
    try:
        row = json.loads(body)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise UnreadableTyping(_("收到的内容读不出来，没有保存。请刷新页面后再试。"))
    return checked_typing(row)


def posted_typing(data: Mapping[str, str]) -> Typed:
    """The same from the page's form, whose field ``log`` is JSON of ``seen``, ``inputs`` and ``blocked``."""
    try:
        log = json.loads(data.get("log") or "{}")
    except (ValueError, RecursionError):
        log = {}
    log = log if isinstance(log, dict) else {}
    return checked_typing({**log, "client": data.get("client", ""), "text": data.get("text", "")})


def checked_typing(row: Mapping[str, Any]) -> Typed:
    """Raises ``UnreadableTyping``; a log that is too long or not one is left out, a text that is too long is cut."""
    client, text, seen = row.get("client", ""), row.get("text", ""), row.get("seen", 0)
    if (
        not isinstance(client, str)
        or not isinstance(text, str)
        or len(client) > 36
        or not _count(seen, 2**31)
        or any(char == "\0" or "\ud800" <= char <= "\udfff" for char in client + text)
    ):
        raise UnreadableTyping(_("收到的内容不完整，没有保存。请刷新页面后再试。"))
    inputs, blocked = row.get("inputs"), row.get("blocked")
    blocked = blocked if isinstance(blocked, dict) else {}
    return Typed(
        client,
        seen,
        text[:LONGEST_TYPED],
        _inputs(inputs) if isinstance(inputs, list) else (),
        {kind: blocked[kind] for kind in BLOCKED if _count(blocked.get(kind), MOST_BLOCKED)},
    )


def _inputs(rows: list[Any]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (row[0], row[1])
        for row in rows[:MOST_INPUTS]
        if isinstance(row, list) and len(row) == 2 and _count(row[0], 2**31) and _count(row[1], LONGEST_TYPED)
    )


def _count(value: Any, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


class SortForm(forms.Form):
    """One ticket sorted."""

    position = forms.IntegerField(min_value=1, max_value=200)
    ticket_class = forms.ChoiceField(choices=choices(TicketClass))
    urgency = forms.ChoiceField(choices=choices(Urgency))
