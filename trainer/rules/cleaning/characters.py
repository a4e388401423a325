"""Characters that copying broke: radicals for characters, pinyin in brackets, and Traditional writing if wished."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from opencc import OpenCC

from quizzes.rules.text import plain_characters
from trainer.rules.cleaning.ledger import Ledger
from trainer.rules.document import Block

REASON = "字后面的拼音"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ"
_PINYIN = re.compile(rf"(?<=[㐀-鿿豈-﫿])[（(]\s?([a-zA-Z{_TONES}]{{1,6}})\s?[)）]")


def mend(blocks: list[Block], ledger: Ledger, *, simplify: bool) -> list[Block]:
    """The blocks with plain characters and without pinyin; what is pinyin is noted once a line."""
    mended = []
    for block in blocks:
        block = _each_text(block, plain_characters)
        found = [entry for text in _texts(block) for entry in _pinyin(text)]
        if found and ledger.take(block.line, " ".join(found), REASON):
            block = _each_text(block, _without_pinyin)
        if simplify:
            block = _each_text(block, _simplified)
        mended.append(block)
    return mended


def is_toned(text: str) -> bool:
    """Whether a vowel with a tone mark is in ``text``: nothing but pinyin is written so in Chinese."""
    return any(char in _TONES for char in text)


def _each_text(block: Block, change: Callable[[str], str]) -> Block:
    rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
    return replace(block, text=change(block.text), marker=change(block.marker), rows=rows)


def _texts(block: Block) -> Iterator[str]:
    yield block.text
    for row in block.rows:
        yield from row


def _pinyin(text: str) -> Iterator[str]:
    for found in _PINYIN.finditer(text):
        if _is_reading(text[found.start() - 1], found[1]):
            yield found[0]


def _without_pinyin(text: str) -> str:
    return _PINYIN.sub(lambda found: "" if _is_reading(text[found.start() - 1], found[1]) else found[0], text)


def _is_reading(char: str, latin: str) -> bool:
    """Whether ``latin`` is how ``char`` is read; with a tone mark the vowels alone have to fit."""
    return _toneless(latin) in _readings(char)


def _toneless(latin: str) -> str:
    plain = latin.lower().replace("ü", "v")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)).replace("v", "u")


@cache
def _readings(char: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # takes long to load, and only who cleans a document needs it

    both = {char, _simplified(char)[:1]}
    found = pinyin(list(both), style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(_toneless(reading) for readings in found for reading in readings)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(text: str) -> str:
    return _converter().convert(text)
