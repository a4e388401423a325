"""The facts that hold on a day, as the generators take them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from quizzes.rules import facts as rules
from quizzes.rules.facts import FactType
from trainer.models import Fact, Lesson, LessonTopic, LessonVersion


def facts_in_force(on: date) -> list[rules.Fact]:
    """The facts of every version in force on that day, whatever their own dates. Two queries."""
    return _to_rules(Fact.objects.all(), _placed(on))


def facts_of(version: LessonVersion) -> list[rules.Fact]:
    """The facts of one version, in force or not, with its lesson and main topic. Two queries."""
    links = LessonTopic.objects.filter(version=version, position=0).select_related("topic")
    topic = next((link.topic.slug for link in links), "")
    rows = version.facts.select_related("attribute").order_by("position")
    return [row.to_rule(lesson=version.lesson.slug, topic=topic) for row in rows]


def facts_beside(changed: Iterable[rules.Fact], *, on: date, without: Iterable[int]) -> list[rules.Fact]:
    """The facts in force whose questions may draw on ``changed`` ones, or these on theirs.

    Those of the lessons ``without`` (ids) are left out: the caller has them in another edition. Two queries.
    """
    changed = list(changed)
    placed = _placed(on, without)
    topics = {fact.topic for fact in changed}
    near = Q(version__in=[version for version, (_, topic) in placed.items() if topic in topics])
    near |= Q(attribute__key__in={fact.attribute.key for fact in changed if fact.attribute})
    if any(fact.type == FactType.RULE for fact in changed):
        near |= Q(type=FactType.RULE)
    return _to_rules(Fact.objects.filter(near), placed)


def _placed(on: date, without: Iterable[int] = ()) -> dict[int, tuple[str, str]]:
    """By the id of each version in force: its lesson's slug and its main topic's."""
    published = Lesson.objects.published(on).exclude(pk__in=list(without))
    links = LessonTopic.objects.filter(position=0, version__in=published.values("in_force_id"))
    return {
        version: (lesson, topic)
        for version, lesson, topic in links.values_list("version", "version__lesson__slug", "topic__slug")
    }


def _to_rules(rows: QuerySet[Fact], placed: dict[int, tuple[str, str]]) -> list[rules.Fact]:
    found = []
    for row in rows.filter(version__in=list(placed)).select_related("attribute").order_by("version", "position"):
        lesson, topic = placed[row.version_id]
        found.append(row.to_rule(lesson=lesson, topic=topic))
    return found
