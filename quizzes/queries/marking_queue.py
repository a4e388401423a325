"""What waits for a person: free-text answers without a mark, and appeals."""

from django.db.models import Count, QuerySet

from quizzes.models import Appeal, Blueprint, Mark, PaperItem, Step
from quizzes.rules.vocabulary import Kind


def waiting_items(reach: QuerySet) -> QuerySet[PaperItem]:
    """Free-text items of submitted attempts of the people in ``reach`` that have no mark, oldest first."""
    return (
        PaperItem.objects.filter(
            version__kind=Kind.FREE_TEXT, attempt__submitted_at__isnull=False, attempt__learner__in=reach
        )
        .exclude(mark_rows__superseded=False)
        .select_related("attempt__learner", "attempt__blueprint", "version__topic")
        .order_by("attempt__submitted_at", "pk")
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


def appeals(reach: QuerySet) -> QuerySet[Appeal]:
    """The appeals of the people in ``reach``, the longest waiting first."""
    return Appeal.objects.filter(item__attempt__learner__in=reach).select_related(
        "item__attempt__learner", "item__attempt__blueprint", "item__version__question", "decided_by"
    )
