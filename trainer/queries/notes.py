"""One's own notes, and the proposals that came out of notes."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import QuerySet

from trainer.models import Lesson, LessonNote, NoteProposal
from trainer.queries.lessons import lesson_links

PROPOSALS_SHOWN = 10


class ProposalSort(StrEnum):
    QUEUE = "queue"  # open ones the oldest first, decided ones the newest first
    NEWEST = "newest"
    NAME = "name"


def note_of(learner, lesson: Lesson) -> LessonNote | None:
    return LessonNote.objects.filter(learner=learner, lesson=lesson).first()


def notes_of(learner, words: str = "") -> QuerySet[LessonNote]:
    """One's own notes with anything in them, the newest first; every one of ``words`` occurs in the text."""
    found = LessonNote.objects.filter(learner=learner).exclude(text="").select_related("lesson")
    for word in words.split()[:8]:
        found = found.filter(text__icontains=word)
    return found


def own_proposals(learner) -> list[NoteProposal]:
    """The newest of one's own."""
    found = NoteProposal.objects.filter(learner=learner).select_related("lesson", "decided_by", "script")
    return list(found[:PROPOSALS_SHOWN])


def proposals(
    reach: QuerySet, *, state: str = NoteProposal.OPEN, kind: str = "", sort: ProposalSort = ProposalSort.QUEUE
) -> QuerySet[NoteProposal]:
    """The proposals of the people in ``reach`` in a state; an empty kind asks for both."""
    found = proposals_of(reach).filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    match sort:
        case ProposalSort.NEWEST:
            return found.order_by("-proposed_at", "-pk")
        case ProposalSort.NAME:
            return found.order_by("learner__display_name", "proposed_at", "pk")
    return found.order_by("proposed_at", "pk") if state == NoteProposal.OPEN else found.order_by("-decided_at", "-pk")


def proposals_of(reach: QuerySet) -> QuerySet[NoteProposal]:
    return NoteProposal.objects.filter(learner__in=reach.values("pk")).select_related(
        "learner__employment__team", "lesson", "decided_by", "script"
    )


def corrections_of(lesson: Lesson) -> list[NoteProposal]:
    """What supervisors passed on to whoever writes the lesson's next version, the oldest first."""
    waiting = NoteProposal.objects.filter(
        lesson=lesson, kind=NoteProposal.CORRECTION, state=NoteProposal.PROMOTED, settled_at=None
    )
    return list(waiting.select_related("learner", "decided_by").order_by("decided_at"))


def name_lessons(rows: Iterable) -> None:
    """Give each note or proposal ``at_lesson``: the lesson's title and url, ``None`` where it is not read now."""
    rows = list(rows)
    links = lesson_links(row.lesson.slug for row in rows)
    for row in rows:
        row.at_lesson = links.get(row.lesson.slug)
