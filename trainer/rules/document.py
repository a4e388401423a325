"""What a document says, piece by piece, each remembering where it came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from quizzes.formats.found import Removed


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    QUOTE = "quote"
    NOTE = "note"  # the speaker's notes of a slide


@dataclass(frozen=True)
class Block:
    """One piece of a document.

    ``line`` counts as the file does, from 1 (lines of a text, paragraphs of a document, rows of a sheet), and
    ``last`` is where the piece ends, 0 where that is the same line; ``place`` says it for a person (第 3 页,
    第 2 张幻灯片). ``level`` is that of a heading, or how deep a list item lies, from 1. ``marker`` is what stood
    before a list item (``1.``, ``（2）``, ``•``) and is no longer in ``text``. ``rows`` are a table's cells, the first
    row its header when ``header`` is set.

    Two signs help to tell what a paragraph is: it ``stands_out`` (bold, or larger than the text around it), or it
    is ``full``: it runs to the right margin, so that the next line may continue it.
    """

    kind: BlockKind
    text: str
    line: int
    place: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    header: bool = False
    marker: str = ""
    last: int = 0
    stands_out: bool = False
    full: bool = False

    @property
    def last_line(self) -> int:
        if self.kind == BlockKind.TABLE:
            return max(self.last, self.line + max(len(self.rows), 1) - 1)
        return max(self.last, self.line)

    @property
    def marked(self) -> str:
        """The text with its marker, as it stood in the file."""
        return f"{self.marker} {self.text}" if self.marker else self.text


@dataclass(frozen=True)
class Doubt:
    """Something that a person should look at: ``text`` as it stands and what is odd about it."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Document:
    """A whole file. ``format`` names its reader (docx, pptx, pdf, markdown, text, html, xlsx).

    ``left_out`` is what the reader knew for furniture by the file's own structure (a page's footer, a site's
    navigation); ``doubts`` is what it could not read.
    """

    format: str
    title: str
    blocks: tuple[Block, ...]
    left_out: tuple[Removed, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line of text with its number; a table's rows with tabs between the cells."""
        for block in self.blocks:
            if block.kind == BlockKind.TABLE:
                for offset, row in enumerate(block.rows):
                    yield block.line + offset, "\t".join(row)
            else:
                yield block.line, block.marked
