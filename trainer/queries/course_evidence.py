"""What people have shown that units of courses ask for: read, passed, talked, practised. Never a click."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Count, Q

from quizzes.models import Attempt, Session, SortingRun, TypingRun
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.vocabulary import Mode
from trainer.models import LessonRead, Product
from trainer.queries.course_targets import Key
from trainer.queries.lesson_page import PURPOSE as LESSON
from trainer.queries.periods import this_period
from trainer.rules.course_words import UnitKind
from trainer.rules.courses import Shown

TOPIC = "topic:"

Found = dict[int, dict[Key, list[Shown]]]


def evidence_of(learners: Collection[int], keys: Iterable[Key]) -> Found:
    """What each of these people (ids) has shown of what ``keys`` ask for, since it counts for them.

    A fixed number of queries: one for lessons, one for the products of gates, one for papers, one for talks and one
    for each kind of drill, each only when a key needs it.
    """
    wanted: dict[UnitKind, set[str]] = defaultdict(set)
    for kind, target in keys:
        wanted[kind].add(target)
    found: Found = {learner: defaultdict(list) for learner in learners}
    if wanted[UnitKind.LESSON]:
        _lessons(found, wanted[UnitKind.LESSON])
    if any(wanted[kind] for kind in (UnitKind.LESSON, UnitKind.EXAM, UnitKind.PRACTICE, UnitKind.GATE)):
        _papers(found, wanted)
    if wanted[UnitKind.SCENARIO]:
        _talks(found, wanted[UnitKind.SCENARIO])
    if wanted[UnitKind.TYPING]:
        _typing(found)
    if wanted[UnitKind.SORTING]:
        _sorting(found)
    return found


def _lessons(found: Found, slugs: set[str]) -> None:
    """A lesson counts once it was read to its end and its questions were answered."""
    reads = LessonRead.objects.filter(
        this_period("opened_at"),
        learner__in=found,
        lesson__slug__in=slugs,
        reached_end_at__isnull=False,
        answered_at__isnull=False,
    ).order_by()
    for learner, slug, end, answered in reads.values_list("learner", "lesson__slug", "reached_end_at", "answered_at"):
        found[learner][UnitKind.LESSON, slug].append(Shown(max(end, answered)))


def _papers(found: Found, wanted: dict[UnitKind, set[str]]) -> None:
    """Exams passed, practice runs of a topic finished, and the questions of a lesson answered once more."""
    gates = defaultdict(list)
    if wanted[UnitKind.GATE]:
        products = Product.objects.filter(sku__in=wanted[UnitKind.GATE], blueprint__isnull=False)
        for sku, slug in products.values_list("sku", "blueprint__slug"):
            gates[slug].append(sku)
    purposes = [
        *(f"{TOPIC}{slug}" for slug in wanted[UnitKind.PRACTICE]),
        *(f"{LESSON}{slug}" for slug in wanted[UnitKind.LESSON]),
    ]
    passed = Q(mode=Mode.EXAM, passed=True, blueprint__slug__in=wanted[UnitKind.EXAM] | gates.keys())
    papers = (
        Attempt.objects.submitted()
        .filter(this_period("started_at"), passed | Q(mode=Mode.PRACTICE, purpose__in=purposes), learner__in=found)
        .order_by()
        .annotate(size=Count("items", filter=Q(mode=Mode.PRACTICE)))
    )
    for learner, mode, exam, purpose, at, size in papers.values_list(
        "learner", "mode", "blueprint__slug", "purpose", "submitted_at", "size"
    ):
        mine = found[learner]
        if mode == Mode.EXAM:
            if exam in wanted[UnitKind.EXAM]:
                mine[UnitKind.EXAM, exam].append(Shown(at))
            for sku in gates.get(exam, ()):
                mine[UnitKind.GATE, sku].append(Shown(at))
        elif purpose.startswith(TOPIC):
            mine[UnitKind.PRACTICE, purpose.removeprefix(TOPIC)].append(Shown(at, Decimal(size)))
        elif (read := mine.get((UnitKind.LESSON, purpose.removeprefix(LESSON)))) and at > read[0].at:
            read.append(Shown(at))  # read before, and now its questions answered anew


def _talks(found: Found, slugs: set[str]) -> None:
    """Talks passed, so that no open check could change it."""
    passed = Session.objects.ended().counted_as_passed()
    talks = passed.filter(this_period("started_at"), learner__in=found, scenario__slug__in=slugs).order_by()
    for learner, slug, level, at in talks.values_list("learner", "scenario__slug", "level", "ended_at"):
        found[learner][UnitKind.SCENARIO, slug].append(Shown(at, strict=level != Level.PRACTICE))


def _typing(found: Found) -> None:
    """Typing tests that count."""
    runs = TypingRun.objects.counted().filter(this_period("started_at"), learner__in=found).order_by()
    for learner, at, speed, accuracy in runs.values_list("learner", "finished_at", "correct_per_minute", "accuracy"):
        found[learner][UnitKind.TYPING, ""].append(Shown(at, speed, accuracy))


def _sorting(found: Found) -> None:
    """Sorting runs; the weaker of both shares counts."""
    runs = SortingRun.objects.finished().filter(this_period("started_at"), learner__in=found).order_by()
    for learner, at, classes, urgency in runs.values_list(
        "learner", "finished_at", "class_accuracy", "urgency_accuracy"
    ):
        found[learner][UnitKind.SORTING, ""].append(Shown(at, share=min(classes, urgency)))
