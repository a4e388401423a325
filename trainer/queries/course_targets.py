"""What the units of courses lead to: its name, its page, and how long it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.models import Blueprint, Scenario, Topic
from trainer.models import Lesson, LessonVersion, Product
from trainer.rules.course_words import UnitKind

Key = tuple[UnitKind, str]


@dataclass(frozen=True)
class Target:
    """Something that a unit can ask for. ``minutes`` is ``None`` where nobody can say."""

    title: str | Promise
    url: str
    minutes: int | None = None


def targets(keys: Iterable[Key], *, on: date) -> dict[Key, Target]:
    """Those of ``keys`` that are offered on that day. One query for each kind that there is among them."""
    wanted: dict[UnitKind, set[str]] = {}
    for kind, target in keys:
        wanted.setdefault(kind, set()).add(target)
    found: dict[Key, Target] = {}
    for kind, names in wanted.items():
        found |= {(kind, name): target for name, target in _FINDERS[kind](names, on).items()}
    return found


def _lessons(slugs: set[str], on: date) -> dict[str, Target]:
    in_force = Lesson.objects.published(on).filter(slug__in=slugs).values("in_force_id")
    versions = LessonVersion.objects.filter(pk__in=in_force).select_related("lesson")
    found = {row.lesson.slug: row for row in versions.only("title", "title_en", "minutes", "lesson__slug")}
    return {slug: Target(str(row), reverse("trainer:lesson", args=[slug]), row.minutes) for slug, row in found.items()}


def _exams(slugs: set[str], on: date) -> dict[str, Target]:
    return {
        exam.slug: Target(str(exam), reverse("quizzes:exam", args=[exam.slug]), exam.minutes)
        for exam in Blueprint.objects.exams().open().filter(slug__in=slugs)
    }


def _topics(slugs: set[str], on: date) -> dict[str, Target]:
    page = reverse("quizzes:practice")
    return {topic.slug: Target(str(topic), page) for topic in Topic.objects.filter(slug__in=slugs)}


def _scenarios(slugs: set[str], on: date) -> dict[str, Target]:
    return {
        scenario.slug: Target(scenario.title, reverse("quizzes:scenario", args=[scenario.slug]), scenario.minutes)
        for scenario in Scenario.objects.live().filter(slug__in=slugs)
    }


def _gates(skus: set[str], on: date) -> dict[str, Target]:
    products = Product.objects.sold().filter(sku__in=skus, blueprint__is_open=True).select_related("blueprint")
    return {
        product.sku: Target(product.name, reverse("trainer:product", args=[product.sku]), product.blueprint.minutes)
        for product in products
    }


def _typing(names: set[str], on: date) -> dict[str, Target]:
    return {name: Target(_("打字"), reverse("quizzes:typing"), 5) for name in names}


def _sorting(names: set[str], on: date) -> dict[str, Target]:
    return {name: Target(_("工单分类"), reverse("quizzes:sorting"), 5) for name in names}


_FINDERS = {
    UnitKind.LESSON: _lessons,
    UnitKind.EXAM: _exams,
    UnitKind.PRACTICE: _topics,
    UnitKind.SCENARIO: _scenarios,
    UnitKind.GATE: _gates,
    UnitKind.TYPING: _typing,
    UnitKind.SORTING: _sorting,
}
