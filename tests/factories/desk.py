"""What a supervisor's desk is made of."""

from datetime import timedelta

import factory
from django.utils import timezone

from quizzes.models import Mastery
from tests.factories.people import TeamFactory, UserFactory
from tests.factories.quizzes import TopicFactory
from trainer.models import Action


class MasteryFactory(factory.django.DjangoModelFactory):
    """Somebody who knows the topic well."""

    class Meta:
        model = Mastery

    learner = factory.SubFactory(UserFactory)
    topic = factory.SubFactory(TopicFactory)
    weight = 30.0
    credit = 29.0
    answers = 30
    as_of = factory.LazyFunction(timezone.now)


class ActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Action

    team = factory.SubFactory(TeamFactory)
    text = factory.Sequence(lambda n: f"把第 {n} 条话术练三遍")
    owner = factory.SubFactory(UserFactory)
    made_by = factory.SelfAttribute("owner")
    made_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
