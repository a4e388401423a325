"""A workbook → a document: each sheet under its name, its rows as tables with what stands above and below them."""

from collections.abc import Iterator, Sequence

from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.opening import read_sheets
from trainer.readers.limits import Pieces, check_pages, stem_of
from trainer.rules.document import Block, BlockKind, Document, Doubt


def read_sheet_document(data: bytes, name: str) -> Document:
    """Raises ``Unreadable``. ``line`` counts the rows of each sheet; hidden sheets are left out, and told."""
    sheets = read_sheets(data, name)
    check_pages(len(sheets), "个工作表")
    pieces = Pieces()
    for sheet in sheets:
        if sheet.hidden:
            for row in sheet.rows:
                pieces.leave_out(row.number, row.text, f"隐藏的工作表“{sheet.name}”")
            continue
        if sheet.rows and len(sheets) > 1:
            pieces.add(Block(BlockKind.HEADING, sheet.name, sheet.rows[0].number, f"工作表“{sheet.name}”", level=1))
        for block in _blocks(sheet):
            pieces.add(block)
        for row in sheet.rows:
            for place, doubt in row.doubts.items():
                pieces.doubts.append(Doubt(row.number, row.cell(place), doubt.reason))
    return pieces.document("sheet", stem_of(name))


def _blocks(sheet: Sheet) -> Iterator[Block]:
    place = f"工作表“{sheet.name}”"
    for group in _together(sheet.rows):
        rows = list(group)
        while rows and _alone(rows[0]):  # a title, or a line of instructions
            yield Block(BlockKind.PARAGRAPH, _texts(rows[0])[0], rows[0].number, place)
            rows.pop(0)
        tail: list[Row] = []
        while rows and _alone(rows[-1]):
            tail.insert(0, rows.pop())
        if rows:
            yield _table(rows, place)
        for row in tail:
            yield Block(BlockKind.PARAGRAPH, _texts(row)[0], row.number, place)


def _together(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows without a blank one between them."""
    group: list[Row] = []
    for row in rows:
        if group and row.number != group[-1].number + 1:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _texts(row: Row) -> list[str]:
    return [cell for cell in row.cells if cell]


def _alone(row: Row) -> bool:
    return len(_texts(row)) == 1


def _table(rows: Sequence[Row], place: str) -> Block:
    """The rows as a table, without the columns before the first that holds something."""
    width = max(len(row.cells) for row in rows)
    left = next(n for n in range(width) if any(row.cell(n) for row in rows))
    cells = tuple(tuple(row.cell(n) for n in range(left, width)) for row in rows)
    return Block(BlockKind.TABLE, "", rows[0].number, place, rows=cells, header=len(rows) > 1)
