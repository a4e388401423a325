"""Reading the files of a load: each file wholly or not at all, however often it is tried."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from quizzes.formats.sheets.mapping import mappings_to_data
from trainer.commands.bounded_reading import Given, read_all
from trainer.commands.load_found import entries_of
from trainer.commands.loads import NotNow, note
from trainer.commands.sheet_rows import remembered
from trainer.models import Load, LoadEntry, LoadFile
from trainer.readers.files import FileRead, Wanted
from trainer.rules.loads import EntryKind, FileState, LoadKind, LoadState

BATCH = 1000
MOST_TRIES = 2
SILENT = timedelta(minutes=5)  # longer than any file may take: nobody reads it any more


@task()
def read_later(load_id: int) -> None:
    read_load(load_id=load_id)


def read_load(*, load_id: int, now=timezone.now) -> None:
    """Read every file that waits, one after the other. ``now`` is asked again for each, since reading takes time."""
    claimed: list[LoadFile] = []

    def waiting() -> Iterator[Given]:
        while file := _claim(load_id, now()):
            claimed.append(file)
            yield _given(file)

    for read in read_all(waiting()):
        _keep(claimed[-1], read, now())
    _settle(load_id)


def _given(file: LoadFile) -> Given:
    wanted = Wanted(
        kind=LoadKind(file.load.kind), mapping=file.mapping, simplify=file.load.simplify, keep=frozenset(file.keep)
    )
    return Given(file.name, bytes(file.bytes.data), wanted)


@transaction.atomic
def _claim(load_id: int, at: datetime) -> LoadFile | None:
    """The next file that waits, taken so that no other worker reads it, too."""
    file = (
        LoadFile.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("load", "bytes")
        .filter(load=load_id, state=FileState.WAITING)
        .first()
    )
    if file:
        file.state, file.tries, file.heartbeat_at = FileState.READING, file.tries + 1, at
        file.save(update_fields=["state", "tries", "heartbeat_at"])
    return file


@transaction.atomic
def _keep(file: LoadFile, read: FileRead, at: datetime) -> None:
    """Write down what was read; nothing when somebody else has taken the file since."""
    row = LoadFile.objects.select_for_update().get(pk=file.pk)
    if row.state != FileState.READING or row.tries != file.tries:
        return
    row.heartbeat_at, row.format = at, read.format[:30]
    if read.mappings and row.mapping is None:
        chosen = remembered(row, read.mappings)
        row.mapping = mappings_to_data(chosen)
        if chosen != read.mappings:  # somebody has put such headers right before: read it their way
            row.state = FileState.WAITING
            row.save(update_fields=["state", "heartbeat_at", "format", "mapping"])
            return
    if read.error:
        row.state, row.error = FileState.FAILED, read.error
    else:
        row.state, row.error = FileState.READ, ""
        decided = {e.found: e for e in row.entries.exclude(decided_at=None).defer("text", "reason")}
        row.entries.all().delete()
        entries = (_as_before(entry, decided.get(entry.found)) for entry in entries_of(row, read))
        while batch := list(islice(entries, BATCH)):
            LoadEntry.objects.bulk_create(batch)
    row.save(update_fields=["state", "error", "heartbeat_at", "format", "mapping"])


def _as_before(entry: LoadEntry, decided: LoadEntry | None) -> LoadEntry:
    """What a person decided about the same finding stands when a file is read again."""
    if decided:
        for name in ("data", "decision", "edited", "decided_at", "decided_by_id"):
            setattr(entry, name, getattr(decided, name))
    return entry


@transaction.atomic
def _settle(load_id: int) -> None:
    """Once every file is read, the load can be looked at; when none could be, it has failed."""
    load = Load.objects.select_for_update().get(pk=load_id)
    states = set(load.files.values_list("state", flat=True))
    if load.state == LoadState.READING and not states & {FileState.WAITING, FileState.READING}:
        load.state = LoadState.PREVIEWED if FileState.READ in states else LoadState.FAILED
        load.save(update_fields=["state"])


@transaction.atomic
def reap_dead_reads(*, at: datetime) -> Sequence[int]:
    """Files that nobody reads any more wait again, or fail at the last try. The ids of the loads to read again."""
    silent = LoadFile.objects.filter(state=FileState.READING, heartbeat_at__lt=at - SILENT)
    dead = list(silent.select_for_update(of=("self",)).select_related("load"))
    again: set[int] = set()
    for file in dead:
        if file.tries < MOST_TRIES:
            file.state = FileState.WAITING
            again.add(file.load_id)
        else:
            file.state = FileState.FAILED
            file.error = _("读这个文件时中断了两次，没有导入任何内容。请把文件拆小一些，或另存为一份再上传。")
        file.save(update_fields=["state", "error"])
        note(file.load, "reap_read", None, at, file=file.name, state=file.state)
    for load in {file.load_id for file in dead} - again:
        _settle(load)
    return sorted(again)


def put_back(*, entry_id: int, by, at: datetime) -> Load:
    """Let a file be read once more with a line that was removed from it. Raises ``NotNow``."""
    entry = LoadEntry.objects.select_related("file").get(pk=entry_id, kind=EntryKind.REMOVED)
    kept = (entry.data or {}).get("id")
    if not kept:
        raise NotNow
    return read_again(file_id=entry.file_id, keep=[*entry.file.keep, kept], by=by, at=at)


@transaction.atomic
def read_again(
    *, file_id: int, keep: Sequence[str] | None = None, mapping: dict | None = None, by, at: datetime
) -> Load:
    """Let a file be read once more, with other lines kept or other columns; what was decided stands.

    Raises ``NotNow`` once the load is confirmed.
    """
    file = LoadFile.objects.select_for_update().select_related("load").get(pk=file_id)
    load = Load.objects.select_for_update().get(pk=file.load_id)
    if load.state not in (LoadState.PREVIEWED, LoadState.FAILED):
        raise NotNow(load.state)
    if keep is not None:
        file.keep = sorted(set(keep))
    if mapping is not None:
        file.mapping = mapping
    file.state, file.error, file.tries = FileState.WAITING, "", 0
    file.save(update_fields=["keep", "mapping", "state", "error", "tries"])
    load.state = LoadState.READING
    load.save(update_fields=["state"])
    note(load, "read_again", by, at, file=file.name)
    return load
