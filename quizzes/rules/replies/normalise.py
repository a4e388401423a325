"""One spelling for a reply, with a way back: every stretch of the result points at what was typed.

Full and half width, Traditional and Simplified, capitals, radicals, look-alike punctuation, emoji and letters that
stand for words, signs put between the characters of a word, and digits written out all become one. The judge reads
the result; a person is shown the stretch of the original.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

from quizzes.rules.replies.disguises import RUN, SIGNS, SPOKEN, WORDS
from quizzes.rules.text import RADICALS

_PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys("“”„‟〝〞「」『』﹁﹂《》〈〉″", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣─━", "-"),
        **dict.fromkeys("〜∼˜～", "~"),
        **dict.fromkeys("•・‧∙⋅", "·"),
        **dict.fromkeys("【〔〖", "["),
        **dict.fromkeys("】〕〗", "]"),
        "。": ".",
        "…": ".",
        "⋯": ".",
        "‘": "'",
        "’": "'",
    }
)  # fmt: skip
_LIST_SIGN = "§"  # ①, ⑵, 1️⃣ and the like: what they number matters, not the number
_KEYCAP = "\u20e3"  # the frame that follows the digit
_DROPPED = {"Cc", "Cf", "Cs", "Mn", "Me", "So", "Sk", "Co", "Cn"}


@dataclass(frozen=True)
class Normalised:
    """``text`` and, for each of its characters, where it came from: ``original[starts[i]:ends[i]]``."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original; an empty stretch is an empty stretch there, too."""
        if not self.text or end <= start:
            place = self.starts[start] if start < len(self.starts) else len(self.original)
            return place, place
        return min(self.starts[start:end]), max(self.ends[start:end])


def normalise(text: str) -> Normalised:
    """``text`` in the one spelling the judge reads. Takes any text; the time is proportional to its length."""
    letters = _folded(text)
    for pattern, word in WORDS:
        letters = _replaced(letters, pattern, word)
    letters = _replaced(letters, RUN, None)
    return Normalised(
        text,
        "".join(char for char, _, _ in letters),
        tuple(start for _, start, _ in letters),
        tuple(end for _, _, end in letters),
    )


_Letters = list[tuple[str, int, int]]


def _folded(text: str) -> _Letters:
    letters: _Letters = []
    for place, char in enumerate(text):
        keycap = char.isdigit() and _KEYCAP in text[place + 1 : place + 3]
        for folded in _LIST_SIGN if keycap else _fold(char):
            if folded == " " and (not letters or letters[-1][0] == " "):
                continue
            letters.append((folded, place, place + 1))
    return letters


@lru_cache(maxsize=20_000)
def _fold(char: str) -> str:
    """What one typed character becomes: usually one character, for some signs a word, for decoration nothing."""
    if char in SIGNS:
        return SIGNS[char]
    if char in "\n\r\u2028\u2029":
        return "\n"
    if char.isspace():
        return " "
    char = char.translate(_PUNCTUATION)
    if unicodedata.category(char) == "Cs":
        return ""  # half a character, which nothing can encode
    if unicodedata.category(char) == "No" and unicodedata.normalize("NFKC", char).strip("().").isdigit():
        return _LIST_SIGN
    folded = unicodedata.normalize("NFKC", char).translate(RADICALS)
    folded = _to_simplified().convert(folded).casefold().translate(_PUNCTUATION)
    return "".join(SIGNS.get(part, part) for part in folded if unicodedata.category(part) not in _DROPPED)


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def _replaced(letters: _Letters, pattern: re.Pattern[str], word: str | None) -> _Letters:
    """``letters`` with each match written as ``word``, or, without one, as plain digits."""
    text = "".join(char for char, _, _ in letters)
    result: _Letters = []
    done = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        first, last = letters[start][1], letters[end - 1][2]
        result += letters[done:start]
        if word is None:
            result += [
                (char.translate(SPOKEN), begin, close)
                for char, begin, close in letters[start:end]
                if char.translate(SPOKEN).isdigit()
            ]
        else:
            result += [(char, first, last) for char in word]
        done = end
    return result + letters[done:] if done else letters
