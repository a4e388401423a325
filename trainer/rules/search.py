"""Chinese full-text search without a dictionary: one folded spelling, pairs of characters, phrases of pairs.

A text is a row of **units**: each Chinese character is one, each run of Latin letters or digits is one. The index
holds one **token** a unit: a Chinese character together with the Chinese character right behind it (a bigram), or
the unit alone where none follows. So 退货 is found as a whole, ``退货流程`` as the phrase 退货-货流-流程, and a
single character as the beginning of a token. Tokens consist of letters and digits only.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from quizzes.rules.text import fold

QUERY_LIMIT = 80  # characters of a query that are looked at
TERMS_LIMIT = 8
UNIT_LIMIT = 40  # characters of a Latin run that are told apart
_WIDE_FROM = 0x2E80  # the CJK blocks begin here: from it on, a character is a unit of its own

_FILLERS = frozenset("的了吗呢吧呀啊嘛是我你您他她它要能会可以怎么办什样如何请问有没不在和与或就都也还把被给让")

# OpenCC decides these by the words around them; searched text is folded a character at a time.
_ONE_BY_ONE = str.maketrans({"著": "着", "瞭": "了", "藉": "借"})


@dataclass(frozen=True)
class Unit:
    """A folded character or run, where it stands in the original text, and whether it touches the one before."""

    text: str
    start: int
    end: int
    joined: bool

    @property
    def wide(self) -> bool:
        return ord(self.text[0]) >= _WIDE_FROM


@dataclass(frozen=True)
class Term:
    """What a query asks for at one place: units that must stand one behind the other, the last perhaps longer."""

    units: tuple[str, ...]
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of the original text; ``marked`` where it is what was searched for."""

    text: str
    marked: bool


def units(text: str) -> list[Unit]:
    """The text's units, in order. Width, case and Traditional spelling are folded; white space and marks part them.

    Invisible characters count for nothing: ``退\\u200b货`` reads 退货.
    """
    found: list[Unit] = []
    joined = False
    for place, char in enumerate(text):
        spelling = _spelling(char)
        if spelling is None:
            continue
        if not spelling:
            joined = False
            continue
        for folded in spelling:
            last = found[-1] if found else None
            if last and joined and not last.wide and ord(folded) < _WIDE_FROM:
                found[-1] = Unit(last.text + folded, last.start, place + 1, last.joined)
            else:
                found.append(Unit(folded, place, place + 1, joined))
            joined = True
    return found


def tokens(text: str) -> list[str]:
    """What the index holds for the text: one token a unit, in order."""
    return _tokens(units(text))


def terms(query: str) -> list[Term]:
    """What the query asks for: all of these, in any order. Empty when it has no letter, digit or character."""
    found: list[Term] = []
    run: list[Unit] = []
    for unit in units(query[:QUERY_LIMIT]):
        if run and not unit.joined:
            found.append(_term(run))
            run = []
        run.append(unit)
    if run:
        found.append(_term(run))
    return list(dict.fromkeys(found))[:TERMS_LIMIT]


def loose_terms(asked: Iterable[Term]) -> list[Term]:
    """The asked terms taken apart into pairs and Latin runs, for when nothing holds them as they are.

    Pairs with a word that only asks or joins (怎么办, 的, 吗) are left out while others remain.
    """
    parts: list[Term] = []
    for term in asked:
        row = [Unit(text, 0, 0, True) for text in term.units]
        parts += [_term([one, two]) for one, two in pairwise(row) if one.wide and two.wide]
        parts += [_term([unit]) for unit in row if not unit.wide]
    parts = list(dict.fromkeys(parts))
    return [part for part in parts if not _FILLERS.intersection(part.units)] or parts


def sqlite_match(wanted: Sequence[Term], *, every: bool = True) -> str:
    """The terms as an FTS5 query: all of them, or any. Each is a quoted phrase whose last token may go on."""
    return (" AND " if every else " OR ").join(f'"{" ".join(term.tokens)}" *' for term in wanted)


def postgres_query(wanted: Sequence[Term], *, every: bool = True) -> str:
    """The terms as the text of a ``tsquery``: all of them, or any."""
    phrases = []
    for term in wanted:
        *whole, last = (f"'{token}'" for token in term.tokens)
        phrases.append(f"({' <-> '.join([*whole, f'{last}:*'])})")
    return (" & " if every else " | ").join(phrases)


def share_found(text: str, wanted: Sequence[Term]) -> float:
    """How many of the terms the text holds, from 0 to 1."""
    row = units(text)
    return sum(any(True for _ in _places(row, term)) for term in wanted) / len(wanted) if wanted else 0.0


def highlight(text: str, wanted: Iterable[Term]) -> list[Piece]:
    """The original text in pieces that add up to it, the sought ones marked."""
    pieces: list[Piece] = []
    done = 0
    for start, end in _spans(text, wanted):
        if start > done:
            pieces.append(Piece(text[done:start], False))
        pieces.append(Piece(text[start:end], True))
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:], False))
    return pieces


def snippet(text: str, wanted: Iterable[Term], *, length: int = 90) -> list[Piece]:
    """About ``length`` characters of the text around the first place found, highlighted; ``…`` where it is cut."""
    wanted = list(wanted)
    text = " ".join(text.split())
    spans = _spans(text, wanted)
    middle = spans[0][0] if spans else 0
    start = max(min(middle - length // 3, len(text) - length), 0)
    pieces = highlight(text[start : start + length], wanted)
    if start > 0:
        pieces.insert(0, Piece("…", False))
    if start + length < len(text):
        pieces.append(Piece("…", False))
    return pieces


@lru_cache(maxsize=20_000)
def _spelling(char: str) -> str | None:
    """The folded letters and digits of one character; empty for what parts words, ``None`` for the invisible."""
    if unicodedata.category(char) in ("Cf", "Mn", "Me", "Cs"):
        return None
    folded = unicodedata.normalize("NFKD", fold(char)).translate(_ONE_BY_ONE)
    return "".join(part for part in folded if unicodedata.category(part)[0] in "LN")


def _tokens(row: Sequence[Unit]) -> list[str]:
    return [
        unit.text + after.text if after and after.joined and unit.wide and after.wide else unit.text[:UNIT_LIMIT]
        for unit, after in zip_longest(row, row[1:])
    ]


def _term(run: Sequence[Unit]) -> Term:
    held = _tokens(run)
    if len(run) > 1 and run[-1].wide and run[-2].wide:
        held.pop()  # the pair before already says that this character follows
    return Term(tuple(unit.text for unit in run), tuple(held))


def _places(row: Sequence[Unit], term: Term) -> Iterable[tuple[int, int]]:
    """Where the term stands in the row, by what the index would find: (first unit, one past the last)."""
    *whole, last = (text[:UNIT_LIMIT] for text in term.units)
    for first in range(len(row) - len(whole)):
        part = row[first : first + len(whole) + 1]
        if (
            part[-1].text[:UNIT_LIMIT].startswith(last)
            and all(unit.text[:UNIT_LIMIT] == text for unit, text in zip(part, whole, strict=False))
            and all(two.joined for one, two in pairwise(part) if one.wide and two.wide)
        ):
            yield first, first + len(part)


def _spans(text: str, wanted: Iterable[Term]) -> list[tuple[int, int]]:
    """The stretches of the text to mark, in order, none touching another."""
    row = units(text)
    found = sorted(
        (row[first].start, row[end - 1].end) for term in wanted for first, end in _places(row, term)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
