"""A curriculum folder → lessons, facts, questions, blueprints and plans, or every problem in it.

``python -m trainer.readers.curriculum FOLDER`` checks a folder without a database.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from quizzes.rules.facts import Attribute
from quizzes.rules.generation.gates import fingerprint
from trainer.readers.blueprint_files import read_blueprint
from trainer.readers.course_files import read_course, read_shift
from trainer.readers.entries import Curriculum, LessonEntry, QuestionEntry, SchemeEntry, TopicEntry
from trainer.readers.lesson_files import read_lesson
from trainer.readers.plan_files import read_plan
from trainer.readers.question_files import read_questions
from trainer.readers.scheme_files import read_prompts, read_scheme
from trainer.readers.yaml_lines import SLUG, Fields, LocatedDict, Problem, load_yaml
from trainer.rules.course_words import UnitKind

RETRIEVAL = range(2, 4)  # how many questions a lesson ends with

_Located = tuple[Any, str, int]


def read_curriculum(folder: Path) -> Curriculum:
    """Read the whole folder. Never raises for what is written in it: see ``Curriculum.problems``."""
    problems: list[Problem] = []
    if not folder.is_dir():
        return Curriculum(problems=(Problem(str(folder), 1, "文件夹", "没有这个文件夹"),))
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
    scheme = _scheme(folder, topic_slugs, problems)
    prompts = read_prompts(list(_rows(folder, "interview.yaml", problems, required=False)))
    known = {
        UnitKind.LESSON: {lesson.slug for lesson in lessons},
        UnitKind.EXAM: {blueprint.slug for blueprint in blueprints},
        UnitKind.PRACTICE: topic_slugs,
    }
    courses = [read_course(f, known) for f in _rows(folder, "courses.yaml", problems, required=False)]
    shifts = [read_shift(f) for f in _rows(folder, "shifts.yaml", problems, required=False)]
    return Curriculum(
        tuple(topics),
        tuple(attributes.values()),
        tuple(lessons),
        tuple(questions),
        tuple(blueprints),
        tuple(plans),
        tuple(sorted(set(problems))),
        scheme=scheme,
        prompts=prompts,
        courses=tuple(courses),
        shifts=tuple(shifts),
    )


def _files(folder: Path, name: str, ending: str, problems: list[Problem]) -> Iterator[tuple[Path, str, str]]:
    """Path, name for messages and text of each file of a sub-folder; others than ``*.ending`` are reported."""
    directory = folder / name
    for path in sorted(directory.iterdir()) if directory.is_dir() else []:
        file = str(path.relative_to(folder))
        if path.suffix != ending or not path.is_file():
            if not path.name.startswith("."):
                problems.append(Problem(file, 1, "文件", f"这里只放 {ending} 文件，别的不会导入"))
            continue
        text = _text(path, file, problems)
        if text is not None:
            yield path, file, text


def _text(path: Path, file: str, problems: list[Problem]) -> str | None:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(Problem(file, line, "编码", "请把文件存成 UTF-8"))
        return None
    if "\0" in text:
        problems.append(Problem(file, text.count("\n", 0, text.index("\0")) + 1, "编码", "有不能保存的空字符"))
        return None
    return text


def _rows(folder: Path, name: str, problems: list[Problem], *, required: bool = True) -> Iterable[Fields]:
    path = folder / name
    if not path.is_file():
        if required:
            problems.append(Problem(name, 1, "文件", "缺少这个文件"))
        return []
    before = len(problems)
    text = _text(path, name, problems)
    rows = load_yaml(text, file=name, problems=problems) if text is not None else None
    if not isinstance(rows, list):
        if len(problems) == before:
            problems.append(Problem(name, 1, "YAML", "要写成列表"))
        return []
    fields = [Fields(row, file=name, problems=problems, where=f"第 {n} 项") for n, row in enumerate(rows, 1)]
    _report_doubles([(f.raw.get("slug"), name, f.line) for f in fields], "slug", problems)
    return fields


def _scheme(folder: Path, topics: set[str], problems: list[Problem]) -> SchemeEntry | None:
    path, before = folder / "scheme.yaml", len(problems)
    text = _text(path, path.name, problems) if path.is_file() else None
    raw = load_yaml(text, file=path.name, problems=problems) if text is not None else None
    if text is None or len(problems) > before:
        return None
    return read_scheme(Fields(raw, file=path.name, problems=problems), topics=topics)


def _read_topic(fields: Fields) -> TopicEntry:
    topic = TopicEntry(
        fields.text("slug", longest=50), fields.text("name", longest=50), fields.text("name_en", longest=80)
    )
    if topic.slug and not SLUG.match(topic.slug):
        fields.wrong("slug", "只能用小写英文、数字和连字符")
    fields.no_others()
    return topic


def _attributes(folder: Path, problems: list[Problem]) -> Iterator[Attribute]:
    found: list[_Located] = []
    for _path, file, text in _files(folder, "attributes", ".yaml", problems):
        before = len(problems)
        raw = load_yaml(text, file=file, problems=problems)
        if not isinstance(raw, LocatedDict):
            if len(problems) == before:
                problems.append(Problem(file, 1, "YAML", "要写成“代号: 内容”的形式"))
            continue
        for key, body in raw.items():
            found.append((key, file, raw.lines[key]))
            fields = Fields(body, file=file, problems=problems, where=key, line=raw.lines[key])
            if len(key) > 60:
                fields.wrong("", "代号太长，最多 60 字")
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
        except (KeyError, IndexError, ValueError, AttributeError):
            fields.wrong(name, "只能用 {subject} 和 {value} 两个占位")
        for placeholder in wanted:
            if template and placeholder not in template:
                fields.wrong(name, f"少了 {placeholder}")


def _lessons(
    folder: Path, topics: set[str], attributes: dict[str, Attribute], problems: list[Problem]
) -> list[LessonEntry]:
    lessons = []
    fact_keys: list[_Located] = []
    for path, file, text in _files(folder, "lessons", ".md", problems):
        lesson = read_lesson(
            text, file=file, name=path.stem, topics=topics, attributes=attributes, problems=problems
        )
        if lesson:
            lessons.append(lesson)
            fact_keys += [
                (fact.key, file, line) for fact, line in zip(lesson.facts, lesson.fact_lines, strict=True)
            ]
    if not lessons and not problems:
        problems.append(Problem("lessons/", 1, "文件", "一课也没有"))
    _report_doubles(fact_keys, "facts.key", problems)
    return lessons


def _questions(
    folder: Path, lessons: list[LessonEntry], topics: set[str], problems: list[Problem]
) -> list[QuestionEntry]:
    by_slug = {lesson.slug: lesson for lesson in lessons}
    facts = {fact.key for lesson in lessons for fact in lesson.facts}
    questions: list[tuple[QuestionEntry, str]] = []
    for path, file, text in _files(folder, "questions", ".yaml", problems):
        lesson = by_slug.get(path.stem)
        if lesson is None:
            problems.append(Problem(file, 1, "文件", f"没有叫“{path.stem}”的课程，或那一课没有读出来"))
            continue
        before = len(problems)
        found = read_questions(text, file=file, lesson=lesson, topics=topics, facts=facts, problems=problems)
        questions += [(question, file) for question in found]
        if len(problems) == before:
            _check_retrieval(file, found, problems)
    problems += [
        Problem(f"lessons/{slug}.md", 1, "课末问题", f"缺少 questions/{slug}.yaml")
        for slug in by_slug
        if not (folder / "questions" / f"{slug}.yaml").is_file()
    ]
    _report_doubles([(q.slug, file, q.line) for q, file in questions], "slug", problems)
    _report_twins(questions, problems)
    return [question for question, _ in questions]


def _check_retrieval(file: str, questions: list[QuestionEntry], problems: list[Problem]) -> None:
    count = sum(question.retrieval for question in questions)
    if count not in RETRIEVAL:
        problems.append(Problem(file, 1, "retrieval", f"每课要有 2–3 道课末问题，现在是 {count} 道"))


def _report_twins(questions: list[tuple[QuestionEntry, str]], problems: list[Problem]) -> None:
    seen: dict[str, str] = {}
    for question, file in questions:
        first = seen.setdefault(fingerprint(question.stem, question.content), question.slug)
        if first != question.slug:
            problems.append(Problem(file, question.line, question.slug, f"和“{first}”读起来一样"))


def _report_doubles(found: list[_Located], key: str, problems: list[Problem]) -> None:
    counts = Counter(value for value, _, _ in found if isinstance(value, str) and value)
    for value, file, line in found:
        if isinstance(value, str) and counts[value] > 1:
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
