"""Which exams, papers in progress and plans are touched when questions change or leave, before it happens."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import OuterRef, QuerySet, Subquery

from quizzes.models import Attempt, Blueprint, PaperItem
from quizzes.queries.pools import candidates, to_section
from quizzes.rules.blueprint import Candidate, Section, Shortage, by_id, feasibility, pools, shortages
from quizzes.rules.generation.question import GeneratedQuestion
from quizzes.rules.placement import settle
from quizzes.rules.vocabulary import EXPECTED_SHARE, Kind, Mode, Platform
from trainer.models import ConfirmationPlan, PlanVersion, Requirement
from trainer.queries.remaking import Remaking
from trainer.rules.vocabulary import RequirementKind


@dataclass(frozen=True)
class BlueprintImpact:
    """An open exam or practice set whose sections may draw ``touched`` questions; ``shortages`` say what will be
    lacking for a paper, ``lacked`` that something is lacking already."""

    blueprint: Blueprint
    touched: int
    shortages: tuple[Shortage, ...]
    lacked: bool

    @property
    def impossible(self) -> bool:
        return bool(self.shortages)


def blueprints_touched(touched: Collection[int], leaving: Collection[int], remade: Remaking) -> list[BlueprintImpact]:
    """The open blueprints that may draw ``touched`` questions (ids), of which ``leaving`` go out of use."""
    if not touched:
        return []
    bank = candidates()
    drawn = [candidate for candidate in bank if candidate.id in touched]
    drawing: list[tuple[Blueprint, list[Section], int]] = []
    for blueprint in Blueprint.objects.open().prefetch_related("sections__topics").order_by("title"):
        sections = [to_section(row) for row in sorted(blueprint.sections.all(), key=lambda row: row.position)]
        count = len({position for pool in pools(sections, drawn) for position in pool})
        if count:
            drawing.append((blueprint, sections, count))
    later = _bank_after(bank, leaving, remade)
    lacking = _lacking([sections for _, sections, _ in drawing], later)
    return [
        BlueprintImpact(blueprint, count, short, bool(short and feasibility(sections, bank)))
        for (blueprint, sections, count), short in zip(drawing, lacking, strict=True)
    ]


def _lacking(papers: Sequence[Sequence[Section]], bank: Iterable[Candidate]) -> list[tuple[Shortage, ...]]:
    """What each of several papers lacks; their pools are found together, for the bank may be large."""
    candidates = by_id(bank)
    fitting = iter(pools([section for sections in papers for section in sections], candidates))
    facts = [candidate.facts for candidate in candidates]
    return [
        shortages(sections, settle([s.count for s in sections], list(islice(fitting, len(sections))), facts))
        for sections in papers
    ]


def _bank_after(bank: Sequence[Candidate], leaving: Collection[int], remade: Remaking) -> list[Candidate]:
    """The live bank as it will be: questions that leave are out, remade ones as they will say it, new ones in."""
    changed = {one.question.pk: one.after for one in remade.changed}
    there = [_as_remade(c, changed[c.id]) if c.id in changed else c for c in bank if c.id not in leaving]
    return there + [_as_remade(None, made, -number) for number, made in enumerate(remade.new, 1)]


def _as_remade(candidate: Candidate | None, made: GeneratedQuestion, id_: int = 0) -> Candidate:
    said = {
        "topic": made.topic,
        "platform": Platform(made.platform),
        "kind": Kind(made.kind),
        "difficulty": made.difficulty,
        "facts": frozenset(made.facts),
        "lesson": made.lesson,
    }
    if candidate:
        return candidate._replace(**said)
    return Candidate(id=id_, expected=EXPECTED_SHARE[made.difficulty], **said)


def papers_touched(touched: Collection[int]) -> QuerySet[Attempt]:
    """The exams in progress that hold one of these questions (ids)."""
    held = PaperItem.objects.filter(version__question__in=list(touched), attempt__submitted_at=None)
    return (
        Attempt.objects.open()
        .filter(pk__in=held.values("attempt"), mode=Mode.EXAM)
        .select_related("learner", "blueprint")
        .order_by("started_at")
    )


def plans_asking(exams: Collection[str], required: bool) -> list[ConfirmationPlan]:
    """The plans that ask for one of these exams, or for required lessons where this is one."""
    newest = PlanVersion.objects.published().filter(plan=OuterRef("version__plan")).order_by("-number").values("pk")
    rows = (
        Requirement.objects.filter(version=Subquery(newest[:1]))
        .select_related("version__plan")
        .order_by("version__plan__name", "position")
    )
    wanted = [
        row.version.plan
        for row in rows
        if (row.kind == RequirementKind.EXAM_SCORE and row.params.get("blueprint") in exams)
        or (row.kind == RequirementKind.LESSONS_DONE and required)
    ]
    return list(dict.fromkeys(wanted))
