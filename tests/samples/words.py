"""The Word samples: each takes the true questions and writes them in one style of question bank."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx.text.run import Run

from tests.samples.papers import Paper, Piece, bold, dark_red, highlighted, red

LETTERS = "ABCDEFGH"
Questions = Sequence[Mapping[str, Any]]


def letters(question: Mapping[str, Any]) -> str:
    """The key of a choice: ``B``, ``ACD``."""
    return "".join(
        letter for letter, option in zip(LETTERS, question["options"], strict=False) if option["correct"]
    )


def lettered(question: Mapping[str, Any], mark: str = ". ") -> list[str]:
    """The options with their letters: ``A. 退款``."""
    return [f"{letter}{mark}{option['text']}" for letter, option in zip(LETTERS, question["options"], strict=False)]


def is_true(question: Mapping[str, Any]) -> bool:
    return question["options"][0]["correct"]


# --- the key is nothing but colour or weight -------------------------------------------------------------

def red_options(questions: Questions) -> bytes:
    """The right options are red, no key is written."""
    paper = Paper(footer="客服部题库")
    paper.write("天猫客服题库（红色为正确答案）", "Title")
    for number, question in enumerate(questions, 1):
        paper.write(f"{number}. {question['stem']}")
        _marked_options(paper, question, red)
    return paper.content()


def highlighted_options(questions: Questions) -> bytes:
    """The right options are highlighted, four to a line; true and false are highlighted words."""
    paper = Paper()
    paper.write("唯品会客服测试", "Heading 1")
    for number, question in enumerate(questions, 1):
        paper.write(f"{number}、{question['stem']}")
        pieces: list[Piece] = []
        for letter, option in zip(LETTERS, question["options"], strict=False):
            text = f"{letter}、{option['text']}"
            pieces += [(text, highlighted) if option["correct"] else text, "    "]
        paper.write_marked(*pieces[:-1])
    return paper.content()


def red_letters_in_brackets(questions: Questions) -> bytes:
    """The key stands in the bracket and is red as well; the stem's first words are bold, which means nothing."""
    paper = Paper()
    paper.write_marked(("一、单选题（每题 5 分，共 40 分）", bold))
    for number, question in enumerate(questions, 1):
        before, after = question["stem"].split("（ ）")
        key = letters(question) if question["kind"] != "true_false" else ("√" if is_true(question) else "×")
        paper.write_marked((f"{number}．", bold), (before[:4], bold), f"{before[4:]}（", (key, dark_red), f"）{after}")
        if question["kind"] != "true_false":
            _marked_options(paper, question, lambda run: None)
    return paper.content()


def _marked_options(paper: Paper, question: Mapping[str, Any], emphasis: Callable[[Run], None]) -> None:
    for letter, option in zip(LETTERS, question["options"], strict=False):
        text = f"{letter}. {option['text']}"
        paper.write_marked((text, emphasis) if option["correct"] else text)


# --- numbers that are not in the text --------------------------------------------------------------------

def numbered_automatically(questions: Questions) -> bytes:
    """Word counts the questions and letters the options; the keys follow each question."""
    paper = Paper(header="云杉电商 客服培训资料", footer="第 1 页")
    paper.write("售后知识自测", "Heading 1")
    numbering = paper.new_list(question="%1、", option="%2．")
    for question in questions:
        paper.write_numbered(numbering, 0, question["stem"])
        if question["kind"] != "true_false":
            for option in question["options"]:
                paper.write_numbered(numbering, 1, option["text"])
        key = letters(question) if question["kind"] != "true_false" else ("正确" if is_true(question) else "错误")
        paper.write(f"答案：{key}")
        if question["explanation"]:
            paper.write(f"解析：{question['explanation']}")
    return paper.content()


# --- tables and columns ----------------------------------------------------------------------------------

def one_row_each(questions: Questions) -> bytes:
    """A table with a header row, one question a row, options in columns of their own."""
    paper = Paper()
    paper.write("抖音客服题库表", "Heading 1")
    rows = [["序号", "题型", "题目", "A", "B", "C", "D", "答案", "解析"]]
    names = {"single": "单选题", "multiple": "多选题", "true_false": "判断题"}
    for number, question in enumerate(questions, 1):
        options = [option["text"] for option in question["options"]]
        key = letters(question)
        if question["kind"] == "true_false":
            options, key = [], "对" if is_true(question) else "错"
        rows.append(
            [str(number), names[question["kind"]], question["stem"], *(options + [""] * 4)[:4], key,
             question["explanation"]]
        )  # fmt: skip
    paper.write_table(rows)
    return paper.content()


def options_in_columns(questions: Questions) -> bytes:
    """Options two a line, set apart by tabs; headers and footers on every page; keys at the end by number."""
    paper = Paper(header="2024 年客服技能大赛", footer="第 1 页 共 3 页")
    paper.write("2024 年客服技能大赛试题", "Title")
    paper.write("一、单项选择题（每题 4 分）")
    for number, question in enumerate(questions, 1):
        paper.write(f"{number}．{question['stem']}")
        lines = lettered(question, "．")
        for start in range(0, len(lines), 2):
            paper.write("\t\t".join(lines[start : start + 2]))
    paper.document.add_page_break()
    paper.write("参考答案")
    paper.write("  ".join(f"{number}．{letters(question)}" for number, question in enumerate(questions, 1)))
    return paper.content()
