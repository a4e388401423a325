"""All rows of one sheet: titles above the header, blocks with headers of their own, cells merged over several rows."""

from collections.abc import Iterator

from quizzes.formats.found import Removed
from quizzes.formats.sheets.block import Block, Read
from quizzes.formats.sheets.cells import EXPORT_SHEET, Row, Sheet
from quizzes.formats.sheets.headers import header_columns, mapping_for, says_stem
from quizzes.formats.sheets.kinds import kind_of
from quizzes.formats.sheets.mapping import Field, Mapping
from quizzes.formats.sheets.parts import Section

_SHARED = frozenset({Field.KIND, Field.TOPIC, Field.PLATFORM, Field.DIFFICULTY, Field.MARKS, Field.TAGS})


def questions_of(sheet: Sheet, mapping: Mapping) -> Iterator[Read]:
    """Every row of the sheet as a question, held, or removed; blank rows are none.

    A further header row inside the sheet begins a new block, read by its own words.
    """
    shared = {n for n, column in enumerate(mapping.columns) if column.field in _SHARED}
    rows = sheet.filled_down(shared)
    kind = kind_of(sheet.name)
    said = Section(kind if kind is not None else None)
    for row in rows:
        if mapping.header is not None and row.number <= mapping.header:
            reason = "表头" if row.number == mapping.header else "表头上方的标题或说明"
            yield Removed(row.number, row.text, reason)
    body = [row for row in rows if mapping.header is None or row.number > mapping.header]
    stem = next(n for n, column in enumerate(mapping.columns) if column.field == Field.STEM)
    start = 0
    for place, row in enumerate(body):
        text = row.cell(stem)
        if text and sheet.name != EXPORT_SHEET and says_stem(text) and _is_header(row):
            block = Block(sheet, mapping, body[start:place], said)
            yield from block.read()
            said, start = block.section, place + 1
            yield Removed(row.number, row.text, "重复的表头")
            if row.cells != mapping.headers:
                mapping = mapping_for(sheet.name, row.number, row.cells, body[start:])
                stem = next((n for n, column in enumerate(mapping.columns) if column.field == Field.STEM), stem)
    yield from Block(sheet, mapping, body[start:], said).read()


def _is_header(row: Row) -> bool:
    known = [column for column in header_columns(row.cells) if column.field != Field.IGNORE]
    return len(known) >= 2 and len(known) * 2 >= sum(map(bool, row.cells))
