"""The passages, tickets and terms that come with the engine, read from the files beside this one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from quizzes.rules import sorting, typing


@dataclass(frozen=True)
class Passage:
    """``text`` is what has to be typed; its spaces do not count."""

    slug: str
    title: str
    text: str


@cache
def passages() -> tuple[Passage, ...]:
    return tuple(Passage(row["slug"], row["title"], _tight(row["text"])) for row in _read("passages.yaml"))


def _tight(text: str) -> str:
    """Without the spaces that folding the lines of the file made between Chinese characters."""
    return "".join(text.split())


@cache
def tickets() -> tuple[sorting.Ticket, ...]:
    return tuple(_ticket(row) for row in _read("tickets.yaml"))


def _ticket(row: Mapping[str, Any]) -> sorting.Ticket:
    return sorting.Ticket(
        row["slug"],
        row["platform"],
        row["buyer"],
        row["text"],
        sorting.TicketClass(row["class"]),
        sorting.Urgency(row["urgency"]),
        row["why"],
        row["when"],
    )


@cache
def typing_terms() -> typing.Terms:
    return typing.Terms(**_read("terms.yaml")["typing"])


@cache
def sorting_terms() -> sorting.Terms:
    return sorting.Terms(**_read("terms.yaml")["sorting"])


def _read(name: str) -> Any:
    return yaml.safe_load(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def next_passage(done: Iterable[str], offset: int) -> Passage:
    """The passage typed least often so far; of several, the one ``offset`` steps on. ``done`` are slugs."""
    counts = {passage.slug: 0 for passage in passages()}
    for slug in done:
        if slug in counts:
            counts[slug] += 1
    least = min(counts.values())
    fresh = [passage for passage in passages() if counts[passage.slug] == least]
    return fresh[offset % len(fresh)]
