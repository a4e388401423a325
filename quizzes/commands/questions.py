"""Saving what questions say, and moving them between draft, review, live and retired."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery

from quizzes.models import AuditEntry, Question, QuestionBasis, QuestionVersion, Tag, Topic
from quizzes.rules.generation.gates import fingerprint
from quizzes.rules.questions import Content, content_to_data
from quizzes.rules.vocabulary import Kind, MarkingRule, Origin, Platform, QuestionState

BATCH = 500


class UnknownTopic(Exception):
    """A question names a topic that is not there."""


class NothingToAsk(Exception):
    """A question without a version cannot go live."""


@dataclass(frozen=True)
class QuestionEntry:
    """What a question is to say; ``topic`` is a slug, ``facts`` are the keys of the facts that it rests on."""

    slug: str
    kind: Kind
    stem: str
    content: Content
    rule: MarkingRule
    explanation: str
    topic: str
    platform: Platform
    difficulty: int
    lesson_key: str = ""
    facts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    form: str = ""
    as_of: date | None = None


@dataclass(frozen=True)
class SavedQuestions:
    """Slugs, by what saving did to them. A question that only got other tags is unchanged."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


@transaction.atomic
def save_questions(
    *,
    entries: Sequence[QuestionEntry],
    origin: Origin,
    state: QuestionState,
    reason: str,
    by,
    at: datetime,
) -> SavedQuestions:
    """Save many questions at once; a new version only where an entry says something new.

    New questions start in ``state``, known ones keep theirs. An entry is compared with the newest version
    that was saved for the same ``reason``: what a person has corrected since then stands until its source
    changes. That a rule was looked up on another day (``as_of``) is no change.

    Raises ``UnknownTopic``; ``ValueError`` when two entries have the same slug.
    """
    wanted = {entry.slug: entry for entry in entries}
    if len(wanted) != len(entries):
        raise ValueError("Two entries have the same slug.")
    topics = dict(Topic.objects.values_list("slug", "pk"))
    if unknown := {entry.topic for entry in entries} - topics.keys():
        raise UnknownTopic(sorted(unknown))
    questions = {q.slug: q for q in Question.objects.select_for_update() if q.slug in wanted}
    said = _said_before(questions.values(), reason)
    created = [slug for slug in wanted if slug not in questions]
    changed = [
        slug for slug in wanted if slug in questions and said.get(slug) != _saying(wanted[slug], topics)
    ]
    new = Question.objects.bulk_create(
        [Question(slug=slug, origin=origin, created_at=at) for slug in created], batch_size=BATCH
    )
    questions |= {question.slug: question for question in new}
    _add_versions([(questions[slug], wanted[slug]) for slug in created + changed], topics, reason, by, at)
    for part in _parts([question.pk for question in new if question.state != state]):
        Question.objects.filter(pk__in=part).update(state=state)
    _set_tags([(questions[slug], entry.tags) for slug, entry in wanted.items()])
    if created or changed:
        AuditEntry.objects.create(
            at=at,
            by=by,
            action="save_questions",
            target=f"questions:{origin.value}",
            detail={"created": len(created), "changed": changed, "reason": reason},
        )
    gone = {*created, *changed}
    return SavedQuestions(tuple(created), tuple(changed), tuple(slug for slug in wanted if slug not in gone))


def _saying(entry: QuestionEntry, topics: dict[str, int]) -> tuple[Any, ...]:
    return (
        entry.kind.value,
        entry.stem,
        content_to_data(entry.content),
        entry.rule.value,
        entry.explanation,
        topics[entry.topic],
        entry.platform.value,
        entry.difficulty,
        entry.lesson_key,
        entry.form,
        frozenset(entry.facts),
    )


def _said_before(questions: Iterable[Question], reason: str) -> dict[str, tuple[Any, ...]]:
    """What the newest version saved for ``reason`` says, by the slug of its question."""
    slugs = {question.pk: question.slug for question in questions}
    newest = (
        QuestionVersion.objects.filter(question=OuterRef("question"), reason=reason)
        .order_by("-number")
        .values("number")[:1]
    )
    rows = QuestionVersion.objects.filter(reason=reason, number=Subquery(newest)).values_list(
        "pk", "question_id", "kind", "stem", "content", "rule", "explanation", "topic_id", "platform", "difficulty",
        "lesson_key", "form",
    )  # fmt: skip
    bases: dict[int, list[str]] = {}
    for version, key in QuestionBasis.objects.filter(version__reason=reason).values_list("version_id", "fact_key"):
        bases.setdefault(version, []).append(key)
    return {
        slugs[question]: (*said, frozenset(bases.get(version, ())))
        for version, question, *said in rows
        if question in slugs
    }


def _add_versions(
    rows: Sequence[tuple[Question, QuestionEntry]], topics: dict[str, int], reason: str, by, at: datetime
) -> None:
    ids = [question.pk for question, _ in rows]
    numbers: dict[int, int] = {}
    for part in _parts(ids):
        counted = QuestionVersion.objects.filter(question__in=part).order_by().values_list("question")
        numbers.update(counted.annotate(Max("number")))
    versions = QuestionVersion.objects.bulk_create(
        [
            QuestionVersion(
                question=question,
                number=numbers.get(question.pk, 0) + 1,
                kind=entry.kind,
                stem=entry.stem,
                content=content_to_data(entry.content),
                rule=entry.rule,
                explanation=entry.explanation,
                topic_id=topics[entry.topic],
                platform=entry.platform,
                difficulty=entry.difficulty,
                lesson_key=entry.lesson_key,
                form=entry.form,
                as_of=entry.as_of,
                fingerprint=fingerprint(entry.stem, entry.content),
                reason=reason,
                created_at=at,
                created_by=by,
            )
            for question, entry in rows
        ],
        batch_size=BATCH,
    )
    QuestionBasis.objects.bulk_create(
        [
            QuestionBasis(version=version, fact_key=key)
            for version, (_, entry) in zip(versions, rows, strict=True)
            for key in dict.fromkeys(entry.facts)
        ],
        batch_size=BATCH,
    )
    newest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number").values("pk")[:1]
    for part in _parts(ids):
        Question.objects.filter(pk__in=part).update(current_id=Subquery(newest))


def _set_tags(rows: Sequence[tuple[Question, Collection[str]]]) -> None:
    names = sorted({name for _, tags in rows for name in tags})
    Tag.objects.bulk_create([Tag(name=name) for name in names], ignore_conflicts=True)
    ids = dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
    link = Question.tags.through
    wanted = {(question.pk, ids[name]) for question, tags in rows for name in tags}
    ours = {question.pk for question, _ in rows}
    there = {
        (question, tag): pk
        for pk, question, tag in link.objects.values_list("pk", "question_id", "tag_id")
        if question in ours
    }
    link.objects.bulk_create(
        [link(question_id=question, tag_id=tag) for question, tag in sorted(wanted - there.keys())], batch_size=BATCH
    )
    for part in _parts([pk for pair, pk in there.items() if pair not in wanted]):
        link.objects.filter(pk__in=part).delete()


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


@transaction.atomic
def set_state(*, question_id: int, state: QuestionState, by, at: datetime) -> bool:
    """Move one question to ``state``; whether that changed anything.

    Papers that hold it already keep it. Raises ``NothingToAsk`` when it is to go live without a version.
    """
    question = Question.objects.select_for_update().get(pk=question_id)
    if question.state == state:
        return False
    if state == QuestionState.LIVE and question.current_id is None:
        raise NothingToAsk
    before, question.state = question.state, state
    question.save(update_fields=["state"])
    AuditEntry.objects.create(
        at=at,
        by=by,
        action="set_question_state",
        target=f"question:{question.slug}",
        detail={"from": before, "to": state.value},
    )
    return True


@transaction.atomic
def set_states(*, slugs: Collection[str], state: QuestionState, reason: str, by, at: datetime) -> int:
    """Move those of ``slugs`` that have a version, with one line in the audit; how many were moved."""
    movable = Question.objects.exclude(state=state).exclude(current=None).values_list("pk", "slug")
    ids = [pk for pk, slug in movable if slug in slugs]
    for part in _parts(ids):
        Question.objects.filter(pk__in=part).update(state=state)
    if ids:
        AuditEntry.objects.create(
            at=at,
            by=by,
            action="set_question_states",
            target="questions",
            detail={"to": state.value, "count": len(ids), "reason": reason},
        )
    return len(ids)
