"""The lessons of a load: drafts that nobody reads, then published, and the former versions again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.text import slugify

from quizzes.rules.facts import Fact
from quizzes.rules.vocabulary import Flag, Platform
from trainer.commands.changes import publish_change
from trainer.commands.lessons import TooEarly, save_draft
from trainer.commands.retiring import retire_lesson
from trainer.models import FactAttribute, Lesson, LessonVersion, Load, LoadEntry
from trainer.queries.lesson_entries import entry_of
from trainer.readers.entries import LessonEntry
from trainer.rules.loaded_lessons import facts_of_data, minutes_for
from trainer.rules.loads import Decision, Difference, EntryKind
from trainer.rules.vocabulary import ChangeKind, LessonKind

POSITION = 800  # after the lessons that a curriculum puts in order
REVIEWED_FOR = timedelta(days=180)


def waiting_lessons(load: Load) -> list[LoadEntry]:
    """The lessons that were taken and are not in yet."""
    entries = load.entries.filter(kind=EntryKind.LESSON, decision=Decision.TAKE, lesson_version=None)
    return list(entries.select_related("file").order_by("file__position", "position"))


def lessons_without_topic(load: Load, entries: Sequence[LoadEntry]) -> int:
    return 0 if load.topic else sum(not (entry.data or {}).get("topic") for entry in entries)


def save_lesson_drafts(load: Load, entries: Sequence[LoadEntry], by, at: datetime) -> None:
    """Keep each lesson as a draft; one that says what is published already is left out."""
    taken = set(Lesson.objects.values_list("slug", flat=True))
    for entry in entries:
        wanted = lesson_entry_of(load, entry, taken, timezone.localdate(at))
        taken.add(wanted.slug)
        _save_attributes(wanted.facts)
        draft = _save_draft(wanted, by, at)
        if draft is None:
            entry.decision, entry.difference = Decision.SKIP, Difference.SAME
        entry.lesson_version = draft
        entry.save(update_fields=["decision", "difference", "lesson_version"])


def _save_draft(wanted: LessonEntry, by, at: datetime) -> LessonVersion | None:
    try:
        return save_draft(entry=wanted, by=by, at=at)
    except TooEarly as later:  # another version waits for its day: this one holds from then on, too
        return save_draft(entry=replace(wanted, effective_from=later.args[0]), by=by, at=at)


def lesson_entry_of(load: Load, entry: LoadEntry, taken: set[str], today: date) -> LessonEntry:
    """What a lesson is to say. One of the same title that was taken knowingly becomes its next version."""
    data = entry.data or {}
    slug = data.get("slug") or _free_slug(data["title"], taken)
    topic = data.get("topic") or (load.topic.slug if load.topic else "")
    platforms = tuple(Platform(word) for word in data["platforms"]) or (Platform(load.platform),)
    return LessonEntry(
        slug=slug,
        kind=LessonKind(data["kind"]),
        title=data["title"],
        title_en=data["title"],
        summary=data["summary"] or data["title"],
        platforms=platforms,
        status=Flag(data.get("status", Flag.SHOP_POLICY)),
        topics=(topic,),
        effective_from=_day(data.get("effective_from")) or today,
        effective_to=None,
        source=(data.get("source_name") or entry.file.name)[:300],
        review_by=_day(data.get("review_by")) or today + REVIEWED_FOR,
        minutes=minutes_for(data["body"]),
        order=POSITION,
        required=bool(data.get("required", False)),
        steps=(),
        signs=(),
        strategy=(),
        do=(),
        dont=(),
        body=data["body"],
        facts=facts_of_data(data["facts"], lesson=slug, topic=topic, scope=platforms),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _free_slug(title: str, taken: set[str]) -> str:
    from pypinyin import lazy_pinyin  # takes long to load, and is rarely needed

    wanted = slugify("-".join(lazy_pinyin(title)))[:60].strip("-") or "lesson"
    return next(
        slug for number in range(1, len(taken) + 2)
        if (slug := wanted if number == 1 else f"{wanted}-{number}") not in taken
    )  # fmt: skip


def _save_attributes(facts: Sequence[Fact]) -> None:
    attributes = {fact.attribute.key: fact.attribute for fact in facts if fact.attribute}
    FactAttribute.objects.bulk_create(
        [FactAttribute(key=a.key, name=a.name, ask=a.ask, state=a.state) for a in attributes.values()],
        ignore_conflicts=True,
    )


def publish_lessons(load: Load, by, at: datetime) -> int:
    """Publish the drafts, and ask about their facts; how many there were.

    Where one replaces what people have learnt, it counts as a correction: that the rule has changed is said on the
    page of the change, before or after.
    """
    drafts = _versions(load, published_at=None)
    for draft in drafts:
        publish_change(version_id=draft.pk, kind=ChangeKind.CORRECTION, note=load.title, due_on=None, by=by, at=at)
    return len(drafts)


def roll_back_lessons(load: Load, by, at: datetime) -> tuple[int, int]:
    """Drafts are dropped, published versions give way to what was said before: how many went, and how many are back.

    A lesson that came with the load is taken out of reading; one that somebody has edited since stays as it is.
    """
    gone = back = 0
    for version in _versions(load):
        lesson = version.lesson
        if version.published_at is None:
            version.delete()
            gone += 1
            if not lesson.versions.exists():
                lesson.delete()
            continue
        if lesson.versions.filter(number__gt=version.number).exists():
            continue
        before = _in_force(lesson, version.pk)
        if before is None:
            gone += retire_lesson(lesson_id=lesson.pk, by=by, at=at) is not None
        elif draft := save_draft(entry=_as_before(before, version.effective_from), by=by, at=at):
            publish_change(version_id=draft.pk, kind=ChangeKind.CORRECTION, note=load.title, due_on=None, by=by, at=at)
            back += 1
    return gone, back


def _versions(load: Load, **which) -> list[LessonVersion]:
    versions = LessonVersion.objects.filter(load_entries__load=load, **which)
    return list(versions.select_related("lesson").order_by("pk"))


def _in_force(lesson: Lesson, without: int) -> LessonVersion | None:
    published = lesson.versions.exclude(published_at=None).exclude(pk=without)
    return published.order_by("-effective_from", "-number").first()


def _as_before(version: LessonVersion, effective_from: date) -> LessonEntry:
    entry = entry_of(version)
    facts = tuple(replace(fact, lesson=entry.slug) for fact in entry.facts)
    return replace(entry, effective_from=effective_from, facts=facts)
