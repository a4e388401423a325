"""OpenDocument sheets (.ods): what each cell shows is in the file; repeats are counted before they are laid out."""

import re
from datetime import date

from quizzes.formats.archive import Archive
from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    NO_DOUBTS,
    Doubt,
    Gathering,
    Row,
    Sheet,
    clean,
)
from quizzes.formats.sheets.numbers import doubtful, general
from quizzes.formats.sheets.xml_events import attribute, feed, local, parser

_CERTAIN = re.compile(r"\d{1,2}[-/.]\d{1,2}|.*\d{4}.*")
_TIME = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d{0,12})?S")
_ERROR = Doubt("这一格是公式的错误值，原来的内容已经不在了，请在原文件里改好")


def read_open_document(archive: Archive) -> list[Sheet]:
    """Every sheet. Raises ``Unreadable`` where the file is damaged or too large."""
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable("文件设了打开密码。请先去掉密码，另存后再试。")
    content = _Content()
    content.run(archive.read("content.xml"))
    if not content.sheets:
        raise Unreadable("文件里没有工作表。请检查后重新选择。")
    return content.sheets


class _Content:
    """What has been read so far."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.gathering = Gathering()
        self.name, self.number = "", 0
        self.rows: list[Row] = []
        self.cells: list[str] = []
        self.doubts: dict[int, Doubt] = {}
        self.attributes: dict[str, str] = {}
        self.repeated_rows = 1
        self.paragraphs: list[list[str]] = []
        self.depth_in_cell = self.silent = 0

    def run(self, data: bytes) -> None:
        self.parser = parser(self._start, self._end)
        feed(self.parser, data)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "table":
                if len(self.sheets) >= MOST_SHEETS:
                    raise Unreadable(f"文件里的工作表超过 {MOST_SHEETS} 个。请拆成几个文件。")
                self.name, self.rows, self.number = attribute(attributes, "name"), [], 0
            case "table-row":
                self.repeated_rows = _count(attribute(attributes, "number-rows-repeated"))
                self.cells, self.doubts = [], {}
            case "table-cell" | "covered-table-cell":
                self.attributes, self.paragraphs, self.depth_in_cell = attributes, [], 1
            case "annotation":
                self.silent += 1
            case "p" if self.depth_in_cell and not self.silent:
                self.paragraphs.append([])
                self.parser.CharacterDataHandler = self.paragraphs[-1].append
            case "s" if self.paragraphs and not self.silent:
                self.paragraphs[-1].append(" " * min(_count(attribute(attributes, "c")), 100))
            case "tab" if self.paragraphs and not self.silent:
                self.paragraphs[-1].append("\t")
            case "line-break" if self.paragraphs and not self.silent:
                self.paragraphs[-1].append("\n")

    def _end(self, name: str) -> None:
        match local(name):
            case "p":
                self.parser.CharacterDataHandler = None
            case "annotation":
                self.silent -= 1
            case "table-cell" | "covered-table-cell" if self.depth_in_cell:
                self.depth_in_cell = 0
                self._cell()
            case "table-row":
                self._row()
            case "table":
                self.sheets.append(Sheet(self.name, tuple(self.rows)))

    def _cell(self) -> None:
        shown = clean("\n".join("".join(pieces) for pieces in self.paragraphs))
        text, doubt = _read(shown, self.attributes)
        times = _count(attribute(self.attributes, "number-columns-repeated"))
        if not text:
            self.cells += [""] * min(times, MOST_COLUMNS + 1)
        for _ in range(min(times, MOST_COLUMNS + 1) if text else 0):
            if doubt:
                self.doubts[len(self.cells)] = doubt
            self.cells.append(text)

    def _row(self) -> None:
        while self.cells and not self.cells[-1]:
            self.cells.pop()
        for _ in range(self.repeated_rows if self.cells else 0):
            self.number += 1
            self.gathering.count(self.number, self.cells)
            if len(self.rows) >= MOST_ROWS:
                raise Unreadable(f"一个工作表超过 {MOST_ROWS // 10_000} 万行，请拆成几个文件再上传。")
            self.rows.append(Row(self.number, tuple(self.cells), self.doubts or NO_DOUBTS))
        if not self.cells:
            self.number += self.repeated_rows


def _count(text: str) -> int:
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,8}", text) else 1


def _read(shown: str, attributes: dict[str, str]) -> tuple[str, Doubt | None]:
    """The text of a cell, by what it shows and by the value that stands behind it."""
    match attribute(attributes, "value-type"):
        case "error":
            return shown, _ERROR
        case "date":
            return _date(shown, attribute(attributes, "date-value"))
        case "time":
            found = _TIME.fullmatch(attribute(attributes, "time-value"))
            if found and not int(found[3]):
                return f"{int(found[1])}:{int(found[2]):02}", None
        case "boolean":
            return ("TRUE" if attribute(attributes, "boolean-value") == "true" else "FALSE"), None
        case ("float" | "currency" | "percentage") as kind if not shown or "E" in shown or "#" in shown:
            return _number(attribute(attributes, "value"), shown, percent=kind == "percentage")
        case "string" if not shown:
            return clean(attribute(attributes, "string-value")), None
        case "string" if shown.startswith(("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "Err:")):
            return shown, _ERROR
    return shown, None


def _number(value: str, shown: str, *, percent: bool) -> tuple[str, Doubt | None]:
    try:
        number = float(value)
    except ValueError:
        return shown, None
    if number != number or abs(number) > 1e300:
        return shown, _ERROR
    return (f"{general(number * 100)}%" if percent else general(number)), None


def _date(shown: str, value: str) -> tuple[str, Doubt | None]:
    if _CERTAIN.fullmatch(shown):
        return shown, None
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return shown, Doubt("这一格是日期，看不出原来写的是什么，请改成文本")
    typed = (f"{day.month}-{day.day}", f"{day.month}/{day.day}", f"{day.year}/{day.month}/{day.day}")
    return doubtful(shown or value[:10], typed)
