"""Loads as those who bring content in see them: the list, the figures of one, its entries, and its progress."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from trainer.models import Load, LoadEntry, WorkerBeat
from trainer.rules.loads import Decision, Difference, EntryKind, FileState, LoadState

ALIVE = timedelta(minutes=3)
OPEN = Q(decision=Decision.OPEN) & (Q(kind=EntryKind.HELD) | Q(difference=Difference.CHANGED))
IN = (
    Q(question__isnull=False)
    | Q(lesson_version__isnull=False)
    | Q(product__isnull=False)
    | Q(scenario_version__isnull=False)
)


def load_lines(*, q: str = "", state: str = "") -> QuerySet[Load]:
    """The loads whose title has ``q``, of a state or of any, newest first, with their numbers of files and of entries
    taken and open."""
    found = Load.objects.filter(state=state) if state else Load.objects.all()
    return (
        found.filter(title__icontains=q)
        .select_related("created_by")
        .annotate(
            file_count=Count("files", distinct=True),
            taken=Count("entries", distinct=True, filter=Q(entries__decision=Decision.TAKE)),
            open=Count("entries", distinct=True, filter=Q(entries__decision=Decision.OPEN)),
        )
        .order_by("-created_at", "-pk")
    )


@dataclass(frozen=True)
class LoadCounts:
    """How much of everything a load has. ``undecided`` waits for a person; ``waiting`` is taken and not in yet;
    ``confirmed_products`` come in with publication, and nobody has to confirm them once more."""

    questions: int = 0
    held: int = 0
    lessons: int = 0
    products: int = 0
    scenarios: int = 0
    removed: int = 0
    undecided: int = 0
    waiting: int = 0
    confirmed_products: int = 0
    loaded: int = 0
    skipped: int = 0
    differences: Counter = field(default_factory=Counter)

    @property
    def need_topic(self) -> bool:
        return bool(self.questions or self.lessons or (self.held and not self.scenarios))

    @property
    def nothing_new(self) -> bool:
        """Whether all that was read is there already."""
        return bool(self.questions) and not (self.undecided or self.waiting or self.loaded or self.lessons)


def load_counts(load: Load) -> LoadCounts:
    rows = (
        load.entries.order_by()
        .values_list("kind", "decision", "difference")
        .annotate(n=Count("pk"), made=Count("pk", filter=IN))
    )
    counts: Counter[str] = Counter()
    differences: Counter[str] = Counter()
    for kind, decision, difference, n, made in rows:
        counts[kind] += n
        counts["loaded"] += made
        if kind == EntryKind.REMOVED:
            continue
        counts["undecided"] += n if decision == Decision.OPEN else 0
        if decision == Decision.TAKE:
            known = kind == EntryKind.PRODUCT and load.state in (LoadState.CONFIRMED, LoadState.SCHEDULED)
            counts["confirmed_products" if known else "waiting"] += n - made
        counts["skipped"] += n if decision == Decision.SKIP else 0
        if kind == EntryKind.QUESTION:
            differences[difference] += n
    return LoadCounts(
        questions=counts[EntryKind.QUESTION],
        held=counts[EntryKind.HELD],
        lessons=counts[EntryKind.LESSON],
        products=counts[EntryKind.PRODUCT],
        scenarios=counts[EntryKind.SCENARIO],
        removed=counts[EntryKind.REMOVED],
        undecided=counts["undecided"],
        waiting=counts["waiting"],
        confirmed_products=counts["confirmed_products"],
        loaded=counts["loaded"],
        skipped=counts["skipped"],
        differences=differences,
    )


def entries_for(load: Load, tab: str, difference: str = "") -> QuerySet[LoadEntry]:
    """The entries of one tab of the page, in the order of the files."""
    related = ("file", "twin__current", "question", "lesson_version__lesson", "scenario_version__scenario")
    entries = load.entries.select_related(*related).order_by("file__position", "position")
    match tab:
        case "open":
            return entries.filter(OPEN)
        case "held":
            return entries.filter(kind=EntryKind.HELD)
        case "lessons":
            return entries.filter(kind=EntryKind.LESSON)
        case "products":
            return entries.filter(kind=EntryKind.PRODUCT)
        case "scenarios":
            return entries.filter(kind=EntryKind.SCENARIO)
        case "removed":
            return entries.filter(kind=EntryKind.REMOVED)
    entries = entries.filter(kind=EntryKind.QUESTION)
    return entries.filter(difference=difference) if difference in list(Difference) else entries


def topics_of(load: Load) -> list[str]:
    """The slugs of the topics that the questions of a load belong to."""
    questions = load.entries.exclude(question=None).order_by("question__current__topic__position")
    return list(dict.fromkeys(questions.values_list("question__current__topic__slug", flat=True)))


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` files; ``worked`` says whether anybody works the queue."""

    done: int
    total: int
    worked: bool


def progress(load: Load, at: datetime) -> Progress:
    states = list(load.files.values_list("state", flat=True))
    done = sum(state in (FileState.READ, FileState.FAILED) for state in states)
    return Progress(done, len(states), worker_alive(at) or FileState.READING in states)


def worker_alive(at: datetime) -> bool:
    return WorkerBeat.objects.filter(at__gte=at - ALIVE).exists()
