"""``plans.yaml`` → entries."""

from collections.abc import Set
from typing import Any

from trainer.readers.blueprint_files import read_slug
from trainer.readers.entries import PlanEntry, RequirementEntry
from trainer.readers.yaml_lines import Fields
from trainer.rules.standards import standard_from_params
from trainer.rules.vocabulary import Part, RequirementKind

COMMON = ("slug", "kind", "title", "title_en", "rationale", "part", "weight")


def read_plan(fields: Fields, *, blueprints: Set[str]) -> PlanEntry:
    entry = PlanEntry(
        slug=read_slug(fields, ""),
        name=fields.text("name", longest=60),
        name_en=fields.text("name_en", longest=120),
        requirements=tuple(fields.rows("requirements", lambda row: _read_requirement(row, blueprints))),
        theory_cut=fields.integer("theory_cut", least=1, most=100, default=100),
        practice_cut=fields.integer("practice_cut", least=1, most=100, default=100),
    )
    slugs = [requirement.slug for requirement in entry.requirements]
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        fields.wrong("requirements", f"“{slug}”用了两次")
    fields.no_others()
    return entry


def _read_requirement(fields: Fields, blueprints: Set[str]) -> RequirementEntry:
    """What is not common to all kinds is the standard's: see ``rules.standards``."""
    kind = fields.choice("kind", RequirementKind) or RequirementKind.DAYS_IN_POST
    # A fraction is kept as text: a float would not come back the same from every database.
    params: dict[str, Any] = {
        key: str(value) if isinstance(value, float) else value
        for key, value in fields.raw.items()
        if key not in COMMON
    }
    fields.known |= params.keys()
    try:
        standard_from_params(kind, params)
    except ValueError as problem:
        key, _, message = str(problem).partition(": ")
        fields.wrong(key, message)
    if kind == RequirementKind.EXAM_SCORE and params.get("blueprint", "") not in {"", *blueprints}:
        fields.wrong("blueprint", f"blueprints.yaml 里没有“{params['blueprint']}”")
    part = fields.choice("part", Part, default=Part.NEITHER) or Part.NEITHER
    weight = fields.integer("weight", least=1, most=100) if "weight" in fields.raw else None
    if weight and part is Part.NEITHER:
        fields.wrong("weight", "有权重的要求要写明 part 是 theory 还是 practice")
    entry = RequirementEntry(
        slug=read_slug(fields, ""),
        kind=kind,
        title=fields.text("title", longest=60),
        title_en=fields.text("title_en", longest=120),
        params=params,
        rationale=fields.text("rationale", longest=500),
        part=part,
        weight=weight,
    )
    fields.no_others()
    return entry
