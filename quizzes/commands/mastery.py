"""Adding up what people's answers say of the topics."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, FloatField, Sum
from django.db.models.functions import Cast, TruncDay

from quizzes.models import Mark, Mastery
from quizzes.rules.mastery import Answered, tally
from quizzes.rules.vocabulary import Mode

PEOPLE_AT_ONCE = 200


@transaction.atomic
def tally_mastery(*, learner_ids: Collection[int], at: datetime) -> int:
    """Add up every topic of these people anew from the marks that stand; how many topics were written. Three
    statements for ``PEOPLE_AT_ONCE`` people."""
    written = 0
    for people in _portions(sorted(set(learner_ids))):
        answers: dict[tuple[int, int], list[Answered]] = defaultdict(list)
        counts: dict[tuple[int, int], int] = defaultdict(int)
        for learner, topic, mode, day, credit, count in _answers(people):
            noon = min(day + timedelta(hours=12), at)
            answers[learner, topic].append(Answered(noon, credit, count, mode == Mode.PRACTICE))
            counts[learner, topic] += count
        rows = []
        for (learner, topic), given in answers.items():
            found = tally(given, at)
            rows.append(
                Mastery(
                    learner_id=learner, topic_id=topic, weight=found.weight, credit=min(found.credit, found.weight),
                    answers=counts[learner, topic], as_of=at,
                )
            )  # fmt: skip
        Mastery.objects.filter(learner__in=people).exclude(topic__in={topic for _learner, topic in answers}).delete()
        Mastery.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["learner", "topic"],
            update_fields=["weight", "credit", "answers", "as_of"],
            batch_size=500,
        )
        written += len(rows)
    return written


def _answers(people: Collection[int]) -> Iterator[tuple[int, int, str, datetime, float, int]]:
    """Learner, topic, mode, day, credit and number of answers: one row for all of a day."""
    marks = Mark.objects.standing().filter(item__attempt__learner__in=people).order_by()
    credit = Sum(Cast("numerator", FloatField()) / F("denominator"))
    return (
        marks.annotate(day=TruncDay("at"))
        .values_list("item__attempt__learner", "item__version__topic", "item__attempt__mode", "day")
        .annotate(credit=credit, count=Count("pk"))
        .iterator(chunk_size=5_000)
    )


def _portions(people: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        yield people[start : start + PEOPLE_AT_ONCE]


def tally_since(*, since: datetime, at: datetime) -> int:
    """Add up anew who was marked from ``since`` on: practice that nobody ended is only found so. How many people."""
    people = Mark.objects.filter(at__gte=since).order_by().values_list("item__attempt__learner", flat=True).distinct()
    found = set(people)
    tally_mastery(learner_ids=found, at=at)
    return len(found)
