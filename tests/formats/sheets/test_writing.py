"""What is written to a sheet comes back as the same questions, and no program runs any of it."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import FoundQuestion, QuestionsFound
from quizzes.formats.sheets import read_sheet, write_sheet
from quizzes.formats.sheets.writing import harmless
from quizzes.rules.questions import Ordering, TrueFalse
from quizzes.rules.vocabulary import Kind
from tests.formats.found_questions import of_kind, several, without_lines

PLAIN = FoundQuestion(Kind.TRUE_FALSE, "题干", TrueFalse(True), 1)


def again(questions) -> QuestionsFound:
    found = read_sheet(write_sheet(questions), "题库.xlsx")
    assert [held.reason for held in found.held] == []
    return found


@given(several)
def test_what_is_written_is_read_again(questions):
    assert without_lines(again(questions).questions) == questions


@given(of_kind(Kind.ORDERING), st.randoms(use_true_random=False))
def test_an_order_is_shown_as_it_was(question, random):
    assert isinstance(question.content, Ordering)
    displayed = [item.text for item in question.content.items]
    random.shuffle(displayed)
    question = replace(question, displayed=tuple(displayed))

    assert without_lines(again([question]).questions) == [question]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1-1", "-cmd|' /C calc'!A0", "@SUM(A1)", "'=1", "''+x", "＝1+1", "-5", "'", "'a"]
)
def test_a_text_that_looks_like_a_formula_is_neither_run_nor_changed(text):
    question = replace(PLAIN, stem=text, explanation=text, topic=text)

    data = write_sheet([question])

    assert without_lines(again([question]).questions) == [replace(question, line=1)]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    stream = io.StringIO()
    csv.writer(stream).writerows([[cell.value for cell in row] for row in sheet.iter_rows()])
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    for row in csv.reader(io.StringIO(stream.getvalue())):
        assert not any(cell[:1] in ("=", "+", "@", "＝") or (cell[:1] == "-" and cell != "-5") for cell in row)


def test_plain_numbers_stay_as_they_are():
    assert [harmless(text) for text in ("-5", "+3.5", "-20%", "-5天")] == ["-5", "+3.5", "-20%", "'-5天"]


def test_a_text_too_long_for_a_cell_is_told():
    question = replace(PLAIN, stem="长" * 40_000)

    with pytest.raises(ValueError, match="第 1 题"):
        write_sheet([question])
