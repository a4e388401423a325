"""What a curriculum folder holds, as frozen dataclasses: the reader's answer and the loader's input."""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from quizzes.rules.dialogue.scenario import Dimension
from quizzes.rules.facts import Attribute, Fact
from quizzes.rules.questions import Content
from quizzes.rules.vocabulary import Feedback, Flag, Kind, MarkingRule, Mode, Platform
from trainer.readers.yaml_lines import Problem
from trainer.rules.course_words import CourseRole, UnitKind
from trainer.rules.vocabulary import LessonKind, Part, RequirementKind

CASE = "case"  # the tag that hand-written case questions carry in the bank


@dataclass(frozen=True)
class Placed:
    """An entry that knows the line on which it stands in its file; where it stands does not make it another."""

    line: int = field(default=1, compare=False, kw_only=True)


@dataclass(frozen=True)
class TopicEntry:
    slug: str
    name: str
    name_en: str


@dataclass(frozen=True)
class LessonEntry:
    slug: str
    kind: LessonKind
    title: str
    title_en: str
    summary: str
    platforms: tuple[Platform, ...]
    status: Flag
    topics: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    source: str
    review_by: date
    minutes: int
    order: int
    required: bool
    steps: tuple[str, ...]
    signs: tuple[str, ...]
    strategy: tuple[str, ...]
    do: tuple[str, ...]
    dont: tuple[str, ...]
    body: str
    facts: tuple[Fact, ...]
    fact_lines: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class QuestionEntry(Placed):
    slug: str
    lesson: str
    kind: Kind
    stem: str
    content: Content
    rule: MarkingRule
    topic: str
    platform: Platform
    difficulty: int
    explanation: str
    facts: tuple[str, ...]
    tags: tuple[str, ...]
    retrieval: bool
    case: bool


@dataclass(frozen=True)
class SectionEntry(Placed):
    title: str
    title_en: str
    topics: tuple[str, ...]
    platforms: tuple[Platform, ...]
    kinds: tuple[Kind, ...]
    min_difficulty: int
    max_difficulty: int
    count: int
    marks: Decimal


@dataclass(frozen=True)
class BlueprintEntry(Placed):
    slug: str
    title: str
    title_en: str
    instructions: str
    mode: Mode
    minutes: int
    pass_mark: Decimal
    pass_rationale: str
    max_attempts: int
    cooldown_hours: int
    feedback: Feedback
    sections: tuple[SectionEntry, ...]


@dataclass(frozen=True)
class RequirementEntry:
    slug: str
    kind: RequirementKind
    title: str
    title_en: str
    params: dict[str, Any]
    rationale: str
    part: Part = Part.NEITHER
    weight: int | None = None


@dataclass(frozen=True)
class PlanEntry:
    slug: str
    name: str
    name_en: str
    requirements: tuple[RequirementEntry, ...]
    theory_cut: int = 100
    practice_cut: int = 100


@dataclass(frozen=True)
class ProductEntry:
    """A product with what is to be known about it. ``facts`` carry the attributes by which they are asked about."""

    sku: str
    name: str
    shelf_on: date
    platforms: tuple[Platform, ...]
    facts: tuple[Fact, ...]
    source: str


@dataclass(frozen=True)
class SchemeEntry(Placed):
    """The assessment scheme, ``data`` in the shape that ``rules.assessment.scheme_from_data`` reads."""

    note: str
    data: dict[str, Any]


@dataclass(frozen=True)
class PromptEntry(Placed):
    """A question for telephone interviews."""

    slug: str
    dimension: Dimension
    text: str
    listen: str


@dataclass(frozen=True)
class UnitEntry(Placed):
    key: str
    kind: UnitKind
    target: str
    day: int
    after: tuple[str, ...]
    params: dict[str, Any]


@dataclass(frozen=True)
class CourseEntry(Placed):
    slug: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    role: CourseRole
    platform: Platform
    days: int
    units: tuple[UnitEntry, ...]


@dataclass(frozen=True)
class ShiftEntry:
    slug: str
    name: str
    name_en: str
    starts: time
    ends: time


@dataclass(frozen=True)
class Curriculum:
    """All that was read, and every problem found; load nothing while there is a problem."""

    topics: tuple[TopicEntry, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    lessons: tuple[LessonEntry, ...] = ()
    questions: tuple[QuestionEntry, ...] = ()
    blueprints: tuple[BlueprintEntry, ...] = ()
    plans: tuple[PlanEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    scheme: SchemeEntry | None = None
    prompts: tuple[PromptEntry, ...] = ()
    courses: tuple[CourseEntry, ...] = ()
    shifts: tuple[ShiftEntry, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for lesson in self.lessons for fact in lesson.facts)
