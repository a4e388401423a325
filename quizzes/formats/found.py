"""What every reader of questions gives back, whatever the file was, and its two plain shapes.

``to_data``/``from_data`` keep everything, for storing what was read. ``to_report`` is the public shape that
``load_content --dry-run --json`` prints.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2s
from typing import Any, Self

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
    content_from_data,
    content_to_data,
)
from quizzes.rules.vocabulary import Kind

ESSAY = "essay"  # what other systems call a free text
TRUE, FALSE = "正确", "错误"


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why, for the person who chose it."""


class Unwritable(ValueError):
    """A question does not fit into the format that it should be exported to; the message says which one and why."""


@dataclass(frozen=True)
class FoundQuestion:
    """One question as a file has it: its stem without number, kind mark, marks and page furniture.

    ``line`` is where it begins: the line of a text, the paragraph of a document, the row of a sheet. ``displayed``
    is the order in which an ordering question shows its steps. ``marks``, ``topic``, ``platform``, ``difficulty``,
    ``tags`` and ``name`` (an identifier of its own) are what the file says, if it does.
    """

    kind: Kind
    stem: str
    content: Content
    line: int
    explanation: str = ""
    displayed: tuple[str, ...] = ()
    marks: Decimal | None = None
    topic: str = ""
    platform: str = ""
    difficulty: int | None = None
    tags: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Held:
    """Something that looks like a question but was not sure enough: a person decides, with a proposed reading.

    ``text`` is the source as it stands, ``reason`` says in Chinese what is unsure and what to do.
    """

    line: int
    text: str
    reason: str
    proposal: FoundQuestion | None = None


@dataclass(frozen=True)
class Removed:
    """What cleaning took away (a page number, a footer, an advertisement).

    With its ``id``, which stays the same as long as the file does, it can be put back; without one it cannot.
    """

    line: int
    text: str
    reason: str
    id: str = ""

    @classmethod
    def undoable(cls, line: int, text: str, reason: str, nth: int = 1) -> Self:
        """With an ``id``; ``nth`` counts what is removed from the same line for the same reason and reads the same."""
        digest = blake2s(f"{text}|{reason}|{nth}".encode(errors="replace"), digest_size=6).hexdigest()
        return cls(line, text, reason, f"{line}-{digest}")


@dataclass(frozen=True)
class QuestionsFound:
    """All that a file of questions holds, in its order. ``format`` names the reader that read it."""

    format: str
    questions: tuple[FoundQuestion, ...] = ()
    held: tuple[Held, ...] = ()
    removed: tuple[Removed, ...] = field(default=())


# --- everything ------------------------------------------------------------------------------------------

def to_data(question: FoundQuestion) -> dict[str, Any]:
    """The JSON shape that keeps everything; ``from_data`` reads it back unchanged."""
    return {
        "kind": question.kind.value,
        "stem": question.stem,
        "content": content_to_data(question.content),
        "line": question.line,
        "explanation": question.explanation,
        "displayed": list(question.displayed),
        "marks": str(question.marks) if question.marks is not None else None,
        "topic": question.topic,
        "platform": question.platform,
        "difficulty": question.difficulty,
        "tags": list(question.tags),
        "name": question.name,
    }


def from_data(data: Mapping[str, Any]) -> FoundQuestion:
    """Raises ``InvalidQuestion`` or ``ValueError`` where the data was tampered with."""
    kind = Kind(data["kind"])
    return FoundQuestion(
        kind=kind,
        stem=data["stem"],
        content=content_from_data(kind, data["content"], stem=data["stem"]),
        line=data["line"],
        explanation=data["explanation"],
        displayed=tuple(data["displayed"]),
        marks=Decimal(data["marks"]) if data["marks"] is not None else None,
        topic=data["topic"],
        platform=data["platform"],
        difficulty=data["difficulty"],
        tags=tuple(data["tags"]),
        name=data["name"],
    )


# --- what is printed -------------------------------------------------------------------------------------

def to_report(question: FoundQuestion) -> dict[str, Any]:
    """The public shape: ``options`` with the right ones marked, ``answers`` by gap, ``pairs``.

    True/false always has the options 正确 and 错误. Ordering has its options as displayed and ``answers`` as one
    list per position in the right order. A numeric answer is ``[[value, tolerance]]``.
    """
    report: dict[str, Any] = {
        "kind": ESSAY if question.kind == Kind.FREE_TEXT else question.kind.value,
        "stem": question.stem,
        "options": [],
        "answers": [],
        "pairs": [],
        "explanation": question.explanation,
        "line": question.line,
    }
    match question.content:
        case Single(options) | Multiple(options):
            report["options"] = [_option(option.text, option.correct) for option in options]
        case TrueFalse(answer):
            report["options"] = [_option(TRUE, answer), _option(FALSE, not answer)]
        case Fill(blanks):
            report["answers"] = [list(variants) for variants in blanks]
        case Numeric(value, tolerance, _):
            report["answers"] = [[_number(value), _number(tolerance)]]
        case Matching(pairs, _):
            report["pairs"] = [[pair.left.text, pair.right.text] for pair in pairs]
        case Ordering(items):
            shown = question.displayed or tuple(item.text for item in items)
            report["options"] = [_option(text, True) for text in shown]
            report["answers"] = [[item.text] for item in items]
        case Cloze(gaps):
            report["options"] = [_option(option.text, option.correct) for gap in gaps for option in gap]
            report["answers"] = [[option.text for option in gap if option.correct] for gap in gaps]
        case FreeText(_, sample):
            report["answers"] = [[sample]] if sample else []
    return report


def _option(text: str, correct: bool) -> dict[str, Any]:
    return {"text": text, "correct": correct}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
