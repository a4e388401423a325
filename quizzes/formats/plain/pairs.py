"""Two columns to be matched, and the key that joins them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.formats.plain.rows import Row, shadow_of
from quizzes.rules.text import fold

_LEFT = re.compile(r"(?:\(\s?(\d{1,2})\s?\)|(\d{1,2})\s?[.、)](?!\d)|([①-⑩]))\s{0,4}")
_RIGHT = re.compile(r"(?:(?<=[\s;,、。|])|^)(?:\(\s?([A-Ja-j])\s?\)|([A-Ja-j])\s?[.、):：])\s{0,4}")
_LINK = re.compile(
    r"\(?\s?(?P<left>\d{1,2}|[①-⑩]|[A-Ja-j])\s?\)?\s{0,2}(?:[-:>~=]{0,4}|对应|配)\s{0,2}\(?\s?(?P<right>[A-Ja-j]|\d{1,2}|[①-⑩])\s?\)?(?:[\s,;、。|]{1,4}|$|(?=\())"
)
_BOND = re.compile(r"\s{0,3}(?:-{1,4}>?|>|=>|={1,2}|:|对应|—{1,3}|←→|<->)\s{0,3}")
_BESIDE = re.compile(r"([^\t]{1,60}?)(?:\s{2,}|\t)\s{0,4}\(?([A-Ja-j])\)?\s?[.、):]\s{0,4}(\S.{0,200})")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True)
class Columns:
    """``left`` and ``right`` have their marks (1, 2 …; A, B …) and texts. ``before`` are the rows of the stem."""

    before: tuple[Row, ...]
    left: tuple[tuple[str, str], ...]
    right: tuple[tuple[str, str], ...]


def columns_in(rows: Sequence[Row]) -> Columns | None:
    """The two columns below a stem: numbers on one side, letters on the other, side by side or one after the other."""
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    first = None
    for place, row in enumerate(rows):
        marks = _marks(row)
        if place == 0 and marks and marks[0][0] > 0 and len(marks) < 3:
            marks = []
        if not marks:
            if first is not None and not re.fullmatch(r".{0,6}(?:列|栏|项|组|边).{0,20}", row.shadow):
                return None
            continue
        if first is None:
            first = place
        for number, (_, end, mark, is_left) in enumerate(marks):
            stop = marks[number + 1][0] if number + 1 < len(marks) else len(row.text)
            text = row.text[end:stop].strip(" \t;；,，、|—-－")
            (left if is_left else right).append((mark, text))
    if not left and not right:
        return _beside(rows)
    if first is None or len(left) < 2 or len(right) < len(left):
        return None
    if any(not text for _, text in (*left, *right)):
        return None
    before = [row for row in rows[:first] if not re.fullmatch(r"(?:左|右|[AB12])\s?(?:列|栏|边).{0,30}", row.shadow)]
    return Columns(tuple(before), tuple(left), tuple(right))


def _beside(rows: Sequence[Row]) -> Columns | None:
    """Left-hand texts without marks, each on a line with a right-hand one: they are counted."""
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    before: list[Row] = []
    for row in rows:
        found = _BESIDE.fullmatch(row.shadow)
        if found:
            left.append((str(len(left) + 1), row.text[: found.end(1)].strip()))
            right.append((found[2].upper(), row.text[found.start(3) :].strip()))
        elif left:
            return None
        else:
            before.append(row)
    return Columns(tuple(before), tuple(left), tuple(right)) if len(left) > 1 and before else None


def _marks(row: Row) -> list[tuple[int, int, str, bool]]:
    found = [(m.start(), m.end(), _mark(m), False) for m in _RIGHT.finditer(row.shadow)]
    found += [(m.start(), m.end(), _mark(m), True) for m in _LEFT.finditer(row.shadow) if _free(row.shadow, m.start())]
    found.sort()
    return found if (found and found[0][0] == 0) or len(found) >= 3 else []


def _free(shadow: str, start: int) -> bool:
    return start == 0 or shadow[start - 1] in " \t;,、。|" or shadow[start] in _CIRCLED + "("


def _mark(found: re.Match[str]) -> str:
    return _standard(next(part for part in found.groups() if part))


def _standard(mark: str) -> str:
    return str(_CIRCLED.index(mark) + 1) if mark in _CIRCLED else mark.upper()


def links_in(answer: str) -> list[tuple[str, str]] | None:
    """1-C 2-A … → (1, C), (2, A) …, whichever side was written first. None where the answer says anything else."""
    shadow = shadow_of(answer).strip()
    links, place = [], 0
    while place < len(shadow):
        found = _LINK.match(shadow, place)
        if not found or found.end() == place:
            return None
        left, right = _standard(found["left"]), _standard(found["right"])
        if left.isdigit() == right.isdigit():
            return None
        links.append((left, right) if left.isdigit() else (right, left))
        place = found.end()
    return links or None


def bonds_in(answer: str) -> list[tuple[str, str]] | None:
    """天猫——七天；抖音——十五天 → its pairs of words."""
    parts = [part for part in re.split(r"[;；\n]", answer) if part.strip(" 。")]
    if len(parts) < 2:
        parts = [part for part in re.split(r"[,，、]", answer) if part.strip(" 。")]
    pairs = []
    for part in parts:
        found = list(_BOND.finditer(shadow_of(part)))
        if len(found) != 1 or not found[0].start():
            return None
        pairs.append((part[: found[0].start()].strip(), part[found[0].end() :].strip(" 。")))
    return pairs if len(pairs) >= 2 and all(right for _, right in pairs) else None


def match(columns: Columns, answer: str) -> tuple[list[tuple[str, str]], list[str]] | None:
    """The pairs of texts and the right-hand texts left over. None where the key does not give each left one partner."""
    left, right = dict(columns.left), dict(columns.right)
    links = links_in(answer)
    if links is None:
        bonds = bonds_in(answer)
        if bonds is None:
            return None
        by_left = {fold(text): mark for mark, text in columns.left}
        by_right = {fold(text): mark for mark, text in columns.right} | {mark.casefold(): mark for mark in right}
        links = [(by_left.get(fold(one), ""), by_right.get(fold(other), "")) for one, other in bonds]
    pairs = dict(links)
    if len(pairs) != len(links) or set(pairs) != set(left) or not set(pairs.values()) <= set(right):
        return None
    if len(set(pairs.values())) < len(pairs):
        return None
    used = set(pairs.values())
    ordered = [(left[mark], right[pairs[mark]]) for mark, _ in columns.left]
    return ordered, [text for mark, text in columns.right if mark not in used]
