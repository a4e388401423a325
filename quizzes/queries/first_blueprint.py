"""An exam to begin with, for topics that have questions: what the form starts from, to be saved as it is or changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from quizzes.models import Blueprint, Question, Topic
from quizzes.models.labels import LABELS
from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY, Kind

MOST_OF_A_KIND = 20
MARKS = {Kind.FREE_TEXT: 10, Kind.MULTIPLE: 3, Kind.MATCHING: 4, Kind.ORDERING: 4, Kind.CLOZE: 4}
USUAL_MARKS = 2
MINUTES = {Kind.FREE_TEXT: 6, Kind.MULTIPLE: 2, Kind.MATCHING: 2, Kind.ORDERING: 2, Kind.CLOZE: 2}
SHORTEST = 10


@dataclass(frozen=True)
class FirstBlueprint:
    """Initial values of the blueprint's form and of its sections: one for each kind that the topics have live."""

    terms: dict[str, Any]
    sections: list[dict[str, Any]]


def first_blueprint(slugs: Sequence[str]) -> FirstBlueprint | None:
    """``None`` when the topics are unknown or have no live question."""
    topics = list(Topic.objects.filter(slug__in=slugs))
    kinds = Question.objects.live().filter(current__topic__in=topics).values_list("current__kind", flat=True)
    counts = Counter(kinds.order_by())
    if not counts:
        return None
    there = [(kind, min(counts[kind], MOST_OF_A_KIND)) for kind in Kind if counts[kind]]
    minutes = max(SHORTEST, sum(MINUTES.get(kind, 1) * count for kind, count in there))
    name, slug = "、".join(topic.name for topic in topics)[:40], _free_slug(topics[0].slug)
    terms = {
        "slug": slug,
        "title": _("%(topic)s考试") % {"topic": name},
        "title_en": slug.replace("-", " ").capitalize(),
        "instructions": _("独立完成，可以随时返回修改，交卷前请检查一遍。"),
        "minutes": minutes,
        "pass_mark": 80,
        "pass_rationale": _("五题里错一题以内，说明主要的规定和做法都记住了。"),
    }
    return FirstBlueprint(terms, [_section(kind, count, topics) for kind, count in there])


def _section(kind: Kind, count: int, topics: Sequence[Topic]) -> dict[str, Any]:
    with translation.override("en"):
        english = str(LABELS[kind])
    return {
        "title": str(LABELS[kind]),
        "title_en": english,
        "count": count,
        "marks": MARKS.get(kind, USUAL_MARKS),
        "min_difficulty": MIN_DIFFICULTY,
        "max_difficulty": MAX_DIFFICULTY,
        "topics": [topic.slug for topic in topics],
        "kinds": [kind.value],
    }


def _free_slug(topic: str) -> str:
    taken = set(Blueprint.objects.filter(slug__startswith=f"{topic[:60]}-exam").values_list("slug", flat=True))
    wanted = [f"{topic[:60]}-exam", *(f"{topic[:60]}-exam-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in wanted if slug not in taken)
