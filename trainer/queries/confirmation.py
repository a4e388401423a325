"""Where people stand on the way to early confirmation, for one or for many in the same number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from quizzes.models import Attempt, Blueprint, Topic
from quizzes.queries.exams import Standing as ExamStanding
from quizzes.queries.exams import standing as exam_standing
from trainer.models import (
    ConfirmationPlan,
    Employment,
    Lesson,
    LessonRead,
    LessonTopic,
    LessonVersion,
    PlanVersion,
    Product,
    Requirement,
)
from trainer.queries.evidence import Found, find
from trainer.queries.exam_evidence import exams_of, exams_with_worth
from trainer.queries.periods import counts, this_period
from trainer.queries.plans import plans_in_force
from trainer.rules import confirmation as rules
from trainer.rules.confirmation import Evidence, ExamScore, Judgement, LessonEvidence, LessonState, Sitting, Standing
from trainer.rules.vocabulary import EmploymentState, ProductState
from trainer.rules.what_if import least_steps, with_scores

SHELF_SOON = timedelta(days=7)
ON_PROBATION = (EmploymentState.PROBATION, EmploymentState.EXTENDED)


@dataclass(frozen=True)
class LessonLine:
    """One lesson in force and how far one person is with it."""

    version: LessonVersion
    topic: Topic
    read: LessonRead | None

    @property
    def slug(self) -> str:
        return self.version.lesson.slug

    @property
    def state(self) -> LessonState:
        if self.read is None:
            return LessonState.NEW
        if self.read.done:
            return LessonState.DONE
        return LessonState.AT_END if self.read.reached_end_at else LessonState.BEGUN


@dataclass(frozen=True)
class Line:
    """One requirement of the plan, judged; ``exam`` says how the person stands with the exam that it asks for."""

    requirement: Requirement
    judgement: Judgement
    exam: ExamStanding | None = None


@dataclass(frozen=True)
class Confirmation:
    """One person's version of a plan, and evidence. ``attempts`` are exams, the newest first, each with ``waiting``:
    its answers without a mark, and ``unsettled``: whether an open re-check rests on it; ``lessons`` are all lessons in
    force, in the order in which they are taught; ``gates`` are the products that this person should get ready for: on
    the shelf within a week, or there already, and the quiz not passed."""

    employment: Employment
    version: PlanVersion | None
    lines: tuple[Line, ...]
    standing: Standing
    evidence: Evidence
    attempts: tuple[Attempt, ...]
    lessons: tuple[LessonLine, ...]
    gates: tuple[Product, ...]
    days_left: int
    at: datetime

    @property
    def parts(self) -> list[tuple[rules.PartStanding, list[Line]]]:
        """The lines by what they speak for, each part with how it stands."""
        return [
            (part, [line for line in self.lines if line.judgement.part is part.part]) for part in self.standing.parts
        ]

    @property
    def steps(self) -> list[Line]:
        """The fewest requirements that would meet the plan."""
        return [self.lines[place] for place in least_steps(self.standing)]

    def if_scored(self, scores: Mapping[str, Decimal]) -> "Confirmation":
        """How the person would stand with one more paper of each of these exams, by slug."""
        evidence = with_scores(self.evidence, scores)
        requirements = [line.requirement for line in self.lines]
        standing = rules.judge(self.version.terms(requirements) if self.version else rules.Terms(()), evidence)
        lines = [replace(line, judgement=j) for line, j in zip(self.lines, standing.judgements, strict=True)]
        return replace(self, evidence=evidence, standing=standing, lines=tuple(lines))

    @property
    def plan(self) -> ConfirmationPlan | None:
        return self.version and self.version.plan

    @property
    def on_probation(self) -> bool:
        return self.employment.state in ON_PROBATION

    @property
    def short(self) -> bool:
        """Whether probation ends soon with something still missing."""
        return self.on_probation and rules.is_short(self.days_left, self.standing)

    @property
    def ready(self) -> bool:
        """Whether a decision about early confirmation is due."""
        return self.on_probation and self.standing.all_met

    @property
    def near(self) -> bool:
        return self.on_probation and self.standing.near

    @property
    def missing_count(self) -> int:
        """The least number of requirements that still have to be met."""
        return self.standing.left

    @property
    def waiting(self) -> int:
        return sum(attempt.waiting for attempt in self.attempts)

    @property
    def overdue(self) -> bool:
        """Whether an attempt is past its deadline but not closed yet."""
        return any(a.submitted_at is None and not a.is_open(self.at) for a in self.attempts)


def confirmations(
    employments: Iterable[Employment], *, at: datetime, kinds: Iterable[str] = ()
) -> dict[int, Confirmation]:
    """Where each of these people stands at ``at``, by user id.

    Five queries, and a fixed number more for each other kind of requirement that the plan of one of them asks for
    (or ``kinds`` names), however many people they are.
    """
    people = list(employments)
    learners = [employment.user_id for employment in people]
    plans = plans_in_force()
    blueprints = exams_with_worth()
    attempts = exams_of(learners)
    taught = lessons_in_force(at)
    reads = _reads_of(learners)
    found = find(learners, {*plans.kinds_for(people), *kinds}, at)
    return {
        employment.user_id: _confirmation(
            employment,
            version=(version := plans.version_of(employment)),
            requirements=plans.asked_by(version),
            found=found,
            blueprints=blueprints,
            attempts=attempts[employment.user_id],
            lessons=tuple(
                LessonLine(link.version, link.topic, reads.get((employment.user_id, link.version.lesson_id)))
                for link in taught
            ),
            at=at,
        )
        for employment in people
    }


def confirmation_of(employment: Employment, *, at: datetime) -> Confirmation:
    return confirmations([employment], at=at)[employment.user_id]


def lessons_in_force(at: datetime) -> list[LessonTopic]:
    """The lessons that readers see at ``at`` by their main topic's link, in the order in which they are taught.

    ``link.version`` comes without its body, with its lesson; ``link.topic`` is the main topic.
    """
    published = Lesson.objects.published(timezone.localdate(at))
    return list(
        LessonTopic.objects.filter(position=0, version__in=published.values("in_force_id"))
        .select_related("topic", "version__lesson")
        .only(
            "topic__slug",
            "topic__name",
            "topic__name_en",
            "version__title",
            "version__title_en",
            "version__kind",
            "version__minutes",
            "version__required",
            "version__lesson__slug",
        )
        .order_by("topic__position", "topic", "version__position", "version")
    )


def _confirmation(
    employment: Employment,
    *,
    version: PlanVersion | None,
    requirements: list[Requirement],
    found: Found,
    blueprints: dict[str, Blueprint],
    attempts: list[Attempt],
    lessons: tuple[LessonLine, ...],
    at: datetime,
) -> Confirmation:
    own = [attempt for attempt in attempts if counts(attempt.started_at, employment.counts_from)]
    evidence = _evidence(employment, blueprints, own, lessons, found, at)
    standing = rules.judge(version.terms(requirements) if version else rules.Terms(()), evidence)
    return Confirmation(
        employment=employment,
        version=version,
        lines=tuple(
            _line(requirement, judgement, blueprints, own, at)
            for requirement, judgement in zip(requirements, standing.judgements, strict=True)
        ),
        standing=standing,
        evidence=evidence,
        attempts=tuple(attempts),
        lessons=lessons,
        gates=_gates(blueprints.values(), own, timezone.localdate(at)),
        days_left=rules.days_left(employment.probation_ends_on, timezone.localdate(at)),
        at=at,
    )


def _gates(blueprints: Iterable[Blueprint], attempts: list[Attempt], today: date) -> tuple[Product, ...]:
    passed = {attempt.blueprint_id for attempt in attempts if attempt.passed}
    products = [blueprint.product for blueprint in blueprints if blueprint.is_open and hasattr(blueprint, "product")]
    open_gates = [
        product
        for product in products
        if product.state == ProductState.ACTIVE
        and product.shelf_on <= today + SHELF_SOON
        and product.blueprint_id not in passed
    ]
    return tuple(sorted(open_gates, key=lambda product: (product.shelf_on, product.sku)))


def _evidence(
    employment: Employment,
    blueprints: dict[str, Blueprint],
    attempts: list[Attempt],
    lessons: tuple[LessonLine, ...],
    found: Found,
    at: datetime,
) -> Evidence:
    sittings: dict[str, list[Sitting]] = defaultdict(list)
    for attempt in attempts:
        sittings[attempt.blueprint.slug].append(
            Sitting(attempt.pk, attempt.started_at, attempt.ends_at, attempt.submitted_at, attempt.score)
        )
    return Evidence(
        sittings=sittings,
        papers={slug: blueprint.worth or 0.0 for slug, blueprint in blueprints.items()},
        lessons=tuple(
            LessonEvidence(line.slug, line.state, line.read and line.read.opened_at)
            for line in lessons
            if line.version.required
        ),
        days=employment.days_in_post(timezone.localdate(at)),
        **found.of(employment, {attempt.blueprint_id for attempt in attempts if attempt.passed}, at),
    )


def _line(
    requirement: Requirement,
    judgement: Judgement,
    blueprints: dict[str, Blueprint],
    attempts: list[Attempt],
    at: datetime,
) -> Line:
    if not isinstance(judgement.standard, ExamScore):
        return Line(requirement, judgement)
    blueprint = blueprints.get(judgement.standard.blueprint)
    if blueprint is None:
        return Line(requirement, judgement)
    own = [attempt for attempt in attempts if attempt.blueprint_id == blueprint.pk]
    return Line(requirement, judgement, exam_standing(blueprint, own, at))


def _reads_of(learners: list[int]) -> dict[tuple[int, int], LessonRead]:
    rows = LessonRead.objects.filter(this_period("opened_at"), learner__in=learners).order_by()
    return {(read.learner_id, read.lesson_id): read for read in rows}
