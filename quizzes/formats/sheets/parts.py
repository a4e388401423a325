"""One row by the mapping: its cells under their fields, before anybody asks what they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from quizzes.formats.sheets.cells import Doubt, Row
from quizzes.formats.sheets.escapes import split, unescape
from quizzes.formats.sheets.kinds import Said
from quizzes.formats.sheets.mapping import Field, Mapping
from quizzes.rules.text import fold
from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY, Platform

INJECTED = re.compile(r"'(?='*[=+\-@＝＋－＠\t])")  # what export puts before a cell that a program could run


class Parts(NamedTuple):
    """The texts of one question. ``options`` and ``whys`` go by place, blank where the cell is."""

    row: Row
    stem: str
    kind: str
    options: tuple[str, ...]
    in_one: str
    answers: tuple[str, ...]
    whys: tuple[str, ...] = ()
    explanation: str = ""
    rubric: str = ""
    unit: str = ""
    tolerance: str = ""
    marks: str = ""
    difficulty: str = ""
    topic: str = ""
    platform: str = ""
    tags: str = ""
    name: str = ""


@dataclass(frozen=True)
class Section:
    """What a heading inside the sheet, or the name of the sheet, says of the rows below it."""

    kind: Said | None = None
    marks: Decimal | None = None


class Reader:
    """Takes rows apart by one mapping."""

    def __init__(self, mapping: Mapping):
        self.single = {
            column.field.value: place
            for place, column in reversed(list(enumerate(mapping.columns)))
            if column.field not in (Field.OPTION, Field.WHY, Field.ANSWER, Field.IGNORE)
        }
        self.stem = self.single.pop("stem", 0)
        self.kind = self.single.pop("kind", None)
        self.in_one = self.single.pop("options", None)
        self.others = tuple(self.single.items())
        self.options = self._places(mapping, Field.OPTION)
        self.whys = self._places(mapping, Field.WHY)
        answers = sorted((c.place, n) for n, c in enumerate(mapping.columns) if c.field == Field.ANSWER)
        self.answers = tuple(n for _, n in answers)
        self.used = frozenset(n for n, column in enumerate(mapping.columns) if column.field != Field.IGNORE)

    def _places(self, mapping: Mapping, field: Field) -> tuple[int | None, ...]:
        found = {column.place: n for n, column in enumerate(mapping.columns) if column.field == field}
        return tuple(found.get(place) for place in range(1, max(found, default=0) + 1))

    def parts(self, row: Row) -> Parts:
        cells, width = row.cells, len(row.cells)
        others = {name: _shown(cells[n]) for name, n in self.others if n < width and cells[n]}
        return Parts(
            row,
            _shown(cells[self.stem]) if self.stem < width else "",
            cells[self.kind] if self.kind is not None and self.kind < width else "",
            self._cells(row, self.options),
            cells[self.in_one] if self.in_one is not None and self.in_one < width else "",
            tuple([_shown(cells[n]) for n in self.answers if n < width and cells[n]]),
            self._cells(row, self.whys) if self.whys else (),
            **others,
        )

    def _cells(self, row: Row, places: Sequence[int | None]) -> tuple[str, ...]:
        cells, width = row.cells, len(row.cells)
        texts = [_shown(cells[n]) if n is not None and n < width else "" for n in places]
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)

    def doubts(self, row: Row) -> dict[int, Doubt]:
        """The doubts of the cells that are read."""
        return {n: doubt for n, doubt in row.doubts.items() if n in self.used} if row.doubts else {}


def _shown(text: str) -> str:
    return text[1:] if text[:1] == "'" and INJECTED.match(text) else text


# --- what is said beside the question ----------------------------------------------------------------------

_DIFFICULTY_WORDS = {
    1: "很容易 非常容易 极易 非常简单 很简单 veryeasy 入门",
    2: "易 容易 简单 较易 较容易 较简单 easy 低 基础 初级",
    3: "中 中等 一般 适中 普通 medium normal 中级 常规 正常",
    4: "难 较难 困难 hard difficult 高 高级",
    5: "很难 极难 非常难 非常困难 很困难 veryhard",
}
_DIFFICULTIES = {word: step for step, words in _DIFFICULTY_WORDS.items() for word in words.split()}
_STARS = re.compile(r"[★⭐*]{1,5}")
_PLATFORM_WORDS = {
    Platform.TMALL: "天猫 tmall 天猫商城",
    Platform.TAOBAO: "淘宝 taobao 淘宝网",
    Platform.DOUYIN: "抖音 douyin 抖店 抖音小店 抖音电商",
    Platform.VIP: "唯品会 vip 唯品",
    Platform.ALL: "通用 全部 所有 不限 全平台 all 全部平台 所有平台 各平台",
}
_PLATFORMS = {word: platform for platform, words in _PLATFORM_WORDS.items() for word in words.split()}


@lru_cache(maxsize=256)
def difficulty_of(text: str) -> int | None:
    word = fold(text).removesuffix("级")
    if word in _DIFFICULTIES:
        return _DIFFICULTIES[word]
    if _STARS.fullmatch(text.rstrip("☆").strip()):
        return len(text.rstrip("☆").strip())
    return int(word) if re.fullmatch(f"[{MIN_DIFFICULTY}-{MAX_DIFFICULTY}]", word) else None


@lru_cache(maxsize=256)
def platform_of(text: str) -> str:
    """The platform's code where we know it, else what the sheet says."""
    return str(_PLATFORMS.get(fold(text), text))


@lru_cache(maxsize=256)
def marks_of(text: str) -> Decimal | None:
    try:
        marks = Decimal(fold(text).removesuffix("分"))
    except InvalidOperation:
        return None
    return marks if marks.is_finite() and 0 < marks <= 1000 else None


def tags_of(text: str, *, exact: bool) -> tuple[str, ...]:
    if exact:
        return tuple(unescape(tag) for tag in split(text, "；"))
    return tuple(dict.fromkeys(tag for tag in re.split(r"[\s,，、;；|]+", text) if tag))
