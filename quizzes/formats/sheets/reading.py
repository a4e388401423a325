"""A file of sheets to questions: open it, say what each column means, read the rows."""

import re
from collections.abc import Mapping as Known
from collections.abc import Sequence
from dataclasses import replace

from quizzes.formats.found import FoundQuestion, Held, QuestionsFound, Removed, Unreadable
from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.headers import FIRST_ROWS, guess, mapping_for
from quizzes.formats.sheets.mapping import Mapping, SheetMappings
from quizzes.formats.sheets.opening import read_sheets
from quizzes.formats.sheets.rows import questions_of

FORMAT = "sheet"


def guess_mapping(data: bytes, filename: str) -> SheetMappings:
    """How ``read_sheet`` would read the file: to be shown, corrected and given back. Raises ``Unreadable``."""
    return guess_mappings(read_sheets(data, filename))


def read_sheet(data: bytes, filename: str, mapping: SheetMappings | None = None) -> QuestionsFound:
    """The questions of a .xlsx, .xls, .ods, .csv or .tsv, by ``mapping`` or else by a guess.

    Raises ``Unreadable`` where the file cannot be read or holds no questions.
    """
    sheets = read_sheets(data, filename)
    return questions_in(sheets, mapping or guess_mappings(sheets))


def guess_mappings(sheets: Sequence[Sheet]) -> SheetMappings:
    """A guess for each sheet. Where one has a clear header, those without any are not questions."""
    guesses = [guess(sheet) for sheet in sheets]
    if any(mapping.header is not None and mapping.is_read for mapping in guesses):
        guesses = [
            mapping if mapping.header is not None and not sheet.hidden else _unread(sheet)
            for sheet, mapping in zip(sheets, guesses, strict=True)
        ]
    return SheetMappings(tuple(guesses))


def mappings_by_headers(sheets: Sequence[Sheet], names: Known[str, str]) -> SheetMappings:
    """With columns that a person named by their header; ``names``: header → code. The others are guessed.

    The row in which most of the names stand is the header. Raises ``InvalidMapping``.
    """
    wanted = {re.sub(r"\s+", "", name) for name in names}

    def found(row: Row) -> int:
        return sum(re.sub(r"\s+", "", cell) in wanted for cell in row.cells)

    guesses = []
    for sheet, guessed in zip(sheets, guess_mappings(sheets).sheets, strict=True):
        row = max(sheet.rows[:FIRST_ROWS], key=found, default=None)
        if row and found(row):
            body = [other for other in sheet.rows if other.number > row.number]
            guessed = replace(mapping_for(sheet.name, row.number, row.cells, body), sure=True)
        guesses.append(guessed)
    return SheetMappings(tuple(guesses)).naming(names)


def _unread(sheet: Sheet) -> Mapping:
    return Mapping(sheet.name, None, (), (), sure=True)


def questions_in(sheets: Sequence[Sheet], mappings: SheetMappings) -> QuestionsFound:
    """Raises ``Unreadable`` where no sheet is read by the mappings."""
    questions: list[FoundQuestion] = []
    held: list[Held] = []
    removed: list[Removed] = []
    by_name = {mapping.sheet: mapping for mapping in mappings.sheets}
    any_read = False
    for place, sheet in enumerate(sheets):
        mapping = mappings.sheets[place] if place < len(mappings.sheets) else None
        if mapping is None or mapping.sheet != sheet.name:
            mapping = by_name.get(sheet.name)
        if mapping is None or not mapping.is_read:
            why = f"工作表“{sheet.name}”{'是隐藏的' if sheet.hidden else '里没有试题的表头'}，没有导入"
            removed += [Removed(row.number, row.text, why) for row in sheet.rows]
            continue
        any_read = True
        for found in questions_of(sheet, mapping):
            match found:
                case FoundQuestion():
                    questions.append(found)
                case Held():
                    held.append(found)
                case Removed():
                    removed.append(found)
    if not any_read:
        raise Unreadable(
            "没有在表格里找到试题。表头要有“题干”和“答案”（或“选项”），可以下载我们的模板照着填，或手工指定每一列的含义。"
        )
    return QuestionsFound(FORMAT, tuple(questions), tuple(held), tuple(removed))
