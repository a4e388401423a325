"""Blueprints out of a curriculum."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from quizzes.commands.blueprints import BlueprintTerms, SectionTerms, save_blueprint
from quizzes.models import Blueprint
from quizzes.rules.blueprint import Section
from quizzes.rules.drawing import ImpossibleBlueprint
from trainer.commands.lessons import content_hash
from trainer.readers.entries import BlueprintEntry, PlanEntry, SectionEntry
from trainer.readers.yaml_lines import Problem


class ImpossibleTerms(Exception):
    """The questions cannot fill the sections of a blueprint; ``problems`` name each section."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def key_of(entry: BlueprintEntry | PlanEntry) -> str:
    """What an entry goes by among the hashes of a load."""
    return f"{'plan' if isinstance(entry, PlanEntry) else 'blueprint'}:{entry.slug}"


def save_blueprints(
    entries: Sequence[BlueprintEntry], *, before: Mapping[str, str], by, at: datetime
) -> tuple[int, int, int, int]:
    """How many were created, changed, unchanged and closed. ``before``: the hashes of the last load.

    Runs inside the loader's transaction. Raises ``ImpossibleTerms``.
    """
    there = {blueprint.slug: blueprint for blueprint in Blueprint.objects.prefetch_related("sections")}
    created = changed = 0
    problems: list[Problem] = []
    for entry in entries:
        blueprint = there.get(entry.slug)
        if blueprint and before.get(key_of(entry)) == content_hash(entry):
            continue
        created, changed = created + (blueprint is None), changed + (blueprint is not None)
        try:
            _save_blueprint(entry, blueprint, by, at)
        except ImpossibleBlueprint as error:
            problems += _problems(entry, error)
    if problems:
        raise ImpossibleTerms(problems)
    gone = before.keys() - {key_of(entry) for entry in entries}
    loaded_once = [slug for slug in there if f"blueprint:{slug}" in gone]
    closed = Blueprint.objects.open().filter(slug__in=loaded_once).update(is_open=False)
    return created, changed, len(entries) - created - changed, closed


def _save_blueprint(entry: BlueprintEntry, blueprint: Blueprint | None, by, at: datetime) -> None:
    kept: list[int | None] = [section.pk for section in blueprint.sections.all()] if blueprint else []
    kept += [None] * (len(entry.sections) - len(kept))
    save_blueprint(
        terms=BlueprintTerms(
            slug=entry.slug,
            title=entry.title,
            title_en=entry.title_en,
            instructions=entry.instructions,
            mode=entry.mode,
            minutes=entry.minutes,
            pass_mark=entry.pass_mark,
            pass_rationale=entry.pass_rationale,
            max_attempts=entry.max_attempts,
            cooldown_hours=entry.cooldown_hours,
            feedback=entry.feedback,
            is_open=blueprint.is_open if blueprint else True,
        ),
        sections=[
            SectionTerms(_section(section), section.title_en, pk)
            for section, pk in zip(entry.sections, kept, strict=False)
        ],
        by=by,
        at=at,
        blueprint_id=blueprint.pk if blueprint else None,
    )


def _section(entry: SectionEntry) -> Section:
    return Section(
        entry.title,
        entry.count,
        entry.marks,
        frozenset(entry.topics),
        frozenset(entry.platforms),
        frozenset(entry.kinds),
        entry.min_difficulty,
        entry.max_difficulty,
    )


def _problems(entry: BlueprintEntry, error: ImpossibleBlueprint) -> list[Problem]:
    return [
        Problem(
            "blueprints.yaml",
            entry.sections[shortage.section].line,
            f"{entry.slug}.sections[{shortage.section + 1}].count",
            f"“{shortage.title}”要 {shortage.wanted} 道，题库只凑得出 {shortage.available} 道，"
            f"还差 {shortage.lacking} 道",
        )
        for shortage in error.shortages
    ]
