"""Two texts side by side: which lines went, which came, and which characters in them changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

# Below this likeness two lines are two lines, not one line reworded; marking single characters would only confuse.
REWORDED = 0.4


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Piece:
    """A stretch of a line; ``changed`` where it differs from the line it was, or became."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the comparison. A ``SKIPPED`` row stands for unchanged lines that are not shown."""

    change: Change
    pieces: tuple[Piece, ...] = ()


def compare(old: Sequence[str], new: Sequence[str], context: int = 2) -> tuple[Row, ...]:
    """The rows that lead from ``old`` to ``new``, with ``context`` unchanged lines around each change.

    Empty when nothing changed. The removed rows read in order, with the unchanged ones, are ``old``; the
    added ones are ``new``.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    rows: list[Row] = []
    if all(tag == "equal" for tag, *_ in matcher.get_opcodes()):
        return ()
    reached = 0
    for group in matcher.get_grouped_opcodes(context):
        if group[0][1] > reached:
            rows.append(Row(Change.SKIPPED))
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                rows += [Row(Change.SAME, (Piece(line),)) for line in old[old_from:old_to]]
            else:
                rows += _replaced(old[old_from:old_to], new[new_from:new_to])
        reached = group[-1][2]
    if reached < len(old):
        rows.append(Row(Change.SKIPPED))
    return tuple(rows)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    added = []
    for was, becomes in zip_longest(old, new):
        was_pieces, new_pieces = _pieces(was, becomes)
        if was is not None:
            yield Row(Change.REMOVED, was_pieces)
        if becomes is not None:
            added.append(Row(Change.ADDED, new_pieces))
    yield from added


def _pieces(was: str | None, becomes: str | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if was is None or becomes is None:
        return (Piece(was or "", True),), (Piece(becomes or "", True),)
    matcher = SequenceMatcher(None, was, becomes, autojunk=False)
    if matcher.ratio() < REWORDED:
        return (Piece(was, True),), (Piece(becomes, True),)
    before, after = [], []
    for tag, was_from, was_to, new_from, new_to in matcher.get_opcodes():
        if was_to > was_from:
            before.append(Piece(was[was_from:was_to], tag != "equal"))
        if new_to > new_from:
            after.append(Piece(becomes[new_from:new_to], tag != "equal"))
    return tuple(before), tuple(after)


def side_by_side(rows: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """The same rows in two columns, old and new: what was replaced stands beside what replaced it."""
    pairs: list[tuple[Row | None, Row | None]] = []
    removed: list[Row] = []
    added: list[Row] = []
    for row in [*rows, Row(Change.SKIPPED)]:
        if row.change == Change.REMOVED and not added:
            removed.append(row)
        elif row.change == Change.ADDED:
            added.append(row)
        else:
            pairs += zip_longest(removed, added)
            removed, added = [], []
            if row.change == Change.REMOVED:
                removed.append(row)
            else:
                pairs.append((row, row))
    return pairs[:-1]
