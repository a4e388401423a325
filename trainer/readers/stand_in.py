"""Stands in for ``trainer.readers.files`` until that is there."""

from dataclasses import dataclass

from quizzes.formats.found import FoundQuestion, Held, Removed
from quizzes.rules.questions import InvalidQuestion, content_from_data
from quizzes.rules.vocabulary import Kind


@dataclass(frozen=True)
class FileRead:
    format: str
    questions: tuple = ()
    held: tuple = ()
    removed: tuple = ()
    lessons: tuple = ()
    facts: tuple = ()
    products: tuple = ()
    error: str | None = None


def read_file(data, name, *, kind="auto", mapping=None, simplify=False, keep=frozenset()):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return FileRead("", error="读不出文字。")
    if not text.strip():
        return FileRead("text", error="文件是空的。")
    questions: list = []
    held: list = []
    removed: list = []
    block: list = []
    start = 1
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith("第 ") and line.endswith(" 页"):
            if number in keep:
                block.append(line)
            else:
                removed.append(Removed(number, line, "页码"))
        elif line.strip():
            if not block:
                start = number
            block.append(line.strip())
        elif block:
            _question(block, start, questions, held)
            block = []
    return FileRead("text", tuple(questions), tuple(held), tuple(removed))


def _question(block, start, questions, held):
    stem = block[0].lstrip("0123456789.、 ")
    key = next((line.split("：", 1)[1] for line in block if line.startswith("答案：")), "")
    options = [
        {"text": line[2:].strip(), "correct": line[0] in key}
        for line in block
        if line[0] in "ABCDEF" and line[1:2] in (".", "、")
    ]
    explanation = next((line.split("：", 1)[1] for line in block if line.startswith("解析：")), "")

    def made(kind, data):
        return FoundQuestion(kind, stem, content_from_data(kind, data, stem=stem), start, explanation)

    try:
        if options:
            right = sum(option["correct"] for option in options)
            if not right:
                proposal = [{**option, "correct": n == 0} for n, option in enumerate(options)]
                held.append(
                    Held(start, "\n".join(block), "没有找到答案，请选一个。", made(Kind.SINGLE, {"options": proposal}))
                )
            else:
                questions.append(made(Kind.SINGLE if right == 1 else Kind.MULTIPLE, {"options": options}))
        elif key in ("对", "错"):
            questions.append(made(Kind.TRUE_FALSE, {"answer": key == "对"}))
        else:
            held.append(Held(start, "\n".join(block), "看不出题型。"))
    except InvalidQuestion as error:
        held.append(Held(start, "\n".join(block), error.message))
