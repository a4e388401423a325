"""Questions without numbers: whether a plain row begins one."""

import re

from quizzes.formats.plain.keys import keys_in_stem
from quizzes.formats.plain.rows import Row
from quizzes.formats.plain.walk import Walk, Zone
from quizzes.rules.vocabulary import Kind

_ENDS = re.compile(r"[。.！!？?：:；;)）”…]$")
_PER_LINE = {Kind.TRUE_FALSE, Kind.FILL, Kind.FREE_TEXT, Kind.NUMERIC}


def starts(walk: Walk, row: Row) -> bool:
    """Whether a row outside of any question is the stem of one without a number."""
    if walk.in_notes or (walk.kind == Kind.CLOZE and "_" not in row.shadow):  # a bank of words above its questions
        return False
    kind = walk.kind
    if any(key.start == 0 or key.end >= len(row.shadow) - 2 for key in keys_in_stem(row.shadow)):
        return True
    if _numbered_ahead(walk):
        return False
    if walk.ahead.asks(walk.place if walk.shapes[walk.place].has_options else walk.place + 1):
        return bool(walk.section.heading) or not walk.ahead.rows[walk.place].heading
    if kind in _PER_LINE:
        return row.shadow[:1] != "(" or row.shadow[-1:] != ")"
    return False


def _numbered_ahead(walk: Walk) -> bool:
    found = walk.ahead.structure[min(walk.place + 1, len(walk.rows))]
    return found < len(walk.rows) and walk.shapes[found].number is not None and not walk.shapes[found].keys


def leaves(walk: Walk, row: Row) -> bool:
    """Whether a plain row inside a question begins the next one, which has no number."""
    assert walk.block is not None  # noqa: S101 - callers look
    if walk.zone == Zone.OPTIONS:
        if walk.shapes[walk.place].option is not None or not walk.ahead.opens_list(walk.place + 1):
            return walk.block.number is None and walk.blank_before and starts(walk, row)
        return walk.blank_before or not _blank_follows(walk)
    if walk.zone == Zone.STEM:
        if walk.block.number is not None or walk.shapes[walk.place].option is not None:
            return False
        text = walk.block.rows[-1].shadow if walk.block.rows else ""
        if keys_in_stem(text) and re.search(r"\([^()]{1,10}\)[.。]?$|^\([^()]{1,10}\)", text):
            return walk.kind in (None, Kind.TRUE_FALSE) and not walk.ahead.opens_list(walk.place)
        return walk.kind in _PER_LINE and bool(_ENDS.search(text) or "__" in text) and _is_flat(walk)
    if walk.block.number is None:
        if walk.zone == Zone.ANSWER and walk.block.answer == []:
            return False
        whole = walk.zone == Zone.ANSWER and not walk.answer_is_open()
        return (walk.blank_before or whole) and starts(walk, row)
    if walk.ahead.opens_list(walk.place + 1) or walk.shapes[walk.place].has_options:
        return walk.blank_before or (walk.zone == Zone.ANSWER and not walk.answer_is_open())
    return False


def _is_flat(walk: Walk) -> bool:
    """Whether the section writes one question a line: no keys below them."""
    return not walk.ahead.asks(walk.place)


def _blank_follows(walk: Walk) -> bool:
    """Whether a blank row follows before the next list of options: then the stem begins behind it."""
    place = walk.place + 1
    end = min(walk.ahead.structure[place], len(walk.rows)) if place <= len(walk.rows) else place
    return any(walk.shapes[number].blank for number in range(place, min(end, place + 12)))
