"""One's own notes, and the proposals that came out of notes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from trainer.models import Lesson, LessonNote, NoteProposal
from trainer.permissions import learners_in_reach
from trainer.queries.lessons import lesson_links

PROPOSALS_SHOWN = 10


@dataclass(frozen=True)
class ProposalFilter:
    """What to list; an empty kind asks for both."""

    state: str = NoteProposal.OPEN
    kind: str = ""


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


def proposals_for(user, wanted: ProposalFilter) -> QuerySet[NoteProposal]:
    """Proposals of the people in reach; open ones the oldest first, decided ones the newest first."""
    found = proposals_in_reach(user).filter(state=wanted.state)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    return found.order_by("proposed_at", "pk") if wanted.state == NoteProposal.OPEN else found.order_by("-decided_at")


def proposals_in_reach(user) -> QuerySet[NoteProposal]:
    return NoteProposal.objects.filter(learner__in=learners_in_reach(user).values("pk")).select_related(
        "learner", "lesson", "decided_by", "script"
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
