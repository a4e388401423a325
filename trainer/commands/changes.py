"""Publishing a version with all that follows from it, at once or on the day from which it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from quizzes.commands.questions import set_states
from quizzes.models import AuditEntry
from quizzes.rules.facts import Fact
from quizzes.rules.vocabulary import QuestionState
from trainer.commands.generated import Replaced, save_remaking
from trainer.commands.lessons import publish_lesson_version
from trainer.commands.products import set_gate
from trainer.commands.rechecks import assign_rechecks
from trainer.commands.scenario_reviews import flag_scenarios
from trainer.commands.search import reindex
from trainer.models import Lesson, LessonChange, LessonVersion, Product
from trainer.queries.impact import changes_of, concerned, predecessor, resting_on
from trainer.queries.remaking import remaking
from trainer.rules.changes import FactChange, unsettled
from trainer.rules.vocabulary import ChangeKind

RULE_CHANGED = "规则变了"


NOTHING = Replaced()


class BadTerms(Exception):
    """A rule that changed needs a day by which to be re-checked, not before it holds; a correction has none."""


@dataclass(frozen=True)
class Published:
    """What publishing did. ``new`` is false when it was done before, ``applied`` while it waits for its day."""

    change: LessonChange
    new: bool
    applied: bool
    questions: Replaced = NOTHING
    reviewed: int = 0
    assigned: int = 0
    scenarios: int = 0


@transaction.atomic
def publish_change(
    *, version_id: int, kind: ChangeKind, note: str, due_on: date | None, by, at: datetime
) -> Published:
    """Publish a version and do what follows: remake the generated questions, send hand-written ones that rest on what
    no longer holds to review, and, for a rule that changed, assign re-checks to those concerned.

    A version that holds only from a later day is published now, and the rest is done on that day by ``run_due``.
    Doing it again changes nothing; only that a correction was a change of the rule after all may be said later.

    Raises ``BadTerms``.
    """
    version = LessonVersion.objects.select_for_update(of=("self",)).select_related("lesson").get(pk=version_id)
    if (kind == ChangeKind.RULE) != (due_on is not None) or (
        due_on and due_on < max(timezone.localdate(at), version.effective_from)
    ):
        raise BadTerms
    change = LessonChange.objects.select_for_update().filter(version=version).first()
    if change and (change.kind == kind or kind == ChangeKind.CORRECTION):
        return Published(change, new=False, applied=change.applied_at is not None)
    if change:
        return _take_back_correction(change, note, due_on, by, at)
    publish_lesson_version(version_id=version.pk, by=by, at=at)
    change = LessonChange.objects.create(
        version=version, kind=kind, note=note, due_on=due_on, decided_by=by, decided_at=at
    )
    _note("publish_change", change, by, at, kind=kind.value, due_on=str(due_on or ""), note=note)
    if version.effective_from > timezone.localdate(at):
        return Published(change, new=True, applied=False)
    return apply_change(change=change, by=by, at=at)


def _take_back_correction(change: LessonChange, note: str, due_on: date | None, by, at: datetime) -> Published:
    change.kind, change.note, change.due_on = ChangeKind.RULE, note, due_on
    change.save(update_fields=["kind", "note", "due_on"])
    assigned = _assign(change, at) if change.applied_at else 0
    _note("correction_was_a_rule", change, by, at, due_on=str(due_on), note=note, assigned=assigned)
    return Published(change, new=True, applied=change.applied_at is not None, assigned=assigned)


@transaction.atomic
def apply_change(*, change: LessonChange, by, at: datetime) -> Published:
    """Do what follows from a published version that holds by now; twice is once."""
    change = LessonChange.objects.select_for_update().get(pk=change.pk)
    if change.applied_at:
        return Published(change, new=False, applied=True)
    version = LessonVersion.objects.select_related("lesson").get(pk=change.version_id)
    on = timezone.localdate(at)
    before = predecessor(version, max(on, version.effective_from))
    facts, kept = changes_of(before, version, on)
    change.keys = list(unsettled(facts))
    people = concerned(version, before, change.keys, at=at) if change.kind == ChangeKind.RULE else []
    questions, reviewed = settle_facts(facts, kept=kept, lessons=[version.lesson], by=by, at=at)
    change.applied_at = at
    change.save(update_fields=["keys", "applied_at"])
    flagged = flag_scenarios(change=change, at=at)
    assigned = 0
    if change.due_on:
        assigned = assign_rechecks(
            version=version, people=people, keys=change.keys, reason=change.note, due_on=change.due_on, at=at
        )
    _note("apply_change", change, by, at, **vars(questions), reviewed=reviewed, assigned=assigned, keys=change.keys,
          scenarios=flagged)  # fmt: skip
    return Published(change, True, True, questions, reviewed, assigned, flagged)


def _assign(change: LessonChange, at: datetime) -> int:
    version = change.version
    before = predecessor(version, timezone.localdate(at))
    people = concerned(version, before, change.keys, at=at)
    if change.due_on is None:
        return 0
    return assign_rechecks(
        version=version, people=people, keys=change.keys, reason=change.note, due_on=change.due_on, at=at
    )


def settle_facts(
    changes: Sequence[FactChange], *, kept: Sequence[Fact], lessons: Iterable[Lesson], by, at: datetime
) -> tuple[Replaced, int]:
    """Make the bank ask what the facts say now: remade questions, and how many hand-written ones went to review.

    ``kept`` are all facts of ``lessons`` as they are now. Runs inside the caller's transaction.
    """
    lessons = list(lessons)
    remade = remaking(changes, kept=kept, lessons=[lesson.pk for lesson in lessons], on=timezone.localdate(at))
    replaced = save_remaking(remade, by=by, at=at)
    unsure = set(resting_on(unsettled(changes)).values_list("slug", flat=True))
    reviewed = set_states(slugs=unsure, state=QuestionState.REVIEW, reason=RULE_CHANGED, by=by, at=at)
    for product in Product.objects.filter(lesson__in=lessons, blueprint=None):
        set_gate(product=product, by=by, at=at)
    reindex(at=at)
    return replaced, reviewed


def _note(action: str, change: LessonChange, by, at: datetime, **detail) -> None:
    target, detail["version"] = f"lesson:{change.version.lesson.slug}", change.version.number
    AuditEntry.objects.create(at=at, by=by, action=action, target=target, detail=detail)
