"""The facts that one run may draw on, and who stands beside whom in it."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.text import fold
from quizzes.rules.vocabulary import Flag, Platform

# The two forms that ask about more than the facts they rest on: see ``Focus``.
DEAD_RULE, MATCHING = "dead_rule", "matching"

DEAD_FLAGS = frozenset({Flag.COUNTER_EXAMPLE, Flag.OUTDATED})

T = TypeVar("T")


def is_dead(fact: Fact) -> bool:
    """Whether the fact shows what must not be said or done (any more)."""
    return fact.flag in DEAD_FLAGS


def covers(other: Fact, fact: Fact) -> bool:
    """Whether ``other`` holds on every platform on which ``fact`` holds."""
    return Platform.ALL in other.scope or fact.scope <= other.scope


def rng_for(seed: int, form: str, key: str) -> random.Random:
    """The randomness of one question: its own, so that no other question disturbs it."""
    return random.Random(f"{seed}:{form}:{key}")  # noqa: S311 - repeatable, not secret


def ranked(candidates: Iterable[T], name: Callable[[T], str], *salt: object) -> list[T]:
    """The candidates in an order that looks random but in which a newcomer shifts nobody else."""
    head = ":".join(str(part) for part in salt)
    return sorted(candidates, key=lambda item: hashlib.sha256(f"{head}:{name(item)}".encode()).digest())


def dates_overlap(one: Fact, other: Fact) -> bool:
    starts = [fact.valid_from for fact in (one, other) if fact.valid_from]
    ends = [fact.valid_to for fact in (one, other) if fact.valid_to]
    return not (starts and ends) or max(starts) <= min(ends)


@dataclass(frozen=True)
class Focus:
    """What a change of some facts may have changed, so that only this need be asked anew.

    ``facts`` are the keys of those that are asked about one by one; the facts of the attributes ``matched`` are
    matched with each other, those of the ``topics`` judged as rules to go by or not.
    """

    facts: frozenset[str]
    matched: frozenset[str]
    topics: frozenset[str]

    def reaches(self, form: str, facts: Collection[Fact]) -> bool:
        """Whether a question of this form that rests on ``facts`` is among those to be asked anew."""
        if form == DEAD_RULE:
            return any(fact.topic in self.topics for fact in facts)
        if form == MATCHING:
            return any(fact.attribute and fact.attribute.key in self.matched for fact in facts)
        return any(fact.key in self.facts for fact in facts)


def focus_of(changed: Iterable[Fact], facts: Iterable[Fact]) -> Focus:
    """What is to be asked anew when ``changed`` are facts that were, or are, other than before.

    A fact that gives another one its distractors, or denies it some, changes that one's questions as well:
    siblings, facts that answer the same question, the rules of the same topic, and those that judge the same conduct.
    """
    changed = list(changed)
    keys = {fact.key for fact in changed}
    siblings = {fact.attribute.key for fact in changed if fact.attribute and fact.attribute.siblings}
    asked = {(fact.attribute.key, fold(fact.subject)) for fact in changed if fact.attribute}
    rules = [fact for fact in changed if fact.type == FactType.RULE]
    ruled = {fact.topic for fact in rules}
    conduct = {fold(said) for fact in rules for said in (*fact.keeps, *fact.breaks)}
    for fact in facts:
        if fact.type == FactType.RULE and (
            fact.topic in ruled or any(fold(said) in conduct for said in (*fact.keeps, *fact.breaks))
        ):
            keys.add(fact.key)
        if fact.attribute and (
            fact.attribute.key in siblings or (fact.attribute.key, fold(fact.subject)) in asked
        ):
            keys.add(fact.key)
    return Focus(
        frozenset(keys),
        frozenset(fact.attribute.key for fact in changed if fact.attribute and fact.attribute.match),
        frozenset(fact.topic for fact in changed),
    )


class Pool:
    """The facts in force on one day, in the order of their keys. ``live`` may be taught, ``dead`` not.

    With a ``focus`` questions are asked about its facts only; the others are there to be compared with.

    Raises ``ValueError`` when two facts have the same key.
    """

    def __init__(self, facts: Sequence[Fact], on: date, focus: Focus | None = None):
        self.on = on
        self.focus = focus
        self.by_key = {fact.key: fact for fact in sorted(facts, key=lambda fact: fact.key)}
        if len(self.by_key) != len(facts):
            raise ValueError("Two facts have the same key.")
        in_force = [fact for fact in self.by_key.values() if fact.holds_on(on)]
        self.live = [fact for fact in in_force if not is_dead(fact)]
        self.dead = [fact for fact in in_force if is_dead(fact)]
        self._by_attribute: dict[str, list[Fact]] = defaultdict(list)
        self._by_topic: dict[str, list[Fact]] = defaultdict(list)
        self._by_question: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        self._conduct: dict[str, list[tuple[Fact, bool]]] = defaultdict(list)
        for fact in self.live:
            self._by_topic[fact.topic].append(fact)
            for sentences, keeps in ((fact.keeps, True), (fact.breaks, False)):
                for sentence in sentences:
                    self._conduct[fold(sentence)].append((fact, keeps))
        for fact in self.by_key.values():
            if fact.attribute and not is_dead(fact):
                self._by_attribute[fact.attribute.key].append(fact)
                self._by_question[fact.attribute.key, fold(fact.subject)].append(fact)

    def of(self, *types: FactType) -> list[Fact]:
        """The facts of these types that are to be asked about."""
        asked = self.live if self.focus is None else [fact for fact in self.live if fact.key in self.focus.facts]
        return [fact for fact in asked if fact.type in types]

    def attributes(self) -> list[str]:
        """The attributes whose facts are to be matched."""
        return sorted(key for key in self._by_attribute if self.focus is None or key in self.focus.matched)

    def dead_to_ask(self) -> list[Fact]:
        """The dead facts that are to be asked about."""
        return [fact for fact in self.dead if self.focus is None or fact.topic in self.focus.topics]

    def with_attribute(self, key: str) -> list[Fact]:
        return [fact for fact in self._by_attribute[key] if fact.holds_on(self.on)]

    def in_topic(self, topic: str) -> list[Fact]:
        return list(self._by_topic[topic])

    def siblings(self, fact: Fact) -> list[Fact]:
        """Facts in force with the same attribute, where what is true of one is false of the others."""
        if fact.attribute is None or not fact.attribute.siblings:
            return []
        return [
            other
            for other in self.with_attribute(fact.attribute.key)
            if other.key != fact.key and other.type == fact.type
        ]

    def rivals(self, fact: Fact) -> list[Fact]:
        """Every fact, this one included, that answers the same question for some same place and day."""
        if fact.attribute is None:
            return [fact]
        return [
            other
            for other in self._by_question[fact.attribute.key, fold(fact.subject)]
            if fact.shares_scope_with(other) and dates_overlap(fact, other)
        ]

    def verdicts(self, conduct: str, fact: Fact) -> set[bool]:
        """What the facts that share ``fact``'s scope say of a piece of conduct: kept (true) or broken."""
        return {keeps for other, keeps in self._conduct[fold(conduct)] if fact.shares_scope_with(other)}
