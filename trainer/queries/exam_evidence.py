"""The exams of the site and what people sat of them."""

from collections import defaultdict

from django.db.models import Case, Count, Exists, F, FloatField, IntegerField, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from quizzes.models import Attempt, Blueprint, BlueprintSection, Mark, PaperItem
from trainer.models import Recheck


def exams_with_worth() -> dict[str, Blueprint]:
    """The exams by slug, each with its ``product`` and ``worth``: how many questions of equal marks a paper of it is
    worth, as ``rules.papers`` has it."""
    marks, count = Cast("marks", FloatField()), Cast("count", FloatField())
    sections = BlueprintSection.objects.filter(blueprint=OuterRef("pk")).order_by().values("blueprint")
    worth = sections.annotate(total=Sum(count * marks), squares=Sum(count * marks * marks)).values(
        worth=F("total") * F("total") / F("squares")
    )
    exams = Blueprint.objects.exams().select_related("product").annotate(worth=Subquery(worth))
    return {blueprint.slug: blueprint for blueprint in exams}


def exams_of(learners: list[int]) -> dict[int, list[Attempt]]:
    """Their exams by person, the newest first, with ``waiting`` and ``unsettled``: see ``queries.confirmation``."""
    unmarked = (
        PaperItem.objects.filter(attempt=OuterRef("pk"))
        .exclude(Exists(Mark.objects.standing().filter(item=OuterRef("pk"))))
        .order_by()
        .values("attempt")
        .annotate(count=Count("pk"))
    )
    # Few attempts wait for a mark: only theirs are counted.
    waiting = When(submitted_at__isnull=False, score=None, then=Coalesce(Subquery(unmarked.values("count")), 0))
    exams = (
        Attempt.objects.exams()
        .filter(learner__in=learners)
        .annotate(
            waiting=Case(waiting, default=Value(0), output_field=IntegerField()),
            unsettled=Exists(Recheck.objects.open().filter(grounds=OuterRef("pk"))),
        )
        .select_related("blueprint")
    )
    found = defaultdict(list)
    for attempt in exams:
        found[attempt.learner_id].append(attempt)
    return found
