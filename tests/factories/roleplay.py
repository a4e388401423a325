"""Scenarios and talks."""

from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from quizzes.models import (
    CheckAppeal,
    CheckResult,
    OpenCheck,
    OutsideCall,
    OutsideSwitch,
    PatternVersion,
    Ruling,
    Scenario,
    ScenarioBasis,
    ScenarioVersion,
    SecondOpinion,
    Session,
    SessionComment,
    Turn,
)
from quizzes.rules.dialogue.criteria import Level, shipped
from quizzes.rules.dialogue.talk import Noted, State
from tests.factories.people import UserFactory
from tests.rules.dialogue.sample import scenario_data


class ScenarioFactory(factory.django.DjangoModelFactory):
    """A live scenario with one version; ``ScenarioFactory(data=…)`` sets what it says."""

    class Meta:
        model = Scenario
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"scenario-{n}")
    title = factory.Sequence(lambda n: f"情景 {n}")
    platform = "taobao"
    stage = "aftersale"
    customer_type = "type-impatient"
    minutes = 5

    @factory.post_generation
    def data(self, create, data, **kwargs):
        if data is False:
            return
        given = data or scenario_data(slug=self.slug, title=self.title)
        kept = {**given, "start": next(iter(given["beats"]))}  # as ``save_scenario`` keeps it
        self.current = ScenarioVersionFactory(scenario=self, data=kept)
        self.state = "live"
        self.save()


class ScenarioVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScenarioVersion

    scenario = factory.SubFactory(ScenarioFactory, data=False)
    number = 1
    data = factory.LazyFunction(scenario_data)
    created_at = factory.LazyFunction(timezone.now)


class ScenarioBasisFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScenarioBasis

    version = factory.SubFactory(ScenarioVersionFactory)
    lesson_key = "late-delivery"


class SessionFactory(factory.django.DjangoModelFactory):
    """A talk that has just begun; ``ended=True`` is one that went well."""

    class Meta:
        model = Session

    class Params:
        ended = factory.Trait(
            ended_at=factory.LazyAttribute(lambda o: o.started_at + timedelta(minutes=4)),
            ending="done",
            outcome="passed",
            score=Decimal("88.0"),
            low=Decimal("86.0"),
            high=Decimal("90.0"),
            settled=True,
        )

    learner = factory.SubFactory(UserFactory)
    scenario = factory.SubFactory(ScenarioFactory)
    version = factory.LazyAttribute(lambda o: o.scenario.current)
    seed = 2
    level = Level.PRACTICE
    criteria = factory.LazyFunction(lambda: shipped().data)
    started_at = factory.LazyFunction(timezone.now)
    spoke_at = factory.SelfAttribute("started_at")
    state = factory.LazyFunction(lambda: State("opening", 3, 2, visited=("opening",)).to_data())


class TurnFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Turn

    session = factory.SubFactory(SessionFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = "say"
    text = "您好"
    seconds = 20.0
    at = factory.LazyFunction(timezone.now)
    state = factory.LazyFunction(lambda: State("opening", 3, 2, replies=1, visited=("opening",)).to_data())
    noted = factory.LazyFunction(lambda: Noted(1, "opening").to_data())


class CheckResultFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CheckResult

    turn = factory.SubFactory(TurnFactory)
    check_name = "greets"
    yes = True
    probability = 0.9
    sure = True


class OpenCheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OpenCheck

    result = factory.SubFactory(CheckResultFactory, sure=False, probability=0.5)
    session = factory.SelfAttribute("result.turn.session")
    since = factory.LazyFunction(timezone.now)


class RulingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ruling

    result = factory.SubFactory(CheckResultFactory)
    by = factory.SubFactory(UserFactory)
    verdict = False
    machine = factory.SelfAttribute("result.yes")
    reason = "没有问候"
    at = factory.LazyFunction(timezone.now)


class CheckAppealFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CheckAppeal

    result = factory.SubFactory(CheckResultFactory)
    reason = "我问候了"
    made_at = factory.LazyFunction(timezone.now)


class SessionCommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SessionComment

    session = factory.SubFactory(SessionFactory)
    by = factory.SubFactory(UserFactory)
    text = "很好"
    at = factory.LazyFunction(timezone.now)


class OutsideSwitchFactory(factory.django.DjangoModelFactory):
    """Everything switched on."""

    class Meta:
        model = OutsideSwitch

    opinions = True
    rewording = True
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)


class OutsideCallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutsideCall

    session = factory.SubFactory(SessionFactory)
    purpose = "opinion"
    sent = factory.LazyFunction(lambda: [{"role": "user", "content": "{}"}])
    outcome = "used"
    seconds = 0.4
    at = factory.LazyFunction(timezone.now)


class SecondOpinionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SecondOpinion

    result = factory.SubFactory("tests.factories.roleplay.CheckResultFactory")
    yes = False
    model = "a-model"
    at = factory.LazyFunction(timezone.now)


class PatternVersionFactory(factory.django.DjangoModelFactory):
    """A pattern of the shop's own."""

    class Meta:
        model = PatternVersion

    name = factory.Sequence(lambda n: f"shop.offline_payment.{n}")
    number = 1
    check_name = "offline_payment"
    row = factory.LazyFunction(
        lambda: {"note": "小蓝鸟", "words": "小蓝鸟", "means": "shows", "hit": ["小蓝鸟上聊"], "miss": ["页面上聊"]}
    )
    reason = "顾客说有人这么引流"
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
    library = factory.Sequence(lambda n: f"library-{n}")
