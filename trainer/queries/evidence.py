"""What is known of people beside exams and lessons: only the kinds that somebody's plan asks for are looked up."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from quizzes.models import Session, TypingRun
from quizzes.queries.roleplay import tested_talks, types_passed
from trainer.models import (
    Course,
    Employment,
    InterviewScore,
    Observation,
    PerformanceMonth,
    Product,
    Recheck,
    SchemeVersion,
)
from trainer.queries.courses import course_progress
from trainer.queries.periods import counts
from trainer.rules.evidence import (
    CourseEvidence,
    GateEvidence,
    InterviewEvidence,
    MonthEvidence,
    ObservationEvidence,
    RoleplayEvidence,
    TypingEvidence,
)
from trainer.rules.vocabulary import RequirementKind, Verdict


@dataclass
class Found:
    """Rows by person id, as they were looked up for many people at once."""

    talks: dict[int, list[Session]] = field(default_factory=lambda: defaultdict(list))
    typing: dict[int, list[TypingRun]] = field(default_factory=lambda: defaultdict(list))
    courses: dict[int, dict[str, CourseEvidence]] = field(default_factory=lambda: defaultdict(dict))
    interviews: dict[int, list[InterviewEvidence]] = field(default_factory=lambda: defaultdict(list))
    months: dict[int, list[MonthEvidence]] = field(default_factory=lambda: defaultdict(list))
    observations: dict[int, list[ObservationEvidence]] = field(default_factory=lambda: defaultdict(list))
    products: list[Product] = field(default_factory=list)
    unsettled: set[tuple[int, int]] = field(default_factory=set)  # (lesson, person) with an open re-check

    def of(self, employment: Employment, passed: Collection[int | None], at: datetime) -> dict[str, Any]:
        """One person's part of it, as fields of ``rules.evidence.Evidence``; ``passed``: blueprints, by id.

        What is from before ``counts_from`` is left out.
        """
        person, since = employment.user_id, employment.counts_from
        talks = [talk for talk in self.talks[person] if counts(talk.started_at, since)]
        today = timezone.localdate(at)
        return {
            "roleplay": RoleplayEvidence(
                tuple(types_passed(talks)), tuple(talk.pk for talk in talks if not talk.settled)
            ),
            "courses": self.courses[person],
            "typing": _best([run for run in self.typing[person] if counts(run.started_at, since)]),
            "gates": tuple(
                GateEvidence(
                    product.sku,
                    frozenset(product.platforms),
                    product.shelf_on <= today,
                    product.blueprint_id in passed and (product.lesson_id, person) not in self.unsettled,
                )
                for product in self.products
            ),
            "interviews": tuple(one for one in self.interviews[person] if counts(one.held_at, since)),
            "months": tuple(one for one in self.months[person] if since is None or one.month >= since.replace(day=1)),
            "observations": tuple(one for one in self.observations[person] if since is None or one.on >= since),
        }


def find(learners: list[int], kinds: Collection[str], at: datetime) -> Found:
    """A fixed number of queries for each kind that is asked for, however many people there are."""
    found = Found()
    if RequirementKind.ROLEPLAY in kinds:
        for talk in tested_talks(learners):
            found.talks[talk.learner_id].append(talk)
    if RequirementKind.COURSE_DONE in kinds:
        slugs = dict(Course.objects.values_list("pk", "slug"))
        for (learner, course), progress in course_progress(learners, at=at).items():
            found.courses[learner][slugs[course]] = CourseEvidence(progress.done, progress.total)
    if RequirementKind.TYPING in kinds:
        for run in TypingRun.objects.counted().filter(learner__in=learners).defer("text", "typed", "inputs"):
            found.typing[run.learner_id].append(run)
    if RequirementKind.PRODUCT_GATES in kinds:
        found.products = list(Product.objects.sold().exclude(blueprint=None))
        lessons = [product.lesson_id for product in found.products]
        open_ones = Recheck.objects.open().filter(version__lesson__in=lessons, learner__in=learners)
        found.unsettled = set(open_ones.values_list("version__lesson", "learner"))
    if RequirementKind.INTERVIEW in kinds:
        _interviews(learners, found)
    if RequirementKind.PERFORMANCE in kinds:
        _months(learners, found)
    if RequirementKind.OBSERVATION in kinds:
        for seen in Observation.objects.filter(learner__in=learners).order_by("on", "pk"):
            row = ObservationEvidence(seen.by_id, seen.on, Verdict(seen.verdict))
            found.observations[seen.learner_id].append(row)
    return found


def _best(runs: list[TypingRun]) -> TypingEvidence | None:
    """The fastest of the runs that count; what is too inaccurate is not counted in the first place."""
    best = max(runs, key=lambda run: (run.correct_per_minute, run.accuracy), default=None)
    return best and TypingEvidence(best.correct_per_minute, best.accuracy)


def _interviews(learners: list[int], found: Found) -> None:
    scores = (
        InterviewScore.objects.filter(interview__learner__in=learners, score__isnull=False)
        .filter(interview__finished_at__isnull=False, interview__correction=None)
        .order_by("interview", "pk")
        .values_list("interview", "interview__learner", "interview__rater", "interview__held_at", "dimension", "score")
    )
    forms: dict[int, tuple[int, InterviewEvidence]] = {}
    for form, learner, rater, held_at, dimension, score in scores:
        _, interview = forms.setdefault(form, (learner, InterviewEvidence(rater, held_at, {})))
        interview.scores[dimension] = score
    for learner, interview in forms.values():
        found.interviews[learner].append(interview)


def _months(learners: list[int], found: Found) -> None:
    newest = SchemeVersion.objects.first()
    if newest is None:
        return
    terms = {figure.key: figure for figure in newest.to_rule().figures}
    for row in PerformanceMonth.objects.filter(learner__in=learners).order_by("month"):
        tiers = {key.value: terms[key].tier(value).value for key, value in row.figures.items() if key in terms}
        found.months[row.learner_id].append(MonthEvidence(row.month, tiers))
