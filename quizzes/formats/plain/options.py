"""The options of a question among its lines: A. to H., ①②③, task lists and bullets."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.formats.lines import Emphasis
from quizzes.formats.plain.rows import Row

LETTERS = "ABCDEFGH"
CIRCLED = "①②③④⑤⑥⑦⑧"
_TRIES = 40  # how many beginnings of a list are tried in one question, from the last

_START = re.compile(
    r"(?P<mark>[*√★☆]\s{0,2})?(?:选项\s?)?(?:([A-Ha-h])\s{0,3}[.、,:)]\s{0,4}|\(\s{0,2}([A-Ha-h])\s{0,2}\)\s{0,3}[.、:]?\s{0,4}|([Ⓐ-Ⓗ])\s{0,4})"
)
_WEAK_START = re.compile(r"(?P<mark>[*√★☆]\s{0,2})?([A-H])(?:\s{1,4}(?=\S)|(?=[\u4e00-\u9fff“《]))")
_INSIDE = re.compile(
    r"(?<![A-Za-z])([A-H])\s{0,2}[.、:)](?!\d{1,3}版)\s{0,4}|(?<=\s)([a-h])\s{0,2}[.、)]\s{0,4}|\(\s{0,2}([A-Ha-h])\s{0,2}\)\s{0,4}"
)
_WEAK_INSIDE = re.compile(r"(?<=\s)([A-H])\s{1,4}(?=\S)|(?<=\s)([A-H])(?=[\u4e00-\u9fff“《])")
_SIGN_CIRCLED = re.compile(r"([①-⑧])\s{0,2}[.、]?\s{0,3}")
_TRAILING = re.compile(
    r"\s{0,3}(?:\(\s?(?:√|正确答案|正确|答案|正确选项|correct|key)\s?\)|√|★|←\s?(?:正确|答案).{0,4})\s{0,3}$", re.I
)
_TEXT_SHARE = 0.6


@dataclass(frozen=True)
class Choice:
    """One option: its letter in capitals ("" without), its lines, and whether a sign by it says it is right."""

    letter: str
    parts: tuple[Row, ...]
    signed: bool = False
    glows: frozenset[Emphasis] = frozenset()


@dataclass(frozen=True)
class Options:
    """``before`` are the lines above the list: the stem."""

    before: tuple[Row, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, order=True)
class _Marker:
    place: tuple[int, int]
    end: int
    index: int
    at_start: bool
    signed: bool = False


def starts_list(shadow: str) -> int | None:
    """Which option (0 for A) a row begins with, by a firm mark with text behind it."""
    found = _START.match(shadow)
    if not found or found.end() == len(shadow):
        return None
    return _index(found)


def starts_loosely(shadow: str) -> int | None:
    """Which option a row may begin with, by a letter without a point: A 核实订单."""
    found = _WEAK_START.match(shadow)
    return LETTERS.index(found[2]) if found and found.end() < len(shadow) else None


def opens_inside(shadow: str) -> bool:
    """Whether a row holds A and B as options somewhere."""
    marks = [_index(found) for found in _INSIDE.finditer(shadow)]
    return 0 in marks and 1 in marks[marks.index(0) :]


def lettered(rows: Sequence[Row]) -> Options | None:
    """The options with letters: the longest list A, B, C …; of two as long, the later one."""
    for weak in (False, True):
        markers = _markers(rows, weak)
        chain = _longest(markers, rows)
        if len(chain) >= 2:
            return _split(rows, chain, LETTERS)
    return None


def circled(rows: Sequence[Row]) -> Options | None:
    """The options ①②③ …, at the beginnings of lines or on one line."""
    markers = [
        _Marker((place, found.start()), found.end(), CIRCLED.index(found[1]), found.start() == 0)
        for place, row in enumerate(rows)
        for found in _SIGN_CIRCLED.finditer(row.text)
    ]
    chain = _longest(markers, rows)
    return _split(rows, chain, CIRCLED) if len(chain) >= 2 and chain[0].at_start else None


def bulleted(rows: Sequence[Row]) -> Options | None:
    """A list of bullets or of boxes to tick at the end of the rows."""
    first = len(rows)
    while first > 0 and rows[first - 1].bullet:
        first -= 1
    if first == 0 and rows and not rows[0].bullet:
        return None
    first = max(first, 1)
    if len(rows) - first < 2:
        return None
    return Options(tuple(rows[:first]), tuple(choice_of(row) for row in rows[first:]))


def choice_of(row: Row) -> Choice:
    """A row as an option without a letter."""
    return _choice("", (row,), bool(row.ticked))


# --- finding the list ------------------------------------------------------------------------------------


def _index(found: re.Match[str]) -> int:
    letter = next(part for part in found.groups()[-3:] if part and part not in "*√★☆ ")
    return LETTERS.index(letter.upper()) if letter < "Ⓐ" else ord(letter) - ord("Ⓐ")


def _markers(rows: Sequence[Row], weak: bool) -> list[_Marker]:
    markers = []
    for place, row in enumerate(rows):
        shadow, begun = row.shadow, 0
        start = _START.match(shadow) or (_WEAK_START.match(shadow) if weak else None)
        if start:
            begun = start.end()
            signed = bool(start["mark"])
            groups = [part for part in start.groups() if part and part.strip() not in tuple("*√★☆")]
            letter = groups[-1]
            index = LETTERS.index(letter.upper()) if letter < "Ⓐ" else ord(letter) - ord("Ⓐ")
            markers.append(_Marker((place, 0), begun, index, True, signed or bool(row.ticked)))
        for pattern in (_INSIDE, _WEAK_INSIDE) if weak else (_INSIDE,):
            for found in pattern.finditer(shadow, begun):
                letter = next(part for part in found.groups() if part)
                markers.append(_Marker((place, found.start()), found.end(), LETTERS.index(letter.upper()), False))
    return sorted(set(markers))


def _longest(markers: list[_Marker], rows: Sequence[Row]) -> list[_Marker]:
    places = [marker.place for marker in markers]
    # For each marker, the next one that begins a line: it bounds where letters inside lines may be looked for.
    next_start: list[int] = [len(markers)] * (len(markers) + 1)
    for number in range(len(markers) - 1, -1, -1):
        next_start[number] = number if markers[number].at_start else next_start[number + 1]
    best: list[_Marker] = []
    firsts = [number for number, marker in enumerate(markers) if marker.index == 0]
    for first in firsts[-_TRIES:]:
        chain = [markers[first]]
        while len(chain) < len(LETTERS):
            following = _following(chain[-1], markers, places, next_start, rows)
            if following is None:
                break
            chain.append(following)
        if len(chain) >= 2 and not _has_text(chain[-1], None, rows):
            chain.pop()
        if len(chain) >= max(len(best), 2) and (markers[first].at_start or not (best and best[0].at_start)):
            best = chain
    return best


def _following(
    last: _Marker, markers: list[_Marker], places: list[tuple[int, int]], next_start: list[int], rows: Sequence[Row]
) -> _Marker | None:
    after = bisect_right(places, last.place)
    bound = next_start[after]
    if bound < len(markers) and markers[bound].index == last.index + 1 and _has_text(last, markers[bound], rows):
        return markers[bound]
    limit = bound if bound < len(markers) else len(markers)
    for number in range(after, min(limit, after + 200)):
        marker = markers[number]
        if marker.index == last.index + 1 and _has_text(last, marker, rows):
            return marker
    return None


def _has_text(marker: _Marker, following: _Marker | None, rows: Sequence[Row]) -> bool:
    place = marker.place[0]
    if following is not None and following.place[0] == place:
        return bool(rows[place].text[marker.end : following.place[1]].strip(" \t;；,，、"))
    last = following.place[0] if following is not None else len(rows)
    return (
        bool(rows[place].text[marker.end :].strip())
        or last > place + 1
        or (following is not None and following.place[1] > 0)
    )


# --- cutting it up ---------------------------------------------------------------------------------------


def _split(rows: Sequence[Row], chain: list[_Marker], letters: str) -> Options:
    first = chain[0]
    before = [*rows[: first.place[0]]]
    if first.place[1]:
        before.append(rows[first.place[0]].cut(0, first.place[1]))
    choices = []
    divided = 0
    for number, marker in enumerate(chain):
        following = chain[number + 1] if number + 1 < len(chain) else None
        place = marker.place[0]
        same_row = following is not None and following.place[0] == place
        end = following.place[1] if following is not None and same_row else len(rows[place].text)
        parts = [rows[place].cut(marker.end, end)]
        if not same_row:
            stop = following.place[0] if following is not None else len(rows)
            parts += rows[place + 1 : stop]
            if following is not None and following.place[1]:
                parts.append(rows[stop].cut(0, following.place[1]))
        inline = following.place[1] if following is not None else marker.place[1]
        if inline and following is not None:  # a mark between two options on one line
            rest = parts[-1].text.rstrip(" \t")
            divided += rest[-1:] in tuple(";；,，、")
            parts[-1] = parts[-1].cut(0, len(parts[-1].text.rstrip(" \t;；,，、")))
        elif inline and divided:  # …；D. 五声。: the point ends the list, not the option
            parts[-1] = parts[-1].cut(0, len(parts[-1].text.rstrip("。.；;")))
        whole = tuple(part for part in parts if part.text)
        choices.append(_choice(letters[marker.index], whole, marker.signed, rows[place], marker.place[1]))
    return Options(tuple(before), tuple(choices))


def _choice(letter: str, parts: tuple[Row, ...], signed: bool, row: Row | None = None, start: int = 0) -> Choice:
    if parts:
        trailing = _TRAILING.search(parts[-1].shadow[-30:])
        if trailing:
            offset = max(len(parts[-1].shadow) - 30, 0)
            if trailing.start() + offset > 0:
                parts = (*parts[:-1], parts[-1].cut(0, trailing.start() + offset))
                signed = True
    glows = {emphasis for emphasis in Emphasis if _share(parts, emphasis) >= _TEXT_SHARE}
    if row is not None:
        sign = re.compile(r"[A-Ha-hⒶ-Ⓗ①-⑧]").search(row.shadow, start)
        at = sign.start() if sign else start
        glows |= {s.emphasis for s in row.stretches if s.start <= at < s.end and s.end <= at + 4}
    return Choice(letter, parts, signed, frozenset(glows))


def _share(parts: Sequence[Row], emphasis: Emphasis) -> float:
    total = covered = 0
    if not any(part.stretches for part in parts):
        return 0.0
    for part in parts:
        places: set[int] = set()
        for stretch in part.stretches:
            if stretch.emphasis == emphasis:
                places.update(range(max(stretch.start, 0), min(stretch.end, len(part.text))))
        total += sum(not char.isspace() for char in part.text)
        covered += sum(not part.text[place].isspace() for place in places)
    return covered / total if total else 0.0


def standing_out(choices: Sequence[Choice]) -> list[tuple[Emphasis, frozenset[int]]]:
    """For each way to stand out, which options do: only where some do and some do not. The strongest way first."""
    found = []
    for emphasis in (Emphasis.RED, Emphasis.HIGHLIGHT, Emphasis.UNDERLINE, Emphasis.BOLD):
        those = frozenset(number for number, choice in enumerate(choices) if emphasis in choice.glows)
        if 0 < len(those) < len(choices):
            found.append((emphasis, those))
    return found
