"""The numbers that Word writes before list items by itself: they stand in no text, only in the numbering's rules."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "•"
_DIGITS = "零一二三四五六七八九"
_LARGEST = 100_000
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: Word's name of the format, its pattern (``%1.``) and its first number."""

    format: str
    pattern: str
    start: int = 1


@dataclass
class Numbering:
    """The lists of one document and how far each has counted.

    Lists of one ``family`` (Word: of one abstract numbering) count on together, unless a list restarts: then its
    ``restarts`` say at which number each depth begins.
    """

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    family: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def marker(self, number_id: str, depth: int) -> str:
        """The marker of the next item of list ``number_id`` at ``depth`` (from 0); empty where it has none."""
        level = self.levels.get(number_id, {}).get(depth)
        if level is None or level.format == "none":
            return ""
        if level.format == "bullet":
            return BULLET
        counts = self._counts.setdefault(self.family.get(number_id, number_id), {})
        for restarted, first in self.restarts.pop(number_id, {}).items():
            counts[restarted] = first - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        marker = level.pattern
        for other in range(depth + 1):
            outer = self.levels[number_id].get(other)
            if outer is not None:
                marker = marker.replace(f"%{other + 1}", written(counts.get(other, outer.start), outer.format))
        return marker.strip()


def read_numbering(root: etree._Element | None) -> Numbering:
    """The rules of ``numbering.xml``."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {found.get(f"{W}abstractNumId"): _levels(found) for found in root.iter(f"{W}abstractNum")}
    for found in root.iter(f"{W}num"):
        link = found.find(f"{W}abstractNumId")
        if link is None:
            continue
        number_id, family = found.get(f"{W}numId") or "", link.get(f"{W}val") or ""
        numbering.family[number_id] = family
        numbering.levels[number_id] = dict(abstract.get(family, {}))
        for override in found.iter(f"{W}lvlOverride"):
            numbering.levels[number_id] |= _levels(override)
            depth, start = override.get(f"{W}ilvl") or "", _value(override, "startOverride")
            if depth.isdecimal() and start.isdecimal() and len(start) < 6:
                numbering.restarts.setdefault(number_id, {})[int(depth)] = int(start)
    return numbering


def _levels(abstract: etree._Element) -> dict[int, Level]:
    levels = {}
    for found in abstract.iter(f"{W}lvl"):
        depth, start = found.get(f"{W}ilvl") or "", _value(found, "start")
        if depth.isdecimal() and len(depth) == 1:
            first = int(start) if start.isdecimal() and len(start) < 6 else 1
            levels[int(depth)] = Level(_value(found, "numFmt") or "decimal", _value(found, "lvlText"), first)
    return levels


def _value(parent: etree._Element, name: str) -> str:
    found = parent.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""


def written(number: int, format: str) -> str:
    """``number`` as Word writes it in ``format``: 3, 三, c, III, ③; other formats as digits."""
    if number < 1 or number > _LARGEST:
        return str(number)
    write = _FORMATS.get(format)
    return write(number) if write else str(number)


def _chinese(number: int) -> str:
    if number < 11:
        return "十" if number == 10 else _DIGITS[number]
    if number < 20:
        return f"十{_DIGITS[number - 10]}"
    if number < 100:
        tens, ones = divmod(number, 10)
        return f"{_DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"
    return str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "ideographDigital",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "taiwaneseDigital",
        ),
        _chinese,
    ),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalZero": lambda number: f"{number:02}",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"({number})",
}
