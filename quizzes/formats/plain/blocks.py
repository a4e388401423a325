"""The pieces of a file: sections, the questions in them, and lists of keys that stand apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from quizzes.formats.plain.headings import Heading
from quizzes.formats.plain.labels import Label
from quizzes.formats.plain.numbering import Style
from quizzes.formats.plain.rows import Row


@dataclass
class Section:
    """A heading and what stands below it up to the next. ``notes`` are its lines that are no questions."""

    heading: Heading | None = None
    topic: str = ""
    notes: list[Row] = field(default_factory=list)


@dataclass
class Material:
    """A case that several questions share. ``span`` are the first and last number that it is for, if it says so.

    ``style`` is how the questions below it are numbered where it is itself a numbered case.
    """

    rows: list[Row]
    span: tuple[int, int] | None = None
    style: Style | None = None
    used: bool = False


@dataclass
class Block:
    """One question as its lines. ``answer`` is None where no line says the key; ``front_key`` stood before the number;
    ``keyed`` tells that a bracket or a mark in the rows could be the key.

    ``source`` are all its lines.
    """

    line: int
    section: Section
    number: int | None = None
    rows: list[Row] = field(default_factory=list)
    answer: list[Row] | None = None
    front_key: str = ""
    keyed: bool = False
    explanation: list[Row] = field(default_factory=list)
    details: dict[Label, str] = field(default_factory=dict)
    material: Material | None = None
    source: list[Row] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    end_key: list[Row] | None = None
    end_explanation: list[Row] = field(default_factory=list)
    marks: Decimal | None = None

    @property
    def text(self) -> str:
        rows = [*(self.material.rows if self.material else []), *self.source]
        return "\n".join(source_lines([*rows, *(self.end_key or []), *self.end_explanation]))


@dataclass
class KeyList:
    """Keys apart from their questions. ``blocks`` is how many questions stood before it."""

    rows: list[tuple[Row, Heading | None]]
    blocks: int


def source_lines(rows: Iterable[Row]) -> list[str]:
    """The rows as the file has them, each once: a line that was cut up stands in several rows."""
    lines: list[str] = []
    last: tuple[int, str] | None = None
    for row in rows:
        key = (row.line, row.source)
        if key != last:
            lines.append(row.source.strip())
        last = key
    return lines
