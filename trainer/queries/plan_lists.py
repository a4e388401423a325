"""The lists on the pages of confirmation plans."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from trainer.models import ConfirmationPlan, Employment, PlanVersion
from trainer.queries.confirmation import ON_PROBATION
from trainer.queries.plans import current_versions


@dataclass(frozen=True)
class PlanLine:
    """A plan in the list: its version in force, whether it has a draft, and how many people on probation walk by it."""

    plan: ConfirmationPlan
    current: PlanVersion | None
    draft: bool
    people: int


@dataclass(frozen=True)
class Versions:
    """The versions of one plan, the newest first, each with ``people``: those pinned to it and on probation."""

    all: list[PlanVersion]

    @property
    def current(self) -> PlanVersion | None:
        return next((version for version in self.all if not version.is_draft), None)

    @property
    def draft(self) -> PlanVersion | None:
        return next((version for version in self.all if version.is_draft), None)

    @property
    def published(self) -> list[PlanVersion]:
        return [version for version in self.all if not version.is_draft]


def plan_lines() -> list[PlanLine]:
    """Every plan, the default one first. Four queries."""
    current = current_versions()
    drafts = set(PlanVersion.objects.drafts().values_list("plan", flat=True))
    plans = list(ConfirmationPlan.objects.order_by("-is_default", "name"))
    default = next((plan.pk for plan in plans if plan.is_default), None)
    counts: dict[int | None, int] = {}
    people = Employment.objects.filter(state__in=ON_PROBATION).values_list("plan", "plan_version__plan")
    for own, pinned in people:
        plan = pinned or own or default
        counts[plan] = counts.get(plan, 0) + 1
    return [PlanLine(plan, current.get(plan.pk), plan.pk in drafts, counts.get(plan.pk, 0)) for plan in plans]


def versions_of(plan: ConfirmationPlan) -> Versions:
    """One query."""
    pinned = Count("employments", filter=Q(employments__state__in=ON_PROBATION))
    versions = plan.versions.select_related("plan", "published_by").annotate(people=pinned).order_by("-number")
    return Versions(list(versions))


def elsewhere(version: PlanVersion, q: str) -> QuerySet[Employment]:
    """The people on probation who do not walk by this version, which is in force, whose name has ``q``."""
    plan = version.plan
    following = Q(plan=plan) | Q(plan=None) if plan.is_default else Q(plan=plan)
    people = Employment.objects.filter(state__in=ON_PROBATION)
    people = people.exclude(plan_version=version).exclude(following & Q(plan_version=None))
    if q:
        people = people.filter(Q(user__display_name__icontains=q) | Q(user__username__icontains=q))
    return people.select_related("user", "team", "plan", "plan_version__plan").order_by("probation_ends_on", "pk")
