"""The demo admin's draft: there once, and nothing else is touched."""

import pytest
from django.conf import settings

from quizzes.commands.scenarios import save_scenario, set_scenario_state
from quizzes.models import Scenario
from trainer.commands.demo_scenarios import CHANGED, add_demo_draft
from trainer.readers.scenario_text import read_scenario_text

pytestmark = pytest.mark.django_db


def test_a_draft_waits_once_and_people_talk_with_what_was_shipped(admin, now):
    text = (settings.BASE_DIR / "fixtures" / "scenarios" / f"{CHANGED}.yaml").read_text(encoding="utf-8")
    scenario, _changed = save_scenario(data=read_scenario_text(text).data, text=text, at=now)
    set_scenario_state(scenario_id=scenario.pk, state="live", at=now)

    for _ in range(2):
        add_demo_draft(by=admin, at=now)

    scenario = Scenario.objects.get()
    assert [version.data["turns"] for version in scenario.versions.all()] == [10, 9]
    assert scenario.current.number == 1


def test_without_the_scenario_nothing_happens(admin, now):
    add_demo_draft(by=admin, at=now)

    assert not Scenario.objects.exists()
