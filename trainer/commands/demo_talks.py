"""Talks that the demo people had with simulated customers: written transcripts, said again with the site's commands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from quizzes.commands.rulings import comment_on, rate_blind
from quizzes.commands.sessions import leave, look_up, say, start_session, tick_silence
from quizzes.models import Ruling, Scenario, Session, Turn, TurnKind
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.dialogue.golden import Golden, Happens
from trainer.models import User

CLIENT = "demo"
RATED = 12  # replies rated blind by two people
LOOKING = 4  # seconds; the customer waits for the reply after it, whose time is written down


@dataclass(frozen=True)
class Talked:
    """A transcript of a scenario by its name, ``days`` ago."""

    scenario: str
    transcript: str
    days: int
    level: Level = Level.EXAM


PRACTISED = Level.PRACTICE
TALKS: Mapping[str, Sequence[Talked]] = {
    "liujing": (
        Talked("kettle-leak-lure", "critical", 26),
        Talked("bedding-colour-hesitant", "middling", 25, PRACTISED),
        Talked("bedding-colour-hesitant", "excellent", 22),
        Talked("coat-stockout-hesitant", "excellent", 21),
        Talked("cream-live-suspicious", "excellent", 18),
        Talked("invoice-first-suspicious", "excellent", 17),
        Talked("boots-quality-expert", "excellent", 15),
        Talked("shoe-goodyear-expert", "excellent", 14),
        Talked("purifier-no-push-domineering", "excellent", 12),
        Talked("address-change-domineering", "excellent", 11),
        Talked("sweater-restock-regular", "excellent", 9),
        Talked("teacups-missing-regular", "excellent", 8),
        Talked("bedding-split-refuser", "excellent", 5),
        Talked("pot-too-heavy-refuser", "excellent", 4),
    ),
    "wangrui": (
        Talked("kettle-leak-lure", "middling", 14, PRACTISED),
        Talked("bedding-colour-hesitant", "excellent", 12),
        Talked("coat-stockout-hesitant", "middling", 10),
        Talked("cream-live-suspicious", "excellent", 5),
        Talked("invoice-first-suspicious", "excellent", 3),
    ),
    "sunqi": (
        Talked("kettle-leak-lure", "critical", 8),
        Talked("scarf-wrong-colour", "middling", 6, PRACTISED),
        Talked("boots-quality-expert", "middling", 2),
    ),
    "zhaoyi": (
        Talked("sweater-restock-regular", "middling", 9, PRACTISED),
        Talked("sweater-restock-regular", "excellent", 4),
    ),
    "tangwei": (
        Talked("cream-live-suspicious", "excellent", 13),
        Talked("sunhat-not-shipped", "middling", 7, PRACTISED),
    ),
    "maoyu": (Talked("sunhat-not-shipped", "middling", 3, PRACTISED),),
    "xiaolin": (Talked("scarf-wrong-colour", "middling", 3, PRACTISED),),
}


@transaction.atomic
def add_demo_talks(*, people: Mapping[str, User], goldens: Mapping[str, Sequence[Golden]], at: datetime) -> None:
    """Let the demo people talk, up to yesterday; ``goldens`` are the transcripts by the scenario's name.

    A person who has talked before is left alone, and so is a scenario that is not there.
    """
    noon = timezone.localtime(at).replace(hour=14, minute=10, second=0, microsecond=0)
    scenarios = {scenario.slug: scenario for scenario in Scenario.objects.live()}
    for name, talks in TALKS.items():
        learner = people[name]
        if Session.objects.of(learner).exists():
            continue
        for number, talked in enumerate(talks):
            transcript = next((one for one in goldens.get(talked.scenario, ()) if one.name == talked.transcript), None)
            if transcript and talked.scenario in scenarios:
                began = noon - timedelta(days=talked.days, minutes=17 * (number % 5))
                _talk(scenarios[talked.scenario], transcript, talked.level, learner, began)
    failed = Session.objects.of(people["sunqi"]).filter(outcome="critical").first()
    if failed and not failed.comments.exists():
        comment_on(
            session=failed,
            text="顾客拿五星换钱的时候，先说清评价和赔偿是两回事，再给权限里的办法。这一句我们周一一起练三遍。",
            by=people["zhou"],
            at=failed.ended_at + timedelta(hours=3),
        )
    _rate_blind(Session.objects.ended().filter(learner=people["wangrui"]).order_by("started_at"), people)


def _rate_blind(sessions: QuerySet[Session], people: Mapping[str, User]) -> None:
    """Two people rate some replies without seeing what the machine said; now and then they differ from it."""
    for rater, differs in (("zhou", 9), ("admin", 7)):
        for turn in Turn.objects.filter(session__in=sessions, kind=TurnKind.SAY).select_related("session")[:RATED]:
            results = list(turn.checks.exclude(stated=True).order_by("pk"))
            if Ruling.objects.filter(result__in=results, by=people[rater], blind=True).exists():
                return
            unsure = [result.check_name for result in results if not result.sure]
            shown = {result.check_name for result in results if result.yes}
            if unsure and turn.pk % differs == 0:
                shown ^= {unsure[0]}
            rate_blind(turn=turn, shown=shown, by=people[rater], at=turn.at + timedelta(days=1))


def _talk(scenario: Scenario, transcript: Golden, level: Level, learner: User, at: datetime) -> None:
    session = start_session(scenario_id=scenario.pk, learner=learner, level=level, at=at, seed=transcript.seed)
    for number, happens in enumerate(transcript.events, 1):
        if not session.is_open:
            return
        at += timedelta(seconds=LOOKING if happens.look else happens.after)
        session = _happen(session, happens, number, at)
        at = max(at, session.spoke_at)
    if session.is_open:
        leave(session_id=session.pk, learner_id=learner.pk, at=at + timedelta(seconds=20))


def _happen(session: Session, happens: Happens, number: int, at: datetime) -> Session:
    who = {"session_id": session.pk, "learner_id": session.learner_id}
    if happens.look:
        return look_up(**who, item=happens.look, at=at)
    if happens.wait:
        silence = session.cast().scenario.silence
        terms = session.frozen_criteria().levels[Level(session.level)]
        due = session.spoke_at + timedelta(seconds=silence.after * terms.silence) if silence else at
        return tick_silence(**who, at=max(at, due))
    if happens.leave:
        return leave(**who, at=at)
    return say(
        **who, text=session.cast().fill(happens.say), choice=happens.choose, client=CLIENT, sequence=number,
        after=session.length, at=at,
    )  # fmt: skip
