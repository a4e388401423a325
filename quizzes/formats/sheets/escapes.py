"""Several texts in one cell: taken apart at marks, where a backslash before a mark makes it an ordinary character."""

import re
from collections.abc import Iterable

MARKS = "；;|｜/／=→\n"
_ESCAPE = re.compile(r"\\([\\；;|｜/／=→\nn])")
_PIECES = re.compile(r"\\.|[^\\]|\\", re.DOTALL)


def split(text: str, marks: str) -> list[str]:
    """The parts between unescaped ``marks``, still escaped, without space around them."""
    if "\\" not in text:
        return [part.strip() for part in re.split(f"[{re.escape(marks)}]", text)]
    parts = [""]
    for piece in _PIECES.findall(text):
        if piece in marks:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


def escape(text: str, marks: str) -> str:
    """The text so that ``split`` with these ``marks`` leaves it whole and ``unescape`` gives it back."""
    text = text.replace("\\", "\\\\")
    for mark in marks:
        text = text.replace(mark, "\\n" if mark == "\n" else f"\\{mark}")
    return text


def joined(texts: Iterable[str], mark: str, *, also: str = "") -> str:
    """The texts in one cell, ``mark`` between them; ``also`` are marks that mean something inside a part."""
    return mark.join(escape(text, mark + also) for text in texts)
