"""In what somebody is weak, why it is said so, and which questions that gives to practise."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from quizzes.models import Mark, Mastery
from quizzes.queries.practice import practisable
from quizzes.rules.mastery import Level
from quizzes.rules.practice import Practised, TopicPractice
from quizzes.rules.weakness import RECENT, Known, draw_weak, weakest


@dataclass(frozen=True)
class WeakTopic:
    """A topic to practise: ``missed`` of its newest ``asked`` answers, at most ``RECENT``, were not right."""

    slug: str
    name: str
    level: Level
    asked: int = 0
    missed: int = 0


def weak_topics(learner, topics: Iterable[TopicPractice], at: datetime) -> list[WeakTopic]:
    """The topics, of those that can be practised, that need it most. At most two queries."""
    names = {topic.slug: topic.name for topic in topics}
    rows = Mastery.objects.filter(learner=learner).order_by().select_related("topic")
    tallies = {row.topic.slug: row.tally.aged(at) for row in rows}
    chosen = weakest(Known(slug, tallies.get(slug)) for slug in names)
    counts = _recent(learner, [one.topic for one in chosen]) if chosen else {}
    return [WeakTopic(one.topic, names[one.topic], one.level, *counts.get(one.topic, (0, 0))) for one in chosen]


def _recent(learner, slugs: Sequence[str]) -> dict[str, tuple[int, int]]:
    """By topic: how many of the newest answers there are, and how many of them were not right."""
    place = Window(RowNumber(), partition_by=F("item__version__topic"), order_by=[F("at").desc(), F("pk").desc()])
    newest = (
        Mark.objects.standing()
        .filter(item__attempt__learner=learner, item__version__topic__slug__in=slugs)
        .annotate(place=place, topic=F("item__version__topic__slug"))
        .filter(place__lte=RECENT)
        .order_by()
        .values_list("topic", "numerator", "denominator")
    )
    found: dict[str, tuple[int, int]] = {}
    for topic, numerator, denominator in newest:
        asked, missed = found.get(topic, (0, 0))
        found[topic] = (asked + 1, missed + (numerator < denominator))
    return found


def questions_of_weak_topics(learner, slugs: Sequence[str], count: int, rng: Random) -> list[int]:
    """Up to ``count`` questions of these topics, the weakest given first. Two queries."""
    last = {
        question: numerator == denominator
        for question, numerator, denominator in Mark.objects.standing()
        .filter(item__attempt__learner=learner, item__version__topic__slug__in=slugs)
        .order_by("at", "pk")
        .values_list("item__version__question", "numerator", "denominator")
    }
    bank: dict[str, list[Practised]] = defaultdict(list)
    live = practisable().filter(current__topic__slug__in=slugs).order_by()
    for question, topic in live.values_list("pk", "current__topic__slug"):
        bank[topic].append(Practised(question, last.get(question)))
    return draw_weak(slugs, bank, count, rng)
