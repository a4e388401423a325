"""Match the subjects of one attribute with their values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.generation.falsehood import overlap, truths
from quizzes.rules.generation.form import Form, Made
from quizzes.rules.generation.pool import MATCHING, Pool, ranked
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import explain, frame, plain, statement
from quizzes.rules.questions import Matching
from quizzes.rules.vocabulary import Flag, Kind

SIZE = 4


def _stem(facts: list[Fact]) -> str:
    match = facts[0].attribute.match if facts[0].attribute else ""
    return frame(f"{plain(match)}。", *facts)


def _collide(one: Fact, other: Fact) -> bool:
    """Whether some value of one could be taken for the other's, or both may speak of the same subject."""
    if overlap(one.subject, other.subject):
        return True
    return any(overlap(mine, theirs) for mine in truths(one) for theirs in truths(other))


def _groups(facts: list[Fact], seed: int, attribute: str) -> Iterator[list[Fact]]:
    """Groups of ``SIZE`` that do not collide; every fact that fits into one is in at least one."""
    order = ranked(facts, lambda fact: fact.key, seed, "matching", attribute)
    used: set[str] = set()
    for start in order:
        if start.key in used:
            continue
        group = [start]
        # Those not used yet come first, so that few groups serve all.
        for other in [f for f in order if f.key not in used] + [f for f in order if f.key in used]:
            fits = other not in group and not any(_collide(other, member) for member in group)
            if fits and len(group) < SIZE:
                group.append(other)
        if len(group) == SIZE:
            used.update(fact.key for fact in group)
            yield group


def _make(pool: Pool, seed: int) -> Iterator[Made]:
    for key in pool.attributes():
        shelves: dict[tuple[object, bool], list[Fact]] = defaultdict(list)
        for fact in pool.with_attribute(key):
            if fact.type == FactType.VALUE and fact.attribute and fact.attribute.match:
                shelves[fact.scope, fact.flag == Flag.SHOP_POLICY].append(fact)
        for facts in shelves.values():
            for group in _groups(facts, seed, key):
                yield Draft(
                    facts=tuple(group),
                    kind=Kind.MATCHING,
                    stem=_stem(group),
                    data={"pairs": [[plain(fact.subject), plain(fact.value)] for fact in group]},
                    explanation=explain(*(statement(fact) for fact in group)),
                    difficulty=3,
                )


def _holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    group = [facts[key] for key in asked.facts]
    return (
        isinstance(asked.content, Matching)
        and asked.stem == _stem(group)
        and not asked.content.extra
        and {(pair.left.text, pair.right.text) for pair in asked.content.pairs}
        == {(plain(fact.subject), plain(fact.value)) for fact in group}
    )


def _unproved(asked: Asked, pool: Pool) -> str | None:
    group = [pool.by_key[key] for key in asked.facts]
    for number, one in enumerate(group):
        for other in group[number + 1 :]:
            if _collide(one, other):
                return f"“{one.subject}”和“{other.subject}”的答案分不开"
            if not one.shares_scope_with(other):
                return f"“{one.subject}”和“{other.subject}”不在同一平台"
    return None


FORMS = (Form(MATCHING, _make, _holds, _unproved),)
