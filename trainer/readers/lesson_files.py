"""One lesson file (YAML front matter, then Markdown) → a ``LessonEntry``."""

from collections.abc import Mapping, Set
from datetime import date

from quizzes.rules.facts import Attribute
from quizzes.rules.vocabulary import Flag, Platform
from trainer.readers.entries import LessonEntry
from trainer.readers.fact_entries import LessonDefaults, read_fact
from trainer.readers.yaml_lines import SLUG, Fields, Problem, load_yaml
from trainer.rules.vocabulary import LessonKind

FENCE = "---"
STATUSES = (Flag.CURRENT, Flag.SHOP_POLICY, Flag.VERIFY, Flag.COUNTER_EXAMPLE)
SHORTEST_BODY = 200
UNDATED = date.min  # stands in for a date that is wrong: nothing is loaded then


def split_front_matter(text: str) -> tuple[str, str, int] | None:
    """``(yaml, body, line on which the YAML starts)``, or ``None`` without two ``---`` lines."""
    lines = text.lstrip("\ufeff").splitlines()
    if not lines or lines[0].strip() != FENCE:
        return None
    for number, line in enumerate(lines[1:], 1):
        if line.strip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]).strip() + "\n", 2
    return None


def read_lesson(
    text: str,
    *,
    file: str,
    name: str,
    topics: Set[str],
    attributes: Mapping[str, Attribute],
    problems: list[Problem],
) -> LessonEntry | None:
    split = split_front_matter(text)
    if split is None:
        problems.append(Problem(file, 1, "YAML", "开头要有两行 ---，中间是课程的字段"))
        return None
    source, body, first_line = split
    raw = load_yaml(source, file=file, problems=problems, first_line=first_line)
    if raw is None:
        return None
    fields = Fields(raw, file=file, problems=problems)
    slug = read_slug(fields, name)
    kind = fields.choice("kind", LessonKind) or LessonKind.CASE
    status = fields.choice("status", Flag) or Flag.CURRENT
    if status not in STATUSES:
        fields.wrong("status", f"课程的状态只能是：{'、'.join(STATUSES)}")
    platforms = fields.choices("platforms", Platform)
    lesson_topics = fields.texts("topics")
    for topic in lesson_topics:
        if topic not in topics:
            fields.wrong("topics", f"topics.yaml 里没有“{topic}”")
    effective_from, effective_to = fields.date("effective_from"), fields.date("effective_to", required=False)
    if effective_from and effective_to and effective_to < effective_from:
        fields.wrong("effective_to", "早于 effective_from")
    defaults = LessonDefaults(
        slug, lesson_topics[0] if lesson_topics else "", status, platforms, effective_from, effective_to
    )
    located = fields.rows(
        "facts", lambda row: (read_fact(row, lesson=defaults, attributes=attributes), row.line)
    )
    is_type = kind == LessonKind.CUSTOMER_TYPE
    entry = LessonEntry(
        slug=slug,
        kind=kind,
        title=fields.text("title", longest=60),
        title_en=fields.text("title_en", longest=120),
        summary=fields.text("summary", longest=120),
        platforms=platforms,
        status=status,
        topics=lesson_topics,
        effective_from=effective_from or UNDATED,
        effective_to=effective_to,
        source=fields.text("source", longest=300),
        review_by=fields.date("review_by") or UNDATED,
        minutes=fields.integer("minutes", least=1, most=30),
        order=fields.integer("order", least=0, most=10_000),
        required=fields.boolean("required"),
        steps=fields.texts("steps", required=kind == LessonKind.PLAYBOOK, most=15),
        signs=fields.texts("signs", required=is_type),
        strategy=fields.texts("strategy", required=is_type),
        do=fields.texts("do", required=is_type),
        dont=fields.texts("dont", required=is_type),
        body=body,
        facts=tuple(fact for fact, _ in located),
        fact_lines=tuple(line for _, line in located),
    )
    fields.no_others()
    if len(body.strip()) < SHORTEST_BODY:
        problems.append(Problem(file, source.count("\n") + 4, "正文", f"太短，至少 {SHORTEST_BODY} 字"))
    return entry


def read_slug(fields: Fields, name: str) -> str:
    """The entry's slug, which must be well formed and, where a file name is given, equal to it."""
    slug = fields.text("slug", longest=80)
    if slug and not SLUG.match(slug):
        fields.wrong("slug", "只能用小写英文、数字和连字符")
    if slug and name and slug != name:
        fields.wrong("slug", f"要和文件名“{name}”一致")
    return slug
