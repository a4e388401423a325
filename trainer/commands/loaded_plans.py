"""Confirmation plans out of a curriculum."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from trainer.commands.exam_terms import key_of
from trainer.commands.lessons import content_hash
from trainer.commands.plans import keep_where_they_are, next_number
from trainer.models import ConfirmationPlan, PlanVersion, Requirement
from trainer.queries.plans import current_versions
from trainer.readers.entries import PlanEntry, RequirementEntry

NOTE = "按课程文件更新。"
SAYS = ("slug", "kind", "title", "title_en", "part", "weight", "params", "rationale")


def save_plans(
    entries: Sequence[PlanEntry], *, before: Mapping[str, str], by, at: datetime
) -> tuple[int, int, int]:
    """How many were created, changed and unchanged. The first of a new site is the default plan.

    Where an entry says something new, its plan gets a version, published at once; who is on the plan stays on theirs.
    Runs inside the loader's transaction. Plans that are in the curriculum no more stay: people are on them.
    """
    there = {plan.slug: plan for plan in ConfirmationPlan.objects.all()}
    current = current_versions()
    created = changed = 0
    for entry in entries:
        plan = there.get(entry.slug)
        if plan and before.get(key_of(entry)) == content_hash(entry):
            continue
        if plan is None:
            has_default = ConfirmationPlan.objects.filter(is_default=True).exists()
            plan = ConfirmationPlan.objects.create(
                slug=entry.slug, name=entry.name, name_en=entry.name_en, is_default=not has_default
            )
            created += 1
        elif _says(entry, current.get(plan.pk)):
            continue
        else:
            plan.name, plan.name_en = entry.name, entry.name_en
            plan.save(update_fields=["name", "name_en"])
            changed += 1
        _publish(plan, entry, by, at)
    return created, changed, len(entries) - created - changed


def _publish(plan: ConfirmationPlan, entry: PlanEntry, by, at: datetime) -> None:
    keep_where_they_are(plan)
    version = PlanVersion.objects.create(
        plan=plan,
        number=next_number(plan),
        theory_cut=entry.theory_cut,
        practice_cut=entry.practice_cut,
        note=NOTE,
        created_at=at,
        published_at=at,
        published_by=by,
    )
    Requirement.objects.bulk_create(
        Requirement(version=version, position=position, **_values(requirement))
        for position, requirement in enumerate(entry.requirements)
    )


def _says(entry: PlanEntry, version: PlanVersion | None) -> bool:
    """Whether the version in force says the same already."""
    if version is None or (version.plan.name, version.plan.name_en) != (entry.name, entry.name_en):
        return False
    rows = version.requirements.order_by("position").values(*SAYS)
    return (version.theory_cut, version.practice_cut) == (entry.theory_cut, entry.practice_cut) and [
        {name: row[name] for name in SAYS} for row in rows
    ] == [_values(requirement) for requirement in entry.requirements]


def _values(requirement: RequirementEntry) -> dict[str, Any]:
    return {name: getattr(requirement, name) for name in SAYS}
