"""One file of hand-written questions → ``QuestionEntry`` rows."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from quizzes.rules.questions import InvalidQuestion, Single, content_from_data
from quizzes.rules.vocabulary import (
    MAX_DIFFICULTY,
    MIN_DIFFICULTY,
    RULES_FOR_KIND,
    Kind,
    MarkingRule,
    Platform,
)
from trainer.readers.entries import LessonEntry, QuestionEntry
from trainer.readers.lesson_files import read_slug
from trainer.readers.yaml_lines import Fields, LocatedDict, Problem, load_yaml

FIELDS_OF_KIND: dict[Kind, tuple[str, ...]] = {
    Kind.SINGLE: ("options",),
    Kind.MULTIPLE: ("options",),
    Kind.TRUE_FALSE: ("answer",),
    Kind.FILL: ("blanks",),
    Kind.NUMERIC: ("answer", "tolerance", "unit"),
    Kind.MATCHING: ("pairs", "extra"),
    Kind.ORDERING: ("items",),
    Kind.CLOZE: ("gaps",),
    Kind.FREE_TEXT: ("rubric", "sample"),
}

# What an entry of each list may say, where it is written as "field: content" and not as a bare text.
FIELDS_OF_ENTRY: dict[str, tuple[str, ...]] = {
    "options": ("text", "correct", "why"),
    "pairs": ("left", "right"),
    "gaps": ("correct", "wrong"),
    "rubric": ("points", "text"),
    "blanks": (),
    "items": (),
    "extra": (),
}


def read_questions(
    text: str,
    *,
    file: str,
    lesson: LessonEntry,
    topics: Set[str],
    facts: Set[str],
    problems: list[Problem],
) -> list[QuestionEntry]:
    before = len(problems)
    rows = load_yaml(text, file=file, problems=problems)
    if not isinstance(rows, list) or not rows:
        if len(problems) == before:
            problems.append(Problem(file, 1, "YAML", "要写成试题的列表"))
        return []
    entries = []
    for number, raw in enumerate(rows, 1):
        fields = Fields(raw, file=file, problems=problems, where=f"第 {number} 题")
        entry = _read_question(fields, lesson=lesson, topics=topics, facts=facts)
        if entry:
            entries.append(entry)
    return entries


def _read_question(
    fields: Fields, *, lesson: LessonEntry, topics: Set[str], facts: Set[str]
) -> QuestionEntry | None:
    slug = read_slug(fields, "")
    if slug:
        fields.where = slug
    kind = fields.choice("kind", Kind)
    stem = fields.text("stem", longest=1000)
    if kind is None or not stem:
        return None
    topic = fields.text("topic", required=False) or (lesson.topics[0] if lesson.topics else "")
    if topic and topic not in topics:
        fields.wrong("topic", f"topics.yaml 里没有“{topic}”")
    keys = fields.texts("facts")
    for key in keys:
        if key not in facts:
            fields.wrong("facts", f"没有“{key}”这个知识点")
    default_platform = lesson.platforms[0] if len(lesson.platforms) == 1 else Platform.ALL
    rule = fields.choice("rule", MarkingRule, default=RULES_FOR_KIND[kind][0]) or RULES_FOR_KIND[kind][0]
    if rule not in RULES_FOR_KIND[kind]:
        fields.wrong("rule", f"这种题型的给分办法只能是：{'、'.join(RULES_FOR_KIND[kind])}")
    case, retrieval = fields.boolean("case"), fields.boolean("retrieval")
    if retrieval and kind == Kind.FREE_TEXT:
        fields.wrong("retrieval", "课末问题要当场知道对错，不能是简答题")
    entry_fields: Mapping = {
        "slug": slug,
        "lesson": lesson.slug,
        "kind": kind,
        "stem": stem,
        "rule": rule,
        "topic": topic,
        "platform": fields.choice("platform", Platform, default=default_platform) or default_platform,
        "difficulty": fields.integer("difficulty", least=MIN_DIFFICULTY, most=MAX_DIFFICULTY, default=2),
        "explanation": fields.text("explanation", longest=800),
        "facts": keys,
        "tags": fields.texts("tags", required=False, longest=40),
        "retrieval": retrieval,
        "case": case,
        "line": fields.line,
    }
    fields.no_others(*FIELDS_OF_KIND[kind])
    if not _is_clean(fields, FIELDS_OF_KIND[kind]):
        return None
    try:
        content = content_from_data(kind, fields.raw, stem=stem)
    except InvalidQuestion as error:
        fields.wrong(error.key, error.message)
        return None
    if case and isinstance(content, Single) and any(not o.why for o in content.options if not o.correct):
        fields.wrong("options", "情景题的每个错项都要写 why：为什么错")
    return QuestionEntry(content=content, **entry_fields)


def _is_clean(fields: Fields, names: tuple[str, ...]) -> bool:
    """Report what YAML read otherwise than it was meant: a text cut at a comma, ``no`` as false, a nested list.

    The commonest: in ``{text: 扣 2,000 元}`` the comma ends the text, and ``000 元`` becomes a field.
    """
    before = len(fields.problems)
    for name in names:
        value = fields.raw.get(name)
        entries = value if isinstance(value, list) else [value] if isinstance(value, LocatedDict) else []
        for number, entry in enumerate(entries, 1):
            for at, message in _misread(entry, FIELDS_OF_ENTRY.get(name, ())):
                line = at or fields.raw.lines[name]
                where = f"{fields.where}.{name}[{number}]"
                fields.problems.append(Problem(fields.file, line, where, message))
    return len(fields.problems) == before


def _misread(entry: Any, known: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Each mistake in one entry with its line, 0 for the line of the whole list."""
    if not isinstance(entry, LocatedDict):
        for text in entry if isinstance(entry, list) else [entry]:
            if isinstance(text, LocatedDict) and known == FIELDS_OF_ENTRY["gaps"]:
                yield from _misread(text, FIELDS_OF_ENTRY["options"])
            elif isinstance(text, bool | list | dict) or text is None:
                yield 0, "要写成一句文字（带冒号或特殊字符时放进双引号）"
        return
    for name, value in entry.items():
        if name not in known:
            yield entry.lines[name], f"没有“{name}”这个字段；文字里有逗号或冒号时要放进双引号"
        elif name == "correct" and known == FIELDS_OF_ENTRY["options"]:
            if not isinstance(value, bool):
                yield entry.lines[name], "correct 要写 true 或 false"
        elif isinstance(value, bool | dict):
            yield entry.lines[name], f"{name} 要写成文字（放进双引号）"
        elif name == "wrong":
            yield from ((entry.lines[name], message) for _, message in _misread(value, ()))
