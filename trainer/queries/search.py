"""What the search page shows: lessons for everybody, stems of the bank for those who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from quizzes.models import Question
from trainer.models import Lesson, SearchEntry
from trainer.rules.search import Piece, Term, highlight, loose_terms, share_found, snippet

NEAR_ENOUGH = 0.5  # the share of the taken-apart query that an entry must hold to be offered as near
NEAR_AT_MOST = 10


@dataclass(frozen=True)
class Hit:
    """An entry that was found, with what was searched for marked in the original spelling."""

    entry: SearchEntry
    title: list[Piece]
    excerpt: list[Piece]


def lesson_entries(on: date) -> QuerySet[SearchEntry]:
    """The entries of the lessons in force on that day."""
    published = Lesson.objects.published(on)
    return SearchEntry.objects.filter(lesson_version__in=published.values("in_force_id")).select_related(
        "lesson_version__lesson"
    )


def question_entries() -> QuerySet[SearchEntry]:
    """The entries of the live questions, by their current versions."""
    live = Question.objects.live().filter(current=OuterRef("question_version"))
    return SearchEntry.objects.filter(Exists(live)).select_related(
        "question_version__question", "question_version__topic"
    )


def best_first(entries: QuerySet[SearchEntry], wanted: Sequence[Term]) -> QuerySet[SearchEntry]:
    """The entries that hold every term, the best first."""
    return entries.matching(wanted).order_by("rank", "pk")


def near(entries: QuerySet[SearchEntry], wanted: Sequence[Term]) -> tuple[list[SearchEntry], list[Term]]:
    """For when nothing holds every term: a few entries that hold much of it, and the terms that they were found by."""
    loose = loose_terms(wanted)
    if not loose:
        return [], []
    found = entries.matching(loose, every=False).order_by("rank", "pk")[: 3 * NEAR_AT_MOST]
    rows = [row for row in found if share_found(f"{row.title}\n{row.text}", loose) >= NEAR_ENOUGH]
    return rows[:NEAR_AT_MOST], loose


def hits(entries: Sequence[SearchEntry], wanted: Sequence[Term]) -> list[Hit]:
    return [Hit(entry, highlight(entry.title, wanted), snippet(entry.text, wanted)) for entry in entries]
