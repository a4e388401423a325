"""A Word file of questions → its lines with what stands out in them, tables and automatic numbers included.

Page headers and footers are other parts of the file and are not read.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from lxml import etree

from quizzes.formats.archive import Archive, Limits, open_archive
from quizzes.formats.found import QuestionsFound, Unreadable
from quizzes.formats.lines import Line, Stretch
from quizzes.formats.plain import read_lines
from quizzes.formats.trees import MEGABYTE, parse_xml
from quizzes.formats.word_numbers import Numbering, W, read_numbering
from quizzes.formats.word_runs import Look, boxes_of, look_of, write_paragraph

LIMITS = Limits(file_bytes=64 * MEGABYTE)
MOST_LINES = 200_000
_DEPTH = 8  # tables in tables, boxes in boxes
_MAIN = "word/document.xml"
_OFFICE_DOCUMENT = "/officeDocument"


@dataclass(frozen=True)
class _Style:
    """What a paragraph style says of its paragraphs: their look, and their list."""

    look: Look
    number_id: str = ""
    depth: int = 0


_PLAIN = _Style(Look())


@dataclass
class _Word:
    """The file while it is read. ``number`` counts paragraphs and rows of tables."""

    styles: dict[str, _Style]
    numbering: Numbering
    lines: list[Line] = field(default_factory=list)
    number: int = 0

    @property
    def looks(self) -> dict[str, Look]:
        return {name: style.look for name, style in self.styles.items()}


def read_docx(data: bytes, *, keep: Set[str] = frozenset()) -> QuestionsFound:
    """The questions of a .docx file. ``line`` counts its paragraphs and rows of tables. ``keep`` holds the ids of
    removals that are to be undone.

    Raises ``Unreadable`` for what is no Word file, is damaged, has a password or is built to hurt.
    """
    return read_lines(docx_lines(data), "docx", keep=keep)


def docx_lines(data: bytes) -> list[Line]:
    """The lines of a .docx file, in the order in which they are read. Raises ``Unreadable`` as ``read_docx``."""
    archive = open_archive(data, LIMITS)
    main = _main_part(archive)
    folder = main.rpartition("/")[0]
    root = parse_xml(archive.read(main))
    styles = _styles(_optional(archive, f"{folder}/styles.xml"))
    word = _Word(styles, read_numbering(_optional(archive, f"{folder}/numbering.xml")))
    body = root.find(f"{W}body")
    if body is None:
        raise Unreadable("文件里没有 Word 正文，可能已经损坏。请在 Word 或 WPS 里打开，另存后再试。")
    looks = word.looks
    for line in _blocks(word, body, looks, 0):
        if len(word.lines) >= MOST_LINES:
            raise Unreadable(f"文件超过 {MOST_LINES} 行，太长了。请拆成几个文件再导入。")
        word.lines.append(line)
    return word.lines


def _main_part(archive: Archive) -> str:
    """The part that is the document: by its usual name, or as the package says."""
    if _MAIN in archive:
        return _MAIN
    if "_rels/.rels" in archive:
        for link in parse_xml(archive.read("_rels/.rels")).iter("{*}Relationship"):
            target = (link.get("Target") or "").lstrip("/")
            if (link.get("Type") or "").endswith(_OFFICE_DOCUMENT) and target.startswith("word/") and target in archive:
                return target
    if "xl/workbook.xml" in archive:
        raise Unreadable("这是 Excel 文件，只是扩展名写成了 .docx。请把扩展名改回 .xlsx 再试。")
    if "ppt/presentation.xml" in archive:
        raise Unreadable("这是 PowerPoint 文件，只是扩展名写成了 .docx。请把扩展名改回 .pptx 再试。")
    raise Unreadable("这不是 Word 文件（.docx），或者已经损坏。请在 Word 或 WPS 里打开，另存后再试。")


def _optional(archive: Archive, name: str) -> etree._Element | None:
    return parse_xml(archive.read(name)) if name in archive else None


# --- styles ----------------------------------------------------------------------------------------------


def _styles(root: etree._Element | None) -> dict[str, _Style]:
    """The styles by their id, each with what it takes over from the one that it is based on."""
    if root is None:
        return {}
    found = {style.get(f"{W}styleId") or "": style for style in root.iter(f"{W}style")}
    default = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    styles: dict[str, _Style] = {}
    for name in found:
        chain: list[etree._Element] = []
        current: str | None = name
        while current in found and found[current] not in chain and len(chain) < 20:
            chain.append(found[current])
            current = _value(found[current], "basedOn")
        style = _Style(default)
        for element in reversed(chain):
            look = look_of(element.find(f"{W}rPr")).over(style.look)
            number_id, depth = _list(element.find(f"{W}pPr"))
            style = _Style(look, number_id or style.number_id, depth if number_id else style.depth)
        styles[name] = style
        if found[name].get(f"{W}default") == "1" and found[name].get(f"{W}type") == "paragraph":
            styles[""] = style
    return styles


def _value(parent: etree._Element | None, name: str) -> str | None:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val") if found is not None else None


def _list(properties: etree._Element | None) -> tuple[str, int]:
    """The list that a paragraph belongs to and its depth there. List 0 takes it out of its style's list."""
    numbers = properties.find(f"{W}numPr") if properties is not None else None
    if numbers is None:
        return "", 0
    depth = _value(numbers, "ilvl") or "0"
    return _value(numbers, "numId") or "", int(depth) if depth.isdecimal() and len(depth) < 3 else 0


# --- paragraphs and tables -------------------------------------------------------------------------------


def _blocks(word: _Word, parent: etree._Element, looks: dict[str, Look], depth: int) -> Iterator[Line]:
    if depth > _DEPTH:
        return
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(word, child, looks, depth)
        elif child.tag == f"{W}tbl":
            yield from _table(word, child, looks, depth)
        elif isinstance(child.tag, str) and child.tag not in (f"{W}sectPr", f"{W}tcPr", f"{W}del", f"{W}moveFrom"):
            yield from _blocks(word, child, looks, depth + (child.tag != f"{W}sdtContent"))


def _paragraph(word: _Word, paragraph: etree._Element, looks: dict[str, Look], depth: int) -> Iterator[Line]:
    word.number += 1
    text, stretches = _written(word, paragraph, looks)
    yield Line(word.number, text, stretches)
    for box in boxes_of(paragraph):
        yield from _blocks(word, box, looks, depth + 1)


def _written(word: _Word, paragraph: etree._Element, looks: dict[str, Look]) -> tuple[str, tuple[Stretch, ...]]:
    properties = paragraph.find(f"{W}pPr")
    style = word.styles.get(_value(properties, "pStyle") or "", word.styles.get("", _PLAIN))
    written = write_paragraph(paragraph, style.look, looks)
    number_id, depth = _list(properties)
    if not number_id:
        number_id, depth = style.number_id, style.depth
    if number_id in ("", "0") or not written.text.strip():
        return written.text, tuple(written.stretches)
    marker = word.numbering.marker(number_id, depth)
    if not marker:
        return written.text, tuple(written.stretches)
    marker = f"{'  ' * depth}{marker} "
    shift = len(marker)
    return marker + written.text, tuple(Stretch(s.start + shift, s.end + shift, s.emphasis) for s in written.stretches)


def _table(word: _Word, table: etree._Element, looks: dict[str, Look], depth: int) -> Iterator[Line]:
    """Each row is a line with cells; a cell that spans columns is followed by empty ones."""
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        word.number += 1
        line = word.number
        cells: list[str] = []
        stretches: list[Stretch] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue
            start = sum(len(text) + 1 for text in cells)
            text, own = _cell(word, cell, looks, depth)
            cells.append(text)
            stretches += [Stretch(s.start + start, s.end + start, s.emphasis) for s in own]
            span = _value(cell.find(f"{W}tcPr"), "gridSpan") or "1"
            cells += [""] * (min(int(span), 60) - 1 if span.isdecimal() and len(span) < 4 else 0)
        word.number = line
        yield Line(line, "\t".join(cells), tuple(stretches), tuple(cells))
    yield Line(word.number, "")  # two tables in a row are two tables


def _cell(word: _Word, cell: etree._Element, looks: dict[str, Look], depth: int) -> tuple[str, list[Stretch]]:
    text = ""
    stretches: list[Stretch] = []
    for line in _blocks(word, cell, looks, depth + 1):
        start = len(text) + (1 if text else 0)
        text = f"{text}\n{line.text}" if text else line.text
        stretches += [Stretch(s.start + start, s.end + start, s.emphasis) for s in line.stretches]
    clean = re.sub(r"\n+$", "", text)
    return clean, stretches
