"""What a correction of a key may change, and whose answers it concerns."""

from collections.abc import Hashable

from quizzes.rules.questions import (
    Cloze,
    Content,
    Fill,
    FreeText,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Single,
    TrueFalse,
)


def same_key(one: Content, other: Content) -> bool:
    """Whether every answer earns the same by both: they differ in wording, reasons and samples at most."""
    return _key(one) == _key(other)


def shows_the_same(one: Content, other: Content) -> bool:
    """Whether the page of a person who is asked ``one`` could be that of a person who is asked ``other``.

    The ids and texts of all that can be chosen or moved are the same; only the key may differ.
    """
    return _seen(one) == _seen(other)


def _key(content: Content) -> Hashable:
    match content:
        case Single(options) | Multiple(options):
            return content.kind, frozenset((option.id, option.correct) for option in options)
        case Fill(blanks):
            return content.kind, tuple(frozenset(wordings) for wordings in blanks)
        case Matching(pairs, extra):
            return content.kind, frozenset((p.left.id, p.right.id) for p in pairs), frozenset(p.id for p in extra)
        case Ordering(items):
            return content.kind, tuple(item.id for item in items)
        case Cloze(gaps):
            return content.kind, tuple(frozenset((option.id, option.correct) for option in gap) for gap in gaps)
        case FreeText(rubric):
            return content.kind, rubric
        case TrueFalse() | Numeric():
            return content


def _seen(content: Content) -> Hashable:
    match content:
        case Single(options) | Multiple(options):
            return content.kind, frozenset((option.id, option.text) for option in options)
        case Fill(blanks):
            return content.kind, len(blanks)
        case Numeric(_, _, unit):
            return content.kind, unit
        case Matching(pairs, extra):
            rights = frozenset([*(pair.right for pair in pairs), *extra])
            return content.kind, frozenset(pair.left for pair in pairs), rights
        case Ordering(items):
            return content.kind, frozenset(items)
        case Cloze(gaps):
            return content.kind, tuple(frozenset((option.id, option.text) for option in gap) for gap in gaps)
        case TrueFalse() | FreeText():
            return content.kind
