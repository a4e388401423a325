"""What a browser may send as the answer to each kind of question.

The JSON value is, by kind: ``single`` an option id; ``multiple`` a list of option ids; ``true_false`` a
boolean; ``fill`` a list of texts, one a blank; ``numeric`` the text as typed; ``matching`` an object of left
id to right id; ``ordering`` a list of all item ids, or an empty one; ``cloze`` a list of option ids, one a
gap; ``free_text`` a text. ``""`` in a list and a missing left id leave that part open, ``None`` the whole.
"""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from quizzes.rules.questions import (
    Cloze,
    Content,
    Fill,
    FreeText,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Single,
    TrueFalse,
)
from quizzes.rules.text import fold

Answer = str | bool | list[str] | dict[str, str] | None

TEXT_LIMIT = 200
FREE_TEXT_LIMIT = 5_000
SIZE_LIMIT = 20_000

_NUMBER = re.compile(r"[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # PostgreSQL refuses both in JSON


class AnswerShapeError(ValueError):
    """The value sent cannot be an answer to this question; the message is for the person answering."""


def parse_answer(content: Content, raw: Any) -> Answer:
    """The answer in its stored form: texts trimmed, choices and pairs in the order of the content.

    Two left-hand sides may name the same right-hand side: a person on the way to another choice has such
    an answer for a while, and at most one of the two can be right.

    Raises ``AnswerShapeError`` for a wrong type, an unknown or doubled id, a wrong number of parts or a
    text that is too long.
    """
    if raw is None:
        return None
    match content:
        case Single(options):
            return _known(_text(raw), {option.id for option in options})
        case Multiple(options):
            chosen = _distinct_known(raw, [option.id for option in options])
            return [option.id for option in options if option.id in chosen]
        case TrueFalse():
            if not isinstance(raw, bool):
                raise AnswerShapeError("判断题的答案只能是正确或错误")
            return raw
        case Fill(blanks):
            return _texts(raw, len(blanks))
        case Numeric():
            return _text(raw)
        case Matching():
            return _matching(content, raw)
        case Ordering(items):
            ids = [item.id for item in items]
            order = _list(raw)
            if order and len(_distinct_known(order, ids)) != len(ids):
                raise AnswerShapeError(f"排序题要排出全部 {len(ids)} 项，现在是 {len(order)} 项")
            return order
        case Cloze(gaps):
            known = [{"", *(option.id for option in gap)} for gap in gaps]
            return [_known(choice, ids) for choice, ids in zip(_texts(raw, len(gaps)), known, strict=True)]
        case FreeText():
            return _text(raw, FREE_TEXT_LIMIT)


def is_blank(content: Content, answer: Any) -> bool:
    """Whether nothing was answered. An old answer of another shape is something."""
    match content, answer:
        case _, None:
            return True
        case (Numeric() | FreeText()), str():
            return not answer.strip()
        case (Fill() | Cloze()), list():
            return not any(str(part).strip() for part in answer)
        case (Multiple() | Ordering()), list():
            return not answer
        case Matching(), dict():
            return not any(answer.values())
    return False


def check_size(raw: Any) -> None:
    """Check what can be checked of an answer without its question; cheap enough for each autosave.

    Passes ``None``, a boolean, a text, a flat list of texts and a flat object of texts, up to
    ``SIZE_LIMIT`` bytes of JSON in UTF-8. Raises ``AnswerShapeError`` for anything else, and for characters
    that no database keeps.
    """
    match raw:
        case None | bool() | str():
            texts: Iterable[Any] = (raw,) if isinstance(raw, str) else ()
        case list():
            texts = raw
        case dict():
            texts = (*raw, *raw.values())
        case _:
            raise AnswerShapeError("答案的格式不对")
    length = 0
    for text in texts:
        if not isinstance(text, str):
            raise AnswerShapeError("答案的格式不对")
        length += len(text)
        if length > SIZE_LIMIT:
            raise AnswerShapeError("答案太长，存不下")
        _storable(text)
    if len(json.dumps(raw, ensure_ascii=False).encode()) > SIZE_LIMIT:
        raise AnswerShapeError("答案太长，存不下")


def parse_number(text: str, unit: str) -> Decimal | None:
    """The number somebody typed, ``None`` when it is none.

    Full-width digits, thousands separators (1,000) and the question's own ``unit`` after the number, be it
    元 or %, are understood; another unit is not.
    """
    folded = fold(text).removesuffix(fold(unit))
    return Decimal(folded.replace(",", "")) if _NUMBER.fullmatch(folded) else None


def _text(raw: Any, limit: int = TEXT_LIMIT) -> str:
    if not isinstance(raw, str):
        raise AnswerShapeError("答案的格式不对：这里要一段文字")
    text = raw.strip()
    if len(text) > limit:
        raise AnswerShapeError(f"答案太长：最多 {limit} 个字，现在有 {len(text)} 个")
    _storable(text)
    return text


def _storable(text: str) -> None:
    if _UNSTORABLE.search(text):
        raise AnswerShapeError("答案里有无法保存的字符")


def _list(raw: Any) -> list[str]:
    if not isinstance(raw, list):
        raise AnswerShapeError("答案的格式不对：这里要一个列表")
    return [_text(item) for item in raw]


def _texts(raw: Any, count: int) -> list[str]:
    texts = _list(raw)
    if len(texts) != count:
        raise AnswerShapeError(f"这道题有 {count} 个空，收到了 {len(texts)} 个答案")
    return texts


def _known(choice: str, ids: Iterable[str]) -> str:
    if choice not in ids:
        raise AnswerShapeError("答案里有这道题没有的选项，请刷新页面后再答")
    return choice


def _distinct_known(raw: Any, ids: list[str]) -> set[str]:
    choices = _list(raw)
    if len(set(choices)) != len(choices):
        raise AnswerShapeError("答案里同一项出现了两次")
    return {_known(choice, ids) for choice in choices}


def _matching(content: Matching, raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise AnswerShapeError("答案的格式不对：配对题要写明左边配右边")
    lefts = [pair.left.id for pair in content.pairs]
    rights = {"", *(pair.right.id for pair in content.pairs), *(part.id for part in content.extra)}
    chosen = {_known(_text(left), lefts): _known(_text(right), rights) for left, right in raw.items()}
    return {left: chosen[left] for left in lefts if chosen.get(left)}
