"""Where a reader stands among the rows: what is open, what came before, what is found so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from quizzes.formats.plain.blocks import Block, KeyList, Material, Section
from quizzes.formats.plain.headings import Heading
from quizzes.formats.plain.keys import letters_in, verdict_in
from quizzes.formats.plain.numbering import Style
from quizzes.formats.plain.rows import Row
from quizzes.formats.plain.shapes import Outlook, Shape
from quizzes.rules.vocabulary import Kind


class Zone(Enum):
    NONE = auto()
    STEM = auto()
    OPTIONS = auto()
    ANSWER = auto()
    EXPLANATION = auto()
    KEYS = auto()


@dataclass
class Segments:
    """``notes`` of the sections are headings and instructions; ``strays`` are rows that nothing takes.

    ``foreign`` are answers that somebody gave, and scores.
    """

    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    keys: list[KeyList] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    strays: list[Row] = field(default_factory=list)
    foreign: list[Row] = field(default_factory=list)

    def understood(self) -> list[Row]:
        """Headings, instructions, and what announces keys: rows that are no part of a question."""
        rows = [row for section in self.sections for row in section.notes]
        for keys in self.keys:
            rows += [row for place, (row, heading) in enumerate(keys.rows) if heading or place == 0]
        return rows


@dataclass
class Walk:
    """One walk over the rows. ``place`` is the row that is read, ``styles`` how each row's section numbers questions.

    ``last`` is the number of the last question, ``point`` that of the last point inside an answer that looks like a
    question's, ``items`` that of the last item of an ordering or matching question. ``waiting`` counts the questions
    without a key since the last list of keys.
    """

    rows: Sequence[Row]
    shapes: Sequence[Shape]
    ahead: Outlook
    styles: dict[int, Style]
    found: Segments = field(default_factory=Segments)
    section: Section = field(default_factory=Section)
    zone: Zone = Zone.NONE
    block: Block | None = None
    material: Material | None = None
    keys: KeyList | None = None
    topic: str = ""
    in_notes: bool = False
    last: int = 0
    point: int = 0
    items: int = 0
    blank_before: bool = False
    waiting: int = 0
    place: int = 0

    def __post_init__(self) -> None:
        self.found.sections.append(self.section)

    @property
    def kind(self) -> Kind | None:
        """The kind that the heading names."""
        return self.section.heading.kind if self.section.heading else None

    @property
    def since_keys(self) -> int:
        """How many questions have come since the last list of keys."""
        return len(self.found.blocks) - (self.found.keys[-1].blocks if self.found.keys else 0)

    def answer_is_open(self) -> bool:
        """Whether what is said so far may go on over several lines: it is no bare letter, sign or word of a key."""
        if self.zone == Zone.EXPLANATION:
            return True
        if self.block is None or self.block.answer is None:
            return False
        if len(self.block.answer) != 1:
            return True
        text = self.block.answer[0].text
        short = letters_in(text) or verdict_in(text)
        return not (short and not short[1])

    def close(self) -> None:
        """End the question that is open."""
        if self.block is not None and not has_key(self.block):
            self.waiting += 1
        self.block = None

    def open_section(self, row: Row, heading: Heading) -> None:
        self.close()
        if not heading.names_kind and row.heading != 1:  # the first level is the title of the file
            self.topic = heading.rest or heading.title
        self.section = Section(heading, self.topic, [row])
        self.found.sections.append(self.section)
        self.zone = Zone.NONE
        self.material = None
        self.in_notes = False
        self.last = self.point = self.items = 0


def has_key(block: Block) -> bool:
    """Whether something in or by the question could be its key."""
    return bool(block.answer or block.front_key or block.keyed)
