"""Loading a curriculum folder: all of it or nothing, and twice is once."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from quizzes.commands.questions import QuestionEntry as BankEntry
from quizzes.commands.questions import save_questions, set_states
from quizzes.models import AuditEntry, Question, QuestionVersion, Topic
from quizzes.queries.states import put_by_a_person
from quizzes.rules.generation.generate import generate
from quizzes.rules.generation.question import Generated
from quizzes.rules.vocabulary import Origin, QuestionState
from trainer.commands.course_loading import course_key, save_courses
from trainer.commands.exam_terms import ImpossibleTerms, key_of, save_blueprints
from trainer.commands.generated import bank_entry_of
from trainer.commands.lessons import content_hash, save_lessons
from trainer.commands.loaded_plans import save_plans
from trainer.commands.scheme import BadScheme, load_scheme, save_prompts
from trainer.commands.search import reindex
from trainer.models import FactAttribute, Lesson, LessonVersion, RetrievalQuestion, Shift
from trainer.queries.facts_in_force import facts_in_force
from trainer.queries.remaking import REASON
from trainer.queries.scheme import scheme_problem_text
from trainer.readers.entries import CASE, BlueprintEntry, Curriculum, LessonEntry, PlanEntry, QuestionEntry
from trainer.readers.yaml_lines import Problem


class ContentProblems(Exception):
    """The curriculum is not loaded: ``problems`` says what to mend, file by file."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Counts:
    """What loading did to the things of one type. ``changed`` ones include those brought back into use."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0

    @property
    def touched(self) -> bool:
        return bool(self.created or self.changed or self.retired)


@dataclass(frozen=True)
class LoadReport:
    """``refused`` are the generated questions that did not pass a gate."""

    topics: Counts
    attributes: Counts
    lessons: Counts
    questions: Counts
    generated: Counts
    blueprints: Counts
    plans: Counts
    refused: int
    scheme: Counts = Counts()
    prompts: Counts = Counts()
    courses: Counts = Counts()
    shifts: Counts = Counts()

    def counts(self) -> dict[str, Counts]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "refused"}


@transaction.atomic
def load_curriculum(curriculum: Curriculum, *, at: datetime, seed: int, by=None) -> LoadReport:
    """Make the site teach and ask what the curriculum says.

    Lessons get a new version, published at once, only where they say something new; questions likewise.
    Hand-written and generated questions go live. What came from an earlier curriculum and is in this one no
    more is retired (blueprints are closed), never deleted. What a person has corrected, retired or edited on
    the site since the last load stands until its file changes.

    Raises ``ContentProblems``, with nothing loaded, when the reader found any, or when the questions cannot
    fill a blueprint.
    """
    if curriculum.problems:
        raise ContentProblems(curriculum.problems)
    topics = _save_rows(Topic, "slug", [
        {"slug": t.slug, "name": t.name, "name_en": t.name_en, "position": position}
        for position, t in enumerate(curriculum.topics)
    ])  # fmt: skip
    attributes = _save_rows(FactAttribute, "key", [
        {"key": a.key, "name": a.name, "ask": a.ask, "state": a.state, "siblings": a.siblings, "match": a.match}
        for a in curriculum.attributes
    ])  # fmt: skip
    lessons = _load_lessons(curriculum.lessons, by, at)
    questions = _load_questions(
        Origin.HANDWRITTEN, [_bank_entry(question) for question in curriculum.questions], by, at
    )
    _link_retrieval(curriculum)
    made = _generate(seed, at)
    generated = _load_questions(Origin.GENERATED, [bank_entry_of(question) for question in made.questions], by, at)
    before = _hashes_of_last_load()
    try:
        blueprints = Counts(*save_blueprints(curriculum.blueprints, before=before, by=by, at=at))
    except ImpossibleTerms as error:
        raise ContentProblems(error.problems) from error
    plans = Counts(*save_plans(curriculum.plans, before=before, by=by, at=at))
    scheme, prompts = _load_scheme(curriculum, at)
    courses = Counts(*save_courses(curriculum.courses, before=before, at=at))
    shifts = _save_rows(Shift, "slug", [vars(shift) for shift in curriculum.shifts])
    report = LoadReport(
        topics, attributes, lessons, questions, generated, blueprints, plans, len(made.rejected), scheme, prompts,
        courses, shifts,
    )  # fmt: skip
    reindex(at=at)
    if any(counts.touched for counts in report.counts().values()):
        AuditEntry.objects.create(
            at=at, by=by, action="load_curriculum", target="curriculum", detail=_detail(report, curriculum)
        )
    return report


def _load_scheme(curriculum: Curriculum, at: datetime) -> tuple[Counts, Counts]:
    """The assessment scheme and the interview's prompts. Without a scheme in the folder both stay as they are."""
    entry = curriculum.scheme
    if entry is None:
        return Counts(), Counts()
    try:
        scheme = Counts(*load_scheme(entry=entry, at=at))
    except BadScheme as error:
        wrong = [Problem("scheme.yaml", entry.line, "scheme", scheme_problem_text(one)) for one in error.problems]
        raise ContentProblems(wrong) from error
    return scheme, Counts(*save_prompts(entries=curriculum.prompts, at=at))


def _save_rows(model: Any, key: str, rows: Sequence[dict[str, Any]]) -> Counts:
    """Make and change rows of a plain list; what is not in it any more stays, since old versions point at it."""
    there = {getattr(row, key): row for row in model.objects.all()}
    new = [model(**row) for row in rows if row[key] not in there]
    changed = []
    for wanted in rows:
        row = there.get(wanted[key])
        if row and any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            changed.append(row)
    model.objects.bulk_create(new)
    if changed:
        model.objects.bulk_update(changed, [name for name in rows[0] if name != key])
    return Counts(len(new), len(changed), len(rows) - len(new) - len(changed))


def _load_lessons(entries: Sequence[LessonEntry], by, at: datetime) -> Counts:
    saved = save_lessons(entries=entries, by=by, at=at)
    slugs = {entry.slug for entry in entries}
    ours = Lesson.objects.filter(retired_at=None, product=None, pk__in=_loaded())
    retired = ours.exclude(slug__in=slugs).update(retired_at=at)
    by_hand = set(AuditEntry.objects.filter(action="retire_lesson").values_list("target", "at"))
    back = [
        lesson
        for lesson in Lesson.objects.exclude(retired_at=None)
        if lesson.slug in slugs and (f"lesson:{lesson.slug}", lesson.retired_at) not in by_hand
    ]
    Lesson.objects.filter(pk__in=[lesson.pk for lesson in back]).update(retired_at=None)
    changed = {*saved.changed, *(lesson.slug for lesson in back)}
    return Counts(len(saved.created), len(changed), len(slugs) - len(saved.created) - len(changed), retired)


def _loaded() -> QuerySet:
    """The lessons that a curriculum brought; others were written or loaded on the site and are not ours to retire."""
    return LessonVersion.objects.filter(edited=False).values("lesson")


def _load_questions(origin: Origin, entries: Sequence[BankEntry], by, at: datetime) -> Counts:
    """Those of a lesson that is out of reading are not in the bank, either."""
    out_of_reading = set(Lesson.objects.exclude(retired_at=None).values_list("slug", flat=True))
    entries = [entry for entry in entries if entry.lesson_key not in out_of_reading]
    known = set(
        QuestionVersion.objects.filter(reason=REASON, question__origin=origin).values_list("question__slug", flat=True)
    )
    saved = save_questions(entries=entries, origin=origin, state=QuestionState.LIVE, reason=REASON, by=by, at=at)
    slugs = {entry.slug for entry in entries}
    retired = set_states(slugs=known - slugs, state=QuestionState.RETIRED, reason=REASON, by=by, at=at)
    out = set(Question.objects.filter(state=QuestionState.RETIRED, origin=origin).values_list("slug", flat=True))
    back = (out & slugs) - put_by_a_person(out & slugs, QuestionState.RETIRED)
    set_states(slugs=back, state=QuestionState.LIVE, reason=REASON, by=by, at=at)
    changed = back.union(saved.changed)
    return Counts(len(saved.created), len(changed), len(slugs) - len(saved.created) - len(changed), retired)


def _bank_entry(question: QuestionEntry) -> BankEntry:
    return BankEntry(
        slug=question.slug,
        kind=question.kind,
        stem=question.stem,
        content=question.content,
        rule=question.rule,
        explanation=question.explanation,
        topic=question.topic,
        platform=question.platform,
        difficulty=question.difficulty,
        lesson_key=question.lesson,
        facts=question.facts,
        tags=(*question.tags, CASE) if question.case else question.tags,
    )


def _generate(seed: int, at: datetime) -> Generated:
    """Questions from all facts in force: those of products and of lessons edited on the site, too."""
    today = timezone.localdate(at)
    handwritten = Question.objects.filter(origin=Origin.HANDWRITTEN).exclude(state=QuestionState.RETIRED)
    existing = set(handwritten.values_list("current__fingerprint", flat=True))
    return generate(facts_in_force(today), seed=seed, on=today, existing=existing)


def _link_retrieval(curriculum: Curriculum) -> None:
    lessons = dict(Lesson.objects.values_list("slug", "pk"))
    questions = dict(Question.objects.filter(origin=Origin.HANDWRITTEN).values_list("slug", "pk"))
    wanted: dict[int, list[int]] = {}
    for question in curriculum.questions:
        if question.retrieval and question.slug in questions:
            wanted.setdefault(lessons[question.lesson], []).append(questions[question.slug])
    there: dict[int, list[int]] = {}
    for lesson, question_id in RetrievalQuestion.objects.order_by("lesson", "position").values_list(
        "lesson_id", "question_id"
    ):
        there.setdefault(lesson, []).append(question_id)
    stale = [lesson for lesson in wanted if wanted[lesson] != there.get(lesson)]
    RetrievalQuestion.objects.filter(lesson__in=stale).delete()
    RetrievalQuestion.objects.bulk_create(
        RetrievalQuestion(lesson_id=lesson, question_id=question_id, position=position)
        for lesson in stale
        for position, question_id in enumerate(wanted[lesson])
    )


def _hashes_of_last_load() -> dict[str, str]:
    last = AuditEntry.objects.filter(action="load_curriculum").order_by("at", "pk").last()
    return last.detail["hashes"] if last else {}


def _detail(report: LoadReport, curriculum: Curriculum) -> dict[str, Any]:
    terms: list[BlueprintEntry | PlanEntry] = [*curriculum.blueprints, *curriculum.plans]
    return {
        "hashes": {
            **{key_of(entry): content_hash(entry) for entry in terms},
            **{course_key(entry): content_hash(entry) for entry in curriculum.courses},
        },
        **{name: vars(counts) for name, counts in report.counts().items()},
    }
