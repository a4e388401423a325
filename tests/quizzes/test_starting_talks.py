"""Talks that begin, again or several at once, and those that nobody ends."""

from datetime import timedelta
from random import Random

import pytest

from quizzes.commands.sessions import (
    NotLive,
    TooFewScenarios,
    leave,
    leave_forgotten,
    start_session,
    start_several,
)
from quizzes.models import Session
from quizzes.rules.dialogue.criteria import Level
from tests.factories.people import UserFactory
from tests.factories.roleplay import ScenarioFactory, SessionFactory
from tests.quizzes.talker import Talker

pytestmark = pytest.mark.django_db


@pytest.fixture
def talker(now):
    return Talker(now)


def test_starting_again_goes_on_with_the_open_talk_and_then_with_another_customer(now):
    scenario, learner = ScenarioFactory(), UserFactory()
    again = {"scenario_id": scenario.pk, "learner": learner, "level": Level.EXAM, "at": now}

    first = start_session(**again)
    assert start_session(**again) == first
    leave(session_id=first.pk, learner_id=learner.pk, at=now)
    second = start_session(**again)

    assert second.seed == first.seed + 1
    assert second.turns.get().says != first.turns.first().says


def test_a_changed_scenario_leaves_a_running_talk_alone(talker):
    from quizzes.commands.scenarios import save_scenario
    from tests.rules.dialogue.sample import scenario_data

    slug = talker.session.scenario.slug
    save_scenario(data=scenario_data(slug=slug, turns=4, opening=[["您好"], ["你好"]]), at=talker.now)
    talker.say("您好，我催")

    assert talker.session.version.number == 1
    assert talker.session.scenario.versions.count() == 2


def test_a_scenario_that_is_not_live_is_not_talked_with(now):
    scenario = ScenarioFactory(data=False)
    with pytest.raises(NotLive):
        start_session(scenario_id=scenario.pk, learner=UserFactory(), level=Level.EXAM, at=now)


def test_several_customers_at_once_are_three_talks_of_one_group(now):
    first, learner = ScenarioFactory(), UserFactory()
    ScenarioFactory()
    several = {"scenario_id": first.pk, "learner": learner, "at": now, "chance": Random(1)}
    with pytest.raises(TooFewScenarios):
        start_several(**several)
    ScenarioFactory()

    talks = start_several(**several)

    assert len({talk.scenario_id for talk in talks}) == 3
    assert {(talk.group, talk.level) for talk in talks} == {(talks[0].group, "several")}


def test_a_forgotten_talk_is_ended(now):
    old = SessionFactory(started_at=now - timedelta(hours=3), length=1)
    fresh = SessionFactory(learner=old.learner, started_at=now)

    leave_forgotten(learner_id=old.learner_id, at=now)

    assert [talk.is_open for talk in Session.objects.order_by("started_at")] == [False, True]
    assert Session.objects.open().get() == fresh
