"""Whether a value is proved false of a fact's subject, for the fact's platforms and dates."""

import re
from decimal import Decimal
from functools import lru_cache

from quizzes.rules.facts import Bound, Fact, FactType
from quizzes.rules.generation.pool import Pool
from quizzes.rules.text import fold


@lru_cache(maxsize=20_000)
def loose(text: str) -> str:
    """The text folded and without punctuation, a decimal point between digits kept."""
    return re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w.%]|_", "", fold(text))


def overlap(one: str, other: str) -> bool:
    """Whether one text equals or contains the other, so that what is said of one may hold of both."""
    return loose(one) in loose(other) or loose(other) in loose(one)


def truths(fact: Fact) -> list[str]:
    """Every wording that is a right answer to the fact's question."""
    return [text for text in (fact.value, *fact.accept, *fact.items) if text]


def why_not_false(pool: Pool, fact: Fact, claim: str) -> str | None:
    """What keeps ``claim`` from being proved false of ``fact``'s subject; ``None`` when it is false.

    The writer's own ``wrong`` values are false unless some fact in the same place and time says otherwise.
    Any other value must be that of a sibling, where the attribute lets siblings be false; neither the two
    values nor the two subjects may equal or contain one another.
    """
    claimed = loose(claim)
    for rival in pool.rivals(fact):
        if claimed in {loose(text) for text in truths(rival)}:
            return f"“{claim}”也是对的（{rival.key}）"
    if claimed in {loose(text) for text in fact.wrong}:
        return None
    owners = [
        other
        for other in pool.siblings(fact)
        if claimed in {loose(text) for text in truths(other)} and not overlap(other.subject, fact.subject)
    ]
    if not owners:
        return f"“{claim}”错在哪里没有依据"
    for text in truths(fact):
        if overlap(claim, text):
            return f"“{claim}”和正确的“{text}”互相包含"
    right = {loose(text) for text in truths(fact)}
    if any(loose(word) in right for owner in owners for word in owner.accept):
        return f"“{claim}”和正确答案通用"
    return None


def parse_number(text: str) -> Decimal | None:
    found = re.search(r"-?\d+(?:\.\d+)?", fold(text).replace(",", ""))
    return Decimal(found[0]) if found else None


def wrong_numbers(fact: Fact) -> list[Decimal]:
    """The writer's wrong numbers, each once, the right one left out."""
    found = [parse_number(text) for text in fact.wrong]
    return list(dict.fromkeys(value for value in found if value is not None and value != fact.number))


def within(value: Decimal, fact: Fact) -> bool:
    """Whether a single measured value satisfies the fact's bound."""
    limit = fact.number or Decimal(0)
    match fact.bound:
        case Bound.AT_MOST:
            return value <= limit
        case Bound.AT_LEAST:
            return value >= limit
        case Bound.MORE_THAN:
            return value > limit
        case Bound.LESS_THAN:
            return value < limit
    return value == limit


def why_number_not_false(pool: Pool, fact: Fact, claim: Decimal, *, bound_told: bool) -> str | None:
    """As ``why_not_false`` for numbers. ``bound_told``: the text says which side of the number is meant.

    Without it, 5 is as true as 3 where the fact says "at least 3".
    """
    for rival in pool.rivals(fact):
        if rival.type == FactType.NUMBER and rival.unit == fact.unit and rival.number == claim:
            return f"{claim} 也是对的（{rival.key}）"
    if not bound_told and within(claim, fact):
        return f"{claim} 也满足要求，题面没说清是上限还是下限"
    return None
