"""Bringing files in: a load is made from uploaded files and read, at once or by a worker."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from quizzes.models import AuditEntry, Topic
from quizzes.rules.vocabulary import Platform
from trainer.models import Load, LoadedBytes, LoadFile, WorkerBeat
from trainer.rules.loads import FileState, LoadKind, LoadState


class TooLarge(Exception):
    """A file is larger than ``settings.LARGEST_UPLOAD``."""


class NoFiles(Exception):
    """There is nothing to read."""


class NotNow(Exception):
    """The load is in a state in which this cannot be done; a second tab may have been quicker."""


@dataclass(frozen=True)
class Upload:
    name: str
    data: bytes


@dataclass(frozen=True)
class LoadOptions:
    """``topic`` is where questions go that name none themselves; ``platform`` likewise. ``mapping`` says what the
    columns of sheets mean, as ``trainer.readers.files.Wanted`` takes it."""

    kind: LoadKind = LoadKind.AUTO
    topic: Topic | None = None
    platform: Platform = Platform.ALL
    simplify: bool = False
    mapping: dict | None = None


@transaction.atomic
def start_load(*, token: UUID, uploads: Sequence[Upload], options: LoadOptions, by, at: datetime) -> Load:
    """Keep the files and make a load of them; the same ``token`` again gives the same load.

    Of files with the same bytes the first is kept. Raises ``NoFiles`` and ``TooLarge``.
    """
    if not uploads:
        raise NoFiles
    if large := [upload.name for upload in uploads if len(upload.data) > settings.LARGEST_UPLOAD]:
        raise TooLarge(large)
    title = uploads[0].name if len(uploads) == 1 else f"{uploads[0].name} +{len(uploads) - 1}"
    load, created = Load.objects.get_or_create(
        token=token,
        defaults={
            "title": title[-120:],
            "kind": options.kind,
            "topic": options.topic,
            "platform": options.platform,
            "simplify": options.simplify,
            "by_two": settings.CONTENT_REVIEW_BY_TWO,
            "created_at": at,
            "created_by": by,
        },
    )
    if not created:
        return load
    by_hash = {hashlib.sha256(upload.data).hexdigest(): upload for upload in reversed(uploads)}
    wanted = sorted(by_hash.items(), key=lambda pair: uploads.index(pair[1]))
    earlier = _earlier([sha256 for sha256, _ in wanted])
    files = LoadFile.objects.bulk_create(
        LoadFile(
            load=load,
            position=position,
            name=upload.name[-200:],
            size=len(upload.data),
            sha256=sha256,
            earlier_id=earlier.get(sha256),
            mapping=options.mapping,
        )
        for position, (sha256, upload) in enumerate(wanted, 1)
    )
    LoadedBytes.objects.bulk_create(
        LoadedBytes(file=file, data=upload.data) for file, (_, upload) in zip(files, wanted, strict=True)
    )
    note(load, "start_load", by, at, files=[{"name": file.name, "sha256": file.sha256} for file in files])
    return load


def _earlier(hashes: Sequence[str]) -> dict[str, int]:
    """The newest file with each of these bytes in a load that was not rolled back."""
    there = LoadFile.objects.filter(sha256__in=hashes, state=FileState.READ).exclude(load__state=LoadState.ROLLED_BACK)
    return dict(there.order_by("pk").values_list("sha256", "pk"))


def beat(*, name: str, at: datetime) -> None:
    """A worker says that it lives; those that have been silent for a day are forgotten."""
    WorkerBeat.objects.update_or_create(name=name, defaults={"at": at})
    WorkerBeat.objects.filter(at__lt=at - timedelta(days=1)).delete()


def note(load: Load, action: str, by, at: datetime, **detail) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"load:{load.pk}", detail=detail)


@transaction.atomic
def choose_topic(*, load_id: int, topic: Topic, by, at: datetime) -> Load:
    """Say where the questions go that name no topic themselves. Raises ``NotNow`` once drafts are made."""
    load = Load.objects.select_for_update().get(pk=load_id)
    if load.state not in (LoadState.READING, LoadState.PREVIEWED):
        raise NotNow(load.state)
    load.topic = topic
    load.save(update_fields=["topic"])
    note(load, "choose_topic", by, at, topic=topic.slug)
    return load
