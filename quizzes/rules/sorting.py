"""Sorting tickets by class and by urgency: drawing them, and what the answers come to."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from random import Random
from statistics import median
from typing import Any, Generic, TypeVar


class TicketClass(StrEnum):
    LOGISTICS = "logistics"
    PAYMENT = "payment"
    PRODUCT = "product"
    PROMOTION = "promotion"


class Urgency(StrEnum):
    """The quadrants of importance and urgency; their order is the order of handling."""

    BOTH = "important_urgent"
    URGENT = "urgent"
    IMPORTANT = "important"
    NEITHER = "neither"


@dataclass(frozen=True)
class Terms:
    """``count`` tickets in ``seconds``; the shares (0–1) that are asked for."""

    count: int
    seconds: int
    class_accuracy: float
    urgency_accuracy: float


@dataclass(frozen=True)
class Ticket:
    """What a buyer reported; the ``why`` explain the key."""

    slug: str
    platform: str
    buyer: str
    text: str
    ticket_class: TicketClass
    urgency: Urgency
    why_class: str
    why_urgency: str

    def to_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Ticket":
        words = {"ticket_class": TicketClass(data["ticket_class"]), "urgency": Urgency(data["urgency"])}
        return cls(**{**data, **words})


@dataclass(frozen=True)
class Sorted:
    """How one ticket was sorted; ``position`` counts from 1."""

    position: int
    ticket_class: TicketClass
    urgency: Urgency
    at: datetime


def draw(tickets: Sequence[Ticket], count: int, rng: Random) -> list[Ticket]:
    """``count`` tickets in a mixed order, of each class as many as of the others or one more, while there are any.

    Inside a class the urgencies take turns, so that one who presses the same key throughout is not right by luck.
    Raises ``ValueError`` when there are fewer tickets than asked for.
    """
    if count > len(tickets):
        raise ValueError(f"{count} tickets are asked for and there are {len(tickets)}.")
    classes = [kind for kind in TicketClass if any(ticket.ticket_class is kind for ticket in tickets)]
    rng.shuffle(classes)
    queues = {kind: _by_turns([t for t in tickets if t.ticket_class is kind], rng) for kind in classes}
    drawn: list[Ticket] = []
    while len(drawn) < count:
        for kind in classes:
            if queues[kind] and len(drawn) < count:
                drawn.append(queues[kind].pop())
    rng.shuffle(drawn)
    return drawn


def _by_turns(tickets: list[Ticket], rng: Random) -> list[Ticket]:
    """The tickets of one class, to be taken from the end, each urgency in its turn."""
    groups = [[ticket for ticket in tickets if ticket.urgency is urgency] for urgency in Urgency]
    for group in groups:
        rng.shuffle(group)
    rng.shuffle(groups)
    ordered: list[Ticket] = []
    while any(groups):
        ordered += [group.pop() for group in groups if group]
    return ordered[::-1]


Word = TypeVar("Word", TicketClass, Urgency)


@dataclass(frozen=True)
class Confusion(Generic[Word]):
    """How often a ticket that is ``words[i]`` was called ``words[j]``; ``unanswered[i]`` were not sorted."""

    words: tuple[Word, ...]
    counts: tuple[tuple[int, ...], ...]
    unanswered: tuple[int, ...]

    @property
    def right(self) -> int:
        return sum(row[place] for place, row in enumerate(self.counts))

    @property
    def total(self) -> int:
        return sum(map(sum, self.counts)) + sum(self.unanswered)

    @property
    def accuracy(self) -> float:
        """Share of all tickets, from 0 to 1."""
        return self.right / self.total if self.total else 0.0

    def accuracy_of(self, word: Word) -> float | None:
        """Share of the tickets that are ``word``; ``None`` where none is."""
        place = self.words.index(word)
        total = sum(self.counts[place]) + self.unanswered[place]
        return self.counts[place][place] / total if total else None

    @property
    def most_confused(self) -> tuple[Word, Word, int] | None:
        """What was taken for what most often, and how often; ``None`` if nothing was."""
        found = [
            (count, -i, -j)
            for i, row in enumerate(self.counts)
            for j, count in enumerate(row)
            if i != j and count
        ]
        if not found:
            return None
        count, i, j = max(found)
        return self.words[-i], self.words[-j], count


def _confusion(words: type[Word], pairs: Sequence[tuple[Word, Word | None]]) -> Confusion[Word]:
    order = tuple(words)
    return Confusion(
        order,
        tuple(tuple(sum(pair == (is_, called) for pair in pairs) for called in order) for is_ in order),
        tuple(sum(pair == (is_, None) for pair in pairs) for is_ in order),
    )


@dataclass(frozen=True)
class Result:
    """``seconds`` are what each answered ticket took, in the order of the answers."""

    classes: Confusion[TicketClass]
    urgencies: Confusion[Urgency]
    both_right: int
    seconds: tuple[float, ...]

    @property
    def median_seconds(self) -> float | None:
        return median(self.seconds) if self.seconds else None


def result(tickets: Sequence[Ticket], answers: Sequence[Sorted], started_at: datetime) -> Result:
    """What ``answers`` (one at most for each position) come to; a ticket's time runs from the answer before it."""
    given = {answer.position: answer for answer in answers}
    pairs = [(ticket, given.get(position)) for position, ticket in enumerate(tickets, start=1)]
    classes = [(ticket.ticket_class, answer.ticket_class if answer else None) for ticket, answer in pairs]
    urgencies = [(ticket.urgency, answer.urgency if answer else None) for ticket, answer in pairs]
    moments = [started_at, *sorted(answer.at for answer in answers)]
    return Result(
        _confusion(TicketClass, classes),
        _confusion(Urgency, urgencies),
        sum(
            answer is not None and (answer.ticket_class, answer.urgency) == (ticket.ticket_class, ticket.urgency)
            for ticket, answer in pairs
        ),
        tuple((after - before).total_seconds() for before, after in pairwise(moments)),
    )
