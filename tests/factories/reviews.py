"""Review cards."""

from datetime import timedelta

import factory
from django.utils import timezone

from quizzes.models import KeyShown, ReviewCard
from tests.factories.people import UserFactory
from tests.factories.quizzes import PaperItemFactory, QuestionFactory


class ReviewCardFactory(factory.django.DjangoModelFactory):
    """A card due today; ``days`` from now (negative: since so many)."""

    class Meta:
        model = ReviewCard

    class Params:
        days = 0

    learner = factory.SubFactory(UserFactory)
    question = factory.SubFactory(QuestionFactory)
    version = factory.SelfAttribute("question.current")
    stability = 3.0
    difficulty = 5.0
    due_on = factory.LazyAttribute(lambda o: timezone.localdate() + timedelta(days=o.days))
    last_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=3))
    recalls = 1


class KeyShownFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = KeyShown

    item = factory.SubFactory(PaperItemFactory)
    at = factory.LazyFunction(timezone.now)
