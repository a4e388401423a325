"""A curriculum folder is read whole, or every mistake in it is named with file, line and field."""

import shutil
from pathlib import Path

import pytest

from quizzes.rules.facts import CountsFrom
from quizzes.rules.vocabulary import Kind, Platform
from tests.curricula import FILES, LESSON, QUESTIONS, edit, write_folder
from trainer.readers.curriculum import main, read_curriculum
from trainer.readers.yaml_lines import Problem


@pytest.fixture
def folder(tmp_path) -> Path:
    return write_folder(tmp_path)


def problems(folder: Path) -> list[Problem]:
    return list(read_curriculum(folder).problems)


def test_a_good_folder_is_read_without_a_problem(folder):
    curriculum = read_curriculum(folder)

    assert curriculum.problems == ()
    window, freight = curriculum.facts
    assert (window.counts_from, window.scope, window.topic) == (CountsFrom.NEXT_DAY, {Platform.TMALL}, "returns")
    assert freight.attribute.name == "运费承担方"
    assert [(q.kind, q.platform, q.retrieval) for q in curriculum.questions] == [
        (Kind.SINGLE, Platform.TMALL, True),
        (Kind.TRUE_FALSE, Platform.TMALL, True),
    ]
    assert curriculum.blueprints[0].sections[0].marks == 1
    assert curriculum.plans[0].requirements[0].params == {"blueprint": "small-exam", "at_least": 60}


# file, what stands there, what is written instead, the field that must be named; the line is that of the edit.
MISTAKES = [
    ("topics.yaml", "slug: returns", "slug: Returns", "slug"),
    ("topics.yaml", "name_en: Returns", "name_eng: Returns", "name_eng"),
    ("attributes/base.yaml", '"{subject}，运费由谁承担？"', "运费由谁承担？", "ask"),
    ("attributes/base.yaml", "由{value}承担", "由{valeu}承担", "state"),
    ("lessons/seven-days.md", "slug: seven-days", "slug: eight-days", "slug"),
    ("lessons/seven-days.md", "kind: platform_rule", "kind: rule", "kind"),
    ("lessons/seven-days.md", "title: 七天无理由", "title: " + "长" * 61, "title"),
    ("lessons/seven-days.md", "title: 七天无理由", "title:", "title"),
    ("lessons/seven-days.md", "platforms: [tmall]", "platforms: [jd]", "platforms"),
    ("lessons/seven-days.md", "status: current", "status: outdated", "status"),
    ("lessons/seven-days.md", "topics: [returns]", "topics: [return]", "topics"),
    ("lessons/seven-days.md", "effective_from: 2017-03-15", "effective_from: 去年", "effective_from"),
    ("lessons/seven-days.md", "effective_from: 2017-03-15", "effective_from: 2017-02-30", "YAML"),
    ("lessons/seven-days.md", "minutes: 3", "minutes: 三", "minutes"),
    ("lessons/seven-days.md", "minutes: 3", "minutes: 0", "minutes"),
    ("lessons/seven-days.md", "required: true", "required: 是", "required"),
    ("lessons/seven-days.md", "order: 10", "order: 10\norder: 11", "YAML"),
    ("lessons/seven-days.md", "order: 10", "ordre: 10", "ordre"),
    ("lessons/seven-days.md", "key: seven-window", "key: Seven Window", "key"),
    ("lessons/seven-days.md", "type: window", "type: deadline", "type"),
    ("lessons/seven-days.md", "number: 7", "number: 七", "number"),
    ("lessons/seven-days.md", "number: 7", "number: .inf", "number"),
    ("lessons/seven-days.md", "number: 7", "number: 7.555", "number"),
    ("lessons/seven-days.md", "unit: 天", "unit: 月", "unit"),
    ("lessons/seven-days.md", "event: 签收", "evnt: 签收", "evnt"),
    ("lessons/seven-days.md", "attribute: payer", "attribute: payers", "attribute"),
    ("lessons/seven-days.md", "wrong: [卖家, 平台]", "wrong: [卖家, 顾客]", "wrong"),
    ("lessons/seven-days.md", "wrong: [卖家, 平台]", "wrong: [卖家]", "wrong"),
    ("lessons/seven-days.md", "refs: [R-05]", "refs: R-05", "refs"),
    ("lessons/seven-days.md", "note: 签收次日算第一天。", "note: {a: b}", "note"),
    ("lessons/seven-days.md", "note: 签收次日算第一天。", 'note: "签收\\0次日"', "YAML"),
    ("lessons/seven-days.md", "note: 签收次日算第一天。", "note: [", "YAML"),
    ("questions/seven-days.yaml", "slug: seven-sign-day", "slug: 第一题", "slug"),
    ("questions/seven-days.yaml", "kind: single", "kind: singel", "kind"),
    ("questions/seven-days.yaml", "kind: single", "kind: multiple\n  rule: adjacent", "rule"),
    ("questions/seven-days.yaml", "facts: [seven-window]", "facts: [seven-windows]", "facts"),
    ("questions/seven-days.yaml", "correct: true", "correct: 对", "correct"),
    ("questions/seven-days.yaml", "correct: true", "corect: true", "corect"),
    ("questions/seven-days.yaml", "- text: 已经超过", "- text: no", "text"),
    ("questions/seven-days.yaml", "answer: true", "answer: 对", "answer"),
    ("questions/seven-days.yaml", "answer: true", "answer: true\n  options: []", "options"),
    ("questions/seven-days.yaml", "kind: true_false", "kind: fill\n  blanks: [[顾客]]\n  ansver: 1", "ansver"),
    ("blueprints.yaml", "pass_mark: 60", "pass_mark: 101", "pass_mark"),
    ("blueprints.yaml", "minutes: 5", "minutes: 5\n  colour: red", "colour"),
    ("blueprints.yaml", "count: 1", "count: 0", "count"),
    ("blueprints.yaml", "count: 1", "count: 1\n      marks: 0", "marks"),
    ("blueprints.yaml", "kinds: [single]", "kinds: [essay]", "kinds"),
    ("blueprints.yaml", "topics: [returns]", "topics: [nothing]", "topics"),
    ("blueprints.yaml", "count: 1", "count: 1\n      min_difficulty: 4\n      max_difficulty: 2", "max_difficulty"),
    ("plans.yaml", "blueprint: small-exam", "blueprint: big-exam", "blueprint"),
    ("plans.yaml", "at_least: 60", "at_least: 160", "at_least"),
    ("courses.yaml", "lesson: seven-days}", "lesson: eight-days}", "lesson"),
    ("courses.yaml", "practice: returns", "practice: nothing", "practice"),
    ("courses.yaml", "exam: small-exam", "exam: big-exam", "exam"),
    ("courses.yaml", "questions: 5", "questions: many", "questions"),
    ("courses.yaml", "questions: 5", "level: exam", "level"),
    ("courses.yaml", "lesson: seven-days}", "lesson: seven-days, exam: small-exam}", "一种"),
    ("courses.yaml", "{day: 1, lesson: seven-days}", "{day: 1}", "一种"),
    ("courses.yaml", "lesson: seven-days}", "lesson: seven-days, after: [small-exam]}", "绕成了圈"),
    ("courses.yaml", "lesson: seven-days}", "lesson: seven-days, after: [eight-days]}", "eight-days"),
    ("courses.yaml", "exam: small-exam", "key: seven-days, exam: small-exam", "另写 key"),
    ("courses.yaml", "day: 2, exam", "day: 3, exam", "第 3 天"),
    ("courses.yaml", "days: 2", "days: 0", "days"),
    ("shifts.yaml", '"23:30"', '"24:30"', "ends"),
    ("shifts.yaml", "name_en: Late", "name_en: Late, rest: 2", "rest"),
]


@pytest.mark.parametrize(("file", "old", "new", "key"), MISTAKES)
def test_a_mistake_is_named_with_file_line_and_field(folder, file, old, new, key):
    line = edit(folder, file, old, new)

    found = problems(folder)

    assert any(
        p.file == file and line <= p.line <= line + new.count("\n") + 1 and key in p.key + p.message for p in found
    ), found
    assert all(p.message for p in found)


def test_a_comma_that_cuts_a_text_in_flow_style_is_no_silent_loss(folder):
    line = edit(
        folder,
        "questions/seven-days.yaml",
        "- text: 已经超过\n      why: 把签收当天算成了第一天。",
        "- {text: 每月扣 2,000 元, why: 法律不许}",
    )

    [problem] = problems(folder)

    assert (problem.file, problem.line) == ("questions/seven-days.yaml", line)
    assert "000 元" in problem.message and "引号" in problem.message


@pytest.mark.parametrize(
    ("kind", "content", "wrong"),
    [
        ("matching", "pairs:\n  - [甲, 乙]\n  - [丙, 丁]", "pairs:\n  - [甲, 乙]\n  - [丙, 丁: 戊]"),
        (
            "matching",
            "pairs:\n  - [甲, 乙]\n  - {left: 丙, right: 丁}",
            "pairs:\n  - [甲, 乙]\n  - {left: 丙, rigth: 丁}",
        ),
        ("ordering", "items: [甲, 乙, 丙]", "items:\n  - 甲\n  - 先说: 您好\n  - 丙"),
        ("free_text", "rubric:\n  - {points: 2, text: 道歉}", "rubric:\n  - {points: 2, text: 赔 2,000 元}"),
        ("free_text", "rubric:\n  - {points: 2, text: 道歉}", "rubric:\n  - {points: 2, text: true}"),
        ("cloze", "gaps:\n  - {correct: 七, wrong: [八]}", "gaps:\n  - {correct: 七, wrong: [八], note: x}"),
        ("cloze", "gaps:\n  - {correct: 七, wrong: [八]}", "gaps:\n  - {correct: 七, wrong: [no]}"),
        ("cloze", "gaps:\n  - {correct: 七, wrong: [八]}", "gaps:\n  - - {text: 七, correct: true}\n    - {txt: 八}"),
        ("fill", "blanks: [[七, 7]]", "blanks: [[七: 7]]"),
        ("fill", "blanks: [七]", "blanks: [true]"),
    ],
)
def test_every_kind_says_which_entry_was_misread(folder, kind, content, wrong):
    def with_content(text):
        indented = text.replace("\n", "\n  ")
        gap = "____" if kind in ("fill", "cloze") else ""
        return QUESTIONS + (
            f"- slug: another-one\n  kind: {kind}\n  facts: [seven-window]\n  stem: 再问一次{gap}。\n"
            f"  {indented}\n  explanation: 因为。\n"
        )

    path = folder / "questions" / "seven-days.yaml"
    path.write_text(with_content(content), encoding="utf-8")
    assert problems(folder) == []
    path.write_text(with_content(wrong), encoding="utf-8")

    found = problems(folder)

    assert found and all(p.file == "questions/seven-days.yaml" for p in found)
    assert all(p.line > QUESTIONS.count("\n") and p.key.startswith("another-one.") for p in found)


def test_the_same_key_twice_names_both_lines(folder):
    text = LESSON.replace("key: seven-freight", "key: seven-window")
    (folder / "lessons" / "seven-days.md").write_text(text, encoding="utf-8")

    doubles = [p for p in problems(folder) if p.key == "facts.key"]

    assert [LESSON.splitlines()[p.line - 1].strip() for p in doubles] == ["- key: seven-window", "- key: seven-freight"]


def test_the_same_question_twice_names_the_other(folder):
    twin = QUESTIONS.split("- slug: seven-payer")[1].replace("  retrieval: true\n", "")
    (folder / "questions" / "seven-days.yaml").write_text(QUESTIONS + "- slug: twin" + twin, encoding="utf-8")

    [problem] = problems(folder)

    assert problem.key == "twin" and "seven-payer" in problem.message
    assert problem.line == QUESTIONS.count("\n") + 1


def test_a_lesson_ends_with_two_or_three_questions(folder):
    edit(folder, "questions/seven-days.yaml", "  retrieval: true\n", "")

    assert [(p.file, p.key) for p in problems(folder)] == [("questions/seven-days.yaml", "retrieval")]


def test_a_case_gives_the_reason_of_each_wrong_option(folder):
    line = edit(folder, "questions/seven-days.yaml", "      why: 把签收当天算成了第一天。\n", "")
    edit(folder, "questions/seven-days.yaml", "  kind: single\n", "  kind: single\n  case: true\n")

    [problem] = problems(folder)

    assert problem.key == "seven-sign-day.options" and problem.line < line + 2


@pytest.mark.parametrize("name", ["topics.yaml", "lessons/seven-days.md", "questions/seven-days.yaml"])
def test_a_file_that_is_not_utf8_is_named_once(folder, name):
    path = folder / name
    path.write_bytes(path.read_bytes().replace("七天".encode(), "七天".encode("gbk")).replace(b"Returns", b"\xff"))

    found = [p for p in problems(folder) if p.key == "编码"]

    assert [p.file for p in found] == [name]
    assert found[0].line >= 1 and "UTF-8" in found[0].message


def test_a_file_with_a_byte_order_mark_is_read(folder):
    for name in FILES:
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())

    assert problems(folder) == []


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("lessons/notes.txt", "笔记", "文件"),
        ("questions/seven-days.yml", "[]", "文件"),
        ("questions/other.yaml", "[]", "文件"),
        ("lessons/other.md", "没有字段的正文", "YAML"),
        ("topics.yaml", "returns", "YAML"),
        ("attributes/base.yaml", "- payer", "YAML"),
        ("questions/seven-days.yaml", "", "YAML"),
        ("questions/seven-days.yaml", "seven: 7", "YAML"),
        ("blueprints.yaml", "slug: one", "YAML"),
        ("topics.yaml", "- {slug: returns, name: \x07, name_en: x}", "YAML"),
        ("topics.yaml", "[" * 5000, "YAML"),
    ],
)
def test_a_file_of_the_wrong_shape_is_named(folder, name, text, key):
    (folder / name).write_text(text, encoding="utf-8")

    assert (name, key) in [(p.file, p.key) for p in problems(folder)]


@pytest.mark.parametrize("name", ["topics.yaml", "lessons", "questions/seven-days.yaml"])
def test_what_is_missing_is_named(folder, name):
    path = folder / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()

    assert any(name.split("/")[-1].removesuffix(".yaml") in str(p) for p in problems(folder))


def test_a_missing_folder_is_one_problem(tmp_path):
    found = problems(tmp_path / "nowhere")

    assert [(p.key, p.message) for p in found] == [("文件夹", "没有这个文件夹")]


def test_the_checker_prints_problems_and_tells_by_its_exit_code(folder):
    printed: list[str] = []
    assert main(str(folder), printed.append) == 0
    edit(folder, "plans.yaml", "at_least: 60", "at_least: many")

    assert main(str(folder), printed.append) == 1
    assert any("plans.yaml" in line and "at_least" in line for line in printed)
