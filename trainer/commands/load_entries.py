"""Deciding what becomes of each thing that was found in a load."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from trainer.commands.loads import NotNow, note
from trainer.models import Load, LoadEntry
from trainer.rules.loads import Decision, EntryKind, LoadState

# Deciding goes on after the first confirmation: what was left open can be taken later.
DECIDING = (LoadState.PREVIEWED, LoadState.CONFIRMED, LoadState.PUBLISHED)


class NoReading(Exception):
    """There is no proposed reading to take: somebody has to write one first."""


def lock_load(load_id: int, states: Collection[LoadState]) -> Load:
    """The load, locked to the end of the transaction. Raises ``NotNow`` when it is in none of ``states``."""
    load = Load.objects.select_for_update().get(pk=load_id)
    if load.state not in states:
        raise NotNow(load.state)
    return load


@transaction.atomic
def decide_entry(*, entry_id: int, decision: Decision, by, at: datetime) -> LoadEntry:
    """Take an entry, leave it out, or open it again; nothing happens to one that is in the bank already.

    Raises ``NoReading`` and ``NotNow``.
    """
    entry = _entry(entry_id)
    if entry.decision == decision or entry.is_in:
        return entry
    if decision == Decision.TAKE and entry.data is None and entry.kind != EntryKind.REMOVED:
        raise NoReading
    entry.decision, entry.decided_at, entry.decided_by = decision, at, by
    entry.save(update_fields=["decision", "decided_at", "decided_by"])
    note(entry.load, "decide_entry", by, at, entry=entry.pk, line=entry.line, decision=decision.value)
    return entry


@transaction.atomic
def decide_all(*, load_id: int, kind: EntryKind, decision: Decision, by, at: datetime) -> int:
    """Decide everything of a kind that is still open; how many that were. What has no reading stays open."""
    load = lock_load(load_id, DECIDING)
    entries = load.entries.filter(kind=kind, decision=Decision.OPEN)
    if decision == Decision.TAKE:
        entries = entries.exclude(data=None)
    count = entries.update(decision=decision, decided_at=at, decided_by=by)
    if count:
        note(load, "decide_all", by, at, kind=kind.value, decision=decision.value, count=count)
    return count


@transaction.atomic
def edit_entry(*, entry_id: int, data: dict[str, Any], by, at: datetime) -> LoadEntry:
    """Put a person's reading, in the shape of the entry's data, in the place of what was read, and take it.

    Raises ``NotNow`` once it is in.
    """
    entry = _entry(entry_id)
    if entry.is_in:
        raise NotNow(entry.load.state)
    entry.data, entry.edited = data, True
    entry.decision, entry.decided_at, entry.decided_by = Decision.TAKE, at, by
    entry.save(update_fields=["data", "edited", "decision", "decided_at", "decided_by"])
    note(entry.load, "edit_entry", by, at, entry=entry.pk, line=entry.line)
    return entry


def _entry(entry_id: int) -> LoadEntry:
    load_id = LoadEntry.objects.values_list("load_id", flat=True).get(pk=entry_id)
    load = lock_load(load_id, DECIDING)
    entry = LoadEntry.objects.select_for_update().get(pk=entry_id)
    entry.load = load
    return entry
