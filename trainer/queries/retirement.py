"""What taking a lesson out of reading touches, before it happens."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from quizzes.models import Attempt, Question
from quizzes.rules.vocabulary import Origin, QuestionState
from trainer.models import ConfirmationPlan, Course, Lesson, LessonVersion, Unit
from trainer.queries.exam_impact import BlueprintImpact, blueprints_touched, papers_touched, plans_asking
from trainer.queries.facts_in_force import facts_of
from trainer.queries.impact import resting_on
from trainer.queries.remaking import Remaking, remaking
from trainer.queries.scenarios import ScenarioTouch, scenarios_resting_on
from trainer.rules.changes import FactChange, fact_changes, unsettled
from trainer.rules.course_words import UnitKind


@dataclass(frozen=True)
class Retirement:
    """``version`` is what readers see now, ``None`` where nothing is in force. ``own`` are the lesson's hand-written
    questions, which go out of use with it; ``reviewed`` are those of other lessons that rest on its facts."""

    version: LessonVersion | None
    remaking: Remaking
    own: tuple[Question, ...]
    reviewed: tuple[Question, ...]
    blueprints: tuple[BlueprintImpact, ...]
    open_papers: tuple[Attempt, ...]
    plans: tuple[ConfirmationPlan, ...]
    courses: tuple[Course, ...]
    scenarios: tuple[ScenarioTouch, ...]

    @property
    def leaving(self) -> int:
        return len(self.own) + len(self.remaking.gone)


def retirement_of(lesson: Lesson, *, at: datetime) -> Retirement:
    """What retiring ``lesson`` at ``at`` would do; nothing is written. A fixed number of queries."""
    on = timezone.localdate(at)
    version = lesson.versions.in_force(on).order_by("-effective_from", "-number").first()
    changes = lost_facts(version, at)
    remade = remaking(changes, kept=(), lessons=[lesson.pk], on=on)
    keys = unsettled(changes)
    own = tuple(own_questions(lesson).select_related("current").order_by("slug"))
    reviewed = tuple(resting_on(keys).exclude(pk__in=[q.pk for q in own]).select_related("current").order_by("slug"))
    leaving = {gone.question.pk for gone in remade.gone} | {question.pk for question in (*own, *reviewed)}
    touched = leaving | {one.question.pk for one in remade.changed}
    blueprints = tuple(blueprints_touched(touched, leaving, remade))
    units = Unit.objects.filter(kind=UnitKind.LESSON, target=lesson.slug, version=F("course__version"))
    return Retirement(
        version=version,
        remaking=remade,
        own=own,
        reviewed=reviewed,
        blueprints=blueprints,
        open_papers=tuple(papers_touched(touched)),
        plans=tuple(plans_asking([row.blueprint.slug for row in blueprints], bool(version and version.required))),
        courses=tuple(Course.objects.open().filter(pk__in=units.values("course"))),
        scenarios=tuple(scenarios_resting_on(keys, lesson.slug)),
    )


def own_questions(lesson: Lesson) -> QuerySet[Question]:
    """The hand-written questions of the lesson that are not out of use."""
    return Question.objects.filter(origin=Origin.HANDWRITTEN, current__lesson_key=lesson.slug).exclude(
        state=QuestionState.RETIRED
    )


def lost_facts(version: LessonVersion | None, at: datetime) -> tuple[FactChange, ...]:
    """That nothing of what ``version`` says holds any more."""
    return fact_changes(facts_of(version), ()) if version else ()
