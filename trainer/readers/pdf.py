"""A PDF → the lines of its pages, each with its size and whether it runs to the margin."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass, replace
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from quizzes.formats.found import Unreadable
from trainer.readers.limits import Pieces, check_pages, stem_of
from trainer.rules.document import Block, BlockKind, Document, Doubt

_LOCK = Lock()  # PDFium is one per process and knows no threads
_LARGER = 1.15  # times the size of most lines: stands out
_NEAR_MARGIN = 2.0  # characters that may be missing at the end of a full line
_MARKER = re.compile(r"[0-9]{1,3}[.．、)）]|[(（][0-9]{1,3}[)）]|[•●○▪■◆–-]")
_MARKERS = 200  # on one page; with more it is no text
_MARKER_GAP = 40.0  # points between a marker and its line


@dataclass(frozen=True)
class _Line:
    text: str
    page: int
    size: float  # the height of its letters, in points; 0 where it cannot be told
    left: float
    right: float
    base: float  # where its letters stand, in points from the bottom of the page


def read_pdf(data: bytes, name: str) -> Document:
    """Raises ``Unreadable``. ``line`` counts the lines of text through all pages."""
    with _LOCK:
        lines, count = _read(data)
    pieces = Pieces()
    with_text = {line.page for line in lines}
    if count and len(with_text) * 4 < count:
        raise Unreadable(
            "这份 PDF 里几乎没有文字，像是扫描件或图片。请先用文字识别（OCR）转成可以选中文字的 PDF 或 Word 再上传。"
        )
    numbers = {line.page: number for number, line in enumerate(lines, 1)}
    before = 1
    for page in range(1, count + 1):
        before = numbers.get(page, before)
        if page not in with_text:
            pieces.doubts.append(Doubt(before, f"第 {page} 页", "这一页没有文字，可能是图片，请对照原件"))
    usual = _usual_size(lines)
    margins: dict[int, float] = defaultdict(float)
    for line in lines:
        margins[line.page] = max(margins[line.page], line.right)
    for number, line in enumerate(lines, 1):
        letter = line.size or usual or 12
        pieces.add(
            Block(
                BlockKind.PARAGRAPH,
                line.text,
                number,
                place=f"第 {line.page} 页",
                stands_out=bool(usual) and line.size >= usual * _LARGER,
                full=line.right >= margins[line.page] - letter * _NEAR_MARGIN,
            )
        )
    return pieces.document("pdf", stem_of(name))


def _read(data: bytes) -> tuple[list[_Line], int]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("这份 PDF 设了打开密码。请先去掉密码再上传。") from None
        raise Unreadable("PDF 已损坏，或者没有下载完整，打不开。请重新导出后再试。") from None
    try:
        count = len(document)
        check_pages(count, "页")
        lines: list[_Line] = []
        for page in range(count):
            lines += _with_markers(list(_lines(document, page)))
        return lines, count
    except pypdfium2.PdfiumError:
        raise Unreadable("PDF 里有的页已损坏，读不出来。请重新导出后再试。") from None
    finally:
        document.close()


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[_Line]:
    page = document[number]
    text = page.get_textpage()
    try:
        start = 0
        for line in text.get_text_range().split("\n"):
            if line.strip():
                first = start + len(line) - len(line.lstrip())
                last = start + len(line.rstrip()) - 1
                left, _, base = _place(text, first)
                words = " ".join(line.split())
                yield _Line(words, number + 1, _size(text, first), left, _place(text, last)[1], base)
            start += len(line) + 1
    finally:
        text.close()
        page.close()


def _with_markers(lines: list[_Line]) -> list[_Line]:
    """The lines of one page with numbers and bullets that were drawn apart put before what stands beside them."""
    markers = [line for line in lines if _MARKER.fullmatch(line.text)]
    if not markers or len(markers) > _MARKERS:
        return lines
    beside: dict[int, _Line] = {}
    for marker in markers:
        for position, line in enumerate(lines):
            near = abs(line.base - marker.base) < 2 and 0 < line.left - marker.right < _MARKER_GAP
            if near and line not in markers and position not in beside:
                beside[position] = marker
                break
    used = set(beside.values())
    return [
        replace(line, text=f"{beside[position].text} {line.text}") if position in beside else line
        for position, line in enumerate(lines)
        if line not in used
    ]


def _size(text: pypdfium2.PdfTextPage, index: int) -> float:
    return float(pdfium.FPDFText_GetFontSize(text.raw, index))


def _place(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float]:
    """Left and right edge of a character and where it stands, in points; zeros where that cannot be told."""
    left, right, bottom, top, x, y = (c_double() for _ in range(6))
    pdfium.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top)
    pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
    return left.value, right.value, y.value


def _usual_size(lines: list[_Line]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0
