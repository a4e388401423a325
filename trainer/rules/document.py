"""What a document says, piece by piece, each remembering where it came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    NOTE = "note"  # the speaker's notes of a slide


@dataclass(frozen=True)
class Block:
    """One piece of a document.

    ``line`` counts as the file does, from 1 (lines of a text, paragraphs of a document, rows of a sheet);
    ``place`` says it for a person (第 3 页, 第 2 张幻灯片). ``level`` is that of a heading, from 1. ``rows`` are a
    table's cells, the first row its header when ``header`` is set.
    """

    kind: BlockKind
    text: str
    line: int
    place: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    header: bool = False


@dataclass(frozen=True)
class Document:
    """A whole file. ``format`` names its reader (docx, pptx, pdf, markdown, text, html, sheet)."""

    format: str
    title: str
    blocks: tuple[Block, ...]

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line of text with its number; a table's rows with tabs between the cells."""
        for block in self.blocks:
            if block.kind == BlockKind.TABLE:
                for offset, row in enumerate(block.rows):
                    yield block.line + offset, "\t".join(row)
            else:
                yield block.line, block.text
