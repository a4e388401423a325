"""The plans and their versions: which one somebody walks by, and what each asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from trainer.models import Employment, PlanVersion, Requirement


@dataclass
class PlansInForce:
    """Every published version with its requirements in their order, and which one is in force, by plan."""

    versions: dict[int, PlanVersion] = field(default_factory=dict)
    requirements: dict[int, list[Requirement]] = field(default_factory=dict)
    current: dict[int, int] = field(default_factory=dict)
    default: int | None = None

    def version_of(self, employment: Employment) -> PlanVersion | None:
        """The version that this person walks by: their own, else the current one of their plan or the default plan."""
        if employment.plan_version_id in self.versions:
            return self.versions[employment.plan_version_id]
        plan = employment.plan_id if employment.plan_id is not None else self.default
        return self.versions.get(self.current.get(plan))

    def asked_by(self, version: PlanVersion | None) -> list[Requirement]:
        return self.requirements[version.pk] if version else []

    def kinds_for(self, people: Iterable[Employment]) -> set[str]:
        """The kinds of requirement that any of these people is asked for."""
        versions = {version.pk: version for version in map(self.version_of, people) if version}
        return {row.kind for version in versions.values() for row in self.asked_by(version)}


def plans_in_force() -> PlansInForce:
    """One query. A version without requirements asks for nothing and is not in it."""
    plans = PlansInForce()
    rows = Requirement.objects.exclude(version__published_at=None).select_related("version__plan")
    for row in rows.order_by("version__plan", "version__number", "position"):
        version = plans.versions.setdefault(row.version_id, row.version)
        plans.requirements.setdefault(version.pk, []).append(row)
        plans.current[version.plan_id] = version.pk  # the highest number comes last
        if version.plan.is_default:
            plans.default = version.plan_id
    return plans


def current_versions() -> dict[int, PlanVersion]:
    """The version in force by plan."""
    versions = PlanVersion.objects.published().select_related("plan").order_by("plan", "number")
    return {version.plan_id: version for version in versions}
