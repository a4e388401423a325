"""What each column means: guessed, shown, corrected, given back and remembered."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import Unreadable
from quizzes.formats.sheets import guess_mapping, read_sheet
from quizzes.formats.sheets.mapping import (
    Field,
    InvalidMapping,
    column_from,
    mappings_from_data,
    mappings_to_data,
)
from tests.formats.sheets.books import excel, rows

ODD = excel(rows(["旧题库"], ["问法", "甲项", "乙项", "对的", "出处"], ["题目在此", "甲", "乙", "B", "手册"]))
USUAL = excel(rows(["题型", "题干", "A", "B", "答案"], ["单选题", "题", "甲", "乙", "B"]), rows(["填写说明"]))


def test_a_guess_says_which_row_is_the_header_and_what_each_column_means():
    first, second = guess_mapping(USUAL, "x.xlsx").sheets

    assert (first.sheet, first.header, first.sure, first.is_read) == ("试题", 1, True, True)
    assert [column.code for column in first.columns] == ["kind", "stem", "option:1", "option:2", "answer"]
    assert [column.label for column in first.columns] == ["题型", "题干", "选项 A", "选项 B", "答案"]
    assert not second.is_read


def test_a_mapping_goes_through_json_unchanged():
    mappings = guess_mapping(USUAL, "x.xlsx")

    assert mappings_from_data(json.loads(json.dumps(mappings_to_data(mappings)))) == mappings


def test_a_corrected_mapping_reads_what_the_guess_could_not():
    with pytest.raises(Unreadable, match="表头"):
        read_sheet(ODD, "x.xlsx")
    corrected = {
        "sheet": "试题",
        "header": 2,
        "headers": ["问法", "甲项", "乙项", "对的", "出处"],
        "columns": ["stem", "option:1", "option:2", "answer", "topic"],
    }
    found = read_sheet(ODD, "x.xlsx", mappings_from_data({"sheets": [corrected]}))

    (question,) = found.questions
    assert (question.stem, question.topic, question.line) == ("题目在此", "手册", 3)
    assert [option.correct for option in question.content.options] == [False, True]
    assert [removed.line for removed in found.removed] == [1, 2]


def test_a_choice_is_remembered_for_the_same_headers_wherever_they_stand():
    known = guess_mapping(USUAL, "x.xlsx").sheets[0]
    later = guess_mapping(
        excel(rows(["新标题"], ["题型", "题 干", "A", "B", "答案"], ["单选题", "题", "甲", "乙", "B"])), "y.xlsx"
    )
    codes = ["ignore", "stem", "option:1", "option:2", "answer"]

    assert later.sheets[0].fingerprint == known.fingerprint
    assert later.fingerprint != guess_mapping(USUAL, "x.xlsx").fingerprint
    remembered = later.remembering({known.fingerprint: codes}).sheets[0]
    assert [column.code for column in remembered.columns] == codes
    assert remembered.header == 2
    assert later.remembering({"another": codes}) == later


def test_columns_can_be_named_by_their_headers():
    named = guess_mapping(USUAL, "x.xlsx").naming({"题型": "topic", " 答案 ": "explanation"}).sheets[0]

    assert [column.code for column in named.columns] == ["topic", "stem", "option:1", "option:2", "explanation"]


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"sheets": "x"},
        {"sheets": ["x"]},
        {"sheets": [{"sheet": "a"}]},
        {"sheets": [{"columns": ["stem"], "header": 0}]},
        {"sheets": [{"columns": ["stem"], "header": True}]},
        {"sheets": [{"columns": ["stem"], "headers": "x"}]},
        {"sheets": [{"columns": ["title"]}]},
        {"sheets": [{"columns": ["option:0"]}]},
        {"sheets": [{"columns": ["stem:2"]}]},
        {"sheets": [{"columns": ["stem", "stem"]}]},
    ],
)
def test_what_is_no_mapping_is_told(data):
    with pytest.raises(InvalidMapping) as told:
        mappings_from_data(data)
    assert any("\u4e00" <= char <= "\u9fff" for char in str(told.value))


@given(st.sampled_from(list(Field)), st.integers(1, 100))
def test_a_code_names_its_column(field, place):
    column = column_from(f"{field.value}:{place}" if field in (Field.OPTION, Field.WHY, Field.ANSWER) else field.value)

    assert column_from(column.code) == column
    assert column.label
