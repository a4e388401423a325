"""Whether a plan can be met as the site is now, in words, and whom a new version would concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.models import Scenario
from trainer.models import (
    ConfirmationPlan,
    Course,
    Employment,
    Lesson,
    LessonVersion,
    PlanVersion,
    Product,
    Requirement,
    User,
)
from trainer.models.people import ADMIN, SUPERVISOR
from trainer.queries.confirmation import ON_PROBATION, Confirmation, confirmations
from trainer.queries.exam_evidence import exams_with_worth
from trainer.rules.confirmation import Standing, judge
from trainer.rules.course_words import CourseState
from trainer.rules.plan_check import ExamOffer, Flaw, Offers, Problem, check_plan
from trainer.rules.vocabulary import Part

PREVIEWED = 200  # people judged for one page


@dataclass(frozen=True)
class Told:
    """A problem of a plan in words; ``requirement`` names the one that it is about."""

    text: str
    refuses: bool
    requirement: Requirement | None = None


@dataclass(frozen=True)
class Concerned:
    """Somebody on the plan: where they stand, and where they would stand by the draft. ``lacks``: what is missing by
    the draft and is not missing now; ``spared``: the other way round."""

    now: Confirmation
    then: Standing
    lacks: tuple[Requirement, ...]
    spared: tuple[Requirement, ...]

    @property
    def change(self) -> str:
        """``won`` or ``lost`` everything, ``nearer`` or ``farther`` by some requirements, else ``same``."""
        before, after = self.now.standing, self.then
        if before.all_met != after.all_met:
            return "won" if after.all_met else "lost"
        if before.left != after.left:
            return "nearer" if after.left < before.left else "farther"
        return "same"


def offers(at: datetime) -> Offers:
    """Six queries."""
    probations = Employment.objects.filter(state__in=ON_PROBATION).values_list("hired_on", "probation_ends_on")
    lengths = [(end - begin).days + 1 for begin, end in probations]
    published = Lesson.objects.published(timezone.localdate(at))
    return Offers(
        exams={
            slug: ExamOffer(exam.is_open, exam.worth or 0.0, exam.max_attempts)
            for slug, exam in exams_with_worth().items()
        },
        types=frozenset(Scenario.objects.live().values_list("customer_type", flat=True)),
        lessons=LessonVersion.objects.filter(pk__in=published.values("in_force_id"), required=True).count(),
        courses={slug: state == CourseState.OPEN for slug, state in Course.objects.values_list("slug", "state")},
        products={sku: quiz is not None for sku, quiz in Product.objects.sold().values_list("sku", "blueprint")},
        people=User.objects.filter(is_active=True, groups__name__in=(SUPERVISOR, ADMIN)).distinct().count(),
        probation=int(median(lengths)) if lengths else None,
    )


def problems_of(version: PlanVersion, rows: Sequence[Requirement], *, at: datetime) -> list[Told]:
    """What keeps a version from being met, or might; those that refuse it first."""
    found = [
        Told(_in_words(problem), problem.refuses, rows[problem.place] if problem.place is not None else None)
        for problem in check_plan(version.terms(rows), offers(at))
    ]
    return sorted(found, key=lambda told: not told.refuses)


def walking_by(plan: ConfirmationPlan) -> QuerySet[Employment]:
    """The people on probation who are on this plan, whichever version they walk by."""
    following = Q(plan=plan) | Q(plan=None) if plan.is_default else Q(plan=plan)
    on_it = Q(plan_version__plan=plan) | (Q(plan_version=None) & following)
    return Employment.objects.filter(on_it, state__in=ON_PROBATION).select_related("user", "team")


def concerned_by(draft: PlanVersion, rows: Sequence[Requirement], *, at: datetime) -> list[Concerned]:
    """Those on the plan and how a move to the draft would change their standing, the most changed first. The first
    ``PREVIEWED`` by the end of their probation. A fixed number of queries."""
    people = walking_by(draft.plan).order_by("probation_ends_on", "pk")[:PREVIEWED]
    terms = draft.terms(rows)
    found = confirmations(people, at=at, kinds={row.kind for row in rows}).values()
    order = ["lost", "farther", "won", "nearer", "same"]
    concerned = [_concerned(one, judge(terms, one.evidence), rows) for one in found]
    return sorted(concerned, key=lambda row: order.index(row.change))


def _concerned(now: Confirmation, then: Standing, rows: Sequence[Requirement]) -> Concerned:
    missing = {line.requirement.slug for line in now.lines if not line.judgement.is_met}
    unmet = [row for row, judgement in zip(rows, then.judgements, strict=True) if not judgement.is_met]
    slugs = {row.slug for row in unmet}
    return Concerned(
        now,
        then,
        tuple(row for row in unmet if row.slug not in missing),
        tuple(line.requirement for line in now.lines if line.requirement.slug in missing - slugs),
    )


def _in_words(problem: Problem) -> str:
    named = {"name": "、".join(problem.names), "n": problem.number, "part": _("理论")}
    if problem.part is Part.PRACTICE:
        named["part"] = _("实操")
    return {
        Flaw.EMPTY: _("方案里还没有要求，谁也转不了正。"),
        Flaw.ONE_SIDED: _("没有一项属于%(part)s，这一边就没有人把关。"),
        Flaw.NO_EXAM: _("没有代号是“%(name)s”的考试。"),
        Flaw.CLOSED_EXAM: _("考试“%(name)s”没有开放，没有人能考。"),
        Flaw.FEW_QUESTIONS: _("考试“%(name)s”只相当于 %(n)d 道题，太少，一次成绩定不了。"),
        Flaw.ONE_SITTING: _("考试“%(name)s”只许考一次，临界的人没有第二份卷可考。"),
        Flaw.FEW_TYPES: _("现在能对练的顾客只有 %(n)d 类。"),
        Flaw.NO_LESSONS: _("还没有一课是必修的。"),
        Flaw.NO_COURSE: _("没有代号是“%(name)s”的课程。"),
        Flaw.CLOSED_COURSE: _("课程“%(name)s”已经停用。"),
        Flaw.NO_PRODUCT: _("没有在售的商品“%(name)s”。"),
        Flaw.NO_QUIZ: _("商品“%(name)s”还没有上架考核。"),
        Flaw.FEW_PEOPLE: _("能做这件事的主管和管理员只有 %(n)d 位。"),
        Flaw.PROBATION: _("比试用期还长：现在的试用期一般是 %(n)d 天。"),
        Flaw.WEIGHTS: _("%(part)s里办得到的几项加起来只有 %(n)d%%，到不了线。"),
    }[problem.flaw] % named
