"""What waits for the demo admin: there once, and nothing else is touched."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings

from quizzes.commands.scenarios import save_scenario, set_scenario_state
from quizzes.models import Scenario
from tests.factories.roleplay import ScenarioBasisFactory, ScenarioFactory
from tests.factories.trainer import FactFactory, LessonFactory
from trainer.commands.demo_scenarios import (
    CHANGED,
    FACT,
    LESSON,
    add_demo_correction,
    add_demo_draft,
)
from trainer.models import Fact, ScenarioReview
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


def test_a_corrected_figure_sends_the_scenario_about_it_to_be_read_again_once(admin, now):
    lesson = LessonFactory(slug=LESSON, version__body="开封后 12 个月内用完。")
    FactFactory(version=lesson.versions.get(), key=FACT, window=True, number=Decimal(12), unit="个月")
    scenario = ScenarioFactory()
    ScenarioBasisFactory(version=scenario.current, lesson_key="", fact_key=FACT)

    for _ in range(2):
        add_demo_correction(by=admin, at=now)

    review = ScenarioReview.objects.get()
    assert (review.scenario, review.keys, review.since) == (scenario, [FACT], now - timedelta(days=1))
    assert list(Fact.objects.order_by("pk").values_list("number", flat=True)) == [12, 6]
    assert lesson.versions.get(number=2).body == "开封后 6 个月内用完。"


def test_a_lesson_that_says_something_else_is_left_alone(admin, now):
    FactFactory(version=LessonFactory(slug=LESSON).versions.get(), key=FACT, window=True, number=Decimal(9))

    add_demo_correction(by=admin, at=now)

    assert Fact.objects.get().number == 9
