"""The drills of the demo people: typed and sorted with the engine's own commands, the same each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from quizzes.commands.sorting import sort_ticket, start_sorting
from quizzes.commands.typing import Typed, finish_typing, start_typing
from quizzes.queries.drills import tickets_of
from quizzes.rules.sorting import TicketClass, Urgency
from quizzes.rules.typing import letters
from quizzes.rules.vocabulary import Mode
from trainer.models import User

CLIENT = "demo"
PHRASE = 4  # characters that an input method brings at a time
WRONG = "的了是在有"


@dataclass(frozen=True)
class Drills:
    """``typing``: (days ago, characters a minute, accuracy) of each test; ``pasted`` tried to paste in the first one.

    ``sorting``: (days ago, how often the class and the urgency are right, 0–1) of each run.
    """

    username: str
    typing: tuple[tuple[int, int, float], ...] = ()
    sorting: tuple[tuple[int, float, float], ...] = ()
    pasted: int = 0


DRILLS = (
    Drills("xiaolin", ((7, 38, 0.97), (5, 44, 0.95), (2, 47, 0.98)), ((4, 0.75, 0.5), (1, 0.9, 0.65)), pasted=2),
    Drills("liujing", ((45, 52, 0.96), (20, 66, 0.98), (6, 71, 0.99)), ((18, 0.9, 0.8), (5, 1.0, 0.85))),
    Drills("wangrui", ((30, 61, 0.91), (12, 58, 0.97)), ((10, 0.8, 0.75),)),
    Drills("sunqi", ((25, 33, 0.93), (4, 41, 0.94))),
    Drills("tangwei", ((14, 55, 0.97),), ((9, 0.95, 0.9),)),
)


@transaction.atomic
def add_demo_drills(*, people: Mapping[str, User], at: datetime, seed: int) -> None:
    """Let the demo people type and sort, up to the evening before ``at``."""
    evening = timezone.localtime(at).replace(hour=17, minute=30, second=0, microsecond=0) - timedelta(days=1)
    for drills in DRILLS:
        learner, rng = people[drills.username], Random(f"{seed}:drills:{drills.username}")  # noqa: S311 - repeatable
        for number, (days, speed, accuracy) in enumerate(drills.typing):
            began = evening - timedelta(days=days, minutes=rng.randint(10, 300))
            _type(learner, began, speed, accuracy, drills.pasted if number == 0 else 0, rng)
        for days, right_class, right_urgency in drills.sorting:
            began = evening - timedelta(days=days, minutes=rng.randint(10, 300))
            _sort(learner, began, right_class, right_urgency, rng)


def _type(learner: User, at: datetime, speed: int, accuracy: float, pasted: int, rng: Random) -> None:
    run = start_typing(learner=learner, mode=Mode.EXAM, at=at, chance=rng)
    text = "".join(_slip(char, rng) if rng.random() > accuracy else char for char in letters(run.text))
    seconds = len(text) * 60 / speed
    inputs = [
        (round(1000 * seconds * (place + PHRASE) / (len(text) + PHRASE)), len(text[place : place + PHRASE]))
        for place in range(0, len(text), PHRASE)
    ]
    typed = Typed(CLIENT, 0, text, inputs, {"paste": pasted} if pasted else {})
    finish_typing(run_id=run.pk, learner_id=learner.pk, typed=typed, at=at + timedelta(seconds=seconds))


def _slip(char: str, rng: Random) -> str:
    """Another character, none, or the same twice."""
    return rng.choice((rng.choice(WRONG), "", char * 2))


def _sort(learner: User, at: datetime, right_class: float, right_urgency: float, rng: Random) -> None:
    run = start_sorting(learner=learner, at=at, seed=rng.randrange(2**31))
    moment = at
    for position, ticket in enumerate(tickets_of(run), start=1):
        moment += timedelta(seconds=rng.randint(6, 18))
        sort_ticket(
            run_id=run.pk,
            learner_id=learner.pk,
            position=position,
            ticket_class=ticket.ticket_class if rng.random() < right_class else rng.choice(list(TicketClass)),
            urgency=ticket.urgency if rng.random() < right_urgency else rng.choice(list(Urgency)),
            at=moment,
        )
