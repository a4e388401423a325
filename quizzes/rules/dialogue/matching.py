"""Which points and which forbidden words a reply holds, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from quizzes.rules.dialogue.scenario import Words
from quizzes.rules.replies.clauses import Reading, Scope, read
from quizzes.rules.replies.normalise import Normalised, normalise

LONGEST = 1_200  # characters of a reply that are read

NOT_SAID = frozenset({Scope.NEGATED})
NOT_DONE = frozenset({Scope.NEGATED, Scope.DENIED, Scope.QUOTED, Scope.REPORTED, Scope.WARNED, Scope.CONDITION})
"""In these a forbidden promise is not made: 不能直接退、如果核实是我们的问题就退."""

_DENIES = re.compile("[不没别勿无未莫甭禁拒免]")
_compiled = lru_cache(maxsize=4_000)(re.compile)


@dataclass(frozen=True)
class Text:
    """A reply ready to be searched."""

    normal: Normalised
    reading: Reading

    @classmethod
    def of(cls, reply: str) -> "Text":
        normal = normalise(reply[:LONGEST])
        return cls(normal, read(normal.text))

    def find(self, words: Words, unless: frozenset[Scope]) -> tuple[tuple[int, int], ...]:
        """Where ``words`` stand in the reply as it was typed, outside the scopes ``unless``; empty when they do not."""
        if any(_compiled(expression).search(self.normal.text) for expression in words.none):
            return ()
        found: list[tuple[int, int]] = []
        if words.any:
            first = next((place for one in words.any for place in self._places(one, unless)), None)
            if first is None:
                return ()
            found.append(first)
        for expression in words.all:
            place = next(self._places(expression, unless), None)
            if place is None:
                return ()
            found.append(place)
        return tuple(found)

    def _places(self, expression: str, unless: frozenset[Scope]) -> Iterator[tuple[int, int]]:
        # A denial inside a forbidden phrase undoes it, unless its words are about denying.
        inside = unless == NOT_DONE and _DENIES.search(expression) is None
        for match in _compiled(expression).finditer(self.normal.text):
            if match.end() > match.start() and not (unless and self.reading.scopes_of(*match.span(), inside) & unless):
                yield self.normal.span(*match.span())
