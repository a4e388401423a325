"""What one person learned, practised and was examined in: the first half of an archive.

The keys of questions are the bank's and stay in it; what was asked and answered, and what it was worth, is here.
"""

from collections.abc import Iterator

from django.db.models import F

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
from trainer.queries.archive_rows import Section, named, section


def learned(person: User) -> Iterator[Section]:
    """Lessons, notes, exams, practice, talks and drills, by section."""
    yield section(
        "lessons", LessonRead, person, "id", "period", "opened_at", "reached_end_at", "answered_at", "right", "asked",
        slug=F("lesson__slug"), title=F("version__title"), edition=F("version__number"),
    )  # fmt: skip
    yield from _noted(person)
    yield from _sat(person)
    yield from _talked(person)
    yield from _drilled(person)


def _noted(person: User) -> Iterator[Section]:
    yield section("notes", LessonNote, person, "id", "text", "changed_at", slug=F("lesson__slug"))
    yield section(
        "proposals", NoteProposal, person, "id", "kind", "text", "state", "proposed_at", "decided_at", "reason",
        slug=F("lesson__slug"),
    )  # fmt: skip


def _sat(person: User) -> Iterator[Section]:
    attempts = Attempt.objects.filter(learner=person).order_by("pk")
    yield "exams", attempts.filter(mode=Mode.EXAM).values(
        "id", "started_at", "ends_at", "submitted_at", "handed_in_by", "score", "pass_mark", "passed",
        exam=F("blueprint__title"),
    )  # fmt: skip
    yield (
        "practice",
        attempts.exclude(mode=Mode.EXAM).values("id", "mode", "purpose", "started_at", "submitted_at", "score"),
    )
    yield section(
        "items", PaperItem, person, "id", "attempt_id", "position", "marks", "arrangement", path="attempt__learner",
        kind=F("version__kind"), stem=F("version__stem"), question=F("version__question__slug"),
        edition=F("version__number"),
    )  # fmt: skip
    yield section(
        "answers", Step, person, "id", "item_id", "sequence", "answer", "saved_at", path="item__attempt__learner"
    )
    yield section(
        "late_answers", LateAnswer, person, "id", "item_id", "sequence", "answer", "received_at",
        path="item__attempt__learner",
    )  # fmt: skip
    yield section(
        "marks", Mark, person, "id", "item_id", "step_id", "numerator", "denominator", "origin", "comment", "at",
        "superseded", path="item__attempt__learner", by_name=named("by"),
    )  # fmt: skip
    yield section("page_leaves", PageLeave, person, "attempt_id", "at", "seconds", path="attempt__learner")
    yield section(
        "exam_appeals", Appeal, person, "id", "item_id", "reason", "filed_at", "state", "reply", "decided_at",
        path="item__attempt__learner", decided_by_name=named("decided_by"),
    )  # fmt: skip
    yield section(
        "extra_time", Accommodation, person, "id", "extra_minutes", "reason", "granted_at", exam=F("blueprint__title"),
        granted_by_name=named("granted_by"),
    )  # fmt: skip
    yield section(
        "notebook", NotebookEntry, person, "wrong", "right_in_a_row", "last_at", "last_item_id",
        question_slug=F("question__slug"),
    )  # fmt: skip
    yield section(
        "reviews", ReviewCard, person, "due_on", "last_at", "recalls", "lapses", question_slug=F("question__slug")
    )
    yield section("mastery", Mastery, person, "weight", "credit", "answers", "as_of", topic_name=F("topic__name"))


def _talked(person: User) -> Iterator[Section]:
    yield section(
        "talks", Session, person, "id", "level", "trial", "started_at", "ended_at", "ending", "outcome", "score", "low",
        "high", "provisional", "settled", "criteria", title=F("scenario__title"), edition=F("version__number"),
    )  # fmt: skip
    yield section(
        "turns", Turn, person, "id", "session_id", "number", "kind", "text", "name", "says", "seconds", "at",
        path="session__learner",
    )  # fmt: skip
    yield section(
        "checks", CheckResult, person, "id", "turn_id", "check_name", "yes", "probability", "sure", "stated",
        "evidence", path="turn__session__learner",
    )  # fmt: skip
    yield section(
        "rulings", Ruling, person, "id", "verdict", "machine", "reason", "blind", "at",
        path="result__turn__session__learner", check_id=F("result_id"), by_name=named("by"),
    )  # fmt: skip
    yield section(
        "check_appeals", CheckAppeal, person, "id", "reason", "made_at", "ruling_id",
        path="result__turn__session__learner", check_id=F("result_id"),
    )  # fmt: skip
    yield section(
        "talk_comments", SessionComment, person, "id", "session_id", "text", "at", path="session__learner",
        by_name=named("by"),
    )  # fmt: skip


def _drilled(person: User) -> Iterator[Section]:
    yield section(
        "typing", TypingRun, person, "id", "passage", "mode", "started_at", "finished_at", "typed", "correct",
        "correct_per_minute", "accuracy", "counted", "doubt",
    )  # fmt: skip
    yield section(
        "sorting", SortingRun, person, "id", "started_at", "finished_at", "class_accuracy", "urgency_accuracy"
    )
    yield section(
        "sorting_answers", SortingAnswer, person, "run_id", "position", "ticket_class", "urgency", "at",
        path="run__learner",
    )  # fmt: skip
