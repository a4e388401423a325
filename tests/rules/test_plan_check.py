from decimal import Decimal

import pytest

from trainer.rules.confirmation import Asked, Terms
from trainer.rules.plan_check import ExamOffer, Flaw, Offers, check_plan
from trainer.rules.standards import (
    CourseDone,
    DaysInPost,
    ExamScore,
    Interview,
    LessonsDone,
    Observed,
    ProductGates,
    Roleplay,
    Typing,
)
from trainer.rules.vocabulary import Part

OFFERS = Offers(
    exams={
        "rules": ExamOffer(True, 40.0, 3),
        "closed": ExamOffer(False, 40.0, 3),
        "short": ExamOffer(True, 9.0, 3),
        "once": ExamOffer(True, 40.0, 1),
    },
    types=frozenset({"impatient", "bargain"}),
    lessons=5,
    courses={"seven-days": True, "old": False},
    products={"cup": True, "lamp": False},
    people=1,
    probation=90,
)
FINE = (Asked(ExamScore("rules", Decimal(85)), Part.THEORY), Asked(Roleplay(2), Part.PRACTICE))


def flaws(*asked, offers=OFFERS, cuts=None):
    problems = check_plan(Terms((*FINE, *asked), cuts or {}), offers)
    return [(problem.flaw, problem.refuses, problem.place) for problem in problems]


def test_a_plan_that_can_be_met_has_no_problem():
    assert flaws(Asked(DaysInPost(90)), Asked(LessonsDone()), Asked(CourseDone("seven-days"))) == []
    assert flaws(Asked(ProductGates(("cup",))), Asked(Observed(1)), Asked(Typing(50, Decimal(95)))) == []


@pytest.mark.parametrize(
    ("standard", "flaw"),
    [
        (ExamScore("nowhere", Decimal(80)), Flaw.NO_EXAM),
        (ExamScore("closed", Decimal(80)), Flaw.CLOSED_EXAM),
        (ExamScore("short", Decimal(80)), Flaw.FEW_QUESTIONS),
        (Roleplay(3), Flaw.FEW_TYPES),
        (Roleplay(2, ("bargain", "gone")), Flaw.FEW_TYPES),
        (CourseDone("nowhere"), Flaw.NO_COURSE),
        (CourseDone("old"), Flaw.CLOSED_COURSE),
        (ProductGates(("pot",)), Flaw.NO_PRODUCT),
        (ProductGates(("lamp",)), Flaw.NO_QUIZ),
        (Interview(Decimal(3), Decimal(2), 2), Flaw.FEW_PEOPLE),
        (Observed(2), Flaw.FEW_PEOPLE),
        (DaysInPost(91), Flaw.PROBATION),
    ],
)
def test_what_nobody_can_meet_is_refused_and_named(standard, flaw):
    assert flaws(Asked(standard)) == [(flaw, True, 2)]


def test_what_can_be_met_all_the_same_is_a_warning():
    assert flaws(Asked(ExamScore("once", Decimal(80)), Part.THEORY)) == [(Flaw.ONE_SITTING, False, 2)]
    (problem,) = check_plan(Terms(FINE[:1]), OFFERS)
    assert (problem.flaw, problem.refuses, problem.part) == (Flaw.ONE_SIDED, False, Part.PRACTICE)


def test_an_empty_plan_is_refused():
    (problem,) = check_plan(Terms(()), OFFERS)

    assert (problem.flaw, problem.refuses) == (Flaw.EMPTY, True)


def test_no_required_lesson_is_refused():
    (problem,) = check_plan(Terms((*FINE, Asked(LessonsDone()))), Offers(exams=OFFERS.exams, types=OFFERS.types))

    assert (problem.flaw, problem.refuses, problem.place) == (Flaw.NO_LESSONS, True, 2)


@pytest.mark.parametrize(("cut", "refused"), [(70, False), (71, True)])
def test_a_weighted_requirement_that_cannot_be_met_is_refused_only_when_the_cut_hangs_on_it(cut, refused):
    asked = (
        Asked(DaysInPost(30), Part.PRACTICE, 70),
        Asked(ProductGates(("lamp",)), Part.PRACTICE, 30),
    )

    found = flaws(*asked, cuts={Part.PRACTICE: cut})

    assert found[0] == (Flaw.NO_QUIZ, False, 3)
    assert ((Flaw.WEIGHTS, True, None) in found) == refused
