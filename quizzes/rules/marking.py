"""Credit for an answer: a ``Fraction`` of the question's marks, which callers multiply by exactly once.

What the rules mean:

- ``all_or_nothing``: 1 for the right answer, 0 for any other.
- ``net`` (multiple): ``max(right choices - wrong choices, 0) / correct options``.
- ``per_part`` (fill, matching, cloze): ``right parts / parts``. The order of blanks matters: each is
  compared with its own list only, so that right words in each other's places earn nothing.
- ``adjacent`` (ordering): ``pairs kept / (items - 1)``, where a pair of neighbours in the right order is kept
  when the second stands directly behind the first. Only the right order keeps all, its reverse keeps none.
- ``rubric`` (free text): a person gives points, see ``points_to_fraction``.

An answer is marked as it was stored, perhaps under an earlier version: ids that the content does not have
and parts beyond its own count as wrong, and no stored answer makes marking fail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from quizzes.rules.answers import is_blank, parse_number
from quizzes.rules.questions import (
    Cloze,
    Content,
    Fill,
    FreeText,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    RubricLine,
    Single,
    TrueFalse,
)
from quizzes.rules.text import fold
from quizzes.rules.vocabulary import RULES_FOR_KIND, MarkingRule


@dataclass(frozen=True)
class Outcome:
    """``fraction`` is 0 to 1, ``None`` while it waits for a person.

    ``parts[i]`` says whether the i-th part is right, in the order of the content: the only one of single,
    true/false and numeric; each option of multiple (chosen or left as it should be); each blank, pair or
    gap; each pair of neighbours of ordering. Free text has none. In a blank answer no part is right.
    """

    fraction: Fraction | None
    parts: tuple[bool, ...]


def mark(content: Content, answer: Any, rule: MarkingRule) -> Outcome:
    """Judge ``answer`` (as ``parse_answer`` gave it) by ``rule``; the module says what each rule means.

    Raises ``ValueError`` for a rule that the kind does not have.
    """
    if rule not in RULES_FOR_KIND[content.kind]:
        raise ValueError(f"{content.kind} is not marked by {rule}.")
    if isinstance(content, FreeText):
        return Outcome(Fraction(0) if is_blank(content, answer) else None, ())
    parts, credit = _judge(content, answer)
    if is_blank(content, answer):
        return Outcome(Fraction(0), (False,) * len(parts))
    if rule == MarkingRule.ALL_OR_NOTHING:
        credit = Fraction(credit == 1)
    return Outcome(credit, parts)


def points_to_fraction(points: Sequence[int | Decimal], rubric: Sequence[RubricLine]) -> Fraction:
    """The fraction that a marker's points make, one number for each line of the rubric.

    Raises ``ValueError`` when a line has no points or has fewer than 0 or more than its own.
    """
    if len(points) != len(rubric):
        raise ValueError(f"{len(rubric)} rubric lines need as many points, not {len(points)}.")
    if not all(0 <= given <= line.points for given, line in zip(points, rubric, strict=True)):
        raise ValueError("Each line earns from 0 to its own points.")
    return sum(map(Fraction, points), Fraction(0)) / sum(line.points for line in rubric)


def _judge(content: Content, answer: Any) -> tuple[tuple[bool, ...], Fraction]:
    """The parts, and the credit that partly right answers earn (0 or 1 where there are none)."""
    match content:
        case Single(options):
            return _whole(any(option.correct and option.id == answer for option in options))
        case TrueFalse(key):
            return _whole(answer is key)
        case Numeric(key, tolerance, unit):
            number = parse_number(answer, unit) if isinstance(answer, str) else None
            return _whole(number is not None and key - tolerance <= number <= key + tolerance)
        case Multiple():
            return _net(content, set(_list(answer)))
        case Fill(blanks):
            texts = _list(answer)
            accepted = [{fold(variant) for variant in variants} for variants in blanks]
            return _shares([fold(str(t)) in a for t, a in zip(texts, accepted, strict=False)], blanks, texts)
        case Matching(pairs):
            chosen = answer if isinstance(answer, dict) else {}
            return _shares([chosen.get(pair.left.id) == pair.right.id for pair in pairs], pairs, chosen)
        case Cloze(gaps):
            chosen_ids = _list(answer)
            keys = [{option.id for option in gap if option.correct} for gap in gaps]
            return _shares([c in key for c, key in zip(chosen_ids, keys, strict=False)], gaps, chosen_ids)
        case Ordering(items):
            order = _list(answer)
            kept = set(pairwise(order)) if len(set(order)) == len(order) else set()
            neighbours = list(pairwise(item.id for item in items))
            return _shares([pair in kept for pair in neighbours], neighbours, order[1:])
    raise TypeError(f"No rule for {content!r}.")


def _whole(right: bool) -> tuple[tuple[bool, ...], Fraction]:
    return (right,), Fraction(right)


def _shares(right: list[bool], parts: Any, answered: Any) -> tuple[tuple[bool, ...], Fraction]:
    """One share a part; parts that only the answer has earn nothing but count."""
    padded = (*right, *(False,) * (len(parts) - len(right)))
    return padded, Fraction(sum(right), max(len(parts), len(answered)))


def _net(content: Multiple, chosen: set[str]) -> tuple[tuple[bool, ...], Fraction]:
    correct = {option.id for option in content.options if option.correct}
    parts = tuple((option.id in chosen) == option.correct for option in content.options)
    return parts, Fraction(max(len(chosen & correct) - len(chosen - correct), 0), len(correct))


def _list(answer: Any) -> list[str]:
    return [str(part) for part in answer] if isinstance(answer, list) else []
