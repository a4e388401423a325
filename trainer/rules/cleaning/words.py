"""Whether two characters make a word: by a list of phrases, and by what the document itself writes."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

_TIMES = 2  # two characters that stand together so often in a document are taken for a word


class Words:
    """The pairs of Chinese characters of one document."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs: Counter[str] = Counter()
        for text in texts:
            self._pairs.update(text[place : place + 2] for place in range(len(text) - 1))

    def joined(self, first: str, second: str) -> bool:
        """Whether the end of ``first`` and the beginning of ``second`` are one word torn apart."""
        pair = first[-1:] + second[:1]
        if len(pair) < 2 or not all("㐀" <= char <= "鿿" for char in pair):
            return False
        return self._pairs[pair] >= _TIMES or pair in _phrases() or first[-1:] + second[:2] in _phrases()


@cache
def _phrases() -> frozenset[str]:
    from pypinyin.phrases_dict import phrases_dict  # a very large module, and only who cleans a document needs it

    return frozenset(phrases_dict)
