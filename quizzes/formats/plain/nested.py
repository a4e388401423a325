"""Options counted by numbers: a list within a list, or ① ② ③ with a plain number as the key."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizzes.formats.lines import Line

MOST_OPTIONS = 8
_QUESTION = re.compile(r"(?:第\s?)?[0-9０-９]{1,4}\s?[.．、)）题]")
_INNER = re.compile(r"(?:[ ]{2,}|\t[ \t]*)([1-9])[.．、)）]\s?(?=\S)")
_CIRCLED = re.compile(r"\s*([①-⑧])(?=\s*\S)")
_LABEL = r"\s*[\[【(（*]{0,3}(?:正确|标准|参考)?答案\**[\]】)）]?\**\s?[:：]?\s?\**"
_KEY = re.compile(rf"({_LABEL})([1-8](?:[ ,，、和;；]{{0,2}}[1-8]){{0,7}})(\**[。.]?(?:\s*[\[【(（]?解析.*)?\s*)")
_LETTER_KEY = re.compile(rf"{_LABEL}[A-Ha-h](?![A-Za-z]{{3}})")


def with_letters(lines: Sequence[Line]) -> list[Line]:
    """The lines, with letters for options that are counted by numbers and for the numbers of their key.

    A list of numbers further in is one of options only where a key of letters or numbers follows it: otherwise it
    may be the points of an answer.
    """
    found = list(lines)
    start = 0
    while start < len(found):
        if not _QUESTION.match(found[start].text):
            start += 1
            continue
        end = next((n for n in range(start + 1, len(found)) if _QUESTION.match(found[n].text)), len(found))
        _letter(found, start + 1, end)
        start = end
    return found


def _letter(lines: list[Line], start: int, end: int) -> None:
    """Turn the numbers of one question, if it has options by number and a key to them, into letters."""
    for pattern, sign in ((_INNER, str), (_CIRCLED, lambda place: chr(0x2460 + place - 1))):
        options = [(n, match) for n in range(start, end) if (match := pattern.match(lines[n].text))]
        key = next((n for n in range(start, end) if _KEY.fullmatch(lines[n].text)), None)
        circled = pattern is _CIRCLED
        lettered = not circled and any(_LETTER_KEY.match(lines[n].text) for n in range(start, end))
        count = len(options)
        in_order = [match[1] for _, match in options] == [sign(place) for place in range(1, count + 1)]
        if not 2 <= count <= MOST_OPTIONS or not in_order or (key is None and not lettered):
            continue
        if key is not None and not _turn_key(lines, key, count):
            continue
        for place, (n, match) in enumerate(options):
            _put(lines, n, match.start(1), match.end(), f"{chr(65 + place)}. ")
        return


def _turn_key(lines: list[Line], n: int, count: int) -> bool:
    """Write the key in letters; whether all its numbers are options."""
    match = _KEY.fullmatch(lines[n].text)
    if match is None:
        return False
    numbers = [int(digit) for digit in re.findall("[1-8]", match[2])]
    if max(numbers) > count or len(set(numbers)) != len(numbers):
        return False
    _put(lines, n, match.start(2), match.end(2), "".join(chr(64 + number) for number in sorted(numbers)))
    return True


def _put(lines: list[Line], n: int, start: int, end: int, text: str) -> None:
    """Replace a stretch of a line that nothing marks as standing out; marks behind it move along."""
    line, moved = lines[n], len(text) - (end - start)
    stretches = tuple(
        replace(s, start=s.start + moved * (s.start >= end), end=s.end + moved * (s.end >= end))
        for s in line.stretches
    )
    lines[n] = replace(line, text=line.text[:start] + text + line.text[end:], stretches=stretches)
