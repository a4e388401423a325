"""Excel's old .xls (97 to 2003): its records read one by one, nothing sized by what a record declares."""

import struct
from collections.abc import Iterator

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
    Span,
    clean,
)
from quizzes.formats.sheets.compound import DAMAGED, stream
from quizzes.formats.sheets.excel_rows import ERRORS
from quizzes.formats.sheets.numbers import BUILT_IN, shown
from quizzes.formats.sheets.old_texts import Pieces, short_text, text

_BOF, _EOF, _BOUNDSHEET, _SST, _CONTINUE, _FORMAT, _XF, _DATEMODE, _FILEPASS = (
    0x809, 0x0A, 0x85, 0xFC, 0x3C, 0x41E, 0xE0, 0x22, 0x2F,
)  # fmt: skip
_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK, _BOOLERR, _FORMULA, _STRING, _MERGED = (
    0xFD, 0x204, 0xD6, 0x203, 0x27E, 0xBD, 0x205, 0x06, 0x207, 0xE5,
)  # fmt: skip
_BIFF8 = 0x600
_ERROR_TEXTS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

Record = tuple[int, bytes]


def read_old_excel(data: bytes) -> list[Sheet]:
    """Every sheet. Raises ``Unreadable`` where the file is damaged, locked, too old or too large."""
    try:
        return _Book(stream(data, "Workbook", "Book")).sheets()
    except (struct.error, IndexError, UnicodeDecodeError, ValueError, OverflowError):
        raise Unreadable(DAMAGED) from None


def _records(book: bytes, at: int) -> Iterator[Record]:
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


class _Book:
    """What all sheets share: texts, formats, and where each sheet begins."""

    def __init__(self, book: bytes):
        self.book = book
        self.listed: list[tuple[int, str, bool]] = []
        self.texts: list[str] = []
        self.gathering = Gathering()
        self.since_1904 = False
        formats: dict[int, str] = {}
        styles: list[int] = []
        shared: list[bytes] = []
        records = iter(_records(book, 0))
        before, first = next(records, (0, b""))
        if before != _BOF or struct.unpack_from("<H", first)[0] != _BIFF8:
            raise Unreadable("这个 .xls 是 Excel 95 或更早的格式。请用 Excel 或 WPS 另存为 .xlsx 后再试。")
        for kind, body in records:
            if kind == _EOF:
                break
            if kind == _FILEPASS:
                raise Unreadable("文件设了打开密码。请先去掉密码，另存后再试。")
            if kind == _BOUNDSHEET and body[5] == 0:  # a sheet of cells, no chart or macro
                self.listed.append((struct.unpack_from("<I", body)[0], short_text(body, 6), body[4] != 0))
            elif kind == _FORMAT:
                formats[struct.unpack_from("<H", body)[0]] = text(body, 2)
            elif kind == _XF:
                styles.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == _DATEMODE:
                self.since_1904 = body[:2] == b"\1\0"
            elif kind in (_SST, _CONTINUE) and (kind == _SST or (shared and before in (_SST, _CONTINUE))):
                shared.append(body)
            before = kind
        self.texts = _shared(shared)
        self.codes = [formats.get(style, BUILT_IN.get(style, "General")) for style in styles]

    def sheets(self) -> list[Sheet]:
        if not self.listed:
            raise Unreadable("文件里没有工作表。请检查后重新选择。")
        if len(self.listed) > MOST_SHEETS:
            raise Unreadable(f"文件里的工作表超过 {MOST_SHEETS} 个。请拆成几个文件。")
        return [_Cells(self, at).sheet(name, hidden) for at, name, hidden in self.listed]

    def number(self, value: float, style: int) -> tuple[str, Doubt | None]:
        code = self.codes[style] if style < len(self.codes) else "General"
        return shown(repr(value), code, since_1904=self.since_1904)


def _shared(pieces: list[bytes]) -> list[str]:
    """The texts that cells refer to; they run on over the records that continue the first."""
    if not pieces:
        return []
    count = struct.unpack_from("<I", pieces[0], 4)[0]
    reader = Pieces(pieces, 8)
    texts: list[str] = []
    while len(texts) < count and not reader.ended:
        texts.append(clean(reader.text()))
    return texts


class _Cells:
    """The cells of one sheet."""

    def __init__(self, book: _Book, at: int):
        self.book, self.at = book, at
        self.cells: dict[int, dict[int, str]] = {}
        self.doubts: dict[int, dict[int, Doubt]] = {}
        self.spans: list[Span] = []
        self.count = 0

    def sheet(self, name: str, hidden: bool) -> Sheet:
        formula: tuple[int, int] | None = None
        depth = 0
        for kind, body in _records(self.book.book, self.at):
            if kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif depth > 1:  # a chart inside the sheet
                continue
            elif kind == _STRING and formula:
                self._put(*formula, clean(text(body, 0)))
            elif kind == _FORMULA:
                formula = self._formula(body)
            else:
                self._read(kind, body)
        rows = []
        for number in sorted(self.cells.keys() | self.doubts.keys()):
            cells, doubts = self.cells.get(number, {}), self.doubts.get(number, NO_DOUBTS)
            texts = [cells.get(column, "") for column in range(max((*cells, *doubts)) + 1)]
            self.book.gathering.count(number + 1, texts)
            rows.append(Row(number + 1, tuple(texts), doubts))
        return Sheet(name, tuple(rows), hidden, tuple(self.spans))

    def _put(self, row: int, column: int, content: str, doubt: Doubt | None = None) -> None:
        if column >= MOST_COLUMNS or len(self.cells) > MOST_ROWS:
            raise Unreadable("表格太大，请拆成几个文件，另存为 .xlsx 再上传。")
        if content:
            self.cells.setdefault(row, {})[column] = content
        if doubt:
            self.doubts.setdefault(row, {})[column] = doubt

    def _number(self, row: int, column: int, style: int, value: float) -> None:
        self._put(row, column, *self.book.number(value, style))

    def _read(self, kind: int, body: bytes) -> None:
        if kind == _MERGED:
            for n in range(min(struct.unpack_from("<H", body)[0], 2000)):
                top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * n)
                if left == right and top < bottom:
                    self.spans.append(Span(left, top + 1, bottom + 1))
            return
        if kind not in (_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK, _BOOLERR):
            return
        row, column, style = struct.unpack_from("<3H", body)
        if kind == _LABELSST:
            place = struct.unpack_from("<I", body, 6)[0]
            self._put(row, column, self.book.texts[place])
        elif kind in (_LABEL, _RSTRING):
            self._put(row, column, clean(text(body, 6)))
        elif kind == _NUMBER:
            self._number(row, column, style, struct.unpack_from("<d", body, 6)[0])
        elif kind == _RK:
            self._number(row, column, style, _packed(body, 6))
        elif kind == _MULRK:
            for n in range((len(body) - 6) // 6):
                self._number(row, column + n, struct.unpack_from("<H", body, 4 + 6 * n)[0], _packed(body, 6 + 6 * n))
        else:
            self._special(row, column, body[6], is_error=body[7] == 1)

    def _special(self, row: int, column: int, value: int, *, is_error: bool) -> None:
        if is_error:
            error = _ERROR_TEXTS.get(value, "#N/A")
            self._put(row, column, error, Doubt(ERRORS.format(text=error)))
        else:
            self._put(row, column, "TRUE" if value else "FALSE")

    def _formula(self, body: bytes) -> tuple[int, int] | None:
        """The result of a formula; the place of the cell where it is a text, which the next record holds."""
        row, column, style = struct.unpack_from("<3H", body)
        if body[12:14] != b"\xff\xff":
            self._number(row, column, style, struct.unpack_from("<d", body, 6)[0])
        elif body[6] == 0:
            return row, column
        elif body[6] in (1, 2):
            self._special(row, column, body[8], is_error=body[6] == 2)
        return None


def _packed(body: bytes, at: int) -> float:
    """A number in the four bytes that small ones are kept in."""
    raw = struct.unpack_from("<I", body, at)[0]
    if raw & 2:
        value = float(struct.unpack_from("<i", body, at)[0] >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, raw & 0xFFFFFFFC))[0]
    return value / 100 if raw & 1 else value
