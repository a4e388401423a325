"""A sheet as its reader sees it: rows of text cells, with what is doubtful about a cell."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quizzes.formats.found import Unreadable

MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_SHEETS = 200_000, 256, 2_000_000, 100
LONGEST_CELL = 32_767  # what Excel itself allows
EXPORT_SHEET = "题库导出"  # the name of the sheet that we write: its texts are taken to the letter

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u2060\ufeff]")


@dataclass(frozen=True)
class Doubt:
    """Why a cell may not say what was typed, in Chinese, and what may have been typed, the likeliest first."""

    reason: str
    readings: tuple[str, ...] = ()


NO_DOUBTS: dict[int, Doubt] = {}


class Row(NamedTuple):
    """One row that has something in it. ``number`` counts as the program shows it, from 1.

    ``cells`` ends with the last cell that is not blank; ``doubts`` are by column, from 0.
    """

    number: int
    cells: tuple[str, ...]
    doubts: dict[int, Doubt] = NO_DOUBTS

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def text(self) -> str:
        """The row in one line, for a person to recognise."""
        return " | ".join(cell.replace("\n", " ⏎ ") for cell in self.cells if cell)


@dataclass(frozen=True)
class Span:
    """Merged cells of one column: the rows ``first`` to ``last`` share what ``first`` says."""

    column: int
    first: int
    last: int


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``hidden`` ones are not shown by the program that wrote them."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    spans: tuple[Span, ...] = field(default=())

    def filled_down(self, columns: Container[int] | None = None) -> Sequence[Row]:
        """The rows with what merged cells say of the rows below; ``columns`` are those where that is wanted."""
        spans = sorted(
            (span for span in self.spans if columns is None or span.column in columns),
            key=lambda span: (span.column, span.first),
        )
        if not spans:
            return self.rows
        rows = list(self.rows)
        numbers = [row.number for row in rows]
        end = (-1, 0)  # column and last row of the span before: merged cells do not overlap, but files may say so
        for span in spans:
            if (span.column, span.first) <= end:
                continue
            end = (span.column, span.last)
            start, stop = bisect_left(numbers, span.first), bisect_right(numbers, span.last)
            said = rows[start].cell(span.column) if start < len(rows) and numbers[start] == span.first else ""
            for place in range(start + 1, stop) if said else ():
                row = rows[place]
                if not row.cell(span.column):
                    cells = [*row.cells, *[""] * (span.column + 1 - len(row.cells))]
                    cells[span.column] = said
                    rows[place] = row._replace(cells=tuple(cells))
        return rows


def clean(text: str) -> str:
    """A cell's text without invisible characters, with plain line breaks and no space around it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = _CONTROLS.sub("", text)
    return text.strip()


class Gathering:
    """Rows as they come in, counted, so that no file can fill the memory."""

    def __init__(self) -> None:
        self.cells = 0

    def count(self, row_number: int, texts: Sequence[str]) -> None:
        """Raises ``Unreadable`` when the file is larger than a sheet of questions can sensibly be."""
        width = len(texts)
        self.cells += width
        if max(map(len, texts)) > LONGEST_CELL:
            raise Unreadable(f"第 {row_number} 行有一格超过 {LONGEST_CELL} 个字，请改短或拆开后再上传。")
        if width > MOST_COLUMNS:
            raise Unreadable(f"第 {row_number} 行有 {width} 列，超过 {MOST_COLUMNS} 列的上限。请删掉多余的列再上传。")
        if self.cells > MOST_CELLS:
            raise Unreadable(f"表格超过 {MOST_CELLS // 10_000} 万格，请拆成几个文件再上传。")
