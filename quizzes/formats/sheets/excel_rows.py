"""The rows of one sheet of an .xlsx, cell by cell."""

import re
from itertools import pairwise

from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    NO_DOUBTS,
    Doubt,
    Gathering,
    Row,
    Span,
    clean,
)
from quizzes.formats.sheets.excel_usual import UsualCells, usual_cells, with_entities
from quizzes.formats.sheets.numbers import shown
from quizzes.formats.sheets.xml_events import DAMAGED, feed, local, parser

ERRORS = "这一格是 Excel 的错误值（{text}），原来的内容已经不在了，请在原文件里改好"
NOT_COMPUTED = Doubt("这一格是公式，文件里没有存它的结果。请用 Excel 打开、保存一次，或改成固定的内容")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
MOST_SPANS = 20_000


def unescaped(text: str) -> str:
    """Excel writes characters that XML cannot hold as ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class RowReader:
    """Reads sheets that share styles and texts."""

    def __init__(self, codes: list[str], texts: list[str], *, since_1904: bool):
        self.codes, self.since_1904 = codes, since_1904
        self.texts, self.clean_texts = texts, [clean(text) for text in texts]
        self.gathering = Gathering()
        self.columns: dict[str, int] = {}
        self.plain = {str(style) for style, code in enumerate(codes) if code in ("General", "@")} | {""}

    def read(self, data: bytes, *, exact: bool = False) -> tuple[tuple[Row, ...], tuple[Span, ...]]:
        """The rows that are not blank and the cells merged downwards; ``exact`` leaves every text as it is.

        Raises ``Unreadable`` where the sheet is damaged or larger than ``cells`` allows.
        """
        usual = usual_cells(data)
        if usual is not None:
            spans = [span for area in usual.merged[:MOST_SPANS] for span in _span(area)]
            return _in_order(self._usual_rows(usual, exact=exact)), tuple(spans)
        return self._read_events(data, exact=exact)

    def _usual_rows(self, usual: UsualCells, *, exact: bool) -> list[Row]:
        texts, columns, plain = self.texts if exact else self.clean_texts, self.columns, self.plain
        rows: list[Row] = []
        cells: dict[int, str] = {}
        doubts: dict[int, Doubt] = {}
        row = ""
        for letters, number, style, kind, value, inline in usual.cells:
            if number != row:
                if cells or doubts:
                    rows.append(self._row(int(row), cells, doubts, len(rows)))
                    cells.clear()
                    doubts.clear()
                row = number
            column = columns[letters] if letters in columns else self._column(letters)
            if kind == "s":
                text = _shared(texts, value)
            elif kind in ("", "n"):
                if style in plain and value.isdigit() and len(value) < 16:
                    text = value
                else:
                    text = self._number(value.strip(), style, column, doubts)
            else:
                text = unescaped(with_entities(inline or value))
                if not exact:
                    text = clean(text)
            if text:
                cells[column] = text
        if cells or doubts:
            rows.append(self._row(int(row), cells, doubts, len(rows)))
        return rows

    def _read_events(self, data: bytes, *, exact: bool) -> tuple[tuple[Row, ...], tuple[Span, ...]]:
        texts = self.texts if exact else self.clean_texts
        columns = self.columns
        rows: list[Row] = []
        spans: list[Span] = []
        cells: dict[int, str] = {}
        doubts: dict[int, Doubt] = {}
        pieces: list[str] = []
        prefix = ""
        row_number = column = -1
        kind = style = ""
        formula = False
        silent = 0
        c, v, t, row_name = "c", "v", "t", "row"
        row_number = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal row_number, column, kind, style, formula, silent, prefix, c, v, t, row_name
            if name == c:
                get = attributes.get
                reference = get("r")
                if reference is None:
                    column += 1
                else:
                    letters = reference.rstrip("0123456789")
                    column = columns[letters] if letters in columns else self._column(letters)
                kind, style = get("t", ""), get("s", "")
                formula = False
                pieces.clear()
            elif name == v or (name == t and not silent):
                made.CharacterDataHandler = pieces.append
            elif name == row_name:
                row_number = _row_number(attributes.get("r"), row_number)
                column = -1
                cells.clear()
                doubts.clear()
            elif name == f"{prefix}f":
                formula = True
            elif name == f"{prefix}rPh":
                silent += 1
            elif name == f"{prefix}mergeCell" and len(spans) < MOST_SPANS:
                spans.extend(_span(attributes.get("ref", "")))
            elif local(name) == "worksheet":
                prefix = name.removesuffix("worksheet")
                c, v, t, row_name = f"{prefix}c", f"{prefix}v", f"{prefix}t", f"{prefix}row"

        def end(name: str) -> None:
            nonlocal silent
            if name in (v, t):
                made.CharacterDataHandler = None
            elif name == c:
                text = "".join(pieces)
                if kind == "s":
                    text = _shared(texts, text)
                elif kind in ("inlineStr", "str"):
                    text = unescaped(text) if exact else clean(unescaped(text)) if text else text
                elif kind in ("", "n"):
                    if style not in self.plain or not (text.isdigit() and len(text) < 16):
                        text = self._number(text.strip(), style, column, doubts)
                else:
                    text = _special(text.strip(), kind, column, doubts)
                if text:
                    cells[column] = text
                elif formula and kind != "str":
                    doubts[column] = NOT_COMPUTED
            elif name == row_name:
                if cells or doubts:
                    rows.append(self._row(row_number, cells, doubts, len(rows)))
            elif name == f"{prefix}rPh":
                silent -= 1

        made = parser(start, end)
        feed(made, data)
        return _in_order(rows), tuple(spans)

    def _row(self, number: int, cells: dict[int, str], doubts: dict[int, Doubt], so_far: int) -> Row:
        width = max((*cells, *doubts)) + 1
        if width > MOST_COLUMNS:
            raise Unreadable(f"第 {number} 行用到了第 {width} 列，超过 {MOST_COLUMNS} 列的上限。请删掉多余的列再上传。")
        if so_far >= MOST_ROWS:
            raise Unreadable(f"一个工作表超过 {MOST_ROWS // 10_000} 万行，请拆成几个文件再上传。")
        if len(cells) == width:
            texts = tuple(cells.values()) if list(cells) == list(range(width)) else None
        else:
            texts = None
        if texts is None:
            texts = tuple([cells.get(column, "") for column in range(width)])
        self.gathering.count(number, texts)
        return Row(number, texts, dict(doubts) if doubts else NO_DOUBTS)

    def _column(self, letters: str) -> int:
        column = 0
        for letter in letters.upper():
            if not "A" <= letter <= "Z" or column > MOST_COLUMNS * 100:
                raise Unreadable(DAMAGED)
            column = column * 26 + ord(letter) - 64
        self.columns[letters] = column - 1
        return column - 1

    def _number(self, text: str, style: str, column: int, doubts: dict[int, Doubt]) -> str:
        if not text:
            return ""
        try:
            code = self.codes[int(style)] if style else "General"
        except (ValueError, IndexError):
            code = "General"
        shows, doubt = shown(text, code, since_1904=self.since_1904)
        if doubt:
            doubts[column] = doubt
        return clean(shows)


def _shared(texts: list[str], place: str) -> str:
    try:
        return texts[int(place)]
    except (ValueError, IndexError):
        if not place.strip():
            return ""
        raise Unreadable(DAMAGED) from None


def _special(text: str, kind: str, column: int, doubts: dict[int, Doubt]) -> str:
    match kind:
        case "b":
            return "TRUE" if text in ("1", "true") else "FALSE"
        case "e":
            doubts[column] = Doubt(ERRORS.format(text=clean(text)[:20]))
            return clean(text)
        case "d":  # a date written out, which few programs do
            return text.removesuffix("T00:00:00").replace("T", " ")
    return clean(text)


def _row_number(reference: str | None, before: int) -> int:
    if reference is None:
        return before + 1
    if not (reference.isascii() and reference.isdigit() and len(reference) <= 7 and int(reference) > 0):
        raise Unreadable(DAMAGED)
    return int(reference)


def _span(reference: str) -> list[Span]:
    """The columns of a merged area that goes down over several rows."""
    found = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(found) != 2 or found[0] is None or found[1] is None:
        return []
    (left, top), (right, bottom) = ((_number_of(m[1]), int(m[2])) for m in found if m)
    if top >= bottom or not 0 <= right - left < MOST_COLUMNS:
        return []
    return [Span(left, top, min(bottom, top + MOST_ROWS))] if left == right else []


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _in_order(rows: list[Row]) -> tuple[Row, ...]:
    if all(one.number < two.number for one, two in pairwise(rows)):
        return tuple(rows)
    return tuple(sorted(rows, key=lambda row: row.number))
