"""Keeping one's notes beside a lesson, so that nothing written is lost."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trainer.models import Lesson, LessonNote
from trainer.rules.notes import LONGEST_NOTE, both


class NoteTooLong(Exception):
    """Two pages wrote so much that it does not fit into one note: the newer text was not kept."""


@dataclass(frozen=True)
class SavedNote:
    """``merged``: another page had saved meanwhile, and both texts are in the note now."""

    note: LessonNote
    merged: bool = False


@transaction.atomic
def save_note(*, learner, lesson: Lesson, text: str, revision: int, at: datetime) -> SavedNote:
    """Keep the text of a page that last knew ``revision`` (0: of none); the same text again changes nothing.

    Raises ``NoteTooLong``.
    """
    note, created = LessonNote.objects.select_for_update().get_or_create(
        learner=learner, lesson=lesson, defaults={"text": text, "changed_at": at}
    )
    if created or note.text == text:
        return SavedNote(note)
    stale = note.revision != revision
    wanted = both(note.text, text) if stale else text
    if len(wanted) > LONGEST_NOTE:
        raise NoteTooLong
    if wanted != note.text:
        note.text, note.revision, note.changed_at = wanted, note.revision + 1, at
        note.save(update_fields=["text", "revision", "changed_at"])
    return SavedNote(note, merged=stale)
