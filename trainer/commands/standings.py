"""Where everybody stands, stored for lists: marked as stale when evidence comes in, computed anew in the background."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from trainer.models import Employment, StandingSnapshot
from trainer.queries.confirmation import Confirmation, confirmations
from trainer.rules.vocabulary import EmploymentState

BATCH = 250  # people judged at once; each batch costs the same number of queries
COMPUTED = ("version", "met", "total", "left", "percent", "all_met", "near", "borderline", "too_few", "computed_at")


def mark_stale(*, learners: Iterable[int] | None = None) -> int:
    """Note that there is new evidence of these people, or of everybody; how many snapshots that concerns."""
    snapshots = StandingSnapshot.objects.filter(stale=False)
    if learners is not None:
        snapshots = snapshots.of(list(learners))
    return snapshots.update(stale=True)


def recompute_standings(*, at: datetime) -> int:
    """Compute the standing of everybody whose evidence or whose day has changed since it was; how many they were.

    A person's mark is taken away before they are judged: what comes in meanwhile marks them again, and they are judged
    once more in the next run. Nothing is locked while people are judged.
    """
    done = 0
    while due := list(_due(at).values_list("pk", flat=True)[:BATCH]):
        StandingSnapshot.objects.filter(employment__in=due).update(stale=False)
        people = Employment.objects.filter(pk__in=due).select_related("user", "team")
        found = confirmations(people, at=at).values()
        StandingSnapshot.objects.bulk_create(
            [_snapshot(one) for one in found],
            update_conflicts=True,
            unique_fields=["employment"],
            update_fields=COMPUTED,
        )
        done += len(due)
    return done


def _due(at: datetime):
    """Who has no snapshot of today, or a stale one. Days in post and products on the shelf change at midnight."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    old = Q(snapshot=None) | Q(snapshot__stale=True) | Q(snapshot__computed_at__lt=midnight)
    return Employment.objects.exclude(state=EmploymentState.LEFT).filter(old).order_by("pk")


def _snapshot(person: Confirmation) -> StandingSnapshot:
    standing = person.standing
    return StandingSnapshot(
        employment=person.employment,
        version=person.version,
        met=standing.met,
        total=len(person.lines),
        left=standing.left,
        percent=standing.percent,
        all_met=standing.all_met,
        near=standing.near,
        borderline=standing.borderline,
        too_few=standing.too_few,
        computed_at=person.at,
    )
