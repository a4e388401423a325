"""A file → drafts of lessons with proposed facts, and all that cleaning took away or found odd. One call."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from quizzes.formats.found import Removed
from trainer.readers.registry import read_file
from trainer.rules.cleaning import clean
from trainer.rules.document import Document, Doubt
from trainer.rules.proposals import FactProposal, propose
from trainer.rules.splitting import LessonDraft, split


@dataclass(frozen=True)
class DocumentRead:
    """What became of one file. ``source`` is the file as it was read, before cleaning, for the view side by side.

    ``facts`` holds the proposals of each of ``lessons``, in their order.
    """

    source: Document
    lessons: tuple[LessonDraft, ...]
    facts: tuple[tuple[FactProposal, ...], ...]
    removed: tuple[Removed, ...]
    flagged: tuple[Doubt, ...]

    @property
    def format(self) -> str:
        return self.source.format

    def source_of(self, lesson: LessonDraft) -> tuple[tuple[int, str], ...]:
        """The lines of the file that ``lesson`` was made from, with their numbers."""
        return tuple(
            (line, text) for line, text in self.source.lines() if lesson.first_line <= line <= lesson.last_line
        )

    def to_report(self) -> dict[str, Any]:
        """The public shape that ``load_content --dry-run --json`` prints of a document."""
        return {
            "lessons": [
                {"title": lesson.title, "kind": lesson.kind.value, "body": lesson.body} for lesson in self.lessons
            ],
            "facts": [fact.to_report() for facts in self.facts for fact in facts],
            "removed": [
                {"line": entry.line, "text": entry.text, "reason": entry.reason} for entry in self.removed
            ],
        }


def read_document(
    data: bytes, name: str, *, simplify: bool = False, keep: Set[str] = frozenset()
) -> DocumentRead:
    """Read a file and draft lessons from it; see ``draft_document``. Raises ``Unreadable``, and nothing else."""
    return draft_document(read_file(data, name), simplify=simplify, keep=keep)


def draft_document(source: Document, *, simplify: bool = False, keep: Set[str] = frozenset()) -> DocumentRead:
    """Clean and split a document and propose facts.

    ``simplify`` turns Traditional characters into Simplified ones. ``keep`` holds the ``id`` of each removal that
    is to be undone.
    """
    cleaned = clean(source, simplify=simplify, keep=keep)
    lessons = split(cleaned.document)
    return DocumentRead(
        source=source,
        lessons=lessons,
        facts=tuple(propose(lesson.title, lesson.blocks) for lesson in lessons),
        removed=cleaned.removed,
        flagged=cleaned.flagged,
    )
