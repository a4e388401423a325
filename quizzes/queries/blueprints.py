"""Blueprints against the bank: what there is for each section, and what a paper would look like."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from quizzes.models import Blueprint, BlueprintSection, Question, QuestionVersion
from quizzes.models.labels import LABELS
from quizzes.queries.pools import candidates, sections_of
from quizzes.rules.blueprint import Candidate, Section, Shortage, by_id, feasibility, pools
from quizzes.rules.drawing import draw, target_score
from quizzes.rules.reviewed import Reviewed, review_of
from quizzes.rules.vocabulary import Kind, Platform

MOST_SEEDS = 1_000_000


ORDERS = {"": ("-is_open", "title", "pk"), "title": ("title", "pk"), "sat": ("-sat", "title", "pk")}


def blueprints(*, q: str = "", state: str = "", sort: str = "") -> QuerySet[Blueprint]:
    """Blueprints whose title has ``q``, ``open``, ``closed`` or any, with ``questions`` on a paper, ``sat`` attempts
    handed in and ``passed`` of them."""
    found = Blueprint.objects.filter(title__icontains=q) if q else Blueprint.objects.all()
    if state:
        found = found.filter(is_open=state == "open")
    questions = (
        BlueprintSection.objects.filter(blueprint=OuterRef("pk"))
        .order_by()
        .values("blueprint")
        .annotate(n=Sum("count"))
        .values("n")
    )
    return found.annotate(
        questions=Coalesce(Subquery(questions, output_field=IntegerField()), 0),
        sat=Count("attempts", filter=Q(attempts__submitted_at__isnull=False)),
        passed=Count("attempts", filter=Q(attempts__passed=True)),
    ).order_by(*ORDERS[sort])


@dataclass(frozen=True)
class Stock:
    """A blueprint's sections, as rows and as rules, beside the live bank: read once for all that a page asks."""

    rows: tuple[BlueprintSection, ...]
    sections: tuple[Section, ...]
    bank: tuple[Candidate, ...]


def stock(blueprint: Blueprint) -> Stock:
    rows = blueprint.sections.prefetch_related("topics").order_by("position")
    return Stock(tuple(rows), tuple(sections_of(blueprint)), tuple(by_id(candidates())))


@dataclass(frozen=True)
class SectionReport:
    """A section and the live questions of its sort: how many, how many stood in a paper yet, the most used."""

    section: BlueprintSection
    fitting: int
    used: int
    most: int
    shortage: Shortage | None

    @property
    def marks(self) -> Decimal:
        return self.section.count * self.section.marks

    @property
    def kinds(self) -> list[str]:
        return [LABELS[Kind(word)] for word in self.section.kinds]

    @property
    def platforms(self) -> list[str]:
        return [LABELS[Platform(word)] for word in self.section.platforms]


@dataclass(frozen=True)
class BlueprintReport:
    """``expected`` is the score, of 100, that papers are drawn for; ``None`` while none can be drawn."""

    sections: tuple[SectionReport, ...]
    expected: float | None

    @property
    def possible(self) -> bool:
        return bool(self.sections) and not any(row.shortage for row in self.sections)

    @property
    def questions(self) -> int:
        return sum(row.section.count for row in self.sections)

    @property
    def marks(self) -> Decimal:
        return sum((row.marks for row in self.sections), Decimal(0))


def report(stock: Stock) -> BlueprintReport:
    """What the bank gives for each section."""
    sections, bank = stock.sections, stock.bank
    lacking = {shortage.section: shortage for shortage in feasibility(sections, bank)}
    reports = []
    for number, (row, pool) in enumerate(zip(stock.rows, pools(sections, bank), strict=True)):
        exposures = [bank[position].exposure for position in pool]
        used = sum(exposure > 0 for exposure in exposures)
        reports.append(SectionReport(row, len(pool), used, max(exposures, default=0), lacking.get(number)))
    possible = bool(reports) and not lacking
    return BlueprintReport(tuple(reports), target_score(sections, bank) if possible else None)


@dataclass(frozen=True)
class SampleItem:
    """A question of a sample paper as staff see it: with its key."""

    position: int
    version: QuestionVersion
    marks: Decimal
    reviewed: Reviewed


@dataclass(frozen=True)
class Sample:
    """A paper that nobody sits. ``parts`` are its sections, in order, each with its items."""

    seed: int
    parts: tuple[tuple[BlueprintSection, tuple[SampleItem, ...]], ...]
    expected: float
    target: float


def sample_paper(stock: Stock, seed: int) -> Sample:
    """Draw a paper without assigning it. Raises ``ImpossibleBlueprint``."""
    rows = stock.rows
    drawn = draw(stock.sections, stock.bank, Random(seed))  # noqa: S311 - a seed that can be repeated
    versions = {
        question.pk: question.current
        for question in Question.objects.with_current().filter(pk__in=[item.candidate.id for item in drawn.items])
    }
    parts: list[list[SampleItem]] = [[] for _ in rows]
    for position, item in enumerate(drawn.items, 1):
        version = versions[item.candidate.id]
        reviewed = review_of(version.parsed(), version.stem, {}, None)
        parts[item.section].append(SampleItem(position, version, rows[item.section].marks, reviewed))
    return Sample(
        seed, tuple((row, tuple(part)) for row, part in zip(rows, parts, strict=True)), drawn.expected, drawn.target
    )


