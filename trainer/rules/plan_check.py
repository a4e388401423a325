"""Whether a plan can be met at all, as the site is now: found before it is published, not by the first new hire."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trainer.rules.confirmation import Asked, Terms
from trainer.rules.papers import FEWEST_QUESTIONS
from trainer.rules.standards import (
    CourseDone,
    DaysInPost,
    ExamScore,
    Interview,
    LessonsDone,
    Observed,
    ProductGates,
    Roleplay,
)
from trainer.rules.vocabulary import Part


class Flaw(StrEnum):
    EMPTY = "empty"
    ONE_SIDED = "one_sided"  # nothing of theory, or nothing of practice
    NO_EXAM = "no_exam"
    CLOSED_EXAM = "closed_exam"
    FEW_QUESTIONS = "few_questions"
    ONE_SITTING = "one_sitting"  # no second paper can be sat when the first is borderline
    FEW_TYPES = "few_types"
    NO_LESSONS = "no_lessons"
    NO_COURSE = "no_course"
    CLOSED_COURSE = "closed_course"
    NO_PRODUCT = "no_product"
    NO_QUIZ = "no_quiz"
    FEW_PEOPLE = "few_people"  # who could interview or observe
    PROBATION = "probation"  # more days than a probation has
    WEIGHTS = "weights"  # what can be met of a part does not reach its cut


MILD = (Flaw.ONE_SIDED, Flaw.ONE_SITTING)  # can be met all the same


@dataclass(frozen=True)
class ExamOffer:
    is_open: bool
    worth: float
    max_attempts: int  # 0: any number


@dataclass(frozen=True)
class Offers:
    """What the site has to offer. ``products``: those sold, by SKU, and whether each has a quiz. ``probation``: how
    many days a probation usually has, ``None`` where nobody is on one. ``people``: who may interview and observe."""

    exams: Mapping[str, ExamOffer] = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    lessons: int = 0
    courses: Mapping[str, bool] = field(default_factory=dict)
    products: Mapping[str, bool] = field(default_factory=dict)
    people: int = 0
    probation: int | None = None


@dataclass(frozen=True)
class Problem:
    """``place``: which requirement, from 0, or ``None`` for the whole or for ``part``. ``refuses``: the plan cannot be
    met, so it is not published; else it is a warning."""

    flaw: Flaw
    refuses: bool
    place: int | None = None
    part: Part | None = None
    names: tuple[str, ...] = ()
    number: int = 0


def check_plan(terms: Terms, offers: Offers) -> tuple[Problem, ...]:
    """What is wrong, in the plan's order. A weighted requirement that nobody can meet is a warning as long as the
    others of its part reach the cut."""
    if not terms.asked:
        return (Problem(Flaw.EMPTY, True),)
    found: list[Problem] = []
    hopeless: set[int] = set()
    for place, asked in enumerate(terms.asked):
        for flaw, names, number in _flaws(asked, offers):
            fatal = flaw not in MILD
            if fatal:
                hopeless.add(place)
            found.append(Problem(flaw, fatal and asked.weight is None, place, names=names, number=number))
    for part in (Part.THEORY, Part.PRACTICE):
        own = [(place, asked) for place, asked in enumerate(terms.asked) if asked.part is part]
        if not own:
            found.append(Problem(Flaw.ONE_SIDED, False, part=part))
        total = sum(asked.weight or 0 for _, asked in own)
        possible = sum(asked.weight or 0 for place, asked in own if place not in hopeless)
        if 100 * possible < total * terms.cuts.get(part, 100):
            found.append(Problem(Flaw.WEIGHTS, True, part=part, number=100 * possible // total))
    return tuple(found)


def _flaws(asked: Asked, offers: Offers) -> list[tuple[Flaw, tuple[str, ...], int]]:
    match asked.standard:
        case ExamScore(blueprint=slug):
            return _exam_flaws(slug, offers)
        case Roleplay(types=wanted, among=among):
            there = len(offers.types.intersection(among) if among else offers.types)
            return [(Flaw.FEW_TYPES, (), there)] if there < wanted else []
        case LessonsDone():
            return [] if offers.lessons else [(Flaw.NO_LESSONS, (), 0)]
        case CourseDone(course=slug):
            if slug not in offers.courses:
                return [(Flaw.NO_COURSE, (slug,), 0)]
            return [] if offers.courses[slug] else [(Flaw.CLOSED_COURSE, (slug,), 0)]
        case ProductGates(skus=skus):
            gone = tuple(sku for sku in skus if sku not in offers.products)
            bare = tuple(sku for sku in skus if offers.products.get(sku) is False)
            return [(flaw, names, 0) for flaw, names in ((Flaw.NO_PRODUCT, gone), (Flaw.NO_QUIZ, bare)) if names]
        case Interview(raters=wanted) | Observed(observers=wanted):
            return [(Flaw.FEW_PEOPLE, (), offers.people)] if offers.people < wanted else []
        case DaysInPost(at_least=days):
            long = offers.probation is not None and days > offers.probation
            return [(Flaw.PROBATION, (), offers.probation or 0)] if long else []
    return []


def _exam_flaws(slug: str, offers: Offers) -> list[tuple[Flaw, tuple[str, ...], int]]:
    exam = offers.exams.get(slug)
    if exam is None:
        return [(Flaw.NO_EXAM, (slug,), 0)]
    if not exam.is_open:
        return [(Flaw.CLOSED_EXAM, (slug,), 0)]
    if exam.worth < FEWEST_QUESTIONS:
        return [(Flaw.FEW_QUESTIONS, (slug,), int(exam.worth))]
    return [(Flaw.ONE_SITTING, (slug,), 0)] if exam.max_attempts == 1 else []
