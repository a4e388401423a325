"""One file of hand-written questions → ``QuestionEntry`` rows."""

from collections.abc import Mapping, Set

from quizzes.rules.questions import InvalidQuestion, Single, TrueFalse, content_from_data
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
from trainer.readers.yaml_lines import Fields, Problem, load_yaml

COMMON_FIELDS = (
    "options", "answer", "blanks", "tolerance", "unit", "pairs", "extra", "items", "gaps", "rubric", "sample",
)


def read_questions(
    text: str,
    *,
    file: str,
    lesson: LessonEntry,
    topics: Set[str],
    facts: Set[str],
    problems: list[Problem],
) -> list[QuestionEntry]:
    rows = load_yaml(text, file=file, problems=problems)
    if not isinstance(rows, list) or not rows:
        if rows is not None or not text.strip():
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
    case = fields.boolean("case")
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
        "tags": fields.texts("tags", required=False),
        "retrieval": fields.boolean("retrieval"),
        "case": case,
    }
    fields.no_others(*COMMON_FIELDS)
    try:
        content = content_from_data(kind, fields.raw, stem=stem)
    except InvalidQuestion as error:
        fields.wrong(error.key, error.message)
        return None
    if case and isinstance(content, Single) and any(not o.why for o in content.options if not o.correct):
        fields.wrong("options", "情景题的每个错项都要写 why：为什么错")
    if isinstance(content, TrueFalse) and fields.raw.get("answer") is None:
        return None
    return QuestionEntry(content=content, **entry_fields)
