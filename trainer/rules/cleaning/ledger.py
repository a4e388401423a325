"""What is taken away, entry by entry, so that each can be put back by its ``id``."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field

from quizzes.formats.found import Removed


@dataclass
class Ledger:
    """Decides what may go: everything but what ``keep`` names. ``removed`` is what did."""

    keep: Set[str] = frozenset()
    removed: list[Removed] = field(default_factory=list)
    _spared: set[tuple[int, str]] = field(default_factory=set)
    _seen: Counter[tuple[int, str, str]] = field(default_factory=Counter)

    def take(self, line: int, text: str, reason: str) -> bool:
        """Whether ``text`` goes, then noted; ``False`` where a person wants it kept."""
        shown = " ".join(text.split())
        if (line, shown) in self._spared:
            return False  # a person wants it: no other rule may take it either
        key = (line, shown, reason)
        self._seen[key] += 1
        removal = Removed.undoable(line, shown, reason, self._seen[key])
        if removal.id in self.keep:
            self._spared.add((line, shown))
            return False
        self.removed.append(removal)
        return True
