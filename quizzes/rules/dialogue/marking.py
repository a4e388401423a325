"""The words that show something, marked in the reply as it was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Shows(IntEnum):
    """Where two overlap, the greater is seen."""

    NOTHING = 0
    POINT = 1
    GOOD = 2
    WRONG = 3


@dataclass(frozen=True)
class Stretch:
    """A part of the text that is marked in one way."""

    text: str
    shows: Shows


def marked(text: str, places: Iterable[tuple[Shows, Sequence[tuple[int, int]]]]) -> tuple[Stretch, ...]:
    """``text`` in stretches, end to end. Places outside the text are cut off."""
    levels = [Shows.NOTHING] * len(text)
    for shows, spans in places:
        for start, end in spans:
            for place in range(max(start, 0), min(end, len(text))):
                levels[place] = max(levels[place], shows)
    found: list[Stretch] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or levels[place] != levels[start]:
            found.append(Stretch(text[start:place], levels[start]))
            start = place
    return tuple(found)
