"""What publishing a version of a lesson touches, before it happens: questions, exams, open papers, plans, people."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from quizzes.models import Attempt, Blueprint, PaperItem, Question
from quizzes.queries.pools import candidates, to_section
from quizzes.rules.blueprint import Candidate, Section, Shortage, by_id, feasibility, pools, shortages
from quizzes.rules.generation.question import GeneratedQuestion
from quizzes.rules.placement import settle
from quizzes.rules.vocabulary import EXPECTED_SHARE, Kind, Mode, Origin, Platform
from trainer.models import ConfirmationPlan, LessonRead, LessonVersion, PlanVersion, Requirement, User
from trainer.queries.facts_in_force import facts_of
from trainer.queries.remaking import Remaking, remaking
from trainer.queries.scenarios import ScenarioTouch, scenarios_resting_on
from trainer.rules.changes import FactChange, fact_changes, unsettled
from trainer.rules.vocabulary import RequirementKind


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
class BlueprintImpact:
    """An open exam or practice set whose sections may draw ``touched`` questions; ``shortages`` say what will be
    lacking for a paper, ``lacked`` that something is lacking already."""

    blueprint: Blueprint
    touched: int
    shortages: tuple[Shortage, ...]
    lacked: bool

    @property
    def impossible(self) -> bool:
        return bool(self.shortages)


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
    blueprints = tuple(_blueprints(touched, leaving, remade))
    return Impact(
        version=version,
        before=before,
        on=on,
        facts=changes,
        remaking=remade,
        handwritten=handwritten,
        blueprints=blueprints,
        open_papers=tuple(_open_papers(touched)),
        plans=tuple(_plans([row.blueprint.slug for row in blueprints], version.required)),
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


def changes_of(
    before: LessonVersion | None, version: LessonVersion, on: date
) -> tuple[tuple[FactChange, ...], list]:
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


# --- exams, papers, plans --------------------------------------------------------------------------------

def _blueprints(touched: Collection[int], leaving: Collection[int], remade: Remaking) -> list[BlueprintImpact]:
    if not touched:
        return []
    bank = candidates()
    drawn = [candidate for candidate in bank if candidate.id in touched]
    drawing: list[tuple[Blueprint, list[Section], int]] = []
    for blueprint in Blueprint.objects.open().prefetch_related("sections__topics").order_by("title"):
        sections = [to_section(row) for row in sorted(blueprint.sections.all(), key=lambda row: row.position)]
        count = len({position for pool in pools(sections, drawn) for position in pool})
        if count:
            drawing.append((blueprint, sections, count))
    later = _bank_after(bank, leaving, remade)
    lacking = _lacking([sections for _, sections, _ in drawing], later)
    return [
        BlueprintImpact(blueprint, count, short, bool(short and feasibility(sections, bank)))
        for (blueprint, sections, count), short in zip(drawing, lacking, strict=True)
    ]


def _lacking(papers: Sequence[Sequence[Section]], bank: Iterable[Candidate]) -> list[tuple[Shortage, ...]]:
    """What each of several papers lacks; their pools are found together, for the bank may be large."""
    candidates = by_id(bank)
    fitting = iter(pools([section for sections in papers for section in sections], candidates))
    facts = [candidate.facts for candidate in candidates]
    return [
        shortages(sections, settle([s.count for s in sections], list(islice(fitting, len(sections))), facts))
        for sections in papers
    ]


def _bank_after(bank: Sequence[Candidate], leaving: Collection[int], remade: Remaking) -> list[Candidate]:
    """The live bank as it will be: questions that leave are out, remade ones as they will say it, new ones in."""
    changed = {one.question.pk: one.after for one in remade.changed}
    there = [_as_remade(c, changed[c.id]) if c.id in changed else c for c in bank if c.id not in leaving]
    return there + [_as_remade(None, made, -number) for number, made in enumerate(remade.new, 1)]


def _as_remade(candidate: Candidate | None, made: GeneratedQuestion, id_: int = 0) -> Candidate:
    said = {
        "topic": made.topic,
        "platform": Platform(made.platform),
        "kind": Kind(made.kind),
        "difficulty": made.difficulty,
        "facts": frozenset(made.facts),
        "lesson": made.lesson,
    }
    if candidate:
        return candidate._replace(**said)
    return Candidate(id=id_, expected=EXPECTED_SHARE[made.difficulty], **said)


def _open_papers(touched: Collection[int]) -> QuerySet[Attempt]:
    held = PaperItem.objects.filter(version__question__in=list(touched), attempt__submitted_at=None)
    return (
        Attempt.objects.open()
        .filter(pk__in=held.values("attempt"), mode=Mode.EXAM)
        .select_related("learner", "blueprint")
        .order_by("started_at")
    )


def _plans(exams: Collection[str], required: bool) -> list[ConfirmationPlan]:
    """The plans that ask for one of these exams, or for required lessons where this is one."""
    newest = PlanVersion.objects.published().filter(plan=OuterRef("version__plan")).order_by("-number").values("pk")
    rows = (
        Requirement.objects.filter(version=Subquery(newest[:1]))
        .select_related("version__plan")
        .order_by("version__plan__name", "position")
    )
    wanted = [
        row.version.plan
        for row in rows
        if (row.kind == RequirementKind.EXAM_SCORE and row.params.get("blueprint") in exams)
        or (row.kind == RequirementKind.LESSONS_DONE and required)
    ]
    return list(dict.fromkeys(wanted))


# --- people ----------------------------------------------------------------------------------------------

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
    reads = LessonRead.objects.filter(lesson=version.lesson_id, version__number__lt=version.number)
    return reads.filter(reached_end_at__lt=moment, answered_at__lt=moment).values_list("learner", flat=True)
