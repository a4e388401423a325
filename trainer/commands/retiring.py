"""Taking a lesson out of reading, with the questions that come from it, and putting it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes.commands.questions import set_states
from quizzes.models import AuditEntry, Question
from quizzes.queries.states import put_by_a_person
from quizzes.rules.vocabulary import QuestionState
from trainer.commands.changes import settle_facts
from trainer.models import Lesson
from trainer.queries.facts_in_force import facts_of
from trainer.queries.retirement import lost_facts, own_questions
from trainer.rules.changes import fact_changes

RETIRED, RESTORED = "课程停用", "课程恢复"


@dataclass(frozen=True)
class Moved:
    """How many questions went out of use, or came back, and how many of other lessons were sent to review."""

    questions: int
    reviewed: int = 0


@transaction.atomic
def retire_lesson(*, lesson_id: int, by, at: datetime) -> Moved | None:
    """Take a lesson out of reading and its questions out of use; what people have read and answered stays.

    Papers in progress keep their questions. Hand-written questions of other lessons that rest on its facts go to
    review. ``None`` when it was out before.
    """
    lesson = Lesson.objects.select_for_update().get(pk=lesson_id)
    if lesson.retired_at:
        return None
    version = _in_force(lesson, at)
    lesson.retired_at = at
    lesson.save(update_fields=["retired_at"])
    was: dict[str, list[str]] = {}
    for slug, state in own_questions(lesson).exclude(current=None).order_by("slug").values_list("slug", "state"):
        was.setdefault(state, []).append(slug)
    own = {slug for slugs in was.values() for slug in slugs}
    set_states(slugs=own, state=QuestionState.RETIRED, reason=RETIRED, by=by, at=at)
    replaced, reviewed = settle_facts(lost_facts(version, at), kept=(), lessons=[lesson], by=by, at=at)
    _note("retire_lesson", lesson, by, at, questions=was)
    return Moved(len(own) + replaced.retired, reviewed)


@transaction.atomic
def restore_lesson(*, lesson_id: int, by, at: datetime) -> Moved | None:
    """Put a retired lesson back into reading, and the questions that went with it back to where they were.

    What somebody has taken out of use by hand since stays out. ``None`` when the lesson was not retired.
    """
    lesson = Lesson.objects.select_for_update().get(pk=lesson_id)
    if not lesson.retired_at:
        return None
    lesson.retired_at = None
    lesson.save(update_fields=["retired_at"])
    back = 0
    for state, slugs in _was(lesson).items():
        out = set(
            Question.objects.filter(slug__in=slugs, state=QuestionState.RETIRED).values_list("slug", flat=True)
        )
        wanted = out - put_by_a_person(out, QuestionState.RETIRED)
        back += set_states(slugs=wanted, state=QuestionState(state), reason=RESTORED, by=by, at=at)
    version, on = _in_force(lesson, at), timezone.localdate(at)
    kept = facts_of(version) if version else []
    held = [fact for fact in kept if fact.holds_on(on)]
    replaced, _reviewed = settle_facts(fact_changes((), held), kept=kept, lessons=[lesson], by=by, at=at)
    _note("restore_lesson", lesson, by, at)
    return Moved(back + replaced.new)


def _in_force(lesson: Lesson, at: datetime):
    versions = lesson.versions.in_force(timezone.localdate(at)).select_related("lesson")
    return versions.order_by("-effective_from", "-number").first()


def _was(lesson: Lesson) -> dict[str, list[str]]:
    """By state, the questions that went out with the lesson the last time."""
    last = AuditEntry.objects.filter(action="retire_lesson", target=_target(lesson)).order_by("at", "pk").last()
    return last.detail.get("questions", {}) if last else {}


def _target(lesson: Lesson) -> str:
    return f"lesson:{lesson.slug}"


def _note(action: str, lesson: Lesson, by, at: datetime, **detail: Any) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=_target(lesson), detail=detail)
