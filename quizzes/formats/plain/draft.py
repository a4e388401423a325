"""A question on its way from lines to content: what is known of it so far, and how it ends."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from quizzes.formats.found import FoundQuestion, Held
from quizzes.formats.lines import Emphasis
from quizzes.formats.plain.blocks import Block
from quizzes.formats.plain.fill import with_gaps
from quizzes.formats.plain.headings import marks_in_stem
from quizzes.formats.plain.joining import joined
from quizzes.formats.plain.keys import EMPTY, HOLE
from quizzes.formats.plain.labels import Label
from quizzes.formats.plain.rows import Row, shadow_of
from quizzes.rules.question_fields import InvalidQuestion
from quizzes.rules.questions import content_from_data
from quizzes.rules.vocabulary import Kind

RUBRIC = "按参考答案给分"
_LEVELS = {
    "易": 1,
    "容易": 1,
    "简单": 1,
    "低": 1,
    "较易": 2,
    "中": 3,
    "中等": 3,
    "一般": 3,
    "较难": 4,
    "难": 5,
    "困难": 5,
    "高": 5,
}


@dataclass
class Signs:
    """How often each way to stand out was the only sign of a key in this file."""

    seen: Counter[Emphasis] = field(default_factory=Counter)

    def trusted(self) -> list[Emphasis]:
        """The ways that are how this file marks its keys: options that all stand out so are all right."""
        return [emphasis for emphasis, count in self.seen.items() if count >= 2]


@dataclass
class Draft:
    """``hint`` is the kind that a mark or the heading names, ``soft`` where it bends, ``named`` where 选择题 leaves
    it open. ``rows`` are stem and options without the marks. ``doubts`` are the reasons to hold it."""

    block: Block
    rows: list[Row]
    hint: Kind | None
    soft: bool
    named: bool
    marks: Decimal | None
    signs: Signs
    answer: str = ""
    explanation: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def draft_of(block: Block, signs: Signs) -> Draft:
    heading = block.section.heading
    hint, soft = (heading.kind, heading.soft) if heading else (None, False)
    named = heading.names_kind if heading else False
    marks = heading.marks if heading else None
    rows, found_mark = [], False
    for place, row in enumerate(block.rows):
        mark = marks_in_stem(row.shadow) if place < 8 else None
        if mark and mark.spans:
            if mark.names_kind and not found_mark:
                hint, soft, named, found_mark = mark.kind, mark.soft, True, True
            marks = mark.marks if mark.marks is not None else marks
            rows += _without(row, mark.spans)
        else:
            rows.append(row)
    said = block.details.get(Label.KIND, "")
    if said and not found_mark:
        mark = marks_in_stem(shadow_of(f"({said.strip('()（）【】')})"))
        if mark.names_kind:
            hint, soft, named = mark.kind, mark.soft, True
    worth = re.match(r"\d{1,3}(\.\d{1,2})?", block.details.get(Label.MARKS, ""))
    marks = Decimal(worth[0]) if worth else marks
    return Draft(block, rows, hint, soft, named, marks, signs, doubts=list(block.doubts))


def _without(row: Row, spans: tuple[tuple[int, int], ...]) -> list[Row]:
    pieces, start = [], 0
    for begin, end in spans:
        pieces.append(row.cut(start, begin))
        start = end
    pieces.append(row.cut(start))
    pieces = [piece for piece in pieces if piece.text]
    if len(pieces) > 1:  # a mark in the middle of a row: its two sides are one sentence
        return [replace(row, text=" ".join(piece.text for piece in pieces), stretches=())]
    return pieces


def clean_stem(text: str, *, gaps: bool = False) -> str:
    """The stem with its gaps and its empty brackets in the one way that they are written."""
    text = with_gaps(text, brackets=gaps)
    if not gaps and "(" in shadow_of(text):
        pieces, start = [], 0
        for found in EMPTY.finditer(shadow_of(text)):
            pieces += [text[start : found.start()], HOLE]
            start = found.end()
        text = "".join([*pieces, text[start:]])
    return text.strip()


def finish(
    draft: Draft, kind: Kind, stem: str, data: Mapping[str, Any], displayed: tuple[str, ...] = ()
) -> FoundQuestion | Held:
    """The question, or held where there is a doubt or its content does not hold together."""
    block = draft.block
    stem = clean_stem(stem, gaps=kind in (Kind.FILL, Kind.CLOZE))
    if block.material is not None:
        stem = "\n".join(part for part in (joined(block.material.rows), stem) if part)
    if not stem:
        return held(draft, "没有找到题干，请补上")
    try:
        content = content_from_data(kind, data, stem=stem)
    except InvalidQuestion as problem:
        return held(draft, f"{problem.message}，请核对")
    explanation = [*draft.explanation, *_unread(block), joined(block.explanation), joined(block.end_explanation)]
    question = FoundQuestion(
        kind=kind,
        stem=stem,
        content=content,
        line=block.line,
        explanation="\n".join(part for part in explanation if part),
        displayed=displayed,
        marks=draft.marks,
        topic=block.details.get(Label.TOPIC, "") or block.section.topic,
        difficulty=_difficulty(block.details.get(Label.DIFFICULTY, "")),
    )
    return held(draft, "", question) if draft.doubts else question


def held(draft: Draft, reason: str, proposal: FoundQuestion | None = None) -> Held:
    reasons = [*draft.doubts, reason] if reason else draft.doubts
    return Held(draft.block.line, draft.block.text, "；".join(dict.fromkeys(reasons)), proposal)


def _unread(block: Block) -> list[str]:
    """What the file says of difficulty or kind in words that mean nothing here: kept where a person sees it."""
    said = block.details.get(Label.DIFFICULTY, "")
    return [f"难度：{said}"] if said and _difficulty(said) is None else []


def _difficulty(said: str) -> int | None:
    said = said.strip("。. （）()")
    if re.fullmatch(r"[1-5](?:\s?[级星])?", said):
        return int(said[0])
    return _LEVELS.get(re.sub(r"[题度]$", "", said))
