"""Guessing columns from what stands in them, where no header tells."""

import re
from collections.abc import Iterable, Sequence

from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.kinds import kind_of
from quizzes.formats.sheets.mapping import IGNORED, Column, Field, Mapping

SAMPLE = 200
_KEY = re.compile(r"[A-Ha-hＡ-Ｈ](?:[\s,，、;；]*[A-Ha-hＡ-Ｈ]){0,7}|对|错|正确|错误|√|×|T|F|TRUE|FALSE", re.IGNORECASE)


def _share(rows: Sequence[Row], column: int, fits: re.Pattern[str]) -> float:
    cells = [text for row in rows[:SAMPLE] if (text := row.cell(column))]
    return sum(fits.fullmatch(text) is not None for text in cells) / len(cells) if cells else 0.0


def is_kind_column(rows: Sequence[Row], column: int) -> bool:
    """Whether most of the cells that are not blank name a kind of question."""
    cells = [text for row in rows[:SAMPLE] if (text := row.cell(column))]
    return bool(cells) and sum(kind_of(text) is not None for text in cells) * 2 > len(cells)


def longest_column(rows: Sequence[Row], among: Iterable[int]) -> int | None:
    """The column with most text in it, or ``None``."""
    sizes = {n: sum(len(row.cell(n)) for row in rows[:SAMPLE]) for n in among}
    best = max(sizes, key=lambda n: sizes[n], default=None)
    return best if best is not None and sizes[best] else None


def guess_by_content(sheet: Sheet) -> Mapping:
    """Kind, stem, options and key by their looks. Never ``sure``: every question has to be looked at."""
    rows = sheet.rows
    width = max((len(row.cells) for row in rows[:SAMPLE]), default=0)
    none = Mapping(sheet.name, None, (), tuple([IGNORED] * width), sure=False)
    keys = [n for n in range(width) if _share(rows, n, _KEY) >= 0.8]
    kinds = [n for n in range(width) if n not in keys and is_kind_column(rows, n)]
    stem = longest_column(rows, [n for n in range(width) if n not in keys and n not in kinds])
    if stem is None or not keys:
        return none
    key = next((n for n in keys if n > stem), keys[0])
    columns = [IGNORED] * width
    columns[stem], columns[key] = Column(Field.STEM), Column(Field.ANSWER)
    if kinds:
        columns[kinds[0]] = Column(Field.KIND)
    options = range(stem + 1, key) if key > stem else range(stem + 1, width)
    place = 0
    for n in options:
        if columns[n] == IGNORED and any(row.cell(n) for row in rows[:SAMPLE]):
            place += 1
            columns[n] = Column(Field.OPTION, place)
    return Mapping(sheet.name, None, (), tuple(columns), sure=False)
