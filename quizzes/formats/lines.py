"""The lines that questions are read from: a text's lines, a document's paragraphs, each with its number."""

from dataclasses import dataclass
from enum import StrEnum


class Emphasis(StrEnum):
    """How a stretch of text stands out; in many Word files the only sign of the key."""

    RED = "red"
    BOLD = "bold"
    UNDERLINE = "underline"
    HIGHLIGHT = "highlight"


@dataclass(frozen=True)
class Stretch:
    """``text[start:end]`` of a line stands out by ``emphasis``."""

    start: int
    end: int
    emphasis: Emphasis


@dataclass(frozen=True)
class Line:
    """One line; ``number`` counts as the file does, from 1. ``cells`` is filled for a row of a table."""

    number: int
    text: str
    stretches: tuple[Stretch, ...] = ()
    cells: tuple[str, ...] = ()
