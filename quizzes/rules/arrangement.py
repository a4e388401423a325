"""The order in which one person sees a question, and what of the question a page may show.

Nothing that ``shown`` gives tells the key: no flags, reasons, accepted wordings, rubric or sample.
"""

from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar

from quizzes.rules.answers import FREE_TEXT_LIMIT, TEXT_LIMIT
from quizzes.rules.questions import (
    Cloze,
    Content,
    Fill,
    FreeText,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Part,
    Single,
    TrueFalse,
)
from quizzes.rules.vocabulary import Kind


@dataclass(frozen=True)
class Choice:
    """Something to choose or to move: its id is what the browser sends back."""

    id: str
    text: str


@dataclass(frozen=True)
class ShownOptions:
    """Options of a single or multiple choice, or the fixed two of true/false (ids ``true``, ``false``)."""

    kind: Kind
    options: tuple[Choice, ...]


@dataclass(frozen=True)
class ShownFill:
    """``blanks`` texts to type, each up to ``limit`` characters."""

    blanks: int
    limit: int = TEXT_LIMIT
    kind: ClassVar[Kind] = Kind.FILL


@dataclass(frozen=True)
class ShownNumeric:
    unit: str
    limit: int = TEXT_LIMIT
    kind: ClassVar[Kind] = Kind.NUMERIC


@dataclass(frozen=True)
class ShownMatching:
    lefts: tuple[Choice, ...]
    rights: tuple[Choice, ...]
    kind: ClassVar[Kind] = Kind.MATCHING


@dataclass(frozen=True)
class ShownOrdering:
    items: tuple[Choice, ...]
    kind: ClassVar[Kind] = Kind.ORDERING


@dataclass(frozen=True)
class ShownCloze:
    gaps: tuple[tuple[Choice, ...], ...]
    kind: ClassVar[Kind] = Kind.CLOZE


@dataclass(frozen=True)
class ShownFreeText:
    limit: int = FREE_TEXT_LIMIT
    kind: ClassVar[Kind] = Kind.FREE_TEXT


Shown = ShownOptions | ShownFill | ShownNumeric | ShownMatching | ShownOrdering | ShownCloze | ShownFreeText

TRUE_FALSE = (Choice("true", "正确"), Choice("false", "错误"))


def arrange(content: Content, rng: Random) -> dict[str, Any]:
    """The shuffled ids, ready for JSON; empty for kinds with nothing to shuffle.

    Left-hand sides keep their place and right-hand sides move. Steps to order never start in the right one.
    """
    match content:
        case Single(options) | Multiple(options):
            return {"options": _shuffled(options, rng)}
        case Matching(pairs, extra):
            return {"rights": _shuffled((*(pair.right for pair in pairs), *extra), rng)}
        case Ordering(items):
            right = [item.id for item in items]
            while (order := _shuffled(items, rng)) == right:
                pass
            return {"items": order}
        case Cloze(gaps):
            return {"gaps": [_shuffled(gap, rng) for gap in gaps]}
    return {}


def shown(content: Content, arrangement: dict[str, Any]) -> Shown:
    """What the page shows of ``content`` in the order of ``arrangement``, which was made from it."""
    match content:
        case Single(options) | Multiple(options):
            return ShownOptions(content.kind, _choices(options, arrangement["options"]))
        case TrueFalse():
            return ShownOptions(content.kind, TRUE_FALSE)
        case Fill(blanks):
            return ShownFill(len(blanks))
        case Numeric():
            return ShownNumeric(content.unit)
        case Matching(pairs, extra):
            lefts = tuple(Choice(pair.left.id, pair.left.text) for pair in pairs)
            return ShownMatching(
                lefts, _choices((*(pair.right for pair in pairs), *extra), arrangement["rights"])
            )
        case Ordering(items):
            return ShownOrdering(_choices(items, arrangement["items"]))
        case Cloze(gaps):
            return ShownCloze(
                tuple(_choices(gap, ids) for gap, ids in zip(gaps, arrangement["gaps"], strict=True))
            )
        case FreeText():
            return ShownFreeText()


def _shuffled(parts: tuple[Option, ...] | tuple[Part, ...], rng: Random) -> list[str]:
    ids = [part.id for part in parts]
    rng.shuffle(ids)
    return ids


def _choices(parts: tuple[Option, ...] | tuple[Part, ...], ids: list[str]) -> tuple[Choice, ...]:
    texts = {part.id: part.text for part in parts}
    return tuple(Choice(id_, texts[id_]) for id_ in ids)
