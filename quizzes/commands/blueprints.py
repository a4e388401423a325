"""Saving a blueprint: all of it at once, and only when the bank can give such a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from quizzes.models import AuditEntry, Blueprint, BlueprintSection, Topic
from quizzes.queries.pools import candidates
from quizzes.rules.blueprint import Section, feasibility
from quizzes.rules.drawing import ImpossibleBlueprint
from quizzes.rules.vocabulary import Feedback, Mode

_OUT_OF_THE_WAY = 1000


class SlugTaken(Exception):
    """Another blueprint has this slug."""


@dataclass(frozen=True)
class SectionTerms:
    """A section as it is to be saved; ``id`` is that of the section it replaces, ``None`` for a new one."""

    section: Section
    title_en: str
    id: int | None = None


@dataclass(frozen=True)
class BlueprintTerms:
    """What a blueprint says beside its sections; see ``Blueprint``."""

    slug: str
    title: str
    title_en: str
    instructions: str
    mode: Mode
    minutes: int
    pass_mark: Decimal
    pass_rationale: str
    max_attempts: int
    cooldown_hours: int
    feedback: Feedback
    is_open: bool = True
    is_listed: bool = True


@transaction.atomic
def save_blueprint(
    *, terms: BlueprintTerms, sections: Sequence[SectionTerms], by, at: datetime, blueprint_id: int | None = None
) -> Blueprint:
    """Make a blueprint, or change the one with ``blueprint_id``; papers drawn before stay as they are.

    A section keeps its row, so that old papers still know the part they belong to. Raises
    ``ImpossibleBlueprint`` when the live questions cannot fill the sections together, and ``SlugTaken``.
    """
    shortages = feasibility([row.section for row in sections], candidates())
    if shortages:
        raise ImpossibleBlueprint(shortages)
    if Blueprint.objects.filter(slug=terms.slug).exclude(pk=blueprint_id).exists():
        raise SlugTaken
    blueprint = Blueprint.objects.select_for_update().get(pk=blueprint_id) if blueprint_id else Blueprint()
    for name, value in vars(terms).items():
        setattr(blueprint, name, value)
    blueprint.save()
    kept = {row.id for row in sections if row.id}
    blueprint.sections.exclude(pk__in=kept).delete()
    blueprint.sections.update(position=F("position") + _OUT_OF_THE_WAY)
    for position, row in enumerate(sections):
        _save_section(blueprint, position, row)
    AuditEntry.objects.create(
        at=at,
        by=by,
        action="change_blueprint" if blueprint_id else "add_blueprint",
        target=f"blueprint:{blueprint.slug}",
        detail={"sections": [f"{row.section.title} {row.section.count} × {row.section.marks}" for row in sections]},
    )
    return blueprint


def _save_section(blueprint: Blueprint, position: int, row: SectionTerms) -> None:
    section = row.section
    there = blueprint.sections.filter(pk=row.id).first() if row.id else None
    saved = there or BlueprintSection(blueprint=blueprint)
    saved.position = position
    saved.title, saved.title_en = section.title, row.title_en
    saved.platforms, saved.kinds = sorted(section.platforms), sorted(section.kinds)
    saved.lessons = sorted(section.lessons)
    saved.min_difficulty, saved.max_difficulty = section.min_difficulty, section.max_difficulty
    saved.count, saved.marks = section.count, section.marks
    saved.save()
    saved.topics.set(Topic.objects.filter(slug__in=section.topics))
