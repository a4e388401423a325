"""The options of a row: in columns of their own, or all in one cell."""

import re
import unicodedata
from typing import NamedTuple

from quizzes.formats.sheets.escapes import split, unescape
from quizzes.formats.sheets.made import Unsure

_LABEL = re.compile(r"[（(]?([A-Za-zＡ-Ｚａ-ｚ])(?:\s*[.．、:：)）]|[ \t\u3000])\s*(?=\S)")
_LABELS = re.compile(r"(?:^|(?<=[\s|｜；;，,。]))[（(]?([A-ZＡ-Ｚa-zａ-ｚ])\s*[.．、:：)）]\s*")
_LABEL_ONLY = re.compile(r"[（(]?[A-Za-zＡ-Ｚａ-ｚ][.．、:：)）]?")


class Options(NamedTuple):
    """``letters[i]`` is the letter of the i-th option, from 0 for A: a blank column leaves its letter out."""

    texts: tuple[str, ...]
    letters: tuple[int, ...]
    whys: tuple[str, ...] = ()

    def place(self, letter: int) -> int | None:
        return self.letters.index(letter) if letter in self.letters else None


NONE = Options((), ())


def letter_of(char: str) -> int:
    return ord(unicodedata.normalize("NFKC", char).upper()) - 65


def in_columns(cells: tuple[str, ...], whys: tuple[str, ...] = ()) -> Options:
    """One option a column; letters written before the texts are taken off where every option has its own."""
    filled = [(place, text) for place, text in enumerate(cells) if text]
    texts = [text for _, text in filled]
    if texts and _LABEL.match(texts[0]):
        labels = [_LABEL.match(text) for text in texts]
        if all(label and letter_of(label[1]) == place for label, (place, _) in zip(labels, filled, strict=True)):
            texts = [text[label.end() :] for text, label in zip(texts, labels, strict=True) if label]
    places = tuple(place for place, _ in filled)
    return Options(tuple(texts), places, tuple(whys[n] if n < len(whys) else "" for n in places) if whys else ())


def as_they_stand(cells: tuple[str, ...], whys: tuple[str, ...] = ()) -> Options:
    """One option a column, unchanged."""
    places = tuple(place for place, text in enumerate(cells) if text)
    return Options(
        tuple(cells[n] for n in places), places, tuple(whys[n] if n < len(whys) else "" for n in places) if whys else ()
    )


def in_one_cell(text: str) -> Options:
    """All options of one cell, set apart by their letters, by line breaks, by | or by ；.

    Raises ``Unsure`` where there is nothing that sets them apart.
    """
    if lettered := _by_letters(text):
        return lettered
    for mark in ("\n", "|｜", "；;", "\t", "、", "，,"):
        parts = [part for part in split(text, mark) if part]
        if len(parts) > 1:
            return _unlabelled([unescape(part) for part in parts])
    raise Unsure(f"选项都在一格里（“{text[:20]}”），看不出怎么分开。请每个选项占一行，或用 | 隔开")


def _by_letters(text: str) -> Options | None:
    """Options that begin with A, B, C … in this order; a letter out of turn belongs to the text."""
    starts: list[re.Match[str]] = []
    for found in _LABELS.finditer(text):
        if letter_of(found[1]) == len(starts):
            starts.append(found)
    if len(starts) < 2 or text[: starts[0].start()].strip():
        return None
    ends = [found.start() for found in starts[1:]] + [len(text)]
    texts = [text[found.end() : end].strip(" \t\n|｜；;，,　") for found, end in zip(starts, ends, strict=True)]
    return Options(tuple(texts), tuple(range(len(texts)))) if all(texts) else None


def _unlabelled(parts: list[str]) -> Options:
    cells = [part for part in parts if not _LABEL_ONLY.fullmatch(part)]
    if len(cells) != len(parts):  # single letters may be options, too
        cells = parts
    return in_columns(tuple(cells))
