"""What a key says: letters, right or wrong, the words of an option; and where it stands inside a stem."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.formats.plain.rows import shadow_of
from quizzes.rules.text import fold

_LETTER = "[A-Ha-h]"
_BETWEEN = r"[\s,、;.+&和与及/|]{0,3}"
_LETTERS = re.compile(
    rf"(?:选\s?)?[(]?\s?((?:{_LETTER}|[①-⑧])(?:(?:{_BETWEEN}|\s?(?:-{{1,2}}>?|>)\s?)(?:{_LETTER}(?![a-z])|[①-⑧])){{0,7}})\s?[)]?(?:项|选项)?"
    r"(?:(?<=\))|(?=$|[\s.。,，;；:：!！(（]))"
)
_SMALL = re.compile(r"(?:选\s?)?[(]?\s?([a-h]{2,8})\s?[)]?(?=$|[\s.。,，;；:：!！(（])")
_ONE = re.compile(rf"{_LETTER}|[①-⑧]")
_TRUE = r"正确|√|○|〇|对的|对|true|t|yes|y|是的|是|right|成立"
_FALSE = r"不正确|错误|×|错的|错|不对|false|f|no|n|否|不是|wrong|不成立"
_VERDICT = re.compile(rf"[(]?\s?(?:(?P<true>{_TRUE})|(?P<false>{_FALSE}))\s?[)]?(?=$|[\s.。,，;；:：!！(（])", re.I)
_FIGURE_VERDICT = re.compile(r"[(]?\s?(?:(?P<true>[1oO])|(?P<false>[02xX]))\s?[)]?(?=$|[\s。,，;；(（])")
_SHORT_VERDICT = re.compile(rf"(?:(?P<true>{_TRUE})|(?P<false>{_FALSE}))", re.I)

_BRACKET = re.compile(
    rf"\((?:(?:正确)?答案\s?[:]?)?\s{{0,4}}((?:{_LETTER})(?:{_BETWEEN}{_LETTER}){{0,7}}|√|×|○|〇|对|错|正确|错误|[TFtfYNyn]|true|false|是|否|[xX]|[①-⑧]{{1,8}})\s{{0,4}}\)",
    re.I,
)
_LINE_KEY = re.compile(
    rf"_{{2,4}}\s{{0,3}}({_LETTER}(?:{_BETWEEN}{_LETTER}){{0,7}}|√|×|对|错|正确|错误)\s{{0,3}}_{{2,4}}"
)
EMPTY = re.compile(r"\(\s{0,6}\)")
HOLE = "（ ）"


@dataclass(frozen=True)
class StemKey:
    """A key inside a stem: ``start`` and ``end`` are the places of its bracket, ``on_line`` of its gap.

    ``bare`` is a sign at the end without a bracket.
    """

    text: str
    start: int
    end: int
    on_line: bool = False
    bare: bool = False


def letters_in(text: str) -> tuple[str, str] | None:
    """The letters or circled figures that ``text`` begins with, in capitals as they stand, and what follows them."""
    shadow = shadow_of(text)
    small = _SMALL.match(shadow)  # abd is a key, bad and added are words
    found = small if small and "".join(sorted(set(small[1]))) == small[1] else _LETTERS.match(shadow)
    if not found:
        return None
    rest = text[found.end() :].lstrip(" \t.。,，;；:：!！")
    return "".join(_ONE.findall(found[1])).upper(), rest.strip()


def verdict_in(text: str, *, figures: bool = False) -> tuple[bool, str] | None:
    """Right or wrong, and what follows. ``figures`` allows 1 for right and 0, 2 or x for wrong."""
    shadow = shadow_of(text)
    found = _VERDICT.match(shadow) or (_FIGURE_VERDICT.match(shadow) if figures else None)
    if not found:
        return None
    return found["true"] is not None, text[found.end() :].strip(" \t.。,，;；:：!！")


def verdict_of_option(text: str) -> bool | None:
    """What an option of a true/false question means, where it is one of its words and nothing else."""
    found = _SHORT_VERDICT.fullmatch(shadow_of(text).strip(" .。;；"))
    return None if found is None else found["true"] is not None


def keys_in_stem(shadow: str) -> list[StemKey]:
    """All brackets that could be keys, in their order."""
    found = [StemKey(one[1], *one.span()) for one in _BRACKET.finditer(shadow)]
    found += [StemKey(one[1], *one.span(), on_line=True) for one in _LINE_KEY.finditer(shadow)]
    return sorted(found, key=lambda one: one.start)


def indexes(letters: str, labels: Sequence[str]) -> list[int] | None:
    """Places of the options that ``letters`` name. None where one of them is not there."""
    if all(label == "" for label in labels):
        labels = ["ABCDEFGH"[place] if place < 8 else "" for place in range(len(labels))]
    if letters[0] in "①②③④⑤⑥⑦⑧" and labels[0] not in "①②③④⑤⑥⑦⑧":
        return None
    known = {label: place for place, label in enumerate(labels) if label}
    if any(letter not in known for letter in letters):
        return None
    return [known[letter] for letter in letters]


def by_text(text: str, options: Sequence[str]) -> list[int] | None:
    """Places of the options whose words ``text`` repeats, one or several between separators."""
    folded = [fold(option) for option in options]
    whole = fold(text)
    if whole in folded:
        return [folded.index(whole)]
    for separator in (r"\n", r"[;；]", r"[、|｜/／]", r"[,，]", r"\s{1,8}", r"[和与及]"):
        parts = [fold(part) for part in re.split(separator, text) if part.strip()]
        if len(parts) > 1 and all(part in folded for part in parts):
            return [folded.index(part) for part in parts]
    labelled = re.split(rf"(?:^|[\s;；,，、])(?:{_LETTER})\s?[.、:：)）]", "\n" + text)
    parts = [fold(part.strip(" ;；,，、")) for part in labelled if part.strip()]
    if parts and all(part in folded for part in parts):
        return [folded.index(part) for part in parts]
    return None
