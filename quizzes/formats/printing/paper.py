"""What stands on a printed paper, line by line, whatever it is printed with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from random import Random
from string import ascii_uppercase

from quizzes.rules.arrangement import arrange
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
    split_stem,
)
from quizzes.rules.vocabulary import Kind

KINDS = {
    Kind.SINGLE: "单选题",
    Kind.MULTIPLE: "多选题",
    Kind.TRUE_FALSE: "判断题",
    Kind.FILL: "填空题",
    Kind.NUMERIC: "数值题",
    Kind.MATCHING: "配对题",
    Kind.ORDERING: "排序题",
    Kind.CLOZE: "选词填空",
    Kind.FREE_TEXT: "简答题",
}
NUMERALS = "一二三四五六七八九十"
ROOM = 6  # blank lines for a free text


@dataclass(frozen=True)
class Printed:
    """One question. ``lines`` follow the stem; ``room`` counts blank lines to write on; ``key`` is the right answer."""

    kind: Kind
    stem: str
    lines: tuple[str, ...]
    key: str
    explanation: str = ""
    room: int = 0

    def stem_line(self, number: int, *, with_kind: bool) -> str:
        return f"{number}. [{KINDS[self.kind]}] {self.stem}" if with_kind else f"{number}. {self.stem}"

    def answer_lines(self) -> Iterator[str]:
        """What the edition with the key adds."""
        yield f"答案：{self.key}"
        if self.explanation:
            yield f"解析：{self.explanation}"


@dataclass(frozen=True)
class Part:
    """A section; each of its questions is worth ``marks``."""

    title: str
    marks: Decimal
    questions: tuple[Printed, ...]

    @property
    def mixed(self) -> bool:
        return len({question.kind for question in self.questions}) > 1

    def heading(self, place: int) -> str:
        """``place`` counts from 0. Where all questions are of one kind, the heading says which."""
        numeral = NUMERALS[place] if place < len(NUMERALS) else str(place + 1)
        title = self.title
        if self.questions and not self.mixed and KINDS[self.questions[0].kind] not in title:
            title = f"{title} {KINDS[self.questions[0].kind]}".strip()
        total = self.marks * len(self.questions)
        return f"{numeral}、{title}（每题 {_marks(self.marks)} 分，共 {_marks(total)} 分）"


@dataclass(frozen=True)
class Paper:
    """A whole paper. ``note`` is what the head says under the title, ``mark`` names the paper in the foot."""

    title: str
    note: str
    mark: str
    parts: tuple[Part, ...]

    def numbered(self) -> Iterator[tuple[str, Sequence[tuple[int, Printed]], bool]]:
        """Each part's heading, its questions numbered through the paper, and whether each has to name its kind."""
        number = 0
        for place, part in enumerate(self.parts):
            first = number + 1
            number += len(part.questions)
            yield part.heading(place), list(enumerate(part.questions, first)), part.mixed


def printed(content: Content, stem: str, *, explanation: str, rng: Random) -> Printed:
    """A question as it is printed; ``rng`` shuffles what is to be chosen from, as it does on the screen."""
    order = arrange(content, rng)
    room = 0
    lines: Sequence[str] = ()
    match content:
        case Single(options) | Multiple(options):
            shown = _by_id(options, order["options"])
            lines = _lettered(option.text for option in shown)
            key = "".join(letter for letter, option in zip(ascii_uppercase, shown, strict=False) if option.correct)
        case TrueFalse(answer):
            stem, key = (stem if "（ ）" in stem else f"{stem}（ ）"), "正确" if answer else "错误"
        case Fill(blanks):
            key = "；".join("/".join(variants) for variants in blanks)
        case Numeric(value, tolerance, unit):
            stem = f"{stem}（单位：{unit}）____" if unit else f"{stem}____"
            key = f"{value} ± {tolerance}" if tolerance else f"{value}"
        case Matching(pairs, extra):
            rights = [part.text for part in _by_id((*(pair.right for pair in pairs), *extra), order["rights"])]
            lines = [*_counted(pair.left.text for pair in pairs), *_lettered(rights)]
            key = " ".join(
                f"{n}-{ascii_uppercase[rights.index(pair.right.text)]}" for n, pair in enumerate(pairs, 1)
            )
        case Ordering(items):
            shown_items = _by_id(items, order["items"])
            lines = _lettered(item.text for item in shown_items)
            key = "-".join(ascii_uppercase[shown_items.index(item)] for item in items)
        case Cloze(gaps):
            stem, lines, key = _cloze(stem, gaps, order["gaps"])
        case FreeText(rubric, sample):
            points = "".join(f"\n评分点（{line.points} 分）：{line.text}" for line in rubric)
            key, room = f"{sample}{points}".strip(), ROOM
    return Printed(content.kind, stem, tuple(lines), key, explanation, room)


def _cloze(stem: str, gaps: Sequence[Sequence[Option]], orders: Sequence[Sequence[str]]) -> tuple[str, list[str], str]:
    before = split_stem(stem)
    numbered = chain.from_iterable((text, f"____（{n}）") for n, text in enumerate(before[:-1], 1))
    lines, keys = [], []
    for number, (gap, order) in enumerate(zip(gaps, orders, strict=True), 1):
        shown = _by_id(gap, order)
        lines.append(f"（{number}）" + "  ".join(_lettered(option.text for option in shown)))
        keys += [f"（{number}）{letter}" for letter, o in zip(ascii_uppercase, shown, strict=False) if o.correct]
    return "".join([*numbered, before[-1]]), lines, " ".join(keys)


def _by_id(parts, ids: Sequence[str]) -> list:
    there = {part.id: part for part in parts}
    return [there[id_] for id_ in ids]


def _lettered(texts) -> list[str]:
    return [f"{letter}. {text}" for letter, text in zip(ascii_uppercase, texts, strict=False)]


def _counted(texts) -> list[str]:
    return [f"（{number}）{text}" for number, text in enumerate(texts, 1)]


def _marks(marks: Decimal) -> str:
    return f"{marks.normalize():f}"
