"""What publishing a version of a lesson touches, before it happens: questions, exams, open papers, plans, people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from quizzes.models import Attempt, PaperItem, Question
from quizzes.rules.vocabulary import Mode, Origin
from trainer.models import ConfirmationPlan, LessonRead, LessonVersion, User
from trainer.queries.exam_impact import BlueprintImpact, blueprints_touched, papers_touched, plans_asking
from trainer.queries.facts_in_force import facts_of
from trainer.queries.periods import this_period
from trainer.queries.remaking import Remaking, remaking
from trainer.queries.scenarios import ScenarioTouch, scenarios_resting_on
from trainer.rules.changes import FactChange, fact_changes, unsettled


@dataclass(frozen=True)
class Concerned:
    """Somebody who has shown, or studied, what will no longer hold: passed ``exams`` that asked about it, the newest
    first; ``read``: finished the required lesson as it said it."""

    learner_id: int
    name: str
    team: str
    exams: tuple[Attempt, ...]
    read: bool


@dataclass(frozen=True)
class Impact:
    """``before`` is the version that readers see until ``version`` takes its place on the day ``on``.

    ``handwritten`` are live questions that rest on what will no longer hold. ``open_papers`` are attempts in progress
    that hold any question that changes: they keep the versions they were drawn with. ``scenarios`` will be flagged, and
    are talked with as before.
    """

    version: LessonVersion
    before: LessonVersion | None
    on: date
    facts: tuple[FactChange, ...]
    remaking: Remaking
    handwritten: tuple[Question, ...]
    blueprints: tuple[BlueprintImpact, ...]
    open_papers: tuple[Attempt, ...]
    plans: tuple[ConfirmationPlan, ...]
    people: tuple[Concerned, ...]
    scenarios: tuple[ScenarioTouch, ...] = ()

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The facts that will no longer hold as they were learnt."""
        return unsettled(self.facts)


def impact_of(version: LessonVersion, *, at: datetime) -> Impact:
    """What publishing ``version`` at ``at`` would do; nothing is written. A fixed number of queries."""
    on = max(timezone.localdate(at), version.effective_from)
    before = predecessor(version, on)
    changes, kept = changes_of(before, version, on)
    remade = remaking(changes, kept=kept, lessons=[version.lesson_id], on=on)
    keys = unsettled(changes)
    handwritten = tuple(resting_on(keys).select_related("current").order_by("slug"))
    leaving = {gone.question.pk for gone in remade.gone} | {question.pk for question in handwritten}
    touched = leaving | {one.question.pk for one in remade.changed}
    blueprints = tuple(blueprints_touched(touched, leaving, remade))
    return Impact(
        version=version,
        before=before,
        on=on,
        facts=changes,
        remaking=remade,
        handwritten=handwritten,
        blueprints=blueprints,
        open_papers=tuple(papers_touched(touched)),
        plans=tuple(plans_asking([row.blueprint.slug for row in blueprints], version.required)),
        people=tuple(concerned(version, before, keys, at=at)),
        scenarios=tuple(scenarios_resting_on(keys, version.lesson.slug)),
    )


def predecessor(version: LessonVersion, on: date) -> LessonVersion | None:
    """The published version in whose place ``version`` steps on that day: the one in force without it, or, where that
    one ends as this one begins, the one in force the day before."""
    others = LessonVersion.objects.filter(lesson=version.lesson_id).exclude(pk=version.pk).select_related("lesson")
    if version.published_at:
        others = others.filter(Q(number__lt=version.number) | Q(effective_from__lt=version.effective_from))
    for day in (on, version.effective_from - timedelta(days=1)):
        found = others.in_force(day).order_by("-effective_from", "-number").first()
        if found:
            return found
    return None


def changes_of(before: LessonVersion | None, version: LessonVersion, on: date) -> tuple[tuple[FactChange, ...], list]:
    """How the facts that hold change with ``version`` on that day, and all its facts."""
    kept = facts_of(version)
    held = [fact for fact in facts_of(before) if fact.holds_on(min(on, _last_day(before, on)))] if before else []
    return fact_changes(held, [fact for fact in kept if fact.holds_on(on)]), kept


def _last_day(version: LessonVersion, on: date) -> date:
    return version.effective_to or on


def resting_on(keys: Collection[str]) -> QuerySet[Question]:
    """Live hand-written questions whose current version rests on one of these facts."""
    return Question.objects.live().filter(
        origin=Origin.HANDWRITTEN,
        pk__in=Question.objects.filter(current__bases__fact_key__in=list(keys)).values("pk"),
    )


def concerned(
    version: LessonVersion, before: LessonVersion | None, keys: Collection[str], *, at: datetime
) -> list[Concerned]:
    """Exactly the trainees whose knowledge rests on facts (``keys``) that change with ``version``.

    That is whoever passed an exam whose paper held a question resting on one of them, in a version written before the
    change; and, where the lesson is required, whoever finished it as it was and has not come to the end of the new
    version. Nobody is concerned who has passed an exam since on a question that was written after the change.

    The change happens at ``at``, or has happened when the version's questions were remade or it was published.
    """
    if not keys:
        return []
    moment = changed_at(version, at) or at
    exams: dict[int, list[Attempt]] = {}
    for attempt in _passed(keys, version__created_at__lt=moment, attempt__submitted_at__lt=moment):
        exams.setdefault(attempt.learner_id, []).append(attempt)
    renewed = {attempt.learner_id for attempt in _passed(keys, version__created_at__gte=moment)}
    readers = set(_finished(version, before, moment)) if before and before.required else set()
    ids = (exams.keys() | readers) - renewed
    people = User.objects.trainees().order_by("employment__team__name", "username")
    named = people.values_list("pk", "display_name", "username", "employment__team__name")
    return [
        Concerned(pk, display_name or username, team or "", tuple(exams.get(pk, ())), pk in readers)
        for pk, display_name, username, team in named
        if pk in ids  # a list of thousands of ids costs the database more than all names do
    ]


def changed_at(version: LessonVersion, at: datetime) -> datetime | None:
    """When the questions began to ask by this version; ``None`` before that."""
    change = getattr(version, "change", None)
    if change:
        return change.applied_at
    return version.published_at if version.effective_from <= timezone.localdate(at) else None


def _passed(keys: Collection[str], **items) -> QuerySet[Attempt]:
    """Passed exams with a question that rests on one of these facts and fits ``items``, the newest first."""
    asked = PaperItem.objects.filter(
        version__bases__fact_key__in=list(keys),
        attempt__passed=True,
        attempt__mode=Mode.EXAM,
        attempt__blueprint__isnull=False,
        **items,
    )
    return Attempt.objects.filter(pk__in=asked.values("attempt")).select_related("blueprint").order_by("-submitted_at")


def _finished(version: LessonVersion, before: LessonVersion, moment: datetime) -> QuerySet:
    reads = LessonRead.objects.filter(
        this_period("opened_at"), lesson=version.lesson_id, version__number__lt=version.number
    )
    return reads.filter(reached_end_at__lt=moment, answered_at__lt=moment).values_list("learner", flat=True)
