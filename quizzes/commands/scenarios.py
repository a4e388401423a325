"""Keeping scenarios: a changed one is a new version, so that every talk can be shown as it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.models import AuditEntry, Scenario, ScenarioVersion
from quizzes.rules.dialogue.checking import check
from quizzes.rules.dialogue.plain import Problem
from quizzes.rules.dialogue.reading import read_scenario
from quizzes.rules.vocabulary import QuestionState


class FaultyScenario(ValueError):
    """The scenario cannot be played: ``problems`` say where and why. Nothing was saved."""

    def __init__(self, problems: tuple[Problem, ...]):
        super().__init__("；".join(map(str, problems)))
        self.problems = problems


@transaction.atomic
def save_scenario(*, data: Mapping[str, Any], at: datetime, by=None) -> tuple[Scenario, bool]:
    """Keep ``data`` as the current version of its scenario; the same data twice is one version.

    Gives the scenario and whether anything changed. A new scenario is a draft. Raises ``FaultyScenario``.
    """
    script, problems = read_scenario(data)
    problems = problems or check(script)
    if problems:
        raise FaultyScenario(problems)
    data = {**data, "start": script.start}  # a database may keep the beats in another order
    fields = {
        "title": script.title,
        "platform": script.platform,
        "stage": script.stage,
        "customer_type": script.customer_type,
        "minutes": script.minutes,
    }
    scenario, created = Scenario.objects.select_for_update().get_or_create(slug=script.slug, defaults=fields)
    newest = scenario.versions.order_by("-number").first()
    if newest and newest.data == data and scenario.current_id == newest.pk:
        return scenario, False
    version = ScenarioVersion.objects.create(
        scenario=scenario, number=newest.number + 1 if newest else 1, data=data, created_at=at, created_by=by
    )
    for name, value in fields.items():
        setattr(scenario, name, value)
    scenario.current = version
    scenario.save()
    _note("scenario_saved", scenario, at, by, {"version": version.number, "new": created})
    return scenario, True


@transaction.atomic
def set_scenario_state(*, scenario_id: int, state: QuestionState, at: datetime, by=None) -> Scenario:
    """Publish (``live``), take back (``draft``) or retire a scenario; talks under way go on to their end."""
    scenario = Scenario.objects.select_for_update().get(pk=scenario_id)
    if scenario.state != state:
        before, scenario.state = scenario.state, state
        scenario.save(update_fields=["state"])
        _note("scenario_state", scenario, at, by, {"from": before, "to": state})
    return scenario


def _note(action: str, scenario: Scenario, at: datetime, by, detail: dict[str, Any]) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"scenario:{scenario.slug}", detail=detail)
