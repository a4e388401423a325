"""What has to happen by itself as time goes on. ``manage.py work`` calls it every minute."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from quizzes.commands.sorting import close_overdue_sorting
from quizzes.commands.typing import close_overdue_typing
from trainer.commands.api_calls import forget_old_calls
from trainer.commands.certificates import follow_rechecks
from trainer.commands.course_orders import apply_orders
from trainer.commands.digests import send_digests
from trainer.commands.load_publishing import publish_due_loads
from trainer.commands.load_reading import read_later, reap_dead_reads
from trainer.commands.people_load import forget_unconfirmed_people
from trainer.commands.probation import warn_of_probation_ends
from trainer.commands.retention import delete_past_time
from trainer.commands.rule_days import turn_day
from trainer.commands.standings import recompute_standings
from trainer.commands.webhook_sending import send_due_webhooks
from trainer.commands.webhooks import forget_old_events

log = logging.getLogger(__name__)
FINISHED_STAY = timedelta(days=7)


def read_dead_again(*, at: datetime) -> Sequence[int]:
    """Files whose reader was killed are read once more; the ids of their loads."""
    loads = reap_dead_reads(at=at)
    for load_id in loads:
        read_later.enqueue(load_id)
    return loads


def close_overdue_drills(*, at: datetime) -> int:
    """How many typing checks and sorting runs ended because their time was over."""
    return close_overdue_typing(at=at) + close_overdue_sorting(at=at)


def forget_finished_tasks(*, at: datetime) -> int:
    """How many rows of the queue were deleted: done a week ago, and of no use to anybody."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - FINISHED_STAY).delete()[0]


# Each takes ``at``, is safe to repeat and to run in two places at once, and says what it did.
JOBS = (
    turn_day,
    apply_orders,
    follow_rechecks,
    publish_due_loads,
    read_dead_again,
    close_overdue_drills,
    send_due_webhooks,
    warn_of_probation_ends,
    forget_finished_tasks,
    send_digests,
    forget_unconfirmed_people,
    forget_old_calls,
    forget_old_events,
    delete_past_time,
    recompute_standings,
)


def run_due(*, at: datetime) -> dict[str, object]:
    """Do all that is due at ``at``: what each job did, by its name. One that fails is logged and stops no other."""
    done: dict[str, object] = {}
    for job in JOBS:
        try:
            done[job.__name__] = job(at=at)
        except Exception:
            log.exception("%s failed; it is tried again in a minute.", job.__name__)
    return done
