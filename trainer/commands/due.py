"""What has to happen by itself as time goes on. ``manage.py work`` calls it every minute."""

from dataclasses import dataclass
from datetime import datetime

from trainer.commands.load_publishing import publish_due_loads
from trainer.commands.load_reading import read_later, reap_dead_reads


@dataclass(frozen=True)
class Done:
    """``published`` and ``again`` are ids of loads: published because their day came, and read once more."""

    published: tuple[int, ...]
    again: tuple[int, ...]


def run_due(*, at: datetime) -> Done:
    """Do all that is due at ``at``. Safe to repeat and to run in two places at once."""
    published = publish_due_loads(at=at)
    again = reap_dead_reads(at=at)
    for load_id in again:
        read_later.enqueue(load_id)
    return Done(tuple(published), tuple(again))
