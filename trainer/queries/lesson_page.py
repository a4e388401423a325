"""One lesson with all that stands on its page: text, facts, neighbours, the reader's progress and questions."""

from dataclasses import dataclass
from datetime import date

from quizzes.models import Attempt, Question, Topic
from quizzes.models.labels import LABELS
from quizzes.queries.results import ReviewedItem, to_reviewed, with_marks
from quizzes.queries.sitting import Asked, to_asked, with_newest_step
from quizzes.rules.facts import FactType
from quizzes.rules.generation.wording import statement
from quizzes.rules.vocabulary import Flag, Platform
from trainer.models import Fact, Lesson, LessonRead, LessonTopic, LessonVersion
from trainer.queries.periods import this_period
from trainer.rules.confirmation import LessonState
from trainer.rules.markdown import Heading, outline, render

PURPOSE = "lesson:"


@dataclass(frozen=True)
class Point:
    """A fact as the page tells it: a sentence, or a subject with ``steps``."""

    text: str
    note: str
    flag: Flag
    steps: tuple[str, ...] = ()

    @property
    def dead(self) -> bool:
        """Whether it must not be followed."""
        return self.flag in (Flag.COUNTER_EXAMPLE, Flag.OUTDATED)


@dataclass(frozen=True)
class Neighbours:
    """Where a lesson stands in its main topic, counted from 1, and the versions before and after it there."""

    place: int
    count: int
    previous: LessonVersion | None
    next: LessonVersion | None


@dataclass(frozen=True)
class RunItem:
    """A question at the end of the lesson: ``review`` once it was answered, ``asked`` before."""

    asked: Asked | None
    review: ReviewedItem | None


@dataclass(frozen=True)
class Questions:
    """The newest run of the questions at the end; without a run only how many there are."""

    count: int
    items: tuple[RunItem, ...] = ()

    @property
    def answered(self) -> list[ReviewedItem]:
        return [item.review for item in self.items if item.review]

    @property
    def open(self) -> Asked | None:
        """The question to answer now."""
        return next((item.asked for item in self.items if item.asked), None)

    @property
    def right(self) -> int:
        return sum(review.fraction == 1 for review in self.answered)

    @property
    def finished(self) -> bool:
        return bool(self.items) and len(self.answered) == len(self.items)


@dataclass(frozen=True)
class LessonPage:
    """What the page shows of one version, apart from the reader's own progress.

    A playbook shows its steps once: of the fact that repeats them only the note is left, as ``order_note``.
    """

    version: LessonVersion
    topics: tuple[Topic, ...]
    platforms: tuple[str, ...]
    points: tuple[Point, ...]
    order_note: str
    html: str
    outline: tuple[Heading, ...]


def version_in_force(slug: str, on: date) -> LessonVersion | None:
    """The version of a lesson that readers see on that day, with its lesson."""
    published = Lesson.objects.published(on).filter(slug=slug)
    return LessonVersion.objects.select_related("lesson").filter(pk__in=published.values("in_force_id")).first()


def lesson_page(version: LessonVersion) -> LessonPage:
    """The page of a version. Two queries."""
    topics = tuple(
        link.topic for link in LessonTopic.objects.filter(version=version).select_related("topic").order_by("position")
    )
    points = [_point(fact) for fact in version.facts.select_related("attribute").order_by("position")]
    repeated = next((point for point in points if version.steps and point.steps and not point.dead), None)
    return LessonPage(
        version=version,
        topics=topics,
        platforms=tuple(LABELS[Platform(platform)] for platform in version.platforms),
        points=tuple(point for point in points if point is not repeated),
        order_note=repeated.note if repeated else "",
        html=render(version.body),
        outline=tuple(outline(version.body)),
    )


def neighbours(version: LessonVersion, *, on: date) -> Neighbours | None:
    """Where the version stands among the lessons of its main topic; ``None`` when it is not in force."""
    main = LessonTopic.objects.filter(version=version, position=0)
    row = list(
        LessonVersion.objects.filter(
            pk__in=Lesson.objects.published(on).values("in_force_id"),
            topic_links__topic__in=main.values("topic"),
            topic_links__position=0,
        )
        .select_related("lesson")
        .only("title", "title_en", "lesson__slug")
        .order_by("position", "pk")
    )
    if version not in row:
        return None
    place = row.index(version)
    before, after = row[place - 1 : place] if place else [], row[place + 1 : place + 2]
    return Neighbours(place + 1, len(row), next(iter(before), None), next(iter(after), None))


def read_of(learner, lesson: Lesson) -> LessonRead | None:
    """How far this person is with the lesson in the present period of their employment."""
    return LessonRead.objects.filter(this_period("opened_at"), learner=learner, lesson=lesson).first()


def state_of(read: LessonRead | None) -> LessonState:
    """How far a person is with a lesson."""
    if read is None:
        return LessonState.NEW
    if read.done:
        return LessonState.DONE
    return LessonState.AT_END if read.reached_end_at else LessonState.BEGUN


def retrieval_questions(lesson: Lesson) -> list[int]:
    """The live questions at the end of a lesson, in their order."""
    live = lesson.retrieval_links.filter(question__in=Question.objects.live())
    return list(live.order_by("position").values_list("question", flat=True))


def newest_run(learner, lesson: Lesson) -> Attempt | None:
    """The last time in this period that this person answered, or began to answer, the questions at the end."""
    runs = Attempt.objects.of(learner).filter(this_period("started_at"), purpose=purpose_of(lesson))
    return runs.order_by("-started_at", "-pk").first()


def purpose_of(lesson: Lesson) -> str:
    """What the engine calls practice with the questions of this lesson."""
    return PURPOSE + lesson.slug


def lesson_of_purpose(purpose: str) -> str | None:
    """The slug of the lesson that a practice run belongs to, if it belongs to one."""
    return purpose.removeprefix(PURPOSE) if purpose.startswith(PURPOSE) else None


def questions_at_end(learner, lesson: Lesson) -> Questions:
    """The questions at the end as this person has answered them so far. Two or three queries."""
    attempt = newest_run(learner, lesson)
    if attempt is None:
        return Questions(len(retrieval_questions(lesson)))
    rows = list(with_newest_step(with_marks(attempt)).select_related("version", "appeal"))
    items = tuple(
        RunItem(None, to_reviewed(row, {})) if row.standing else RunItem(to_asked(row), None) for row in rows
    )
    return Questions(len(items), items)


def _point(row: Fact) -> Point:
    fact = row.to_rule()
    if fact.type == FactType.STEPS:
        return Point(fact.subject, fact.note, fact.flag, fact.steps)
    return Point(statement(fact), fact.note, fact.flag)
