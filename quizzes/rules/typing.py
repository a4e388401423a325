"""The typing check: how much of a passage was typed rightly, how fast, and whether the run can be counted.

**Alignment.** What was typed is laid against the passage by edit distance (Levenshtein: a wrong, a left-out and an
added character cost 1 each). Whoever did not come to the end has typed a *beginning* of the passage, so the rest of it
is free: the alignment takes the beginning with the fewest errors, of several the longest. Spaces and line breaks do
not count, and letters and digits are the same in full and half width; punctuation is not.

**Figures.** ``correct`` is the number of aligned characters that agree. Speed is ``correct / minutes`` in characters
per minute (字/分); accuracy is ``correct / (correct + wrong + left out + added)``, from 0 to 1.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    """Why a run is not counted."""

    PRACTICE = "practice"
    UNFINISHED = "unfinished"
    NO_KEYS = "no_keys"
    BURST = "burst"
    TOO_FAST = "too_fast"


class Same(StrEnum):
    """What the alignment says of one place: agreed, another character, left out, or one too many."""

    RIGHT = "right"
    WRONG = "wrong"
    LEFT_OUT = "left_out"
    ADDED = "added"


@dataclass(frozen=True)
class Terms:
    """What a run is held to. Speeds in 字/分, accuracy and ``whole`` as shares, ``burst`` in characters.

    ``bar`` and ``accuracy``: what is asked for. ``slowest`` sets the time: a passage of n characters has n/slowest
    minutes. ``whole``: so much of the passage must have been reached by whoever stops early. ``fastest``: nobody
    types faster. ``burst``: no single input brings more. ``typed_share``: so much of the text must have come by
    inputs that the page has seen.
    """

    bar: int
    accuracy: float
    slowest: int
    whole: float
    fastest: int
    burst: int
    typed_share: float


@dataclass(frozen=True)
class Piece:
    """A stretch of the alignment: ``wanted`` of the passage and ``typed`` of the text, either may be empty."""

    same: Same
    wanted: str
    typed: str


@dataclass(frozen=True)
class Alignment:
    """The pieces in order. ``reached`` is how many characters of the passage the typed text stands for."""

    pieces: tuple[Piece, ...]
    correct: int
    wrong: int
    left_out: int
    added: int

    @property
    def reached(self) -> int:
        return self.correct + self.wrong + self.left_out

    @property
    def errors(self) -> int:
        return self.wrong + self.left_out + self.added

    @property
    def accuracy(self) -> float:
        """From 0 to 1; 0 where nothing was typed."""
        total = self.correct + self.errors
        return self.correct / total if total else 0.0


@dataclass(frozen=True)
class Input:
    """One input that the page saw: ``ms`` after it was opened first, ``chars`` that it brought (0 for a deletion)."""

    ms: int
    chars: int


def letters(text: str) -> str:
    """``text`` as it is compared: no white space, letters and digits in half width."""
    return "".join(_half(char) for char in text if not char.isspace())


def _half(char: str) -> str:
    half = unicodedata.normalize("NFKC", char)
    return half if len(half) == 1 and half.isascii() and half.isalnum() else char


def align(passage: str, typed: str) -> Alignment:
    """Lay ``typed`` against the best beginning of ``passage``. Quadratic in the lengths: callers bound them."""
    wanted, given = letters(passage), letters(typed)
    table = _distances(wanted, given)
    last = [row[len(given)] for row in table]
    end = max(range(len(last)), key=lambda place: (-last[place], place)) if given else 0
    steps = _walk(wanted, given, table, end)
    counts = {same: sum(step[0] is same for step in steps) for same in Same}
    return Alignment(
        tuple(_joined(steps)), counts[Same.RIGHT], counts[Same.WRONG], counts[Same.LEFT_OUT], counts[Same.ADDED]
    )


def _distances(wanted: str, given: str) -> list[list[int]]:
    """``table[i][j]``: the fewest errors between the first i characters wanted and the first j given."""
    table = [list(range(len(given) + 1))]
    for i, want in enumerate(wanted, start=1):
        above, row = table[-1], [i]
        for j, got in enumerate(given, start=1):
            row.append(min(above[j - 1] + (want != got), above[j] + 1, row[j - 1] + 1))
        table.append(row)
    return table


def _walk(wanted: str, given: str, table: list[list[int]], end: int) -> list[tuple[Same, str, str]]:
    steps: list[tuple[Same, str, str]] = []
    i, j = end, len(given)
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + (wanted[i - 1] != given[j - 1]):
            same = Same.RIGHT if wanted[i - 1] == given[j - 1] else Same.WRONG
            steps.append((same, wanted[i - 1], given[j - 1]))
            i, j = i - 1, j - 1
        elif i and table[i][j] == table[i - 1][j] + 1:
            steps.append((Same.LEFT_OUT, wanted[i - 1], ""))
            i -= 1
        else:
            steps.append((Same.ADDED, "", given[j - 1]))
            j -= 1
    return steps[::-1]


def _joined(steps: Iterable[tuple[Same, str, str]]) -> list[Piece]:
    pieces: list[Piece] = []
    for same, want, got in steps:
        if pieces and pieces[-1].same is same:
            pieces[-1] = Piece(same, pieces[-1].wanted + want, pieces[-1].typed + got)
        else:
            pieces.append(Piece(same, want, got))
    return pieces


def per_minute(correct: int, seconds: float) -> float:
    """Correct characters per minute; below one second counts as one second."""
    return correct * 60 / max(seconds, 1.0)


def doubt_of(
    alignment: Alignment, *, length: int, seconds: float, inputs: Sequence[Input], terms: Terms, stopped: bool
) -> Doubt | None:
    """Why a finished test is not counted, the weightiest reason first; ``None`` if it is.

    ``length`` is of the passage as compared, ``seconds`` by the server. The page's log of ``inputs`` supports the
    result and never makes it better: a short log of a long text is taken for a text from elsewhere. ``stopped``: the
    person ended the run, not the clock.
    """
    typed = alignment.correct + alignment.wrong + alignment.added
    if typed and sum(one.chars for one in inputs) < terms.typed_share * typed:
        return Doubt.NO_KEYS
    if any(one.chars > terms.burst for one in inputs):
        return Doubt.BURST
    if not typed or (stopped and alignment.reached < terms.whole * length):
        return Doubt.UNFINISHED
    spent = min(seconds, _span(inputs)) if typed > terms.burst else seconds
    return Doubt.TOO_FAST if per_minute(typed, spent) > terms.fastest else None


def _span(inputs: Sequence[Input]) -> float:
    """Seconds between the first and the last input."""
    times = [one.ms for one in inputs]
    return (max(times) - min(times)) / 1000 if times else 0.0
