"""The words of loading content: what a load, a file and an entry can be, and what is decided by itself."""

from collections.abc import Iterable
from enum import StrEnum

from quizzes.rules.generation.falsehood import loose
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
    Single,
    TrueFalse,
)


class LoadKind(StrEnum):
    """What the person says the files hold; ``AUTO`` leaves it to the reader."""

    AUTO = "auto"
    QUESTIONS = "questions"
    DOCUMENT = "document"
    PRODUCTS = "products"
    SCENARIOS = "scenarios"


class LoadState(StrEnum):
    READING = "reading"
    PREVIEWED = "previewed"
    CONFIRMED = "confirmed"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"
    FAILED = "failed"


class FileState(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    FAILED = "failed"


class EntryKind(StrEnum):
    QUESTION = "question"
    HELD = "held"
    LESSON = "lesson"
    PRODUCT = "product"
    SCENARIO = "scenario"
    REMOVED = "removed"


class Difference(StrEnum):
    """What an entry is against what is there. ``CHANGED`` reads the same as a question of the bank but has another
    key or explanation; ``DUPLICATE`` repeats an earlier entry of the load; ``NEAR`` only resembles something."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    NEAR = "near"


class Decision(StrEnum):
    OPEN = "open"
    TAKE = "take"
    SKIP = "skip"


def first_decision(kind: EntryKind, difference: Difference) -> Decision:
    """What is decided without a person: what is unsure or would change something that is there stays open."""
    if kind == EntryKind.REMOVED or difference in (Difference.SAME, Difference.DUPLICATE):
        return Decision.SKIP
    if kind == EntryKind.HELD or difference == Difference.CHANGED:
        return Decision.OPEN
    return Decision.TAKE


def key_of(content: Content) -> tuple:
    """What is right, whatever the order and the spelling: equal for two questions with the same key."""
    match content:
        case Single(options) | Multiple(options):
            return _right(options)
        case TrueFalse(answer):
            return (answer,)
        case Fill(blanks):
            return tuple(tuple(sorted(loose(variant) for variant in blank)) for blank in blanks)
        case Numeric(answer, tolerance, unit):
            return (answer.normalize(), tolerance.normalize(), unit)
        case Matching(pairs, _):
            return tuple(sorted((loose(pair.left.text), loose(pair.right.text)) for pair in pairs))
        case Ordering(items):
            return tuple(loose(item.text) for item in items)
        case Cloze(gaps):
            return tuple(_right(gap) for gap in gaps)
        case FreeText(rubric, sample):
            return (loose(sample), *((line.points, loose(line.text)) for line in rubric))


def _right(options: Iterable[Option]) -> tuple[str, ...]:
    return tuple(sorted(loose(option.text) for option in options if option.correct))
