"""Rows → running text: broken lines are joined, paragraphs stay apart."""

import re
from collections.abc import Sequence

from quizzes.formats.plain.rows import Row

_ENDS = frozenset("。！？：；.!?:;…”」）)】]")
_POINT = re.compile(
    r"\(?(?:[1-9]\d?|[一二三四五六七八九十]{1,2}|[A-Ha-h])[)、.．:：)]|[①-⑩•●·○-]|第[一二三四五六七八九十\d]|\([^()]{1,8}\)|问题|问[:：]|答[:：]|(?:买家|顾客|客户|客服|消费者)[:：]"
)


def joined(rows: Sequence[Row], *, paragraphs: bool = False) -> str:
    """The rows as one text. ``paragraphs`` keeps every row apart; otherwise only a row after an end does."""
    pieces: list[str] = []
    for row in rows:
        if not row.text:
            continue
        if pieces:
            last = pieces[-1][-1]
            if paragraphs or last in _ENDS or _POINT.match(row.shadow):
                pieces.append("\n")
            elif not _touch(last, row.text[0]):
                pieces.append(" ")
        pieces.append(row.text)
    return "".join(pieces)


def _touch(last: str, first: str) -> bool:
    """Two Latin words or numbers need a space between them; Chinese needs none."""
    return not (last.isascii() and last.isalnum() and first.isascii() and first.isalnum())
