"""Which generated questions a change of facts makes anew: worked out by really generating them, written by nobody."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from quizzes.models import Question, QuestionBasis, QuestionVersion
from quizzes.rules.facts import Fact
from quizzes.rules.generation.gates import fingerprint
from quizzes.rules.generation.generate import generate
from quizzes.rules.generation.pool import DEAD_RULE, MATCHING, Focus, focus_of
from quizzes.rules.generation.question import Generated, GeneratedQuestion, Rejection
from quizzes.rules.questions import content_to_data
from quizzes.rules.vocabulary import Origin, QuestionState
from trainer.queries.facts_in_force import facts_beside
from trainer.rules.changes import FactChange

# What versions that come from lessons and their facts give as their reason: ``save_questions`` compares within it.
REASON = "导入课程内容"

# Generating the same facts with the same seed gives the same questions, so that a change touches only its own.
SEED = 20260101


@dataclass(frozen=True)
class Remade:
    """A question that will say something else."""

    question: Question
    before: QuestionVersion
    after: GeneratedQuestion


@dataclass(frozen=True)
class Gone:
    """A question that its facts yield no more; ``reason`` says which gate it fails, empty where none was tried."""

    question: Question
    before: QuestionVersion
    reason: str


@dataclass(frozen=True)
class Remaking:
    """``made`` are all questions within reach of the change, as they would be saved; the others sort them."""

    made: tuple[GeneratedQuestion, ...] = ()
    new: tuple[GeneratedQuestion, ...] = ()
    changed: tuple[Remade, ...] = ()
    same: int = 0
    gone: tuple[Gone, ...] = ()
    refused: tuple[Rejection, ...] = ()


def remaking(changes: Sequence[FactChange], *, kept: Sequence[Fact], lessons: Collection[int], on: date) -> Remaking:
    """What generating anew would do after ``changes`` in the lessons with the ids ``lessons``.

    ``kept`` are all facts of these lessons as they will be. Five queries or so, whatever the size of the bank.
    """
    editions = [fact for change in changes for fact in change.editions]
    if not editions:
        return Remaking()
    facts = [*kept, *facts_beside(editions, on=on, without=lessons)]
    focus = focus_of(editions, facts)
    known = [*facts, *(change.before for change in changes if change.before and change.after is None)]
    there = _in_reach(focus, known)
    made = _generated(facts, focus, on, [version.question_id for version, _ in there])
    said = _said({version.question.slug for version, _ in there} | {q.slug for q in made.questions})
    questions = {question.slug: question for question in said}
    new = [q for q in made.questions if q.slug not in questions or _is_out(questions[q.slug])]
    changed = [
        Remade(questions[q.slug], questions[q.slug].current, q)
        for q in made.questions
        if q.slug in questions and not _is_out(questions[q.slug]) and said[questions[q.slug]] != saying(q)
    ]
    slugs = {q.slug for q in made.questions}
    why = {(refusal.form, frozenset(refusal.facts)): refusal.reason for refusal in made.rejected}
    gone = [
        Gone(version.question, version, why.get((version.form, bases), ""))
        for version, bases in there
        if version.question.slug not in slugs
    ]
    return Remaking(
        made.questions,
        tuple(new),
        tuple(changed),
        len(made.questions) - len(new) - len(changed),
        tuple(gone),
        _telling(made.rejected, changes),
    )


def _is_out(question: Question) -> bool:
    return question.state == QuestionState.RETIRED


def _telling(rejected: Iterable[Rejection], changes: Iterable[FactChange]) -> tuple[Rejection, ...]:
    """Refusals at a gate that rest on a changed fact; that a form has no material for it is no news."""
    keys = {change.key for change in changes}
    return tuple(r for r in rejected if r.gate != "material" and not keys.isdisjoint(r.facts))


def _in_reach(focus: Focus, facts: Sequence[Fact]) -> list[tuple[QuestionVersion, frozenset[str]]]:
    """The generated questions in use that are to be asked anew, by their current version, with their facts."""
    matched = [f.key for f in facts if f.attribute and f.attribute.key in focus.matched]
    judged = [f.key for f in facts if f.topic in focus.topics]
    reached = (
        Q(version__form=MATCHING, fact_key__in=matched)
        | Q(version__form=DEAD_RULE, fact_key__in=judged)
        | (~Q(version__form__in=(MATCHING, DEAD_RULE)) & Q(fact_key__in=focus.facts))
    )
    own = Q(version__question__origin=Origin.GENERATED, version__question__current=F("version"))
    ids = set(
        QuestionBasis.objects.filter(reached, own)
        .exclude(version__question__state=QuestionState.RETIRED)
        .values_list("version", flat=True)
    )
    versions = QuestionVersion.objects.filter(pk__in=ids).select_related("question").prefetch_related("bases")
    return [
        (version, frozenset(basis.fact_key for basis in version.bases.all()))
        for version in versions.order_by("question__slug")
    ]


def _generated(facts: Sequence[Fact], focus: Focus, on: date, replaced: Collection[int]) -> Generated:
    made = generate(facts, seed=SEED, on=on, focus=focus)
    prints = [fingerprint(question.stem, question.content) for question in made.questions]
    bank = Question.objects.exclude(state=QuestionState.RETIRED).exclude(pk__in=list(replaced))
    taken = set(bank.filter(current__fingerprint__in=prints).values_list("current__fingerprint", flat=True))
    return generate(facts, seed=SEED, on=on, focus=focus, existing=taken) if taken else made


def _said(slugs: Collection[str]) -> dict[Question, tuple[Any, ...]]:
    """What each of these questions was last made to say, whoever has corrected it since."""
    versions = (
        QuestionVersion.objects.filter(question__slug__in=list(slugs), reason=REASON)
        .select_related("question__current", "topic")
        .prefetch_related("bases")
        .order_by("number")
    )
    return {
        version.question: (
            version.kind, version.stem, version.content, version.rule, version.explanation, version.topic.slug,
            version.platform, version.difficulty, version.lesson_key, version.form,
            frozenset(basis.fact_key for basis in version.bases.all()),
        )
        for version in versions
    }  # fmt: skip


def saying(made: GeneratedQuestion) -> tuple[Any, ...]:
    """What a generated question says, in the shape in which the stored ones are compared with it."""
    return (
        made.kind.value, made.stem, content_to_data(made.content), made.rule.value, made.explanation, made.topic,
        made.platform.value, made.difficulty, made.lesson, made.form, frozenset(made.facts),
    )  # fmt: skip
