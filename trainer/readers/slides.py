"""A slide deck → titles as headings, text in reading order, tables, and the speaker's notes."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from quizzes.formats.archive import open_archive, refuse_ole
from quizzes.formats.found import Unreadable
from trainer.readers.limits import DEPTH, Pieces, check_pages, stem_of
from trainer.rules.document import Block, BlockKind, Document

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_FURNITURE = {
    PP_PLACEHOLDER.FOOTER: "幻灯片页脚",
    PP_PLACEHOLDER.HEADER: "幻灯片页眉",
    PP_PLACEHOLDER.DATE: "幻灯片日期",
    PP_PLACEHOLDER.SLIDE_NUMBER: "幻灯片页码",
}
_SLIDE_LEVEL = 2  # the deck as a whole is level 1
_SAME_ROW = 180_000  # English Metric Units: shapes whose tops differ by half a centimetre stand side by side


def read_pptx(data: bytes, name: str) -> Document:
    """Raises ``Unreadable``. ``line`` counts the paragraphs of all slides in their order."""
    refuse_ole(data)
    archive = open_archive(data)
    if "ppt/presentation.xml" not in archive:
        raise Unreadable("这不是 PowerPoint 文件（.pptx），或者已经损坏。请在 PowerPoint 或 WPS 里打开，另存后再试。")
    check_pages(sum(part.startswith("ppt/slides/slide") for part in archive.names), "张幻灯片")
    deck = Presentation(BytesIO(data))  # its parser leaves entities alone
    reader = _Reader(Pieces())
    for number, slide in enumerate(deck.slides, 1):
        reader.read(slide, f"第 {number} 张幻灯片")
    title = (deck.core_properties.title or "").strip()
    return reader.pieces.document("pptx", title if title and title != "PowerPoint Presentation" else stem_of(name))


class _Reader:
    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self._line = 0
        self._place = ""

    def read(self, slide: Any, place: str) -> None:
        self._place = place
        shapes = list(_in_reading_order(slide.shapes, 0))
        titles = [shape for shape in shapes if _placeholder(shape) in _TITLES and shape.has_text_frame]
        for shape in titles:
            text = " ".join(shape.text_frame.text.split())
            self._add(BlockKind.HEADING, text, level=_SLIDE_LEVEL)
        for shape in shapes:
            if shape not in titles:
                self._shape(shape)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            for line in slide.notes_slide.notes_text_frame.text.splitlines():
                self._add(BlockKind.NOTE, line)

    def _add(self, kind: BlockKind, text: str, **more: Any) -> None:
        self._line += 1
        self.pieces.add(Block(kind, text.strip(), self._line, place=self._place, **more))

    def _shape(self, shape: Any) -> None:
        furniture = _FURNITURE.get(_placeholder(shape))
        if furniture:
            if shape.has_text_frame:
                self.pieces.leave_out(self._line + 1, shape.text_frame.text, furniture)
        elif getattr(shape, "has_table", False) and shape.has_table:
            self._table(shape.table)
        elif shape.has_text_frame:
            listed = _placeholder(shape) in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
            paragraphs = [paragraph for paragraph in shape.text_frame.paragraphs if paragraph.text.strip()]
            for paragraph in paragraphs:
                bullet = _has_bullet(paragraph, listed and len(paragraphs) > 1)
                for part in paragraph.text.replace("\v", "\n").split("\n"):
                    if bullet:
                        self._add(BlockKind.LIST_ITEM, part, level=paragraph.level + 1, marker="•")
                    else:
                        self._add(BlockKind.PARAGRAPH, part, stands_out=_is_bold(paragraph))

    def _table(self, table: Any) -> None:
        rows = tuple(tuple(" ".join(cell.text.split()) for cell in row.cells) for row in table.rows)
        if not rows:
            return
        first = self._line + 1
        self._line += len(rows)
        header = bool(table.first_row)
        self.pieces.add(Block(BlockKind.TABLE, "", first, place=self._place, rows=rows, header=header))


def _in_reading_order(shapes: Iterable[Any], depth: int) -> Iterator[Any]:
    """By rows from the top, in a row from the left; a group's shapes stay together."""
    if depth > DEPTH:
        raise Unreadable("幻灯片里的组合套了太多层，读不出来。请取消组合后再试。")
    for shape in sorted(shapes, key=lambda shape: ((shape.top or 0) // _SAME_ROW, shape.left or 0)):
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _in_reading_order(shape.shapes, depth + 1)
        else:
            yield shape


def _placeholder(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _has_bullet(paragraph: Any, otherwise: bool) -> bool:
    """What the paragraph says of its own bullet, else what its place says."""
    properties = paragraph._p.pPr
    if properties is not None:
        for child in properties:
            if child.tag.endswith("}buNone"):
                return False
            if child.tag.endswith(("}buChar", "}buAutoNum", "}buBlip")):
                return True
    return otherwise


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.font.bold for run in runs)
