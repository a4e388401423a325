"""The demo people's talks: said with the site's own commands, once."""

from dataclasses import replace

import pytest
from django.utils import timezone

from quizzes.models import Ruling, Session
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.dialogue.golden import Golden, Happens, Must
from quizzes.rules.dialogue.scoring import Outcome
from quizzes.rules.replies.checks import NAMES
from tests.factories.people import UserFactory
from tests.factories.roleplay import ScenarioFactory
from trainer.commands import demo_talks
from trainer.commands.demo_talks import Talked, add_demo_talks

pytestmark = pytest.mark.django_db

EVENTS = (
    Happens(look="logistics"),
    Happens(say="您好，您的包裹在无锡，我已经催了快递，今天 18 点前给您回复", after=25),
    Happens(wait=True),
    Happens(say="谢谢您的耐心，祝您愉快", after=10),
)


@pytest.fixture
def people(monkeypatch):
    slug = ScenarioFactory().slug
    monkeypatch.setattr(demo_talks, "TALKS", {"sunqi": (Talked(slug, "excellent", 3),)})
    golden = Golden("excellent", 2, Level.EXAM, EVENTS, Must("", (0, 100), Outcome.PASSED))
    who = {name: UserFactory() for name in ("sunqi", "zhou", "admin", "wangrui")}
    return who, {slug: (golden,)}


def test_a_transcript_becomes_an_ended_talk_of_days_ago(people):
    who, goldens = people
    at = timezone.now()

    add_demo_talks(people=who, goldens=goldens, at=at)

    session = Session.objects.get()
    said = list(session.turns.filter(kind="say").values_list("text", "seconds"))
    assert not session.is_open and session.seed == 2 and (at - session.started_at).days in (2, 3)
    assert said[0] == (EVENTS[1].say, 29.0)  # the look before it took four


def test_a_second_run_adds_nothing(people):
    who, goldens = people

    for _ in range(2):
        add_demo_talks(people=who, goldens=goldens, at=timezone.now())

    assert Session.objects.count() == 1


def test_a_talk_that_ended_early_is_not_talked_on(people):
    who, goldens = people
    [(slug, (golden,))] = goldens.items()
    leaves = replace(golden, events=(EVENTS[1], Happens(leave=True), EVENTS[3]))

    add_demo_talks(people=who, goldens={slug: (leaves,)}, at=timezone.now())

    assert Session.objects.get().turns.filter(kind="say").count() == 1


def test_two_people_have_rated_replies_blind_once(people, monkeypatch):
    who, goldens = people
    monkeypatch.setattr(demo_talks, "TALKS", {"wangrui": (Talked(*goldens, "excellent", 3),)})

    for _ in range(2):
        add_demo_talks(people=who, goldens=goldens, at=timezone.now())

    raters = Ruling.objects.filter(blind=True).values_list("by", flat=True)
    assert set(raters) == {who["zhou"].pk, who["admin"].pk}
    assert Ruling.objects.count() == 2 * 2 * len(NAMES)  # replies, people
