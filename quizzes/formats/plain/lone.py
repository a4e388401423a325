"""Letters and numbers that stand alone on a line, as in text copied from a web page: put before what they belong to."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quizzes.formats.plain.headings import heading_in
from quizzes.formats.plain.labels import label_in
from quizzes.formats.plain.options import LETTERS
from quizzes.formats.plain.rows import Row

_LETTER = re.compile(r"\(?([A-H])\)?\s?[.、:)]?")
_NUMBER = re.compile(r"(?:第\s?)?(\d{1,4})\s?(?:题)?\s?[.、]?")
_MOST_LINES = 4  # an option may go on over so many lines


def without_lone_marks(rows: Sequence[Row]) -> list[Row]:
    """The rows with each lone letter of a list, and each lone number that counts on, joined to the row below."""
    texts = [place for place, row in enumerate(rows) if row.text and not row.cells]
    marks = {**_letters(rows, texts), **_numbers(rows, texts)}
    if not marks:
        return list(rows)
    result: list[Row] = []
    held: list[tuple[str, Row]] = []
    for place, row in enumerate(rows):
        if place in marks:
            held.append((marks[place], row))
        elif held and row.text:
            result.append(_joined(held, row))
            held = []
        elif not held:
            result.append(row)
    return result


def _joined(marks: Sequence[tuple[str, Row]], row: Row) -> Row:
    joined = row.behind("".join(mark for mark, _ in marks))
    source = "\n".join([*(other.source for _, other in marks), row.source])
    return replace(joined, line=marks[0][1].line, source=source)


def _letters(rows: Sequence[Row], texts: Sequence[int]) -> dict[int, str]:
    """A, its text, B, its text …: at least two letters in their order."""
    marks: dict[int, str] = {}
    expected, last, first = 0, -1, -1
    for number, place in enumerate(texts):
        found = _LETTER.fullmatch(rows[place].shadow)
        if not found:
            continue
        index = LETTERS.index(found[1])
        if index == 0:
            expected, first = 0, place
        near = index == 0 or 1 < number - last <= _MOST_LINES + 1
        if index == expected and near and number + 1 < len(texts):
            if index == 1:
                marks[first] = "A. "
            if index:
                marks[place] = f"{found[1]}. "
            expected, last = index + 1, number
        else:
            expected = 0 if index else 1
    return marks


def _numbers(rows: Sequence[Row], texts: Sequence[int]) -> dict[int, str]:
    """Numbers that count on from one question to the next; a line with only the kind below one goes to the stem."""
    marks: dict[int, str] = {}
    for number, place in enumerate(texts[:-1]):
        found = _NUMBER.fullmatch(rows[place].shadow)
        before = label_in(rows[texts[number - 1]].shadow) if number else None
        if not found or (before is not None and before.end >= len(rows[texts[number - 1]].text)):
            continue
        marks[place] = f"{found[1]}. "
        below = texts[number + 1]
        heading = heading_in(rows[below])
        if heading and heading.names_kind and not heading.ordinal and number + 2 < len(texts):
            marks[below] = f"【{rows[below].text.strip('【】[]（）() ')}】"
    values = [int(re.sub(r"\D", "", mark)) for mark in marks.values() if mark[0] != "【"]
    counts_on = all(after in (before + 1, 1) for before, after in pairwise(values))
    return marks if len(values) >= 2 and counts_on else {}
