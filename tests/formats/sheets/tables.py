"""Sheets given as plain tables, read to questions."""

from quizzes.formats.found import FoundQuestion, Held, QuestionsFound, to_report
from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.reading import guess_mappings, questions_in

FULL = ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案")


def found(*table, name="试题", **more) -> QuestionsFound:
    sheet = Sheet(name, tuple(Row(n, tuple(line)) for n, line in enumerate(table, 1) if any(line)), **more)
    return questions_in([sheet], guess_mappings([sheet]))


def one(line, header=FULL, **more) -> FoundQuestion | Held:
    read = found(header, line, **more)
    assert len(read.questions) + len(read.held) == 1
    return (*read.questions, *read.held)[0]


def right(question: FoundQuestion | Held) -> list[str]:
    assert isinstance(question, FoundQuestion), question
    return [option["text"] for option in to_report(question)["options"] if option["correct"]]
