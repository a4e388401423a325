"""What stands in the answer cell: letters, numbers, an option's text, a truth, an amount."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from quizzes.rules.text import fold

_LETTERS = re.compile(r"[A-Z](?:[\s,，、;；/|和与及.]*[A-Z]){0,25}[.。]?")
_DIGITS = re.compile(r"[0-9]{1,2}(?:[\s,，、;；/|]+[0-9]{1,2}){0,25}")
_LABEL = re.compile(r"(?:正确|标准|参考)?答案\s?(?:是|为)?\s?[:：]?|[选選][:：]?\s?(?=[A-Za-zＡ-Ｚ])")
_WRAPPED = re.compile(r"[【\[（(]([^】\]）)]{1,60})[】\]）)]")
_TRUE_WORDS = "对 √ ✓ ✔ ☑ t true y yes 是 正确 right 1 对的 正确的 v 真 ○ 对√ 正确√"
_FALSE_WORDS = "错 × ✗ ✘ ✕ ☒ x f false n no 否 错误 wrong 0 错的 错误的 不对 不正确 假 2 错× 错误×"
_TRUE, _FALSE = frozenset(_TRUE_WORDS.split()), frozenset(_FALSE_WORDS.split())

_AMOUNT = r"[-+]?[0-9][0-9,]{0,40}(?:\.[0-9]{1,40})?"
_UNIT = r"[^\d\s±+\-~～至到—–.,，；;]{0,12}"
_NUMERIC = re.compile(rf"({_AMOUNT})\s*({_UNIT})\s*(?:(?:±|\+/-|\+-|误差)\s*({_AMOUNT})\s*({_UNIT}))?")
_RANGE = re.compile(rf"({_AMOUNT})\s*({_UNIT})\s*(?:-|~|～|至|到|—|–)\s*({_AMOUNT})\s*({_UNIT})")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """The answer without the word 答案 and a bracket around all of it."""
    text = text.strip()
    if (label := _LABEL.match(text)) and text[label.end() :].strip():
        text = text[label.end() :].strip()
    if found := _WRAPPED.fullmatch(text):
        text = found[1].strip()
    return text


@lru_cache(maxsize=4096)
def letters(text: str) -> tuple[int, ...] | None:
    """The options that letters name, from 0, in the order written; ``None`` where there is anything else."""
    upper = unicodedata.normalize("NFKC", text).upper().strip()
    if not _LETTERS.fullmatch(upper):
        return None
    return tuple(ord(char) - 65 for char in upper if "A" <= char <= "Z")


@lru_cache(maxsize=4096)
def digits(text: str) -> tuple[int, ...] | None:
    """The numbers that stand for options, as written; ``None`` where there is anything else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _DIGITS.fullmatch(plain):
        return None
    return tuple(int(number) for number in re.findall(r"[0-9]+", plain))


def places_of_texts(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The options that the answer gives by their text: the whole of it first, then its parts."""
    by_text = {fold(option): place for place, option in enumerate(options)}
    for marks in (None, r"[\n|｜；;]+", r"[\n|｜；;、，,]+"):
        parts = [text] if marks is None else [part for part in re.split(marks, text) if part.strip()]
        places = [by_text.get(fold(part)) for part in parts]
        if places and None not in places:
            return tuple(place for place in places if place is not None)
    return None


@lru_cache(maxsize=1024)
def truth(text: str) -> bool | None:
    word = unicodedata.normalize("NFKC", text).strip(" 。.;；").casefold()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def numeric(text: str) -> tuple[Decimal, Decimal, str] | None:
    """Value, tolerance and unit of 5, 1,000±0.5 元 or 7～15 天; ``None`` where it is no amount."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    if len(plain) > 180:
        return None
    if found := _NUMERIC.fullmatch(plain):
        value, unit, tolerance, other = found[1], found[2], found[3], found[4] or ""
        if unit and other and unit != other:
            return None
        return _decimal(value), abs(_decimal(tolerance)) if tolerance else Decimal(0), unit or other
    if found := _RANGE.fullmatch(plain):
        low, high = _decimal(found[1]), _decimal(found[3])
        if low > high or (found[2] and found[4] and found[2] != found[4]):
            return None
        return (low + high) / 2, (high - low) / 2, found[4] or found[2]
    return None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
