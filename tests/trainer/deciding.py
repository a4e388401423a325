"""What the tests of decisions share: somebody with a plan, and the ways to decide about them."""

from datetime import timedelta

from django.utils import timezone

from quizzes.models import Mark
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import AttemptFactory, BlueprintFactory, QuestionFactory
from tests.factories.trainer import ConfirmationPlanFactory, RequirementFactory
from trainer.commands.decisions import decide
from trainer.commands.verdicts import Verdict
from trainer.models import Decision, Employment, Notice
from trainer.queries.packets import packet_of
from trainer.rules.decisions import DecisionKind
from trainer.rules.vocabulary import RequirementKind

NOW = timezone.now
REASONS = "考试和跟班都稳，可以独立接待。"


def standard_plan(days: int = 10):
    """A default plan that asks for some days in post and one exam."""
    plan = ConfirmationPlanFactory(is_default=True)
    BlueprintFactory(slug="rules", title="规则考试", sections__count=40)
    RequirementFactory(
        plan=plan, kind=RequirementKind.EXAM_SCORE, params={"blueprint": "rules", "at_least": 85},
        position=1, slug="rules-exam", title="规则考试",
    )  # fmt: skip
    RequirementFactory(
        plan=plan, kind=RequirementKind.DAYS_IN_POST, params={"at_least": days}, position=2, slug="days",
    )  # fmt: skip
    return plan


def record_of(user) -> Employment:
    return Employment.objects.select_related("user", "team__supervisor").get(user=user)


def scored(user, score="96"):
    """An exam of the plan with a score."""
    from quizzes.models import Blueprint

    exam = Blueprint.objects.get(slug="rules")
    return AttemptFactory(learner=user, blueprint=exam, submitted=True, items=0, score=score)


def marked_by(user, marker, score="96"):
    """An exam of the plan in which ``marker`` marked one free text."""
    from quizzes.models import Blueprint

    question = QuestionFactory(kind=Kind.FREE_TEXT)
    exam = Blueprint.objects.get(slug="rules")
    attempt = AttemptFactory(learner=user, blueprint=exam, submitted=True, items=[question], score=score)
    item = attempt.items.get()
    Mark.objects.filter(item=item).update(superseded=True)
    Mark.objects.create(
        item=item, version=item.version, numerator=1, denominator=1, origin=Mark.PERSON, by=marker, at=timezone.now()
    )
    return attempt


def ends_in(user, days: int) -> Employment:
    """Let somebody's probation end in so many days."""
    today = timezone.localdate()
    Employment.objects.filter(user=user).update(probation_ends_on=today + timedelta(days=days))
    return record_of(user)


def seen(user):
    return packet_of(record_of(user), at=timezone.now())


def verdict(kind=DecisionKind.EARLY, **more) -> Verdict:
    return Verdict(kind=kind, reasons=more.pop("reasons", REASONS), **more)


def decided(user, by, kind=DecisionKind.EARLY, *, asked=None, **more) -> Decision:
    """A decision on the evidence of now; whatever is not met is explained."""
    more.setdefault("exceptions", {"rules-exam": "口头考过。", "days": "有同行经验。"})
    return decide(
        employment_id=record_of(user).pk,
        verdict=verdict(kind, **more),
        seen=seen(user),
        by=by,
        asked=asked,
        at=timezone.now(),
    )


def codes(person):
    """What somebody was told of decisions."""
    told = Notice.objects.filter(person=person).exclude(code__startswith="certificate_")
    return sorted(told.values_list("code", flat=True))
