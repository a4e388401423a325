"""Takes out of a document what is not about the job, and mends what copying broke. Nothing goes unlisted."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from quizzes.formats.found import Removed
from trainer.rules.cleaning.characters import mend
from trainer.rules.cleaning.doubts import find_doubts
from trainer.rules.cleaning.frames import sweep_contents, sweep_frames
from trainer.rules.cleaning.furniture import sweep
from trainer.rules.cleaning.glued import unglue
from trainer.rules.cleaning.ledger import Ledger
from trainer.rules.cleaning.numbers import sweep_numbers
from trainer.rules.cleaning.repeats import sweep_repeats
from trainer.rules.cleaning.shadow import compact
from trainer.rules.cleaning.titles import drop_echoes, find_titles, strip_tails, undouble, unglue_titles
from trainer.rules.cleaning.words import Words
from trainer.rules.cleaning.wraps import close_spaces, join_wraps
from trainer.rules.document import Block, BlockKind, Document, Doubt
from trainer.rules.outline import is_short, look, mark

__all__ = ["Cleaned", "clean"]

_FLOWING = frozenset({"text", "pdf", "docx", "pptx"})  # formats whose lines may end where a page ended


@dataclass(frozen=True)
class Cleaned:
    """The document as it is offered, what was taken out of it, and what a person should look at."""

    document: Document
    removed: tuple[Removed, ...]
    flagged: tuple[Doubt, ...]


def clean(document: Document, *, simplify: bool = False, keep: Set[str] = frozenset()) -> Cleaned:
    """Clean ``document``. ``simplify`` turns Traditional characters into Simplified ones, by phrases.

    ``keep`` holds the ``id`` of each removal of an earlier run that is to be undone.
    """
    ledger = Ledger(keep)
    source = _with_kept(document, ledger)
    source = mend(source, ledger, simplify=simplify)
    blocks = sweep(source, ledger)
    blocks = sweep_frames(blocks, source, ledger)
    blocks, entries = sweep_contents(blocks, source, ledger)
    blocks = sweep_numbers(blocks, source, ledger)
    blocks = drop_echoes(strip_tails(blocks, ledger), ledger)
    titles = find_titles(blocks) | entries
    blocks = sweep_repeats(blocks, source, titles, ledger)
    whole = _headed(undouble(blocks, titles, ledger), entries)
    if document.format in _FLOWING:
        words = Words(block.text for block in whole)
        whole = close_spaces(join_wraps(whole, words), words)
        whole = unglue(unglue_titles(whole))
    whole = mark(whole)
    title = next((block.text for block in whole[:1] if block.kind == BlockKind.HEADING), document.title)
    cleaned = replace(document, title=title, blocks=tuple(whole), left_out=(), doubts=())
    removed = sorted(ledger.removed, key=lambda removal: removal.line)
    return Cleaned(cleaned, tuple(removed), (*document.doubts, *find_doubts(whole)))


def _with_kept(document: Document, ledger: Ledger) -> list[Block]:
    """The document's blocks, with what the reader left out but a person wants."""
    blocks = list(document.blocks)
    for entry in reversed(document.left_out):
        if not ledger.take(entry.line, entry.text, entry.reason):
            place = next((place for place, block in enumerate(blocks) if block.line >= entry.line), len(blocks))
            blocks.insert(place, _paragraph(entry))
    return blocks


def _paragraph(entry: Removed) -> Block:
    return Block(BlockKind.PARAGRAPH, entry.text, entry.line)


def _headed(blocks: Sequence[Block], entries: Set[str]) -> list[Block]:
    """A short first line is the document's title; what its table of contents names are its chapters."""
    headed = list(blocks)
    for place, block in enumerate(headed):
        numbered = look(block.text)
        name = compact(numbered.text if numbered and numbered.text else block.text)
        if name in entries and block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and is_short(block.text):
            headed[place] = replace(block, kind=BlockKind.HEADING, level=2 if block.level in (0, 1) else block.level)
    first = headed[0] if headed else None
    if first is not None and first.kind == BlockKind.PARAGRAPH and is_short(first.text) and len(headed) > 1:
        numbered = look(first.text)
        if numbered is None:
            headed[0] = replace(first, kind=BlockKind.HEADING, level=1)
    return headed
