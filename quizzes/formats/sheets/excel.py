"""Excel's .xlsx: its sheets as text cells, streamed, so that what a file declares never sizes our memory."""

import posixpath
import re
from collections.abc import Iterator

from quizzes.formats.archive import Archive
from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.cells import EXPORT_SHEET, MOST_SHEETS, Sheet
from quizzes.formats.sheets.excel_rows import RowReader, unescaped
from quizzes.formats.sheets.excel_usual import usual_texts
from quizzes.formats.sheets.numbers import BUILT_IN
from quizzes.formats.sheets.xml_events import DAMAGED, attribute, feed, local, parser

MOST_TEXTS = 2_000_000


def read_excel(archive: Archive) -> list[Sheet]:
    """Every sheet of a workbook. Raises ``Unreadable`` where there is none or it is too large."""
    workbook = _Workbook(archive)
    codes = _styles(archive, workbook.part("styles"))
    texts = _shared_texts(archive, workbook.part("sharedStrings"))
    reader = RowReader(codes, texts, since_1904=workbook.since_1904)
    sheets = []
    for name, part, hidden in workbook.sheets():
        rows, spans = reader.read(archive.read(part), exact=name == EXPORT_SHEET)
        sheets.append(Sheet(name, rows, hidden, spans))
    return sheets


class _Workbook:
    """The list of sheets and where each one's part is."""

    def __init__(self, archive: Archive):
        self.archive = archive
        self.path = self._main_part()
        self.parts: dict[str, tuple[str, str]] = {}  # id → (type, path)
        self.listed: list[tuple[str, str, bool]] = []
        self.since_1904 = False
        folder, name = posixpath.split(self.path)
        self.parts = _relationships(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
        feed(parser(self._start, lambda _: None), archive.read(self.path))

    def _main_part(self) -> str:
        for type_, path in _relationships(self.archive, "_rels/.rels", "").values():
            if type_ == "officeDocument":
                return path
        return "xl/workbook.xml"

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "sheet":
                hidden = attributes.get("state", "visible") != "visible"
                self.listed.append((attributes.get("name", ""), attribute(attributes, "id"), hidden))
            case "workbookPr":
                self.since_1904 = attributes.get("date1904", "") in ("1", "true", "on")

    def sheets(self) -> Iterator[tuple[str, str, bool]]:
        """Name, part and whether it is hidden. Sheets of charts have no rows and are left out."""
        if len(self.listed) > MOST_SHEETS:
            raise Unreadable(f"文件里有 {len(self.listed)} 个工作表，超过 {MOST_SHEETS} 个的上限。请拆成几个文件。")
        for name, key, hidden in self.listed:
            type_, path = self.parts.get(key, ("", ""))
            if type_ == "worksheet":
                yield name, path, hidden
        if not any(self.parts.get(key, ("",))[0] == "worksheet" for _, key, _ in self.listed):
            raise Unreadable("文件里没有工作表。请检查后重新选择。")

    def part(self, type_: str) -> str:
        return next((path for kind, path in self.parts.values() if kind == type_ and path in self.archive), "")


def _relationships(archive: Archive, path: str, folder: str) -> dict[str, tuple[str, str]]:
    """By id: the last word of the type, and the part inside the archive. External ones are left out."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], place)

    if path in archive:
        feed(parser(start, lambda _: None), archive.read(path))
    return found


def _styles(archive: Archive, path: str) -> list[str]:
    """The number format of every cell style, by the style's place."""
    own: dict[int, str] = {}
    styles: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        match local(name):
            case "numFmt":
                own[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            case "cellXfs":
                inside = True
            case "xf" if inside and len(styles) < 100_000:
                styles.append(_whole(attributes.get("numFmtId")))

    def end(name: str) -> None:
        nonlocal inside
        if local(name) == "cellXfs":
            inside = False

    if path:
        feed(parser(start, end), archive.read(path))
    return [own.get(style, BUILT_IN.get(style, "General")) for style in styles]


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else 0


def _shared_texts(archive: Archive, path: str) -> list[str]:
    """The texts that cells refer to by number, without the readings (phonetic runs) of their characters."""
    texts: list[str] = []
    pieces: list[str] = []
    silent = 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal silent
        match local(name):
            case "si":
                pieces.clear()
            case "rPh":
                silent += 1
            case "t" if not silent:
                made.CharacterDataHandler = pieces.append

    def end(name: str) -> None:
        nonlocal silent
        match local(name):
            case "t":
                made.CharacterDataHandler = None
            case "rPh":
                silent -= 1
            case "si":
                if len(texts) >= MOST_TEXTS:
                    raise Unreadable(DAMAGED)
                texts.append(unescaped("".join(pieces)))

    if not path:
        return []
    data = archive.read(path)
    usual = usual_texts(data)
    if usual is not None:
        return [unescaped(text) for text in usual]
    made = parser(start, end)
    feed(made, data)
    return texts
