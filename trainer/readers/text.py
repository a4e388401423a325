"""A plain text → its lines, one block each. What is a heading or a list item is for the rules to tell."""

from quizzes.formats.decoding import decode
from trainer.readers.limits import Pieces, stem_of
from trainer.rules.document import Block, BlockKind, Document


def read_text(data: bytes, name: str) -> Document:
    """Raises ``Unreadable``."""
    pieces = Pieces()
    for number, line in enumerate(decode(data).split("\n"), 1):
        pieces.add(Block(BlockKind.PARAGRAPH, line.strip(), number))
    return pieces.document("text", stem_of(name))
