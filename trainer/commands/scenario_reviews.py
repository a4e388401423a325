"""Scenarios that rest on a changed rule: flagged when it changes, settled by a person."""

from datetime import datetime

from django.db import transaction

from quizzes.models import AuditEntry, Scenario
from trainer.models import LessonChange, ScenarioReview
from trainer.queries.scenarios import scenarios_resting_on


def flag_scenarios(*, change: LessonChange, at: datetime) -> int:
    """Send the scenarios that rest on what ``change`` changed to review; how many. They are talked with as before.

    Runs inside the transaction that applies the change.
    """
    touched = scenarios_resting_on(change.keys, change.version.lesson.slug)
    ScenarioReview.objects.bulk_create(
        [ScenarioReview(scenario=one.scenario, change=change, keys=list(one.keys), since=at) for one in touched],
        ignore_conflicts=True,
    )
    for one in touched:
        _note("scenario_review", one.scenario, None, at, lesson=change.version.lesson.slug, keys=list(one.keys))
    return len(touched)


@transaction.atomic
def settle_reviews(*, scenario_id: int, by, at: datetime) -> int:
    """Say that somebody has looked at the scenario since the rules changed; how many changes that were."""
    scenario = Scenario.objects.get(pk=scenario_id)
    count = ScenarioReview.objects.filter(scenario=scenario).open().update(settled_at=at, settled_by=by)
    if count:
        _note("scenario_reviewed", scenario, by, at, changes=count)
    return count


def _note(action: str, scenario: Scenario, by, at: datetime, **detail) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"scenario:{scenario.slug}", detail=detail)
