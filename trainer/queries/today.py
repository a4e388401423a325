"""What a trainee's home page and record say beside the ring: steps, open exams, lessons, practice and appeals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from quizzes.models import Appeal, Attempt, Mark, Topic
from quizzes.queries.practice import notebook
from quizzes.queries.reviews import ReviewState, review_state
from quizzes.rules.timing import Start
from quizzes.rules.vocabulary import Mode
from trainer.models import Product, Recheck
from trainer.queries.confirmation import Confirmation, LessonLine, Line
from trainer.queries.courses import CourseLine, assignment_lines, assignments_of, most_urgent
from trainer.queries.rechecks import rechecks_due
from trainer.rules.confirmation import ExamScore, LessonState
from trainer.rules.course_words import UnitKind
from trainer.rules.next_steps import OpenGate, OpenRecheck, OpenUnit, Step, StepKind, next_steps


@dataclass(frozen=True)
class NextStep:
    """A step with the one thing that it is about."""

    step: Step
    attempt: Attempt | None = None
    lesson: LessonLine | None = None
    line: Line | None = None
    recheck: Recheck | None = None
    product: Product | None = None
    course: CourseLine | None = None


@dataclass(frozen=True)
class Today:
    """``courses`` are those assigned and not done, the most urgent first."""

    steps: tuple[NextStep, ...]
    courses: tuple[CourseLine, ...]
    recent: tuple[LessonLine, ...]
    wrong: int
    review: ReviewState


@dataclass(frozen=True)
class TopicLessons:
    """The lessons of one topic and how many of them were done."""

    topic: Topic
    lessons: tuple[LessonLine, ...]

    @property
    def done(self) -> int:
        return sum(line.state is LessonState.DONE for line in self.lessons)


@dataclass(frozen=True)
class PracticeTotals:
    """Practice so far: questions answered and marked, and those that earned full marks."""

    answered: int
    right: int

    @property
    def percent(self) -> int:
        return 100 * self.right // self.answered if self.answered else 0


STEPS_SHOWN, RECENT_SHOWN = 3, 4


def today_of(confirmation: Confirmation) -> Today:
    """What the trainee had best see today. Four queries beside those of ``confirmation``, and those of the courses."""
    learner, today = confirmation.employment.user, timezone.localdate(confirmation.at)
    wrong = notebook(learner).count()
    review = review_state(learner, today)
    rechecks = {recheck.pk: recheck for recheck in rechecks_due(learner)}
    gates = {product.sku: product for product in confirmation.gates}
    lines = assignment_lines(assignments_of(learner), at=confirmation.at)
    courses = tuple(line for line in lines if line.state != "done")
    course = most_urgent(courses)
    steps = next_steps(
        standing=confirmation.standing,
        evidence=confirmation.evidence,
        ready_exams=[
            line.exam.blueprint.slug
            for line in confirmation.lines
            if line.exam and line.exam.blueprint.is_open and line.exam.check.reason is Start.ALLOWED
        ],
        wrong_questions=wrong,
        at=confirmation.at,
        rechecks=[OpenRecheck(recheck.pk, recheck.due_on) for recheck in rechecks.values()],
        gates=[OpenGate(product.sku, product.days_left(today)) for product in gates.values()],
        unit=course and _open_unit(course),
        today=today,
        reviews_due=review.due,
    )
    read = [line for line in confirmation.lessons if line.read]
    read.sort(key=lambda line: line.read.opened_at, reverse=True)
    return Today(
        steps=tuple(_next_step(step, confirmation, rechecks, gates, course) for step in steps[:STEPS_SHOWN]),
        courses=courses,
        recent=tuple(read[:RECENT_SHOWN]),
        wrong=wrong,
        review=review,
    )


def by_topic(lessons: Sequence[LessonLine]) -> list[TopicLessons]:
    """Lessons grouped by their main topic, in the given order."""
    groups: dict[Topic, list[LessonLine]] = {}
    for line in lessons:
        groups.setdefault(line.topic, []).append(line)
    return [TopicLessons(topic, tuple(lines)) for topic, lines in groups.items()]


def practice_totals(learner) -> PracticeTotals:
    full = Count("pk", filter=Q(numerator=F("denominator")))
    marks = Mark.objects.standing().filter(item__attempt__learner=learner, item__attempt__mode=Mode.PRACTICE)
    return PracticeTotals(**marks.aggregate(answered=Count("pk"), right=full))


def appeals_of(learner) -> QuerySet[Appeal]:
    """The newest first, with the question's stem and the exam at hand."""
    return (
        Appeal.objects.filter(item__attempt__learner=learner)
        .select_related("item__attempt__blueprint", "item__version", "decided_by")
        .order_by("-filed_at", "-pk")
    )


def _open_unit(line: CourseLine) -> OpenUnit:
    unit = line.next.place.unit if line.next else None
    return OpenUnit(
        line.course.slug,
        line.state == "overdue",
        line.progress.total - line.progress.done,
        unit.target if unit and unit.kind is UnitKind.LESSON else "",
        unit.target if unit and unit.kind is UnitKind.EXAM else "",
    )


def _next_step(
    step: Step,
    confirmation: Confirmation,
    rechecks: Mapping[int, Recheck],
    gates: Mapping[str, Product],
    course: CourseLine | None,
) -> NextStep:
    match step.kind:
        case StepKind.NEXT_UNIT:
            return NextStep(step, course=course)
        case StepKind.RECHECK:
            return NextStep(step, recheck=rechecks[step.target])
        case StepKind.PASS_GATE:
            return NextStep(step, product=gates[step.target])
        case StepKind.RESUME_EXAM:
            return NextStep(step, attempt=next(a for a in confirmation.attempts if a.pk == step.target))
        case StepKind.FINISH_LESSON | StepKind.READ_LESSON:
            return NextStep(step, lesson=next(line for line in confirmation.lessons if line.slug == step.target))
        case StepKind.SIT_EXAM:
            return NextStep(
                step,
                line=next(
                    line
                    for line in confirmation.lines
                    if isinstance(line.judgement.standard, ExamScore)
                    and line.judgement.standard.blueprint == step.target
                ),
            )
        case StepKind.REVIEW_DUE | StepKind.PRACTISE_WRONG:
            return NextStep(step)
