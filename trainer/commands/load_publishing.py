"""From drafts to what people are asked: now or on a day; and back again, the whole load at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.commands.questions import QuestionEntry, save_questions, set_states
from quizzes.models import Question, QuestionVersion
from quizzes.rules.vocabulary import RULES_FOR_KIND, Kind, MarkingRule, Origin, Platform, QuestionState
from trainer.commands.load_confirming import reason_of
from trainer.commands.load_entries import lock_load
from trainer.commands.load_lessons import publish_lessons, roll_back_lessons
from trainer.commands.load_products import publish_products, withdraw_products
from trainer.commands.load_scenarios import publish_scenarios, withdraw_scenarios
from trainer.commands.loads import NotNow, note
from trainer.commands.search import reindex
from trainer.models import Load, LoadEntry
from trainer.rules.loads import Decision, Difference, LoadState

BATCH = 500
WAITING = (QuestionState.DRAFT, QuestionState.REVIEW)


class SecondPersonNeeded(Exception):
    """Two people are asked for, and this is the one who confirmed."""


class PastDay(Exception):
    """The day to publish on is not in the future."""


@dataclass(frozen=True)
class RolledBack:
    """What was touched: questions taken out of use, questions that say again what they said before, and those that
    somebody has changed since the load and that therefore stay as they are; lessons taken out, and back at their
    former version; products taken off the shelf; scenarios taken out, or back at what they said."""

    retired: int = 0
    restored: int = 0
    left: int = 0
    lessons: int = 0
    lessons_restored: int = 0
    products: int = 0
    scenarios: int = 0

    def summary(self) -> str:
        """What was touched, for people; nothing where nothing was."""
        did = [
            (self.retired, ngettext("停用 %d 道题", "停用 %d 道题", self.retired)),
            (self.restored, ngettext("%d 道题恢复原来的内容", "%d 道题恢复原来的内容", self.restored)),
            (self.lessons, ngettext("撤下 %d 课", "撤下 %d 课", self.lessons)),
            (self.lessons_restored, ngettext("%d 课恢复上一版", "%d 课恢复上一版", self.lessons_restored)),
            (self.products, ngettext("下架 %d 个商品", "下架 %d 个商品", self.products)),
            (self.scenarios, ngettext("撤下 %d 个对练情景", "撤下 %d 个对练情景", self.scenarios)),
        ]
        return _("，").join(text % count for count, text in did if count)


def may_release(load: Load, person) -> bool:
    """Whether this person may publish the load: not the one who confirmed it where two are asked for."""
    return not load.by_two or load.confirmed_by_id != person.pk


@transaction.atomic
def schedule_load(*, load_id: int, on: date, by, at: datetime) -> Load:
    """Publish it when that day begins. Raises ``NotNow``, ``SecondPersonNeeded`` and ``PastDay``."""
    load = lock_load(load_id, (LoadState.CONFIRMED, LoadState.SCHEDULED))
    if not may_release(load, by):
        raise SecondPersonNeeded
    if on <= timezone.localdate(at):
        raise PastDay(on)
    load.state, load.publish_on, load.released_by = LoadState.SCHEDULED, on, by
    load.save(update_fields=["state", "publish_on", "released_by"])
    note(load, "schedule_load", by, at, on=str(on))
    return load


@transaction.atomic
def unschedule_load(*, load_id: int, by, at: datetime) -> Load:
    """Keep the drafts, and wait for another decision. Raises ``NotNow``."""
    load = lock_load(load_id, (LoadState.SCHEDULED,))
    load.state, load.publish_on, load.released_by = LoadState.CONFIRMED, None, None
    load.save(update_fields=["state", "publish_on", "released_by"])
    note(load, "unschedule_load", by, at)
    return load


@transaction.atomic
def publish_load(*, load_id: int, by, at: datetime) -> Load:
    """Let papers draw what the load brought in; publishing twice is publishing once.

    Drafts that somebody has retired since stay out. Raises ``NotNow`` and ``SecondPersonNeeded``.
    """
    load = lock_load(load_id, (LoadState.CONFIRMED, LoadState.SCHEDULED, LoadState.PUBLISHED))
    if load.state == LoadState.PUBLISHED:
        return load
    if not may_release(load, by):
        raise SecondPersonNeeded
    _change_questions(load, by, at)
    slugs = set(
        Question.objects.filter(load_entries__load=load, state__in=WAITING).values_list("slug", flat=True)
    )
    live = set_states(slugs=slugs, state=QuestionState.LIVE, reason=reason_of(load), by=by, at=at)
    lessons = publish_lessons(load, by, at)
    products = publish_products(load, by, at)
    publish_scenarios(load, by, at)
    load.state, load.released_by, load.published_at = LoadState.PUBLISHED, by, at
    load.save(update_fields=["state", "released_by", "published_at"])
    reindex(at=at)
    note(load, "publish_load", by, at, questions=live, lessons=lessons, products=products)
    return load


def _change_questions(load: Load, by, at: datetime) -> None:
    """Give the questions that are there what the load says of them, remembering what they said."""
    changed = load.entries.filter(difference=Difference.CHANGED, decision=Decision.TAKE, before=None)
    rows = _with_current(changed)
    wanted = [
        replace(
            as_it_is(question.slug, version),
            kind=found.kind,
            stem=found.stem,
            content=found.content,
            rule=RULES_FOR_KIND[found.kind][0],
            explanation=found.explanation or version.explanation,
        )
        for entry, question, version in rows
        for found in [entry.parsed()]
    ]
    for entry, _question, version in rows:
        entry.before = version
    _save(wanted, reason_of(load), by, at)
    load.entries.bulk_update([entry for entry, _question, _version in rows], ["before"], batch_size=BATCH)


def _with_current(entries: QuerySet[LoadEntry]) -> list[tuple[LoadEntry, Question, QuestionVersion]]:
    """Those that belong to a question of the bank, with it and what it says now."""
    related = ("question__current__topic", "question__current__question", "before__topic", "before__question")
    return [
        (entry, entry.question, entry.question.current)
        for entry in entries.exclude(question=None).select_related(*related)
        if entry.question and entry.question.current
    ]


def _save(wanted: Sequence[QuestionEntry], reason: str, by, at: datetime) -> int:
    saved = save_questions(
        entries=wanted, origin=Origin.HANDWRITTEN, state=QuestionState.LIVE, reason=reason, by=by, at=at
    )
    return len(saved.changed)


def publish_due_loads(*, at: datetime) -> list[int]:
    """Publish the loads whose day has come, each in a transaction of its own; their ids."""
    due = Load.objects.filter(state=LoadState.SCHEDULED, publish_on__lte=timezone.localdate(at)).order_by("publish_on")
    published = []
    for load in due.select_related("released_by"):
        try:
            publish_load(load_id=load.pk, by=load.released_by, at=at)
        except NotNow:
            continue  # somebody was quicker
        published.append(load.pk)
    return published


@transaction.atomic
def roll_back_load(*, load_id: int, by, at: datetime) -> RolledBack:
    """Take back all that a load did; answers that were given stay recorded. Twice is once.

    New questions and lessons are retired, changed ones say again what they said, in a new version; new products are
    taken off the shelf. Raises ``NotNow`` while the
    files are being read.
    """
    load = lock_load(load_id, [state for state in LoadState if state != LoadState.READING])
    if load.state == LoadState.ROLLED_BACK:
        return RolledBack()
    reason = _("撤回第 %(number)d 批导入：%(title)s") % {"number": load.pk, "title": load.title}
    new = load.entries.exclude(question=None).exclude(difference=Difference.CHANGED)
    retired = set_states(
        slugs=set(new.values_list("question__slug", flat=True)),
        state=QuestionState.RETIRED,
        reason=reason,
        by=by,
        at=at,
    )
    changed = _with_current(load.entries.exclude(before=None))
    ours = [
        as_it_is(question.slug, entry.before)
        for entry, question, version in changed
        if entry.before and version.reason == reason_of(load)
    ]
    restored = _save(ours, reason, by, at)
    load.state, load.rolled_back_by, load.rolled_back_at = LoadState.ROLLED_BACK, by, at
    load.save(update_fields=["state", "rolled_back_by", "rolled_back_at"])
    reindex(at=at)
    products = withdraw_products(load, by, at)
    scenarios = withdraw_scenarios(load, by, at)
    lessons, lessons_restored = roll_back_lessons(load, by, at)
    done = RolledBack(retired, restored, len(changed) - len(ours), lessons, lessons_restored, products, scenarios)
    note(load, "roll_back_load", by, at, **vars(done))
    return done


def as_it_is(slug: str, version: QuestionVersion) -> QuestionEntry:
    """What a version says, to be said again."""
    return QuestionEntry(
        slug=slug,
        kind=Kind(version.kind),
        stem=version.stem,
        content=version.parsed(),
        rule=MarkingRule(version.rule),
        explanation=version.explanation,
        topic=version.topic.slug,
        platform=Platform(version.platform),
        difficulty=version.difficulty,
        lesson_key=version.lesson_key,
        facts=tuple(version.bases.values_list("fact_key", flat=True)),
        tags=tuple(version.question.tags.values_list("name", flat=True)),
        form=version.form,
        as_of=version.as_of,
    )
