"""The assessment scheme, interviews and monthly figures."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import factory
from django.utils import timezone

from tests.factories.people import UserFactory
from tests.factories.quizzes import ago
from tests.rules.scheme import scheme_data
from trainer.models import (
    Interview,
    InterviewPrompt,
    InterviewScore,
    PerformanceLine,
    PerformanceMonth,
    PerformanceSheet,
    SchemeVersion,
)


class SchemeVersionFactory(factory.django.DjangoModelFactory):
    """A version of the scheme of ``tests.rules.scheme``; the one with the highest number holds."""

    class Meta:
        model = SchemeVersion

    number = factory.Sequence(lambda n: n + 1)
    data = factory.LazyFunction(scheme_data)
    digest = "0" * 64
    note = "第一版"
    published_at = ago(days=30)


class InterviewPromptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InterviewPrompt

    slug = factory.Sequence(lambda n: f"prompt-{n}")
    dimension = "attitude"
    text = factory.Sequence(lambda n: f"第 {n} 问：遇到骂人的顾客，你会怎么回？")
    listen = "先稳住情绪，再办事。"


class InterviewFactory(factory.django.DjangoModelFactory):
    """A draft with one question; ``final=True`` was handed in (make its scores with ``InterviewScoreFactory``)."""

    class Meta:
        model = Interview

    class Params:
        final = factory.Trait(
            finished_at=factory.LazyAttribute(lambda o: o.held_at + timedelta(minutes=25)), comment="讲得清楚。"
        )

    learner = factory.SubFactory(UserFactory, role="trainee")
    rater = factory.SubFactory(UserFactory, role="supervisor")
    scheme = factory.SubFactory(SchemeVersionFactory)
    seed = 7
    prompts = factory.LazyFunction(
        lambda: {"attitude": [{"slug": "rude", "text": "遇到骂人的顾客，怎么回？", "listen": "先稳住情绪，再办事。"}]}
    )
    held_at = ago(days=2)


class InterviewScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InterviewScore

    interview = factory.SubFactory(InterviewFactory, final=True)
    dimension = "attitude"
    score = 4


class PerformanceSheetFactory(factory.django.DjangoModelFactory):
    """A sheet to be confirmed; ``confirmed=True`` is in."""

    class Meta:
        model = PerformanceSheet

    class Params:
        confirmed = factory.Trait(
            state="confirmed", confirmed_at=ago(hours=1), confirmed_by=factory.SelfAttribute("created_by")
        )

    token = factory.LazyFunction(uuid4)
    name = "十月绩效.xlsx"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    created_at = ago(hours=2)
    created_by = factory.SubFactory(UserFactory, role="supervisor")


class PerformanceMonthFactory(factory.django.DjangoModelFactory):
    """Last month's figures of somebody, entered by hand."""

    class Meta:
        model = PerformanceMonth

    learner = factory.SubFactory(UserFactory, role="trainee")
    month = factory.LazyFunction(lambda: (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1))
    first_reply = Decimal("24.00")
    satisfaction = Decimal("92.50")
    entered_at = ago(days=1)
    entered_by = factory.SubFactory(UserFactory, role="supervisor")


class PerformanceLineFactory(factory.django.DjangoModelFactory):
    """A line that gives new figures."""

    class Meta:
        model = PerformanceLine

    sheet = factory.SubFactory(PerformanceSheetFactory)
    line = factory.Sequence(lambda n: n + 2)
    name = "小林"
    learner = factory.SubFactory(UserFactory, role="trainee")
    month = date(2026, 10, 1)
    figures = factory.LazyFunction(lambda: {"first_reply": "24", "satisfaction": "92.5"})
    state = "new"
