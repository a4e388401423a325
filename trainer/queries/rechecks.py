"""Who still has a re-check to do, and what it asks."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from random import Random

from django.db.models import OuterRef, QuerySet, Subquery

from quizzes.models import Attempt, PaperItem, Question
from quizzes.rules.vocabulary import Kind
from trainer.models import Employment, Recheck

PURPOSE = "recheck:"
FEWEST, MOST = 3, 5  # questions of one check


def rechecks_due(learner) -> QuerySet[Recheck]:
    """The open re-checks of one person, the most urgent first, with their lessons."""
    return Recheck.objects.open().filter(learner=learner).select_related("version__lesson").order_by("due_on", "pk")


def recheck_due(learner) -> bool:
    """Whether something that this person has shown rests on a rule that changed since: certificates ask here."""
    return Recheck.objects.open().filter(learner=learner).exists()


def purpose_of(recheck: Recheck) -> str:
    return f"{PURPOSE}{recheck.pk}"


def recheck_of_purpose(purpose: str) -> int | None:
    """The id of the re-check that an attempt belongs to, if it belongs to one."""
    number = purpose.removeprefix(PURPOSE) if purpose.startswith(PURPOSE) else ""
    return int(number) if number.isascii() and number.isdecimal() else None


def tries_of(recheck: Recheck) -> QuerySet[Attempt]:
    """What this person has sat for the re-check, the newest first."""
    return Attempt.objects.of(recheck.learner_id).filter(purpose=purpose_of(recheck)).order_by("-started_at", "-pk")


def questions_for(recheck: Recheck, *, seed: int) -> list[int]:
    """Three to five live questions for the next try, those not asked in earlier tries first.

    They rest on the facts that changed; where these give fewer than three, others of the same lesson join them.
    Questions that a person has to mark are left out: the result should be there at once.
    """
    rng = Random(f"{recheck.pk}:{seed}")  # noqa: S311 - repeatable, not secret
    asked = set(PaperItem.objects.filter(attempt__in=tries_of(recheck)).values_list("version__question", flat=True))
    live = Question.objects.live().exclude(current__kind=Kind.FREE_TEXT)
    changed = list(
        live.filter(current__bases__fact_key__in=list(recheck.keys)).order_by("pk").values_list("pk", flat=True)
    )
    chosen = _new_first(dict.fromkeys(changed), asked, rng)[:MOST]
    if len(chosen) < FEWEST:
        lesson = live.filter(current__lesson_key=recheck.version.lesson.slug).exclude(pk__in=chosen)
        chosen += _new_first(lesson.order_by("pk").values_list("pk", flat=True), asked, rng)[: FEWEST - len(chosen)]
    return chosen


def _new_first(questions: Iterable[int], asked: Collection[int], rng: Random) -> list[int]:
    shuffled = list(questions)
    rng.shuffle(shuffled)
    return sorted(shuffled, key=lambda question: question in asked)


def with_recheck_due(employments: QuerySet[Employment]) -> QuerySet[Employment]:
    """Each with ``recheck_due_on``: the day of the most urgent open re-check, ``None`` without one."""
    rows = Recheck.objects.open().filter(learner=OuterRef("user")).order_by("due_on")
    return employments.annotate(recheck_due_on=Subquery(rows.values("due_on")[:1]))


class RecheckSort(StrEnum):
    DUE = "due"
    NAME = "name"


def rechecks_in_reach(
    reach: QuerySet, *, on: date, state: str = "", lesson: str = "", person: int | None = None,
    sort: RecheckSort = RecheckSort.DUE,
) -> QuerySet[Recheck]:  # fmt: skip
    """The re-checks of these people; ``state``: ``open``, ``overdue``, ``passed``, ``excused`` or empty for any."""
    rows = Recheck.objects.filter(learner__in=reach)
    if state == "overdue":
        rows = rows.overdue(on)
    elif state:
        rows = rows.filter(state=state)
    if lesson:
        rows = rows.filter(version__lesson__slug=lesson)
    if person:
        rows = rows.filter(learner=person)
    rows = rows.select_related("learner__employment__team", "version__lesson", "excused_by")
    first = ("learner__display_name",) if sort is RecheckSort.NAME else ()
    return rows.order_by(*first, "due_on", "learner", "pk")
