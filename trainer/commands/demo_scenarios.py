"""Scenarios that wait for the demo admin: a draft to be tried and published, and one that rests on what has changed."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from quizzes.commands.scenarios import Written, save_draft
from quizzes.models import Scenario
from trainer.commands.changes import publish_change
from trainer.commands.lessons import save_draft as save_lesson_draft
from trainer.models import Lesson, LessonChange
from trainer.queries.lesson_entries import entry_of, version_to_edit
from trainer.readers.scenario_text import read_scenario_text
from trainer.rules.vocabulary import ChangeKind

CHANGED, BEFORE, AFTER = "thermos-bargain", "turns: 10", "turns: 9"
LESSON, FACT = "product-face-cream", "psample-cream-opened"
MONTHS, NEW_MONTHS = 12, 6


@transaction.atomic
def add_demo_draft(*, by, at: datetime) -> None:
    """Save the draft, unless the scenario is not there, was written otherwise, or has been changed before."""
    scenario = Scenario.objects.live().filter(slug=CHANGED).first()
    versions = list(scenario.versions.all()) if scenario else []
    if len(versions) != 1 or BEFORE not in versions[0].text:
        return
    text = versions[0].text.replace(BEFORE, AFTER)
    written = Written(read_scenario_text(text).data, text, versions[0].golden, versions[0].golden_text)
    save_draft(scenario_id=versions[0].scenario_id, base=versions[0].number, written=written, by=by, at=at)


@transaction.atomic
def add_demo_correction(*, by, at: datetime) -> None:
    """Correct a figure of a sample product the day before, so that the scenario about it is to be read again.

    Nothing happens where the lesson is not there, says something else, or was corrected before.
    """
    lesson = Lesson.objects.filter(slug=LESSON).first()
    version = version_to_edit(lesson) if lesson else None
    if version is None or LessonChange.objects.filter(version__lesson=lesson).exists():
        return
    entry, yesterday = entry_of(version), at - timedelta(days=1)
    if not any(fact.key == FACT and fact.number == MONTHS for fact in entry.facts):
        return
    said, says = f"{MONTHS} 个月内用完", f"{NEW_MONTHS} 个月内用完"
    facts = [
        replace(fact, number=Decimal(NEW_MONTHS), note=fact.note.replace(said, says)) if fact.key == FACT else fact
        for fact in entry.facts
    ]
    corrected = replace(
        entry,
        facts=tuple(facts),
        body=entry.body.replace(said, says),
        effective_from=max(entry.effective_from, timezone.localdate(yesterday)),
    )
    draft = save_lesson_draft(entry=corrected, by=by, at=yesterday)
    if draft is not None:
        note = f"厂家更正了资料：开封后建议 {NEW_MONTHS} 个月内用完。"
        publish_change(version_id=draft.pk, kind=ChangeKind.CORRECTION, note=note, due_on=None, by=by, at=yesterday)
