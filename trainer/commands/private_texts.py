"""Masking what somebody wrote, and what others wrote about them, once their name is taken off."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from quizzes.models import (
    Accommodation,
    Appeal,
    AuditEntry,
    CheckAppeal,
    CheckResult,
    Mark,
    Ruling,
    SessionComment,
    Turn,
)
from quizzes.rules.replies.masking import mask
from trainer.models import (
    Assignment,
    Attendance,
    Decision,
    DecisionAppeal,
    Interview,
    LessonNote,
    NoteProposal,
    Observation,
    PerformanceMonth,
    Recheck,
    RosterException,
    User,
)

CHUNK = 500
# Answers in exams are not among them: a mark rests on every character of what it was given for.
TEXTS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Mark, "item__attempt__learner", ("comment",)),
    (Appeal, "item__attempt__learner", ("reason", "reply")),
    (Accommodation, "learner", ("reason",)),
    (Ruling, "result__turn__session__learner", ("reason",)),
    (CheckAppeal, "result__turn__session__learner", ("reason",)),
    (SessionComment, "session__learner", ("text",)),
    (Assignment, "learner", ("reason",)),
    (Attendance, "learner", ("reason",)),
    (RosterException, "person", ("reason",)),
    (Recheck, "learner", ("excuse",)),
    (LessonNote, "learner", ("text",)),
    (NoteProposal, "learner", ("text", "reason")),
    (Interview, "learner", ("answers", "comment", "private_notes", "reason")),
    (PerformanceMonth, "learner", ("reason",)),
    (Observation, "learner", ("text",)),
    (Decision, "employment__user", ("reasons", "exceptions", "closing_note")),
    (DecisionAppeal, "decision__employment__user", ("reason", "answer")),
)


def mask_texts(person: User, names: Iterable[str]) -> None:
    """Take numbers, addresses and ``names`` out of every free text by or about ``person``.

    Rows that are written once are changed past their model: this is the one thing that may. What a decision signed
    is its packet, in which there is no free text.
    """
    names = {name for name in names if len(name) > 1}
    for model, path, fields in TEXTS:
        _mask(model, {path: person}, fields, names)
    _mask(AuditEntry, {"target__in": [f"user:{person.pk}", f"user:{person.username}"]}, ("detail",), names)
    _mask_talks(person, names)


def _mask(model: type[Model], which: dict[str, Any], fields: tuple[str, ...], names: set[str]) -> None:
    rows = model._default_manager.filter(**which).order_by("pk").only("pk", *fields)
    for row in rows.iterator(chunk_size=CHUNK):
        was = {field: getattr(row, field) for field in fields}
        now = {field: masked(value, names) for field, value in was.items()}
        if now != was:
            QuerySet.update(model._default_manager.filter(pk=row.pk), **now)  # not that of a decision, which refuses


def _mask_talks(person: User, names: set[str]) -> None:
    """Of a reply whose length changed, the places that a check points at are dropped: they would point beside it."""
    turns = Turn.objects.filter(session__learner=person, kind="say").order_by("pk").only("pk", "text")
    for turn in turns.iterator(chunk_size=CHUNK):
        text = masked(turn.text, names)
        if text == turn.text:
            continue
        Turn.objects.filter(pk=turn.pk).update(text=text)
        if len(text) != len(turn.text):
            CheckResult.objects.filter(turn=turn).update(evidence=[])


def masked(value: Any, names: Iterable[str]) -> Any:
    """Plain data with every text in it masked; keys, numbers and the rest as they are."""
    if isinstance(value, str):
        return mask(value, names)
    if isinstance(value, dict):
        return {key: masked(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [masked(one, names) for one in value]
    return value
