"""Scenarios that wait for somebody to look at them."""

import factory
from django.utils import timezone

from tests.factories.roleplay import ScenarioFactory
from tests.factories.trainer import LessonChangeFactory
from trainer.models import ScenarioReview

__all__ = ["ScenarioReviewFactory"]


class ScenarioReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScenarioReview

    scenario = factory.SubFactory(ScenarioFactory)
    change = factory.SubFactory(LessonChangeFactory)
    keys = factory.LazyFunction(lambda: ["a14-first"])
    since = factory.LazyFunction(timezone.now)
