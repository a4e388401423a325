"""The live bank and a blueprint as the rules of drawing take them."""

from collections import Counter

from django.db.models import F

from quizzes.models import Blueprint, BlueprintSection, PaperItem, Question, QuestionBasis
from quizzes.rules.blueprint import Candidate, Section
from quizzes.rules.difficulty import expected_share
from quizzes.rules.vocabulary import Kind, Platform, QuestionState


def candidates(*, learner_id: int | None = None) -> list[Candidate]:
    """Every live question, as its current version; ``seen`` counts the papers of ``learner_id`` it stood in."""
    facts: dict[int, list[str]] = {}
    bases = QuestionBasis.objects.filter(
        version__question__state=QuestionState.LIVE, version__question__current=F("version")
    )
    for version, key in bases.values_list("version_id", "fact_key"):
        facts.setdefault(version, []).append(key)
    seen: Counter[int] = Counter()
    if learner_id is not None:
        items = PaperItem.objects.filter(attempt__learner=learner_id)
        seen.update(items.values_list("version__question_id", flat=True))
    rows = (
        Question.objects.live()
        .order_by("pk")
        .values_list(
            "pk", "current_id", "current__topic__slug", "current__platform", "current__kind", "current__difficulty",
            "answers", "credit", "exposure", "current__lesson_key",
        )
    )  # fmt: skip
    return [
        Candidate(
            pk,
            topic,
            Platform(platform),
            Kind(kind),
            difficulty,
            expected_share(difficulty, answers, float(credit)),
            frozenset(facts.get(version, ())),
            exposure,
            seen[pk],
            lesson,
        )
        for pk, version, topic, platform, kind, difficulty, answers, credit, exposure, lesson in rows
    ]


def sections_of(blueprint: Blueprint) -> list[Section]:
    """The sections in their order; reads them and their topics in two queries."""
    return [to_section(row) for row in blueprint.sections.order_by("position").prefetch_related("topics")]


def to_section(row: BlueprintSection) -> Section:
    """A section, whose topics are prefetched, as the rules take it."""
    return Section(
        row.title,
        row.count,
        row.marks,
        frozenset(topic.slug for topic in row.topics.all()),
        frozenset(map(Platform, row.platforms)),
        frozenset(map(Kind, row.kinds)),
        row.min_difficulty,
        row.max_difficulty,
        frozenset(row.lessons),
    )
