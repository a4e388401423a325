"""What one person learned, practised and was examined in: the first half of an archive.

The keys of questions are the bank's and stay in it; what was asked and answered, and what it was worth, is here.
"""

from collections.abc import Iterator

from django.db.models import F, QuerySet

from quizzes.models import (
    Accommodation,
    Appeal,
    Attempt,
    CheckAppeal,
    CheckResult,
    LateAnswer,
    Mark,
    Mastery,
    NotebookEntry,
    PageLeave,
    PaperItem,
    ReviewCard,
    Ruling,
    Session,
    SessionComment,
    SortingAnswer,
    SortingRun,
    Step,
    Turn,
    TypingRun,
)
from quizzes.rules.vocabulary import Mode
from trainer.models import LessonNote, LessonRead, NoteProposal, User
from trainer.queries.archive_rows import named


def learned(person: User) -> Iterator[tuple[str, QuerySet]]:
    """Lessons, notes, exams, practice, talks and drills, by section."""
    yield "lessons", LessonRead.objects.filter(learner=person).order_by("pk").values(
        "id", "period", "opened_at", "reached_end_at", "answered_at", "right", "asked", slug=F("lesson__slug"),
        title=F("version__title"), edition=F("version__number"),
    )  # fmt: skip
    yield from _noted(person)
    yield from _sat(person)
    yield from _talked(person)
    yield from _drilled(person)


def _noted(person: User) -> Iterator[tuple[str, QuerySet]]:
    yield "notes", LessonNote.objects.filter(learner=person).order_by("pk").values(
        "id", "text", "changed_at", slug=F("lesson__slug")
    )
    yield "proposals", NoteProposal.objects.filter(learner=person).order_by("pk").values(
        "id", "kind", "text", "state", "proposed_at", "decided_at", "reason", slug=F("lesson__slug")
    )


def _sat(person: User) -> Iterator[tuple[str, QuerySet]]:
    attempts = Attempt.objects.filter(learner=person).order_by("pk")
    yield "exams", attempts.filter(mode=Mode.EXAM).values(
        "id", "started_at", "ends_at", "submitted_at", "handed_in_by", "score", "pass_mark", "passed",
        exam=F("blueprint__title"),
    )  # fmt: skip
    yield (
        "practice",
        attempts.exclude(mode=Mode.EXAM).values("id", "mode", "purpose", "started_at", "submitted_at", "score"),
    )
    yield "items", PaperItem.objects.filter(attempt__learner=person).order_by("pk").values(
        "id", "attempt_id", "position", "marks", "arrangement", kind=F("version__kind"), stem=F("version__stem"),
        question=F("version__question__slug"), edition=F("version__number"),
    )  # fmt: skip
    yield (
        "answers",
        Step.objects.filter(item__attempt__learner=person)
        .order_by("pk")
        .values("id", "item_id", "sequence", "answer", "saved_at"),
    )
    yield (
        "late_answers",
        LateAnswer.objects.filter(item__attempt__learner=person)
        .order_by("pk")
        .values("id", "item_id", "sequence", "answer", "received_at"),
    )
    yield "marks", Mark.objects.filter(item__attempt__learner=person).order_by("pk").values(
        "id", "item_id", "step_id", "numerator", "denominator", "origin", "comment", "at", "superseded",
        by_name=named("by"),
    )  # fmt: skip
    yield (
        "page_leaves",
        PageLeave.objects.filter(attempt__learner=person).order_by("pk").values("attempt_id", "at", "seconds"),
    )
    yield (
        "exam_appeals",
        Appeal.objects.filter(item__attempt__learner=person)
        .order_by("pk")
        .values(
            "id", "item_id", "reason", "filed_at", "state", "reply", "decided_at", decided_by_name=named("decided_by")
        ),
    )
    yield (
        "extra_time",
        Accommodation.objects.filter(learner=person)
        .order_by("pk")
        .values(
            "id",
            "extra_minutes",
            "reason",
            "granted_at",
            exam=F("blueprint__title"),
            granted_by_name=named("granted_by"),
        ),
    )
    yield (
        "notebook",
        NotebookEntry.objects.filter(learner=person)
        .order_by("pk")
        .values("wrong", "right_in_a_row", "last_at", "last_item_id", question_slug=F("question__slug")),
    )
    yield (
        "reviews",
        ReviewCard.objects.filter(learner=person)
        .order_by("pk")
        .values("due_on", "last_at", "recalls", "lapses", question_slug=F("question__slug")),
    )
    yield (
        "mastery",
        Mastery.objects.filter(learner=person)
        .order_by("pk")
        .values("weight", "credit", "answers", "as_of", topic_name=F("topic__name")),
    )


def _talked(person: User) -> Iterator[tuple[str, QuerySet]]:
    yield "talks", Session.objects.filter(learner=person).order_by("pk").values(
        "id", "level", "trial", "started_at", "ended_at", "ending", "outcome", "score", "low", "high", "provisional",
        "settled", "criteria", title=F("scenario__title"), edition=F("version__number"),
    )  # fmt: skip
    yield (
        "turns",
        Turn.objects.filter(session__learner=person)
        .order_by("pk")
        .values("id", "session_id", "number", "kind", "text", "name", "says", "seconds", "at"),
    )
    yield (
        "checks",
        CheckResult.objects.filter(turn__session__learner=person)
        .order_by("pk")
        .values("id", "turn_id", "check_name", "yes", "probability", "sure", "stated", "evidence"),
    )
    yield (
        "rulings",
        Ruling.objects.filter(result__turn__session__learner=person)
        .order_by("pk")
        .values("id", "verdict", "machine", "reason", "blind", "at", check_id=F("result_id"), by_name=named("by")),
    )
    yield (
        "check_appeals",
        CheckAppeal.objects.filter(result__turn__session__learner=person)
        .order_by("pk")
        .values("id", "reason", "made_at", "ruling_id", check_id=F("result_id")),
    )
    yield (
        "talk_comments",
        SessionComment.objects.filter(session__learner=person)
        .order_by("pk")
        .values("id", "session_id", "text", "at", by_name=named("by")),
    )


def _drilled(person: User) -> Iterator[tuple[str, QuerySet]]:
    yield "typing", TypingRun.objects.filter(learner=person).order_by("pk").values(
        "id", "passage", "mode", "started_at", "finished_at", "typed", "correct", "correct_per_minute", "accuracy",
        "counted", "doubt",
    )  # fmt: skip
    yield (
        "sorting",
        SortingRun.objects.filter(learner=person)
        .order_by("pk")
        .values("id", "started_at", "finished_at", "class_accuracy", "urgency_accuracy"),
    )
    yield (
        "sorting_answers",
        SortingAnswer.objects.filter(run__learner=person)
        .order_by("pk")
        .values("run_id", "position", "ticket_class", "urgency", "at"),
    )
