"""Saving, publishing and retiring lessons. What publishing a change brings with it is in ``commands.changes``."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from quizzes.models import AuditEntry, Topic
from quizzes.rules.facts import Attribute
from trainer.commands.search import reindex
from trainer.models import Fact, FactAttribute, Lesson, LessonTopic, LessonVersion
from trainer.readers.entries import LessonEntry

BATCH = 200


class KeysTaken(Exception):
    """Facts of another lesson have these keys, the argument: a key names one fact in the whole house."""


class TooEarly(Exception):
    """A published version holds from a later day, the argument: this one would never be in force."""


@dataclass(frozen=True)
class SavedLessons:
    """Slugs, by what saving did to them."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def content_hash(entry: Any) -> str:
    """A hash of all that a curriculum entry says: equal for equal entries, wherever they stand in a file."""
    plain = json.dumps(_plain(entry), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Attribute):
        return value.key  # its wording is shared by many facts and no part of the lesson
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.compare}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, date | Decimal) else value


@transaction.atomic
def save_lessons(*, entries: Sequence[LessonEntry], by, at: datetime) -> SavedLessons:
    """Save many lessons: a new version, published at once, where an entry says something new.

    An entry is compared with the newest version that was loaded: what was edited on the site since then stands until
    its file changes. Topics and attributes must be there. Retired lessons stay retired.
    """
    wanted = {entry.slug: entry for entry in entries}
    lessons = {lesson.slug: lesson for lesson in Lesson.objects.filter(slug__in=wanted)}
    created = [slug for slug in wanted if slug not in lessons]
    new = Lesson.objects.bulk_create([Lesson(slug=slug, owner=by) for slug in created], batch_size=BATCH)
    lessons |= {lesson.slug: lesson for lesson in new}
    numbers = dict(LessonVersion.objects.order_by().values_list("lesson").annotate(Max("number")))
    loaded = LessonVersion.objects.filter(edited=False).order_by("number")
    said = dict(loaded.values_list("lesson", "fingerprint"))
    rows = [
        _version(lessons[slug], numbers.get(lessons[slug].pk, 0) + 1, entry, by, at) for slug, entry in wanted.items()
    ]
    rows = [row for row in rows if said.get(row.lesson_id) != row.fingerprint]
    for row in rows:
        row.published_at = at
    versions = LessonVersion.objects.bulk_create(rows, batch_size=BATCH)
    _add_contents([(version, wanted[version.lesson.slug]) for version in versions])
    saved = {version.lesson.slug for version in versions}
    changed = tuple(slug for slug in wanted if slug in saved and slug not in created)
    if saved:
        AuditEntry.objects.create(
            at=at, by=by, action="save_lessons", target="lessons", detail={"created": created, "changed": changed}
        )
    return SavedLessons(tuple(created), changed, tuple(slug for slug in wanted if slug not in saved))


def _version(lesson: Lesson, number: int, entry: LessonEntry, by, at: datetime, **more: Any) -> LessonVersion:
    return LessonVersion(
        lesson=lesson,
        number=number,
        kind=entry.kind,
        title=entry.title,
        title_en=entry.title_en,
        summary=entry.summary,
        platforms=list(entry.platforms),
        status=entry.status,
        effective_from=entry.effective_from,
        effective_to=entry.effective_to,
        source=entry.source,
        review_by=entry.review_by,
        minutes=entry.minutes,
        position=entry.order,
        required=entry.required,
        steps=list(entry.steps),
        signs=list(entry.signs),
        strategy=list(entry.strategy),
        do=list(entry.do),
        dont=list(entry.dont),
        body=entry.body,
        fingerprint=content_hash(entry),
        created_at=at,
        created_by=by,
        **more,
    )


def _add_contents(rows: Iterable[tuple[LessonVersion, LessonEntry]]) -> None:
    topics = dict(Topic.objects.values_list("slug", "pk"))
    attributes = dict(FactAttribute.objects.values_list("key", "pk"))
    links, facts = [], []
    for version, entry in rows:
        links += [
            LessonTopic(version=version, topic_id=topics[slug], position=position)
            for position, slug in enumerate(entry.topics)
        ]
        facts += [
            Fact(
                version=version,
                key=fact.key,
                position=position,
                type=fact.type,
                refs=list(fact.refs),
                subject=fact.subject,
                attribute_id=attributes[fact.attribute.key] if fact.attribute else None,
                flag=fact.flag,
                scope=sorted(fact.scope),
                valid_from=fact.valid_from,
                valid_to=fact.valid_to,
                value=fact.value,
                number=fact.number,
                unit=fact.unit,
                note=fact.note,
                details=Fact.details_of(fact),
            )
            for position, fact in enumerate(entry.facts)
        ]
    LessonTopic.objects.bulk_create(links, batch_size=BATCH)
    Fact.objects.bulk_create(facts, batch_size=BATCH)


@transaction.atomic
def save_draft(*, entry: LessonEntry, by, at: datetime) -> LessonVersion | None:
    """Keep what a lesson is to say as a draft, which nobody reads before it is published.

    A draft that was never published makes room for it. ``None``, and no draft, when the version that holds last says
    the same already, from whatever day on. The lesson is made where there is none. Topics and attributes must be there.

    Raises ``TooEarly`` and ``KeysTaken``.
    """
    lesson, created = Lesson.objects.get_or_create(slug=entry.slug, defaults={"owner": by})
    if not created:
        Lesson.objects.select_for_update().get(pk=lesson.pk)
    keys = {fact.key for fact in entry.facts}
    if taken := set(Fact.objects.filter(key__in=keys).exclude(version__lesson=lesson).values_list("key", flat=True)):
        raise KeysTaken(sorted(taken))
    lesson.versions.filter(published_at=None).delete()
    newest = lesson.versions.order_by("-effective_from", "-number").first()
    if newest and newest.effective_from > entry.effective_from:
        raise TooEarly(newest.effective_from)
    number = lesson.versions.aggregate(Max("number"))["number__max"] or 0
    draft = _version(lesson, number + 1, entry, by, at, edited=True)
    if newest and newest.fingerprint == content_hash(replace(entry, effective_from=newest.effective_from)):
        return None
    draft.save()
    _add_contents([(draft, entry)])
    _note("save_draft", lesson, by, at, version=draft.number)
    return draft


@transaction.atomic
def publish_lesson_version(*, version_id: int, by, at: datetime) -> bool:
    """Let readers see a version from its effective date on; whether it was not published before."""
    version = LessonVersion.objects.select_for_update(of=("self",)).select_related("lesson").get(pk=version_id)
    if version.published_at:
        return False
    version.published_at = at
    version.save(update_fields=["published_at"])
    _note("publish_lesson", version.lesson, by, at, version=version.number)
    reindex(at=at)
    return True


@transaction.atomic
def set_owner(*, lesson_id: int, owner, by, at: datetime) -> bool:
    """Say who looks after a lesson, ``None`` for all admins; whether it was somebody else before."""
    lesson = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson_id)
    if lesson.owner == owner:
        return False
    lesson.owner = owner
    lesson.save(update_fields=["owner"])
    _note("set_lesson_owner", lesson, by, at, owner=owner and owner.pk)
    return True


def _note(action: str, lesson: Lesson, by, at: datetime, **detail: Any) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"lesson:{lesson.slug}", detail=detail)
