"""What changed between two editions of a lesson's facts, and whether it matters to those who learnt them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quizzes.rules.facts import Fact

# What a fact says about the job. The rest is how it is explained, asked about and cited.
SUBSTANCE = (
    "type", "subject", "flag", "scope", "value", "number", "unit", "bound", "steps", "keeps", "breaks", "items",
    "event", "action", "counts_from", "formula", "base", "result",
)  # fmt: skip


class Touch(StrEnum):
    """How a fact is other than before; ``REWORDED`` is everything that leaves its substance as it was."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REWORDED = "reworded"


@dataclass(frozen=True)
class FactChange:
    """One fact before and after; ``None`` where it was not, or is not any more."""

    key: str
    before: Fact | None
    after: Fact | None

    @property
    def touch(self) -> Touch:
        if self.before is None:
            return Touch.ADDED
        if self.after is None:
            return Touch.REMOVED
        return Touch.REWORDED if substance(self.before) == substance(self.after) else Touch.CHANGED

    @property
    def unsettles(self) -> bool:
        """Whether what somebody learnt from the earlier edition no longer holds."""
        return self.touch in (Touch.CHANGED, Touch.REMOVED)

    @property
    def editions(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in (self.before, self.after) if fact is not None)


def substance(fact: Fact) -> tuple[object, ...]:
    """What must be equal for somebody who knows one fact to know the other."""
    attribute = fact.attribute.key if fact.attribute else ""
    return (attribute, *(getattr(fact, name) for name in SUBSTANCE))


def fact_changes(before: Iterable[Fact], after: Iterable[Fact]) -> tuple[FactChange, ...]:
    """Every fact that is not the same in both, those of ``after`` in their order, then those that are gone."""
    was = {fact.key: fact for fact in before}
    becomes = {fact.key: fact for fact in after}
    return tuple(
        FactChange(key, was.get(key), becomes.get(key))
        for key in (*becomes, *(key for key in was if key not in becomes))
        if not _same(was.get(key), becomes.get(key))
    )


def unsettled(changes: Iterable[FactChange]) -> tuple[str, ...]:
    """The keys of the facts that no longer hold as they were learnt."""
    return tuple(change.key for change in changes if change.unsettles)


def _same(one: Fact | None, other: Fact | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other and one.topic == other.topic
