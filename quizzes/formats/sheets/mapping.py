"""Which column of a sheet means what, guessed or corrected, and kept for the next file with the same headers."""

import hashlib
import re
from collections.abc import Mapping as Known
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class InvalidMapping(ValueError):
    """A mapping given back is not one; the message says where, in Chinese."""


class Field(StrEnum):
    """What a column may hold. ``OPTION``, ``WHY`` and ``ANSWER`` may come several times, told apart by a place."""

    KIND = "kind"
    STEM = "stem"
    OPTION = "option"
    OPTIONS = "options"
    ANSWER = "answer"
    EXPLANATION = "explanation"
    WHY = "why"
    RUBRIC = "rubric"
    UNIT = "unit"
    TOLERANCE = "tolerance"
    MARKS = "marks"
    DIFFICULTY = "difficulty"
    TOPIC = "topic"
    PLATFORM = "platform"
    TAGS = "tags"
    NAME = "name"
    IGNORE = "ignore"


LABELS = {
    Field.KIND: "题型",
    Field.STEM: "题干",
    Field.OPTION: "选项",
    Field.OPTIONS: "全部选项（在一格里）",
    Field.ANSWER: "答案",
    Field.EXPLANATION: "解析",
    Field.WHY: "选项说明",
    Field.RUBRIC: "评分点",
    Field.UNIT: "单位",
    Field.TOLERANCE: "允许误差",
    Field.MARKS: "分值",
    Field.DIFFICULTY: "难度",
    Field.TOPIC: "知识点",
    Field.PLATFORM: "平台",
    Field.TAGS: "标签",
    Field.NAME: "编号",
    Field.IGNORE: "不导入",
}
SEVERAL = frozenset({Field.OPTION, Field.WHY, Field.ANSWER})
MOST_PLACES = 100


@dataclass(frozen=True)
class Column:
    """What one column means. ``place`` counts options, their reasons and the answers of gaps, from 1."""

    field: Field
    place: int = 0

    @property
    def code(self) -> str:
        """``stem``, ``option:2``: what a form and a file say."""
        return f"{self.field.value}:{self.place}" if self.place else self.field.value

    @property
    def label(self) -> str:
        if self.field in (Field.OPTION, Field.WHY) and 1 <= self.place <= 26:
            letter = chr(64 + self.place)
            return f"选项 {letter}" if self.field == Field.OPTION else f"选项 {letter} 的说明"
        return f"{LABELS[self.field]} {self.place}" if self.place else LABELS[self.field]


IGNORED = Column(Field.IGNORE)


@dataclass(frozen=True)
class Mapping:
    """How to read one sheet. ``header`` is the number of the header row, ``None`` where there is none.

    ``columns`` goes by place in the row; a sheet without a stem column is not read at all. ``sure`` is false where
    the columns were guessed from what stands in them: then every question is held for review.
    """

    sheet: str
    header: int | None
    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    sure: bool = True

    @property
    def fingerprint(self) -> str:
        """The same for sheets with the same headers, wherever the header row stands."""
        words = [re.sub(r"\s+", "", header).casefold() for header in self.headers]
        while words and not words[-1]:
            words.pop()
        return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]

    @property
    def is_read(self) -> bool:
        return any(column.field == Field.STEM for column in self.columns)


@dataclass(frozen=True)
class SheetMappings:
    """How to read every sheet of a file, in its order."""

    sheets: tuple[Mapping, ...]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256("".join(sheet.fingerprint for sheet in self.sheets).encode()).hexdigest()[:16]

    def remembering(self, known: Known[str, Sequence[str]]) -> "SheetMappings":
        """With the columns that a person chose before for the same headers. ``known``: fingerprint → codes.

        Raises ``InvalidMapping`` where what was remembered is no mapping.
        """
        return SheetMappings(
            tuple(
                replace(sheet, columns=columns_from(known[sheet.fingerprint]), sure=True)
                if sheet.headers and sheet.fingerprint in known
                else sheet
                for sheet in self.sheets
            )
        )

    def naming(self, names: Known[str, str]) -> "SheetMappings":
        """With columns chosen by their header. ``names``: header → code; other columns stay as guessed."""
        wanted = {re.sub(r"\s+", "", header): column_from(code) for header, code in names.items()}
        return SheetMappings(
            tuple(
                replace(
                    sheet,
                    columns=tuple(
                        wanted.get(re.sub(r"\s+", "", header), column)
                        for header, column in zip(sheet.headers, sheet.columns, strict=False)
                    ),
                )
                if any(re.sub(r"\s+", "", header) in wanted for header in sheet.headers)
                else sheet
                for sheet in self.sheets
            )
        )


# --- as plain data ---------------------------------------------------------------------------------------

def column_from(code: object) -> Column:
    """Raises ``InvalidMapping`` where ``code`` is none of ours."""
    name, _, place = str(code).partition(":")
    try:
        field = Field(name)
    except ValueError:
        choices = "、".join(field.value for field in Field)
        raise InvalidMapping(f"“{str(code)[:40]}”不是列的含义，可以写：{choices}。") from None
    if not place:
        return Column(field, 1 if field in (Field.OPTION, Field.WHY) else 0)
    if field not in SEVERAL or not re.fullmatch(r"[0-9]{1,3}", place) or not 1 <= int(place) <= MOST_PLACES:
        raise InvalidMapping(f"“{str(code)[:40]}”里的序号不对，例如第 2 个选项写 option:2。")
    return Column(field, int(place))


def columns_from(codes: object) -> tuple[Column, ...]:
    if not isinstance(codes, list | tuple):
        raise InvalidMapping("columns 要写成列表，一列一项。")
    columns = tuple(column_from(code) for code in codes)
    once = [column for column in columns if column.field not in (Field.IGNORE, Field.ANSWER)]
    for column in once:
        if once.count(column) > 1:
            raise InvalidMapping(f"有两列都选成了“{column.label}”，请只留一列。")
    return columns


def mappings_to_data(mappings: SheetMappings) -> dict[str, Any]:
    """The JSON shape; ``mappings_from_data`` reads it back unchanged."""
    return {
        "sheets": [
            {
                "sheet": sheet.sheet,
                "header": sheet.header,
                "headers": list(sheet.headers),
                "columns": [column.code for column in sheet.columns],
                "sure": sheet.sure,
                "fingerprint": sheet.fingerprint,
            }
            for sheet in mappings.sheets
        ]
    }


def mappings_from_data(data: object) -> SheetMappings:
    """Raises ``InvalidMapping`` naming what is wrong."""
    if not isinstance(data, dict) or not isinstance(data.get("sheets"), list):
        raise InvalidMapping("对应关系要写成 {\"sheets\": […]} 的形式。")
    return SheetMappings(tuple(_mapping(raw) for raw in data["sheets"]))


def _mapping(raw: object) -> Mapping:
    if not isinstance(raw, dict):
        raise InvalidMapping("sheets 里的每一项要写成一个对象。")
    header, headers = raw.get("header"), raw.get("headers") or []
    if header is not None and (not isinstance(header, int) or isinstance(header, bool) or header < 1):
        raise InvalidMapping("header 要写表头所在的行号（从 1 起），没有表头就写 null。")
    if not isinstance(headers, list):
        raise InvalidMapping("headers 要写成列表，一列一项。")
    return Mapping(
        str(raw.get("sheet") or ""),
        header,
        tuple(str(text) for text in headers),
        columns_from(raw.get("columns")),
        bool(raw.get("sure", True)),
    )
