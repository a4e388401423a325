"""Numbers that questions begin with, and the styles in which one file writes them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from quizzes.formats.plain.headings import marks_in_stem


class Style(StrEnum):
    """How a number is written. One section numbers its questions in one style; others are points inside."""

    DOT = "1."
    PAREN = "(1)"
    HALF = "1)"
    WORDS = "第1题"
    NAMED = "题目1"
    SPACE = "1 "
    CHINESE = "一、"


@dataclass(frozen=True)
class Number:
    """``start`` is where the number begins, behind marks; ``end`` where the text after it does.

    ``doubtful``: it could be a decimal or a date.
    """

    value: int
    style: Style
    end: int
    doubtful: bool = False
    start: int = 0


_PATTERNS = (
    (re.compile(r"(\d{1,4})\s{0,2}[.、,:。](?!\d)\s{0,4}|(\d{1,4})\s{0,2}、\s{0,4}"), Style.DOT),
    (re.compile(r"(\d{1,3})\.(?=\d)"), Style.DOT),  # 1.2024 年: doubtful
    (re.compile(r"\(\s{0,2}(\d{1,4})\s{0,2}\)\s{0,2}[.、:]?\s{0,4}"), Style.PAREN),
    (re.compile(r"(\d{1,4})\s{0,2}\)\s{0,2}[.、:]?\s{0,4}"), Style.HALF),
    (re.compile(
        r"\(?\s?第\s{0,2}(\d{1,4}|[一二三四五六七八九十]{1,3})\s{0,2}(?:小题|题|道题|问)\s?\)?\s{0,2}[.、:,]?\s{0,4}"
    ), Style.WORDS),
    (re.compile(
        r"\(?(?:题目|试题|问题|题号|题|question|problem|q)\s{0,2}[:#]?\s{0,2}(\d{1,4})\s?\)?(?![\d%])\s{0,2}[.、:,)]{0,2}\s{0,4}",
        re.I,
    ), Style.NAMED),
    (re.compile(r"(\d{1,3})\s{1,4}(?=[^\s\d./%~-])"), Style.SPACE),
)  # fmt: skip
# （ B ）1. : a bracket for the key that stands before the number, filled or not
FRONT_KEY = re.compile(
    r"\(\s{0,6}([A-Ha-h](?:[\s,、]{0,2}[A-Ha-h]){0,7}|[√×○〇xXoOTF]|对|错|正确|错误|)\s{0,6}\)\s{0,4}"
    r"(?=\d{1,4}\s{0,2}[.、,):]|\(\d{1,4}\)|第\s?\d)"
)
_CHINESE_NUMBER = {word: value for value, word in enumerate("一二三四五六七八九", 1)}


def chinese_number(word: str) -> int:
    """十二 → 12; figures stay as they are."""
    if word.isdecimal():
        return int(word)
    tens, has_ten, ones = word.partition("十")
    if has_ten:
        return 10 * _CHINESE_NUMBER.get(tens, 1) + _CHINESE_NUMBER.get(ones, 0)
    return _CHINESE_NUMBER.get(word, 0)


def number_in(shadow: str) -> Number | None:
    """The number that a row begins with, also behind a mark such as 【单选】 or （2 分）."""
    front = FRONT_KEY.match(shadow)
    skip = front.end() if front else 0
    if not front and shadow[:1] in "(单多判填简论案不问排连匹名计数选是":
        for start, end in marks_in_stem(shadow[:40]).spans:
            if start == skip:
                skip = end + len(shadow[end:]) - len(shadow[end:].lstrip())
    for pattern, style in _PATTERNS:
        found = pattern.match(shadow, skip)
        if found:
            if skip and style == Style.SPACE:
                return None
            rest = shadow[found.end() :]
            value = chinese_number(next(part for part in found.groups() if part))
            doubtful = style == Style.SPACE or (found.end() == found.end(1) + 1 and rest[:1].isdigit())
            return Number(value, style, found.end(), doubtful, skip)
    return None
