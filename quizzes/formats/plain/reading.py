"""Text, Markdown, or lines of any origin → the questions in them."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from quizzes.formats.decoding import decode
from quizzes.formats.found import FoundQuestion, Held, QuestionsFound, Removed, Unreadable
from quizzes.formats.lines import Line
from quizzes.formats.plain.accounting import lost_words
from quizzes.formats.plain.blocks import source_lines
from quizzes.formats.plain.draft import Signs
from quizzes.formats.plain.fields import without_fields
from quizzes.formats.plain.furniture import without_furniture
from quizzes.formats.plain.judging import judge
from quizzes.formats.plain.lone import without_lone_marks
from quizzes.formats.plain.markup import looks_like_markdown, without_markup
from quizzes.formats.plain.matching_keys import give_keys
from quizzes.formats.plain.nested import with_letters
from quizzes.formats.plain.rows import Row, rows_of
from quizzes.formats.plain.segments import segments_of
from quizzes.formats.plain.tables import without_tables
from quizzes.formats.plain.walk import Segments

MOST_CHARACTERS = 5_000_000  # some 50,000 questions
_WEB_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.I)


@dataclass(frozen=True)
class Reading:
    """``found``, and ``understood``: the headings and instructions, which are in none of its parts."""

    found: QuestionsFound
    understood: tuple[str, ...]


def read_text(data: bytes | str, *, keep: Set[str] = frozenset()) -> QuestionsFound:
    """The questions of a text or Markdown file. ``keep`` holds the ids of removals that are to be undone.

    Raises ``Unreadable`` where the bytes are no text.
    """
    return read_everything(data, keep=keep).found


def read_everything(data: bytes | str, *, keep: Set[str] = frozenset()) -> Reading:
    """As ``read_text``, with an account of every line."""
    text = decode(data) if isinstance(data, bytes) else data.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("&nbsp;", " ")
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"文件超过 {MOST_CHARACTERS // 10_000} 万字，太大了。请拆成几个文件再导入。")
    if _WEB_PAGE.match(text[:500]):
        raise Unreadable("这是网页，不是纯文本。请把网页里的题目复制到文本文件，或者另存为 Word 文件后再试。")
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    rows = rows_of(with_letters(lines))
    markdown = looks_like_markdown(rows)
    return _read(rows, "markdown" if markdown else "text", keep, markdown=markdown)


def read_lines(lines: Sequence[Line], format: str, *, keep: Set[str] = frozenset()) -> QuestionsFound:
    """The questions in lines whose marks were read already, as those of a Word file; ``keep`` as in ``read_text``."""
    return _read(rows_of(with_letters(lines)), format, keep, markdown=False).found


def _read(rows: Sequence[Row], format: str, keep: Set[str], *, markdown: bool) -> Reading:
    content, removed = without_furniture(without_markup(rows, markdown=markdown), keep)
    segments = segments_of(without_fields(without_tables(without_lone_marks(content))))
    held = _with_keys(segments)
    signs = Signs()
    judged = [judge(block, signs) for block in segments.blocks]
    if signs.trusted():  # how this file marks its keys, only all its questions tell
        judged = [
            judge(block, signs) if isinstance(one, Held) else one
            for block, one in zip(segments.blocks, judged, strict=True)
        ]
    questions: list[FoundQuestion] = []
    for block, one in zip(segments.blocks, judged, strict=True):
        lost = lost_words(block, one) if isinstance(one, FoundQuestion) else ""
        if isinstance(one, Held):
            held.append(one)
        elif lost:
            reason = f"“{lost}”没有读进题目，请核对这几行"
            held.append(Held(block.line, block.text, reason, one))
        else:
            questions.append(one)
    held += [
        Held(row.line, row.source.strip(), "这一行是答案或解析，但看不出属于哪道题，请核对") for row in segments.strays
    ]
    for material in segments.materials:
        if not material.used:
            text = "\n".join(source_lines(material.rows))
            held.append(Held(material.rows[0].line, text, "这段材料没有对应的题目，请核对"))
    held.sort(key=lambda one: one.line)
    foreign = [Removed(row.line, row.source.strip(), "作答记录，不是题目") for row in segments.foreign]
    found = QuestionsFound(format, tuple(questions), tuple(held), _in_order([*removed, *foreign]))
    return Reading(found, tuple(row.source for row in segments.understood()))


def _with_keys(segments: Segments) -> list[Held]:
    held: list[Held] = []
    start = 0
    for keys in segments.keys:
        held += give_keys(keys, segments.blocks[start : keys.blocks])
        start = keys.blocks
    return held


def _in_order(removed: Sequence[Removed]) -> tuple[Removed, ...]:
    return tuple(sorted(removed, key=lambda one: one.line))
