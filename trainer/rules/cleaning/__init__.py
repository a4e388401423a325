"""Takes out of a document what is not about the job, and mends what copying broke. Nothing goes unlisted."""

from collections.abc import Set
from dataclasses import dataclass

from trainer.rules.cleaning.ledger import Ledger, Removal
from trainer.rules.document import Document, Doubt
from trainer.rules.outline import mark

__all__ = ["Cleaned", "Removal", "clean"]


@dataclass(frozen=True)
class Cleaned:
    """The document as it is offered, what was taken out of it, and what a person should look at."""

    document: Document
    removed: tuple[Removal, ...]
    flagged: tuple[Doubt, ...]


def clean(document: Document, *, simplify: bool = False, keep: Set[str] = frozenset()) -> Cleaned:
    ledger = Ledger(keep)
    blocks = tuple(mark(document.blocks))
    return Cleaned(
        Document(document.format, document.title, blocks, (), document.doubts), tuple(ledger.removed), document.doubts
    )
