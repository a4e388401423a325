"""Typing runs and sorting runs."""

from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from quizzes.models import SortingAnswer, SortingRun, TypingRun
from quizzes.rules.vocabulary import Mode
from tests.factories.people import UserFactory

TYPING_TERMS = {
    "bar": 50, "accuracy": 0.95, "slowest": 20, "whole": 0.95, "fastest": 260, "burst": 40, "typed_share": 0.8,
}  # fmt: skip
SORTING_TERMS = {"count": 2, "seconds": 60, "class_accuracy": 0.85, "urgency_accuracy": 0.7}
TICKETS = [
    {
        "slug": "parcel-stalled", "platform": "taobao", "buyer": "林**", "text": "三天没有动了，催一下快递",
        "ticket_class": "logistics", "urgency": "important_urgent", "why_class": "问的是包裹走到哪里",
        "why_urgency": "顾客今天要用",
    },
    {
        "slug": "coupon-rule", "platform": "tmall", "buyer": "周**", "text": "店铺券和平台券能不能一起用",
        "ticket_class": "promotion", "urgency": "urgent", "why_class": "问的是券的用法", "why_urgency": "在等着下单",
    },
]  # fmt: skip


class TypingRunFactory(factory.django.DjangoModelFactory):
    """A test that has just begun; ``finished=True`` is one that counts, at 60 字/分."""

    class Meta:
        model = TypingRun

    class Params:
        finished = factory.Trait(
            finished_at=factory.LazyAttribute(lambda o: o.started_at + timedelta(seconds=15)),
            typed=factory.SelfAttribute("text"),
            correct=15,
            correct_per_minute=Decimal("60.0"),
            accuracy=Decimal("1"),
            counted=True,
        )

    learner = factory.SubFactory(UserFactory)
    passage = "parcel"
    text = "您好，我马上查一下物流，五分内回。"
    mode = Mode.EXAM
    terms = factory.LazyFunction(TYPING_TERMS.copy)
    started_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyAttribute(lambda o: o.started_at + timedelta(minutes=5))


class SortingRunFactory(factory.django.DjangoModelFactory):
    """A run over two tickets that has just begun; ``finished=True`` is one in which every class was right."""

    class Meta:
        model = SortingRun

    class Params:
        finished = factory.Trait(
            finished_at=factory.LazyAttribute(lambda o: o.started_at + timedelta(seconds=30)),
            class_accuracy=Decimal("1"),
            urgency_accuracy=Decimal("0.5"),
        )

    learner = factory.SubFactory(UserFactory)
    seed = 1
    tickets = factory.LazyFunction(lambda: [dict(ticket) for ticket in TICKETS])
    terms = factory.LazyFunction(SORTING_TERMS.copy)
    started_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyAttribute(lambda o: o.started_at + timedelta(seconds=60))


class SortingAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SortingAnswer

    run = factory.SubFactory(SortingRunFactory)
    position = 1
    ticket_class = "logistics"
    urgency = "important_urgent"
    at = factory.LazyFunction(timezone.now)
