"""Decisions about people: statements, decisions, appeals, and periods of employment that are over."""

from datetime import timedelta

import factory
from django.utils import timezone

from tests.factories.people import EmploymentFactory, UserFactory
from tests.factories.quizzes import ago
from trainer.models import Decision, DecisionAppeal, PastEmployment, Statement
from trainer.rules.decisions import DecisionKind, DecisionState
from trainer.rules.vocabulary import EmploymentState


class StatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Statement

    employment = factory.SubFactory(EmploymentFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = "规则考了两次，售后话术每天练，想早点独立上岗。"
    at = ago(days=1)


class DecisionFactory(factory.django.DjangoModelFactory):
    """A final early confirmation; ``pending=True`` still waits for its countersign."""

    class Meta:
        model = Decision

    class Params:
        pending = factory.Trait(state=DecisionState.PENDING, closed_at=None, effective_on=None)

    employment = factory.SubFactory(EmploymentFactory)
    kind = DecisionKind.EARLY
    reasons = "考试、对练都过了，最近两周跟班没有出错。"
    by = factory.SubFactory(UserFactory, role="supervisor")
    at = ago(days=2)
    packet = factory.LazyFunction(lambda: {"format": 1, "requirements": []})
    digest = "0" * 64
    state = DecisionState.FINAL
    closed_at = factory.SelfAttribute("at")
    effective_on = factory.LazyAttribute(lambda o: timezone.localdate(o.at))


class DecisionAppealFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DecisionAppeal

    decision = factory.SubFactory(DecisionFactory, kind=DecisionKind.REFUSE)
    against = factory.SelfAttribute("decision.by")
    against_second = factory.SelfAttribute("decision.countersigned_by")
    reason = "对练的那次质检还在复核，分数会变。"
    filed_at = ago(days=1)


class PastEmploymentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PastEmployment

    employment = factory.SubFactory(EmploymentFactory, period=2)
    period = 1
    team = factory.SelfAttribute("employment.team")
    supervisor = factory.SelfAttribute("team.supervisor")
    hired_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=400))
    probation_ends_on = factory.LazyAttribute(lambda o: o.hired_on + timedelta(days=90))
    left_on = factory.LazyAttribute(lambda o: o.hired_on + timedelta(days=120))
    state = EmploymentState.CONFIRMED
