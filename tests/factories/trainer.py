"""Plans, products, re-checks, notices; lessons are in ``factories.lessons``, people in ``factories.people``."""

from datetime import timedelta

import factory
from django.utils import timezone

from tests.factories.lessons import (
    BareLessonFactory,
    FactAttributeFactory,
    FactFactory,
    LessonChangeFactory,
    LessonFactory,
    LessonReadFactory,
    LessonTopicFactory,
    LessonVersionFactory,
    RetrievalQuestionFactory,
    SearchEntryFactory,
    days,
)
from tests.factories.people import EmploymentFactory, TeamFactory, UserFactory
from tests.factories.quizzes import ago
from trainer.models import (
    ConfirmationPlan,
    Notice,
    Observation,
    PlanVersion,
    Product,
    Recheck,
    Requirement,
    RuleDay,
    StandingSnapshot,
)
from trainer.rules.vocabulary import RequirementKind, Verdict

__all__ = [
    "BareLessonFactory",
    "ConfirmationPlanFactory",
    "EmploymentFactory",
    "FactAttributeFactory",
    "FactFactory",
    "LessonChangeFactory",
    "LessonFactory",
    "LessonReadFactory",
    "LessonTopicFactory",
    "LessonVersionFactory",
    "NoticeFactory",
    "ObservationFactory",
    "PlanVersionFactory",
    "ProductFactory",
    "RecheckFactory",
    "RequirementFactory",
    "RetrievalQuestionFactory",
    "RuleDayFactory",
    "SearchEntryFactory",
    "StandingSnapshotFactory",
    "TeamFactory",
    "UserFactory",
]


class RecheckFactory(factory.django.DjangoModelFactory):
    """An open re-check, due in a week."""

    class Meta:
        model = Recheck

    learner = factory.SubFactory(UserFactory, role="trainee")
    version = factory.SubFactory(LessonVersionFactory)
    reason = "无理由退货的期限从 7 天改为 15 天。"
    assigned_at = ago(days=1)
    due_on = days(7)


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    person = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"review:{n}:14")
    code = "review_soon"
    params = factory.LazyAttribute(lambda o: {"lesson": "退货的运费", "day": "2026-12-01"})
    created_at = ago(hours=1)


class ProductFactory(factory.django.DjangoModelFactory):
    """A product that goes on the shelf in five days; it has a lesson and no quiz yet."""

    class Meta:
        model = Product

    sku = factory.Sequence(lambda n: f"YH-{n:03}")
    name = factory.Sequence(lambda n: f"保温杯 {n}")
    lesson = factory.SubFactory(LessonFactory)
    platforms = ["all"]
    shelf_on = days(5)
    created_at = ago(days=2)


class RuleDayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RuleDay

    day = factory.Sequence(lambda n: timezone.localdate() - timedelta(days=n + 1))
    handled_at = ago(days=1)


class ConfirmationPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConfirmationPlan

    slug = factory.Sequence(lambda n: f"plan-{n}")
    name = factory.Sequence(lambda n: f"转正方案 {n}")
    name_en = factory.Sequence(lambda n: f"Confirmation plan {n}")


class PlanVersionFactory(factory.django.DjangoModelFactory):
    """A published version of a plan of its own; ``draft=True`` is not published."""

    class Meta:
        model = PlanVersion

    class Params:
        draft = factory.Trait(published_at=None)

    plan = factory.SubFactory(ConfirmationPlanFactory)
    number = factory.LazyAttribute(lambda o: o.plan.versions.count() + 1)
    note = "按去年的经验调整。"
    created_at = ago(days=60)
    published_at = ago(days=60)


def version_of(plan: ConfirmationPlan) -> PlanVersion:
    """The newest version of a plan, made where it has none."""
    return plan.versions.order_by("number").last() or PlanVersionFactory(plan=plan)


class RequirementFactory(factory.django.DjangoModelFactory):
    """Thirty days in post unless told otherwise, asked by the newest version of ``plan`` or by ``version``."""

    class Meta:
        model = Requirement

    class Params:
        plan = None

    version = factory.LazyAttribute(lambda o: version_of(o.plan) if o.plan else PlanVersionFactory())
    position = factory.Sequence(lambda n: n % 30_000)
    slug = factory.Sequence(lambda n: f"requirement-{n}")
    kind = RequirementKind.DAYS_IN_POST
    title = "在岗满 30 天"
    title_en = "30 days in post"
    params = {"at_least": 30}
    rationale = "一个月里各类班次都轮过。"


class ObservationFactory(factory.django.DjangoModelFactory):
    """Somebody seen ready at work yesterday."""

    class Meta:
        model = Observation

    learner = factory.SubFactory(UserFactory, role="trainee")
    by = factory.SubFactory(UserFactory, role="supervisor")
    on = days(-1)
    verdict = Verdict.READY
    text = "同时接待四位顾客，先安抚再查单，补发登记没有漏。"
    created_at = ago(hours=20)


class StandingSnapshotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StandingSnapshot

    employment = factory.SubFactory(EmploymentFactory)
    total = 4
    computed_at = ago(hours=1)
