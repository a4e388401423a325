"""When somebody is asked a question again: spaced repetition by FSRS, from the answers that were recalls. Pure.

An answer becomes a grade by the credit that it earned: none is *Again*, part of it *Hard*, all of it *Good*. Nobody is
asked how easy it felt, so there is no *Easy*. A question that an exam's clock left unanswered is no answer.

An answer within ``KEY_FRESH`` after this person was shown the key of the same question repeats what stands on the page
and tells nothing of memory: it is left out. Keys are shown by the feedback of practice and where an exam is gone over.

FSRS counts in days here. An answer lies at noon of its calendar day, there are no steps of minutes, and nothing is
fuzzed: the same answers give the same day, whoever computes it and whenever. The weights are the ones that the
``fsrs`` library ships (FSRS-6), for a chance of ``RETENTION`` to know the answer on the day it is due.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction

from fsrs import Card, Rating, Scheduler

KEY_FRESH = timedelta(minutes=30)
RETENTION = 0.9
LONGEST_DAYS = 180  # a rule of a platform is looked at twice a year at least
AT_ONCE = 20  # questions of one review


@dataclass(frozen=True)
class Answer:
    """An answer with the ``credit`` it earned, from 0 to 1; ``shows_key``: the key was on the page right after it."""

    at: datetime
    credit: Fraction
    shows_key: bool = False


@dataclass(frozen=True)
class Memory:
    """Where a question stands with somebody: ``stability`` in days, ``difficulty`` from 1 to 10 (see FSRS).

    ``recalls`` counts the answers that were counted, ``lapses`` those of them that earned nothing.
    """

    stability: float
    difficulty: float
    due_on: date
    last_at: datetime
    recalls: int
    lapses: int


_SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


def grade(credit: Fraction) -> Rating:
    """The grade of an answer that earned ``credit``, from 0 to 1."""
    if credit >= 1:
        return Rating.Good
    return Rating.Hard if credit > 0 else Rating.Again


def recalls(answers: Iterable[Answer], keys_shown: Iterable[datetime] = ()) -> list[Answer]:
    """The answers that came from memory, in order of time; ``keys_shown`` are the other times the key was seen."""
    given = sorted(answers, key=lambda answer: answer.at)
    shown = [*keys_shown, *(answer.at for answer in given if answer.shows_key)]
    return [answer for answer in given if not any(timedelta() < answer.at - key <= KEY_FRESH for key in shown)]


def remember(answers: Iterable[Answer], keys_shown: Iterable[datetime], zone: tzinfo) -> Memory | None:
    """Replay all answers to one question; ``None`` when none of them was a recall. Days are those of ``zone``."""
    card, counted, lapses, last = Card(card_id=1, due=datetime.min.replace(tzinfo=UTC)), 0, 0, None
    for answer in recalls(answers, keys_shown):
        noon = datetime.combine(answer.at.astimezone(zone).date(), time(12), tzinfo=UTC)
        rating = grade(answer.credit)
        card, _log = _SCHEDULER.review_card(card, rating, noon)
        counted, lapses, last = counted + 1, lapses + (rating is Rating.Again), answer.at
    if last is None or card.stability is None or card.difficulty is None:
        return None
    return Memory(card.stability, card.difficulty, card.due.date(), last, counted, lapses)
