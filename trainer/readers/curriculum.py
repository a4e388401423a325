"""A curriculum folder → lessons, facts, questions, blueprints and plans, or every problem in it.

``python -m trainer.readers.curriculum FOLDER`` checks a folder without a database.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from quizzes.rules.facts import Attribute
from trainer.readers.blueprint_files import read_blueprint, read_plan
from trainer.readers.entries import Curriculum, LessonEntry, QuestionEntry, TopicEntry
from trainer.readers.lesson_files import SLUG, read_lesson
from trainer.readers.question_files import read_questions
from trainer.readers.yaml_lines import Fields, LocatedDict, Problem, load_yaml


def read_curriculum(folder: Path) -> Curriculum:
    """Read the whole folder. Never raises for what is written in it: see ``Curriculum.problems``."""
    problems: list[Problem] = []
    topics = [_read_topic(f) for f in _rows(folder, "topics.yaml", problems)]
    topic_slugs = {topic.slug for topic in topics}
    attributes = {a.key: a for a in _attributes(folder, problems)}
    lessons = _lessons(folder, topic_slugs, attributes, problems)
    questions = _questions(folder, lessons, topic_slugs, problems)
    blueprints = [
        read_blueprint(f, topics=topic_slugs) for f in _rows(folder, "blueprints.yaml", problems, required=False)
    ]
    plans = [
        read_plan(f, blueprints={b.slug for b in blueprints})
        for f in _rows(folder, "plans.yaml", problems, required=False)
    ]
    return Curriculum(
        tuple(topics),
        tuple(attributes.values()),
        tuple(lessons),
        tuple(questions),
        tuple(blueprints),
        tuple(plans),
        tuple(sorted(set(problems))),
    )


def _text(path: Path, folder: Path, problems: list[Problem]) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(str(path.relative_to(folder)), 1, "编码", "请把文件存成 UTF-8"))
        return ""


def _rows(folder: Path, name: str, problems: list[Problem], *, required: bool = True) -> Iterable[Fields]:
    path = folder / name
    if not path.is_file():
        if required:
            problems.append(Problem(name, 1, "文件", "缺少这个文件"))
        return []
    text = _text(path, folder, problems)
    rows = load_yaml(text, file=name, problems=problems)
    if not isinstance(rows, list):
        problems.append(Problem(name, 1, "YAML", "要写成列表"))
        return []
    fields = [Fields(row, file=name, problems=problems, where=f"第 {n} 项") for n, row in enumerate(rows, 1)]
    _report_doubles([(f.raw.get("slug"), name, f.line) for f in fields], "slug", problems)
    return fields


def _read_topic(fields: Fields) -> TopicEntry:
    topic = TopicEntry(
        fields.text("slug", longest=50), fields.text("name", longest=50), fields.text("name_en", longest=80)
    )
    if topic.slug and not SLUG.match(topic.slug):
        fields.wrong("slug", "只能用小写英文、数字和连字符")
    fields.no_others()
    return topic


def _attributes(folder: Path, problems: list[Problem]) -> Iterable[Attribute]:
    found: list[tuple[Any, str, int]] = []
    for path in sorted((folder / "attributes").glob("*.yaml")):
        file = str(path.relative_to(folder))
        raw = load_yaml(_text(path, folder, problems), file=file, problems=problems)
        if not isinstance(raw, LocatedDict):
            problems.append(Problem(file, 1, "YAML", "要写成“代号: 内容”的形式"))
            continue
        for key, body in raw.items():
            found.append((key, file, raw.lines[key]))
            fields = Fields(body, file=file, problems=problems, where=key, line=raw.lines[key])
            attribute = Attribute(
                key,
                fields.text("name", longest=40),
                fields.text("ask", longest=120),
                fields.text("state", longest=120),
                fields.boolean("siblings"),
                fields.text("match", required=False, longest=80),
            )
            _check_templates(fields, attribute)
            fields.no_others()
            yield attribute
    _report_doubles(found, "代号", problems)


def _check_templates(fields: Fields, attribute: Attribute) -> None:
    for name, template, wanted in (
        ("ask", attribute.ask, ("{subject}",)),
        ("state", attribute.state, ("{subject}", "{value}")),
    ):
        try:
            template.format(subject="", value="")
        except (KeyError, IndexError, ValueError):
            fields.wrong(name, "只能用 {subject} 和 {value} 两个占位")
        for placeholder in wanted:
            if template and placeholder not in template:
                fields.wrong(name, f"少了 {placeholder}")


def _lessons(
    folder: Path, topics: set[str], attributes: dict[str, Attribute], problems: list[Problem]
) -> list[LessonEntry]:
    lessons = []
    fact_keys: list[tuple[Any, str, int]] = []
    for path in sorted((folder / "lessons").glob("*.md")):
        file = str(path.relative_to(folder))
        lesson = read_lesson(
            _text(path, folder, problems),
            file=file,
            name=path.stem,
            topics=topics,
            attributes=attributes,
            problems=problems,
        )
        if lesson:
            lessons.append(lesson)
            fact_keys += [(fact.key, file, 1) for fact in lesson.facts]
    if not lessons and not problems:
        problems.append(Problem("lessons/", 1, "文件", "一课也没有"))
    _report_doubles(fact_keys, "facts.key", problems)
    return lessons


def _questions(
    folder: Path, lessons: list[LessonEntry], topics: set[str], problems: list[Problem]
) -> list[QuestionEntry]:
    by_slug = {lesson.slug: lesson for lesson in lessons}
    facts = {fact.key for lesson in lessons for fact in lesson.facts}
    questions: list[QuestionEntry] = []
    slugs: list[tuple[Any, str, int]] = []
    for path in sorted((folder / "questions").glob("*.yaml")):
        file = str(path.relative_to(folder))
        lesson = by_slug.get(path.stem)
        if lesson is None:
            problems.append(Problem(file, 1, "文件", f"没有叫“{path.stem}”的课程，或那一课没有读出来"))
            continue
        found = read_questions(
            _text(path, folder, problems), file=file, lesson=lesson, topics=topics, facts=facts, problems=problems
        )
        questions += found
        slugs += [(question.slug, file, 1) for question in found]
    _report_doubles(slugs, "slug", problems)
    return questions


def _report_doubles(found: list[tuple[Any, str, int]], key: str, problems: list[Problem]) -> None:
    counts = Counter(value for value, _, _ in found if value)
    for value, file, line in found:
        if counts[value] > 1:
            problems.append(Problem(file, line, key, f"“{value}”在别处已经用过，要唯一"))


def main(folder: str, out: Callable[[str], Any] = sys.stdout.write) -> int:
    curriculum = read_curriculum(Path(folder))
    for problem in curriculum.problems:
        out(f"{problem}\n")
    cases = sum(question.case for question in curriculum.questions)
    out(
        f"{len(curriculum.lessons)} 课，{len(curriculum.facts)} 个知识点，"
        f"{len(curriculum.questions)} 道手写题（情景题 {cases}），{len(curriculum.problems)} 处要改\n"
    )
    return 1 if curriculum.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
