"""What there is to learn and to ask, and what is due for review."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from quizzes.models import Question
from quizzes.rules.vocabulary import QuestionState
from trainer.models import Fact, Lesson, LessonVersion
from trainer.readers.entries import CASE


def read_ids(text: str) -> list[str]:
    """The ids of a plain list, one a line; lines that start with ``#`` are remarks."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def versions_in_force(on: date) -> QuerySet[LessonVersion]:
    """The version that readers see on that day, one a lesson."""
    return LessonVersion.objects.filter(pk__in=Lesson.objects.published(on).values("in_force_id"))


def content_report(on: date, *, ids: Collection[str] = ()) -> dict[str, Any]:
    """JSON-able counts of lessons, facts and questions on the day ``on``. ``ids`` are those that facts must cover.

    Facts cover an id when one of a version in force refers to it.
    """
    versions = list(versions_in_force(on).select_related("lesson").order_by("review_by", "title"))
    facts = Fact.objects.filter(version__in=[version.pk for version in versions])
    covered = {ref for refs in facts.values_list("refs", flat=True) for ref in refs}
    questions = Question.objects.order_by()
    live = questions.filter(state=QuestionState.LIVE)
    return {
        "on": on.isoformat(),
        "lessons": {
            "count": len(versions),
            "required": sum(version.required for version in versions),
            "retired": Lesson.objects.exclude(retired_at=None).count(),
            "by_kind": _sorted(version.kind for version in versions),
            "by_platform": _sorted(platform for version in versions for platform in version.platforms),
            "by_status": _sorted(version.status for version in versions),
            "past_review": [
                {"slug": version.lesson.slug, "title": version.title, "review_by": version.review_by.isoformat()}
                for version in versions
                if version.review_by < on
            ],
        },
        "facts": {
            "count": facts.count(),
            "by_type": _sorted(facts.values_list("type", flat=True)),
            "by_flag": _sorted(facts.values_list("flag", flat=True)),
            "covered": sorted(set(ids) & covered),
            "missing": [id_ for id_ in ids if id_ not in covered],
        },
        "questions": {
            "count": questions.count(),
            "live": live.count(),
            "distinct_live": live.aggregate(n=Count("current__fingerprint", distinct=True))["n"],
            "cases": live.filter(tags__name=CASE).count(),
            "by_kind": _counted(live, "current__kind"),
            "by_state": _counted(questions, "state"),
            "by_origin": _counted(live, "origin"),
            "by_form": _counted(live.exclude(current__form=""), "current__form"),
        },
    }


def _sorted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _counted(questions: QuerySet[Question], field: str) -> dict[str, int]:
    return dict(questions.values_list(field).annotate(Count("pk")).order_by(field))
