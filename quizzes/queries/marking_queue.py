"""What waits for a person: free-text answers without a mark, and appeals."""

from enum import StrEnum

from django.db.models import Count, QuerySet

from quizzes.models import Appeal, Blueprint, Mark, PaperItem, Step
from quizzes.rules.vocabulary import Kind


class MarkingSort(StrEnum):
    OLDEST = "oldest"
    QUESTION = "question"
    PERSON = "person"


class AppealSort(StrEnum):
    QUEUE = "queue"  # open ones the longest waiting first, decided ones the newest first
    NEWEST = "newest"
    QUESTION = "question"


class AppealTab(StrEnum):
    OPEN = "open"
    DECIDED = "decided"


MARKED_TOGETHER = {MarkingSort.QUESTION: ("version__question",), MarkingSort.PERSON: ("attempt__learner",)}
APPEALS_FIRST = {AppealSort.NEWEST: ("-filed_at",), AppealSort.QUESTION: ("item__version__question",)}


def waiting_items(reach: QuerySet, *, exam: str = "", sort: MarkingSort = MarkingSort.OLDEST) -> QuerySet[PaperItem]:
    """Free-text items of submitted attempts (of one exam, where its slug is given) of the people in ``reach`` that
    have no mark."""
    items = PaperItem.objects.filter(attempt__blueprint__slug=exam) if exam else PaperItem.objects.all()
    return (
        items.filter(version__kind=Kind.FREE_TEXT, attempt__submitted_at__isnull=False, attempt__learner__in=reach)
        .exclude(mark_rows__superseded=False)
        .select_related("attempt__learner", "attempt__blueprint", "version__topic")
        .order_by(*MARKED_TOGETHER.get(sort, ()), "attempt__submitted_at", "pk")
    )


def exams_with_waiting_items(reach: QuerySet) -> list[Blueprint]:
    """The exams that have something to mark, each with ``waiting``: how many answers."""
    counts = dict(
        waiting_items(reach)
        .order_by()
        .values_list("attempt__blueprint")
        .annotate(waiting=Count("pk"))
        .values_list("attempt__blueprint", "waiting")
    )
    exams = list(Blueprint.objects.filter(pk__in=counts).order_by("title"))
    for exam in exams:
        exam.waiting = counts[exam.pk]
    return exams


def item_to_mark(reach: QuerySet) -> QuerySet[PaperItem]:
    """Free-text items of submitted attempts of the people in ``reach``, marked or not."""
    return PaperItem.objects.filter(
        version__kind=Kind.FREE_TEXT, attempt__submitted_at__isnull=False, attempt__learner__in=reach
    ).select_related("attempt__learner", "attempt__blueprint", "version__topic")


def newest_step(item: PaperItem) -> Step | None:
    """The step that holds the item's answer."""
    return item.steps.order_by("-sequence").first()


def standing_mark(item: PaperItem) -> Mark | None:
    return item.mark_rows.standing().select_related("by", "version").first()


def appeal_list(
    reach: QuerySet, *, tab: AppealTab = AppealTab.OPEN, sort: AppealSort = AppealSort.QUEUE
) -> QuerySet[Appeal]:
    """The appeals of a tab, in the wanted order."""
    rows = appeals(reach)
    rows = rows.open() if tab is AppealTab.OPEN else rows.exclude(state=Appeal.OPEN)
    queue = ("filed_at", "pk") if tab is AppealTab.OPEN else ("-decided_at", "-pk")
    return rows.order_by(*APPEALS_FIRST.get(sort, ()), *queue)


def appeals(reach: QuerySet) -> QuerySet[Appeal]:
    """The appeals of the people in ``reach``, the longest waiting first."""
    return Appeal.objects.filter(item__attempt__learner__in=reach).select_related(
        "item__attempt__learner", "item__attempt__blueprint", "item__version__question", "decided_by"
    )
