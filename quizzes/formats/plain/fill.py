"""Gaps in a stem and what belongs in them."""

import re

from quizzes.formats.plain.rows import shadow_of
from quizzes.rules.questions import GAP

_LINE = re.compile(r"_{2,}")
_EMPTY = re.compile(r"\(\s{0,6}\)")
_NUMBERED_GAP = re.compile(
    r"\(\s{0,3}\d{1,2}\s{0,3}\)(?=_{2,})|(?<=_)\s{0,2}\(\s{0,2}\d{1,2}\s{0,2}\)\s{0,2}(?=_)|(?<=_)\s{0,2}[①-⑩]\s{0,2}(?=_)|[①-⑩](?=_{2,})|(?<=__)\d{1,2}(?=__)"
)
_VARIANTS = re.compile(r"\s{0,3}(?:或者|或是|或|[|｜])\s{0,3}")
_SLASH = re.compile(r"\s{0,3}[/／]\s{0,3}")
_DATE = re.compile(r"\d{1,4}\s{0,2}/\s{0,2}\d{1,4}(?:\s{0,2}/\s{0,2}\d{1,4})?")
_NUMBERED = re.compile(
    r"(?:\((\d{1,2})\)|(?:^|(?<=[\s;,、。)]))(\d{1,2})\s?[.、)](?!\d)|([①-⑩])|第([一二三四五六七八九十\d])空\s?[:]?|空(\d)\s?[:]?)\s{0,3}"
)
_SEPARATORS = (r"\n", r"[;；]", r"\|{2,3}", r"[、]", r"，|(?<!\d),|,(?!\d)", r"\t|\s{2,8}", r"\s", r"[/／]")


def with_gaps(stem: str, *, brackets: bool) -> str:
    """The stem with every gap as ``____``; ``brackets`` makes gaps of empty brackets, too."""
    shadow = shadow_of(stem)
    if "_" in shadow:
        stem = _replace(stem, _NUMBERED_GAP, "")
        stem = _replace(stem, _LINE, GAP)
    return _replace(stem, _EMPTY, GAP) if brackets else stem


def _replace(text: str, pattern: re.Pattern[str], by: str) -> str:
    pieces, start = [], 0
    for found in pattern.finditer(shadow_of(text)):
        pieces += [text[start : found.start()], by]
        start = found.end()
    return "".join([*pieces, text[start:]])


def gap_count(stem: str) -> int:
    return len(_LINE.findall(stem))


def blanks_in(answer: str, gaps: int) -> list[tuple[str, ...]] | None:
    """The accepted answers of each gap. None where the answer does not divide into ``gaps`` parts for sure."""
    answer = answer.strip().rstrip("。；;")
    if gaps == 1:
        numbered = _numbered(answer)
        if numbered and len(numbered) == 1:
            answer = numbered[0]
        if re.search(r"[;；]|\|{2}", answer):
            return None
        variants = _variants(" ".join(answer.split("\n")))
        return [variants] if variants else None
    parts = _parts(answer, gaps)
    if parts is None:
        return None
    blanks = [_variants(part) for part in parts]
    return blanks if all(blanks) else None


def _parts(answer: str, gaps: int) -> list[str] | None:
    numbered = _numbered(answer)
    if numbered is not None and len(numbered) == gaps:
        return numbered
    for separator in _SEPARATORS:
        parts = [part.strip() for part in re.split(separator, answer)]
        parts = [part for part in parts if part]
        if len(parts) == gaps:
            if separator == r"[/／]" and _DATE.search(answer):
                return None
            return parts
        if separator == r"[;；]" and len(parts) > 1:
            return None  # the clearest of the separators is there, and it does not fit
    return None


def _numbered(answer: str) -> list[str] | None:
    """（1）七天（2）十五天 → its parts, where the numbers run from 1."""
    found = list(_NUMBERED.finditer(shadow_of(answer)))
    kept: list[re.Match[str]] = []
    for one in found:
        word = next(part for part in one.groups() if part)
        value = "①②③④⑤⑥⑦⑧⑨⑩".find(word) + 1 or "一二三四五六七八九十".find(word) + 1 or int(word)
        if value == len(kept) + 1:
            kept.append(one)
    if not kept or kept[0].start() != 0:
        return None
    ends = [*(one.start() for one in kept[1:]), len(answer)]
    return [answer[one.end() : end].strip(" \t\n;；,，、。") for one, end in zip(kept, ends, strict=True)]


def _variants(text: str) -> tuple[str, ...]:
    parts = _VARIANTS.split(text.strip())
    result: list[str] = []
    for part in parts:
        pieces = [part] if _DATE.search(part) and not re.search(r"[^\d/／\s]\s?[/／]", part) else _SLASH.split(part)
        result += [piece.strip(" \t。；;") for piece in pieces]
    return tuple(dict.fromkeys(piece for piece in result if piece))
