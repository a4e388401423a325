"""A Word file → its headings, paragraphs, lists and tables, text boxes included; page headers and footers apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from quizzes.formats.archive import Archive, open_archive, refuse_ole
from quizzes.formats.found import Unreadable
from quizzes.formats.word_numbers import Numbering, W, read_numbering
from trainer.readers.limits import DEPTH, Pieces, stem_of
from trainer.readers.xml_parts import parse_optional, parse_part
from trainer.rules.document import Block, BlockKind, Document

_BOX = f"{W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText"}
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLES = {"title": 1, "标题": 1, "subtitle": 2, "副标题": 2}
_MARGINS = re.compile(r"word/(header|footer)\d*\.xml")


@dataclass(frozen=True)
class Style:
    """What a paragraph style says of its paragraphs; ``level`` is 0 where they are no headings."""

    level: int = 0
    number_id: str = ""
    depth: int = 0
    bold: bool = False
    size: int = 0  # half points; 0 where it says nothing


@dataclass
class _Word:
    pieces: Pieces
    styles: dict[str, Style]
    numbering: Numbering
    base_size: int
    line: int = field(default=0)


def read_docx(data: bytes, name: str) -> Document:
    """Raises ``Unreadable``. ``line`` counts paragraphs, those of tables and text boxes included."""
    refuse_ole(data)
    archive = open_archive(data)
    if "word/document.xml" not in archive:
        raise Unreadable("这不是 Word 文件（.docx），或者已经损坏。请在 Word 或 WPS 里打开，另存后再试。")
    root = parse_part(archive, "word/document.xml")
    styles = read_styles(parse_optional(archive, "word/styles.xml"))
    numbering = read_numbering(parse_optional(archive, "word/numbering.xml"))
    base = styles.get("", Style()).size or 21
    word = _Word(Pieces(), styles, numbering, base)
    body = root.find(f"{W}body")
    for block in _blocks(word, body if body is not None else root, 0):
        word.pieces.add(block)
    _leave_out_margins(word.pieces, archive)
    return word.pieces.document("docx", stem_of(name))


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """Each paragraph style by its identifier, with what it takes over from the style it rests on.

    The one with the empty identifier is what paragraphs without a style have.
    """
    found = {} if root is None else {style.get(f"{W}styleId") or "": style for style in root.iter(f"{W}style")}
    styles: dict[str, Style] = {}
    for key, element in found.items():
        chain = [element]
        while len(chain) < 20:
            parent = found.get(_value(chain[-1], "basedOn"))
            if parent is None or parent in chain:
                break
            chain.append(parent)
        style = Style()
        for link in reversed(chain):
            style = _style(link, style)
        styles[key] = style
        if element.get(f"{W}default") == "1" and element.get(f"{W}type") == "paragraph":
            styles[""] = style
    return styles


def _style(element: etree._Element, base: Style) -> Style:
    name = _value(element, "name").strip().lower()
    named = _HEADING_NAME.fullmatch(name)
    level = int(named[1]) if named else _TITLES.get(name, base.level)
    properties = element.find(f"{W}pPr")
    if properties is not None:
        level = _outline(properties, level)
    number_id, depth = _numbered(properties)
    runs = element.find(f"{W}rPr")
    return Style(
        level,
        number_id or base.number_id,
        depth or base.depth,
        _is_bold(runs, base.bold),
        _size(runs) or base.size,
    )


def _outline(properties: etree._Element, otherwise: int) -> int:
    level = _value(properties, "outlineLvl")
    return otherwise if not level.isdecimal() else int(level) + 1 if int(level) < 9 else 0


def _numbered(properties: etree._Element | None) -> tuple[str, int]:
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return "", 0
    depth = _value(found, "ilvl")
    return _value(found, "numId"), int(depth) if depth.isdecimal() and len(depth) == 1 else 0


def _is_bold(runs: etree._Element | None, otherwise: bool) -> bool:
    found = runs.find(f"{W}b") if runs is not None else None
    return otherwise if found is None else found.get(f"{W}val") not in ("0", "false", "off")


def _size(runs: etree._Element | None) -> int:
    size = _value(runs, "sz") if runs is not None else ""
    return int(size) if size.isdecimal() and len(size) < 5 else 0


def _value(parent: etree._Element, name: str) -> str:
    found = parent.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""


# --- the body --------------------------------------------------------------------------------------------


def _blocks(word: _Word, parent: etree._Element, depth: int) -> Iterator[Block]:
    if depth > DEPTH:
        raise Unreadable("文件里的表格或文本框套了太多层，读不出来。请简化后再试。")
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(word, child)
            for box in child.iter(_BOX):
                if not _is_fallback(box, child):
                    yield from _blocks(word, box, depth + 1)
        elif child.tag == f"{W}tbl":
            yield from _table(word, child, depth)
        elif isinstance(child.tag, str) and child.tag not in _DELETED and child.tag != _FALLBACK:
            yield from _blocks(word, child, depth + 1)


def _is_fallback(box: etree._Element, top: etree._Element) -> bool:
    """A text box is written twice, for new and for old readers; and one in another box is reached through that."""
    for parent in box.iterancestors():
        if parent is top:
            return False
        if parent.tag in (_FALLBACK, _BOX):
            return True
    return False


def _paragraph(word: _Word, paragraph: etree._Element) -> Iterator[Block]:
    word.line += 1
    properties = paragraph.find(f"{W}pPr")
    named = _value(properties, "pStyle") if properties is not None else ""
    style = word.styles.get(named) or word.styles.get("", Style())
    level = _outline(properties, style.level) if properties is not None else style.level
    text, stands_out = _text(word, paragraph, style)
    number_id, depth = _numbered(properties)
    marker = ""
    if text.strip():
        number_id = number_id or style.number_id
        marker = word.numbering.marker(number_id, depth or style.depth) if number_id not in ("", "0") else ""
    for part in text.split("\n"):  # a line broken by hand
        if level:
            yield Block(BlockKind.HEADING, part.strip(), word.line, level=level, marker=marker)
        elif marker:
            kind = BlockKind.LIST_ITEM
            yield Block(kind, part.strip(), word.line, level=depth + 1, marker=marker, stands_out=stands_out)
        else:
            yield Block(BlockKind.PARAGRAPH, part.strip(), word.line, stands_out=stands_out)
        if part.strip():
            marker = ""


def _text(word: _Word, paragraph: etree._Element, style: Style) -> tuple[str, bool]:
    """The words of a paragraph without those of text boxes in it, and whether all of them stand out."""
    words: list[str] = []
    plain = out = 0
    for run in paragraph.iter(f"{W}r"):
        if any(parent.tag in _DELETED or parent.tag in (_BOX, _FALLBACK) for parent in _up_to(run, paragraph)):
            continue
        written = "".join(_written(child) for child in run)
        words.append(written)
        runs = run.find(f"{W}rPr")
        larger = (_size(runs) or style.size or word.base_size) >= word.base_size + 4
        if _is_bold(runs, style.bold) or larger:
            out += len(written.strip())
        else:
            plain += len(written.strip())
    return "".join(words), out > 0 and not plain


def _up_to(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    for parent in element.iterancestors():
        if parent is top:
            return
        yield parent


def _written(child: etree._Element) -> str:
    if child.tag == f"{W}t":
        return child.text or ""
    if child.tag == f"{W}tab":
        return "\t"
    if child.tag in (f"{W}br", f"{W}cr"):
        return "\n" if child.get(f"{W}type") in (None, "textWrapping") else ""
    if child.tag == f"{W}noBreakHyphen":
        return "-"
    return ""


def _table(word: _Word, table: etree._Element, depth: int) -> Iterator[Block]:
    line = word.line + 1
    rows: list[tuple[str, ...]] = []
    first_bold = False
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        cells = [
            list(_blocks(word, cell, depth + 1))
            for cell in row.iter(f"{W}tc")
            if next(cell.iterancestors(f"{W}tbl")) is table
        ]
        if not rows:
            first_bold = bool(cells) and all(block.stands_out for cell in cells for block in cell)
        rows.append(tuple(" ".join(_cell(block) for block in cell) for cell in cells))
    width = max((len(row) for row in rows), default=0)
    if width < 2:  # a frame around some text
        for offset, row in enumerate(rows):
            for cell in row:
                yield Block(BlockKind.PARAGRAPH, cell, line + offset)
        return
    padded = tuple(row + ("",) * (width - len(row)) for row in rows)
    yield Block(BlockKind.TABLE, "", line, rows=padded, header=first_bold, last=word.line)


def _cell(block: Block) -> str:
    if block.kind == BlockKind.TABLE:
        return " ".join(" ".join(cell for cell in row if cell) for row in block.rows)
    return block.marked


def _leave_out_margins(pieces: Pieces, archive: Archive) -> None:
    for name in archive.names:
        if _MARGINS.fullmatch(name):
            root = parse_part(archive, name)
            for paragraph in root.iter(f"{W}p"):
                pieces.leave_out(1, "".join(paragraph.itertext(f"{W}t")), "页眉或页脚")
