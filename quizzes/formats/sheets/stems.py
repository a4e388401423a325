"""A stem as people type it into a sheet: its number, kind mark, marks and key bracket told apart from its words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from quizzes.formats.sheets.kinds import Said, kind_of
from quizzes.rules.questions import GAP

_NUMBER = re.compile(
    r"(?:第\s?\d{1,4}\s?题|\d{1,4}\s?[.．、:：)）]|[（(]\s?\d{1,4}\s?[)）])[\s.．、:：]*(?![\d.．])(?=\S)"
)
_KIND_MARK = re.compile(r"[【\[〔（(]\s?([^】\]〕）)\s]{1,8})\s?[】\]〕）)]\s*")
_KIND_WORD = re.compile(
    r"(?:单选|多选|不定项选?择?|单项选择|多项选择|选择|判断|是非|填空|选词填空|简答|问答|论述|数值|计算|排序|配对|匹配|连线"
    r"|案例分析)题?"
)
_MARKS = re.compile(r"[（(【\[]\s?(?:本[小]?题|每[小]?题|共)?\s?(\d{1,3}(?:\.\d{1,2})?)\s?分\s?[)）】\]]\s*")
_EMPTY_BRACKET = re.compile(r"[（(【\[][ \t\u3000\xa0]{0,40}[)）】\]]")
_BLANK_LINE = re.compile(r"[_＿]{2,}|[﹍﹎]{2,}|‗{2,}")
_LETTER = "[A-Za-zＡ-Ｚａ-ｚ]"
_KEY_BRACKET = re.compile(
    rf"[（(【\[][ \t\u3000]{{0,20}}({_LETTER}(?:[ ,，、]{{0,2}}{_LETTER}){{0,9}}|[√×✓✗✔✘对错])"
    r"[ \t\u3000]{0,20}[)）】\]]"
)
KEY_BRACKET = "（ ）"


@dataclass(frozen=True)
class Stem:
    """``key`` is what stood in the only bracket that may hold a key, else empty."""

    text: str
    kind: Said | None = None
    marks: Decimal | None = None
    key: str = ""


def read_stem(text: str) -> Stem:
    """The stem without its number, kind mark and marks. Brackets and blanks are left as they are."""
    kind: Said | None = None
    marks: Decimal | None = None
    for _ in range(3):  # 【单选题】12.（2分）… in any order
        if found := _NUMBER.match(text):
            text = text[found.end() :]
        elif (found := _KIND_MARK.match(text)) and _KIND_WORD.fullmatch(found[1]) and text[found.end() :]:
            kind = kind or kind_of(found[1])
            text = text[found.end() :]
        elif (found := _MARKS.match(text)) and text[found.end() :]:
            marks = marks or Decimal(found[1])
            text = text[found.end() :]
        else:
            break
    tail = text[-24:]
    ends = tail.endswith((")", "）", "】", "]")) and tail[-2:-1] not in " \u3000（("
    if ends and (start := max(tail.rfind(mark) for mark in "（(【[")) > 0:
        if found := _MARKS.fullmatch(tail[start:]):
            marks = marks or Decimal(found[1])
            text = text[: len(text) - len(tail) + start].rstrip()
        elif (found := _KIND_MARK.fullmatch(tail[start:])) and _KIND_WORD.fullmatch(found[1]):
            kind = kind or kind_of(found[1])
            text = text[: len(text) - len(tail) + start].rstrip()
    return Stem(text, kind, marks, _key(text))


def _key(text: str) -> str:
    if "（" not in text and "(" not in text and "【" not in text and "[" not in text:
        return ""
    found = _KEY_BRACKET.findall(text)
    return found[0] if len(found) == 1 else ""


def with_bracket_emptied(text: str) -> str:
    """The stem with its key taken out of the bracket."""
    return _KEY_BRACKET.sub(KEY_BRACKET, text)


def with_key_brackets(text: str) -> str:
    """As a choice shows it: an empty bracket is （ ）, a line of underscores a gap."""
    if "_" in text or "＿" in text or "﹍" in text or "﹎" in text or "‗" in text:
        text = _BLANK_LINE.sub(GAP, text)
    if "（" in text or "(" in text or "【" in text or "[" in text:
        text = _EMPTY_BRACKET.sub(KEY_BRACKET, text)
    return text


def with_gaps(text: str) -> str:
    """As a fill-in shows it: every blank is ``____``. Brackets count only where there is no line."""
    marked = _BLANK_LINE.sub(GAP, text)
    return marked if GAP in marked else _EMPTY_BRACKET.sub(GAP, text)
