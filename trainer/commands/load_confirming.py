"""From a preview to drafts: what was taken goes into the bank, where nobody is asked it yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from quizzes.commands.questions import QuestionEntry, save_questions, set_states
from quizzes.formats.found import FoundQuestion
from quizzes.models import Question, Topic
from quizzes.models import labels as engine
from quizzes.rules.vocabulary import RULES_FOR_KIND, Origin, Platform, QuestionState
from trainer.commands.load_entries import lock_load
from trainer.commands.load_lessons import lessons_without_topic, save_lesson_drafts, waiting_lessons
from trainer.commands.load_scenarios import save_scenario_drafts, waiting_scenarios
from trainer.commands.loads import note
from trainer.models import Load, LoadEntry
from trainer.queries.load_differences import compare_questions
from trainer.rules.loads import Decision, Difference, EntryKind, LoadState

CONFIRMABLE = (LoadState.PREVIEWED, LoadState.CONFIRMED, LoadState.PUBLISHED)
ASKED = (EntryKind.QUESTION, EntryKind.HELD)
USUAL_DIFFICULTY = 2
BATCH = 500


class NoTopic(Exception):
    """Some questions name no topic and the load has none: choose one first. ``args[0]`` is how many."""


class NothingToLoad(Exception):
    """Nothing that was taken is still to be brought in."""


@transaction.atomic
def confirm_load(*, load_id: int, by, at: datetime) -> Load:
    """Make drafts of all that was taken and is not in yet; again after later decisions, and twice is once.

    New questions are saved as drafts (as waiting for review where two people are asked for), lessons and scenarios as
    versions that are not published. A change of a question that is there, and products, are only written down here:
    they take effect at publication. What nobody has decided stays in the list.

    Raises ``NotNow``, ``NoTopic`` and ``NothingToLoad``.
    """
    # Loads are confirmed one after the other, so that two of them never bring the same question in twice.
    list(Load.objects.select_for_update().filter(state__in=CONFIRMABLE).order_by("pk").values_list("pk"))
    load = lock_load(load_id, CONFIRMABLE)
    entries = list(
        load.entries.filter(kind__in=ASKED, decision=Decision.TAKE, question=None)
        .defer("text")
        .order_by("file__position", "position")
    )
    lessons = waiting_lessons(load)
    scenarios = waiting_scenarios(load)
    products = load.entries.filter(kind=EntryKind.PRODUCT, decision=Decision.TAKE, product=None).count()
    if not entries and not lessons and not scenarios and not (products and load.state != LoadState.CONFIRMED):
        raise NothingToLoad
    if lacking := lessons_without_topic(load, lessons):
        raise NoTopic(lacking)
    _save_new(load, entries, by, at)
    save_lesson_drafts(load, lessons, by, at)
    save_scenario_drafts(scenarios, by, at)
    load.state = LoadState.CONFIRMED
    load.confirmed_by, load.confirmed_at = by, at
    load.released_by, load.publish_on = None, None
    load.save(update_fields=["state", "confirmed_by", "confirmed_at", "released_by", "publish_on"])
    note(load, "confirm_load", by, at, questions=len(entries), lessons=len(lessons),
         scenarios=len(scenarios))  # fmt: skip
    return load


def _save_new(load: Load, entries: Sequence[LoadEntry], by, at: datetime) -> None:
    questions = [entry.parsed() for entry in entries]
    fresh: dict[str, FoundQuestion] = {}
    sorted_out: dict[Difference, list[LoadEntry]] = {}
    for entry, question, compared in zip(entries, questions, compare_questions(questions), strict=True):
        entry.twin_id = compared.twin
        if compared.difference != Difference.NEW:  # it came into the bank after the preview, or was taken knowingly
            sorted_out.setdefault(compared.difference, []).append(entry)
            continue
        if entry.slug != compared.slug:
            entry.slug = compared.slug
            entry.save(update_fields=["slug"])
        fresh[entry.slug] = question
    for difference, known in sorted_out.items():
        _settle_known(known, difference)
    _save_fresh(load, fresh, by, at)


def _settle_known(entries: Sequence[LoadEntry], difference: Difference) -> None:
    if difference == Difference.CHANGED:
        for entry in entries:
            entry.difference, entry.question_id = difference, entry.twin_id
        LoadEntry.objects.bulk_update(entries, ["difference", "twin", "question"], batch_size=BATCH)
        return
    ids = [entry.pk for entry in entries]
    for start in range(0, len(ids), BATCH):
        part = LoadEntry.objects.filter(pk__in=ids[start : start + BATCH])
        part.update(difference=difference, decision=Decision.SKIP)


def _save_fresh(load: Load, fresh: Mapping[str, FoundQuestion], by, at: datetime) -> None:
    state = QuestionState.REVIEW if load.by_two else QuestionState.DRAFT
    wanted = entries_for_bank(load, fresh)
    saved = save_questions(
        entries=wanted, origin=Origin.HANDWRITTEN, state=state, reason=reason_of(load), by=by, at=at
    )
    back = set(saved.changed) | set(saved.unchanged)  # loaded before, and rolled back since
    set_states(slugs=back, state=state, reason=reason_of(load), by=by, at=at)
    taken = load.entries.filter(kind__in=ASKED, decision=Decision.TAKE, question=None).exclude(slug="")
    taken.update(question_id=Subquery(Question.objects.filter(slug=OuterRef("slug")).values("pk")[:1]))


def reason_of(load: Load) -> str:
    """What the versions that a load makes give as their reason."""
    return _("导入第 %(number)d 批：%(title)s") % {"number": load.pk, "title": load.title}


def entries_for_bank(load: Load, questions: Mapping[str, FoundQuestion]) -> list[QuestionEntry]:
    """What the bank is to say, by slug. Raises ``NoTopic``."""
    topics = {word: topic.slug for topic in Topic.objects.all() for word in (topic.name, topic.slug)}
    fallback = load.topic.slug if load.topic else ""
    if lacking := sum(not topics.get(question.topic, fallback) for question in questions.values()):
        raise NoTopic(lacking)
    platforms = {str(word): platform for platform in Platform for word in (platform, engine.LABELS[platform])}
    return [
        QuestionEntry(
            slug=slug,
            kind=question.kind,
            stem=question.stem,
            content=question.content,
            rule=RULES_FOR_KIND[question.kind][0],
            explanation=question.explanation,
            topic=topics.get(question.topic, fallback),
            platform=platforms.get(question.platform, Platform(load.platform)),
            difficulty=question.difficulty or USUAL_DIFFICULTY,
            tags=question.tags,
        )
        for slug, question in questions.items()
    ]
