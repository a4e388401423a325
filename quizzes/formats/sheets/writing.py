"""Questions to an Excel sheet that ``read_sheet`` reads again as the same questions.

The sheet's name tells the reader to take every text to the letter. A cell that a program might run as a formula
gets an apostrophe before it, also for those who save the sheet as CSV; the reader takes it off again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from quizzes.formats.found import FALSE, TRUE, FoundQuestion, Unwritable
from quizzes.formats.sheets.cells import EXPORT_SHEET, LONGEST_CELL
from quizzes.formats.sheets.escapes import escape, joined
from quizzes.formats.sheets.kinds import NAMES
from quizzes.rules.questions import (
    Cloze,
    Fill,
    FreeText,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Single,
    TrueFalse,
)
from quizzes.rules.vocabulary import Platform

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

BEFORE, AFTER = ("题型", "题干"), ("答案", "解析", "分值", "难度", "知识点", "平台", "标签", "单位", "评分点", "编号")
WIDTHS = {"题型": 11, "题干": 48, "答案": 16, "解析": 40, "评分点": 30, "知识点": 14}
FEWEST_OPTIONS, MOST_LETTERS = 4, 26
PLATFORM_NAMES = {
    Platform.ALL: "通用",
    Platform.TMALL: "天猫",
    Platform.TAOBAO: "淘宝",
    Platform.DOUYIN: "抖音",
    Platform.VIP: "唯品会",
}
_RUNNABLE = re.compile(r"'*[=+\-@＝＋－＠\t]")
_NUMBER = re.compile(r"[-+]?[0-9]{1,12}(?:\.[0-9]{1,12})?%?")

Cells = tuple[list[str], list[str], str, str, str]  # options, their reasons, answer, unit, rubric


def write_sheet(questions: Sequence[FoundQuestion]) -> bytes:
    """An .xlsx with one row a question. Raises ``Unwritable`` where a text is too long for a cell."""
    from xlsxwriter import Workbook  # takes long to load, and only who writes sheets needs it

    rows = [_cells(question) for question in questions]
    options = max([FEWEST_OPTIONS, *(len(row[0]) for row in rows)])
    whys = max([0, *(len(row[1]) for row in rows)])
    names = [option_name(place) for place in range(1, max(options, whys) + 1)]
    headers = [*BEFORE, *names[:options], *AFTER, *(f"{name}说明" for name in names[:whys])]
    stream = BytesIO()
    with Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(EXPORT_SHEET)
        lay_out(book, sheet, headers)
        for number, (question, cells) in enumerate(zip(questions, rows, strict=True), 1):
            for column, value in enumerate(_row(question, cells, options, whys)):
                _write(sheet, number, column, value)
    return stream.getvalue()


def option_name(place: int) -> str:
    """The header of an option column, ``place`` from 1."""
    return f"选项{chr(64 + place)}" if place <= MOST_LETTERS else f"选项{place}"


def lay_out(book: "Workbook", sheet: "Worksheet", headers: Sequence[str]) -> None:
    """The header row, kept in sight; columns as text, so that Excel makes no dates of what is typed later."""
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True, "valign": "vcenter"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, header in enumerate(headers):
        sheet.set_column(column, column, WIDTHS.get(header, 18 if header.startswith("选项") else 10), text)
    write_headers(sheet, headers, bold)
    sheet.freeze_panes(1, 2)


def write_headers(sheet: "Worksheet", headers: Iterable[str], bold: "Format") -> None:
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header, bold)


def harmless(text: str) -> str:
    """The text so that no program takes it for a formula; plain numbers stay as they are."""
    return f"'{text}" if _RUNNABLE.match(text) and not _NUMBER.fullmatch(text) else text


def _write(sheet: "Worksheet", row: int, column: int, value: str | Decimal | int | None) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        text = harmless(value)
        if len(text) > LONGEST_CELL:
            raise Unwritable(f"第 {row} 题有一处超过 {LONGEST_CELL} 个字，放不进 Excel 的一格。请先改短再导出。")
        sheet.write_string(row, column, text)
    else:
        sheet.write_number(row, column, float(value))


def _row(question: FoundQuestion, cells: Cells, options: int, whys: int) -> Iterator[str | Decimal | int | None]:
    texts, reasons, answer, unit, rubric = cells
    platforms = {platform.value: name for platform, name in PLATFORM_NAMES.items()}
    yield NAMES[question.kind]
    yield question.stem
    yield from [*texts, *[""] * (options - len(texts))]
    yield answer
    yield question.explanation
    yield question.marks
    yield question.difficulty
    yield question.topic
    yield platforms.get(question.platform, question.platform)
    yield joined(question.tags, "；")
    yield unit
    yield rubric
    yield question.name
    yield from [*reasons, *[""] * (whys - len(reasons))]


def _cells(question: FoundQuestion) -> Cells:
    match question.content:
        case Single(options) | Multiple(options):
            if len(options) > MOST_LETTERS:
                raise Unwritable(f"“{question.stem[:20]}”有 {len(options)} 个选项，字母不够用，不能导出到 Excel。")
            key = "".join(chr(65 + n) for n, option in enumerate(options) if option.correct)
            whys = [option.why for option in options] if any(option.why for option in options) else []
            return [option.text for option in options], whys, key, "", ""
        case TrueFalse(answer):
            return [], [], TRUE if answer else FALSE, "", ""
        case Fill(blanks):
            return [], [], "；".join(joined(words, "/", also="；") for words in blanks), "", ""
        case Numeric(value, tolerance, unit):
            return [], [], f"{value:f}" + (f"±{tolerance:f}" if tolerance else ""), unit, ""
        case Matching(pairs, extra):
            sides = [(pair.left.text, pair.right.text) for pair in pairs] + [("", part.text) for part in extra]
            return [f"{escape(left, '→')}→{escape(right, '→')}" for left, right in sides], [], "", "", ""
        case Ordering(items):
            texts = [item.text for item in items]
            if sorted(question.displayed) != sorted(texts) or len(texts) > MOST_LETTERS:
                return [], [], joined(texts, "；"), "", ""
            key = "".join(chr(65 + question.displayed.index(text)) for text in texts)
            return list(question.displayed), [], key, "", ""
        case Cloze(gaps):
            choices = [joined((option.text for option in gap), "/") for gap in gaps]
            right = joined((option.text for gap in gaps for option in gap if option.correct), "；")
            whys = [joined((option.why for option in gap), "/") for gap in gaps]
            return choices, whys if any(why.strip("/") for why in whys) else [], right, "", ""
        case FreeText(rubric, sample):
            lines = joined_lines(f"{line.points} 分：{line.text}" for line in rubric)
            return [], [], sample, "", lines


def joined_lines(lines: Iterable[str]) -> str:
    return "\n".join(escape(line, "\n") for line in lines)
