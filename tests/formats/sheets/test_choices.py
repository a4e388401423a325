"""Options and keys of choices and judgements; what is contradictory is held."""

import pytest

from quizzes.formats.found import Held, to_report
from tests.formats.sheets.tables import FULL, found, one, right


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("A", ["甲"]),
        ("b", ["乙"]),
        ("Ｃ", ["丙"]),
        ("答案：D", ["丁"]),
        ("（A）", ["甲"]),
        ("乙", ["乙"]),
        ("A.", ["甲"]),
    ],
)
def test_the_key_of_a_single_choice(answer, texts):
    assert right(one(("单选题", "题", "甲", "乙", "丙", "丁", answer))) == texts


@pytest.mark.parametrize(
    "answer", ["AC", "A,C", "A、C", "A，C", "a c", "A;C", "A|C", "A和C", "ca", "甲；丙", "甲、丙", "甲\n丙"]
)
def test_the_key_of_a_multiple_choice(answer):
    assert right(one(("多选题", "题", "甲", "乙", "丙", "丁", answer))) == ["甲", "丙"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("单选题", "题", "甲", "乙", "", "", "AB"), "有 2 个"),
        (("多选题", "题", "甲", "乙", "", "", "A"), "只有一个"),
        (("单选题", "题", "甲", "乙", "", "", "C"), "没有选项 C"),
        (("单选题", "题", "甲", "乙", "", "", ""), "没有答案"),
        (("单选题", "题", "甲", "乙", "", "", "丙丁"), "既不是选项的字母"),
        (("单选题", "题", "甲", "", "", "", "A"), "不足两个"),
        (("单选题", "题", "甲", "甲", "", "", "A"), "出现了两次"),
        (("单选题", "题", "B", "A", "", "", "A"), "又是另一个选项的文字"),
        (("单选题", "题", "甲", "乙", "", "", "2"), "从 0 还是从 1"),
        (("单选题", "题", "3", "2", "1", "", "2"), None),
        (("单选题", "题", "3", "1", "2", "", "2"), "既像第几个选项"),
        (("单选题", "题（B）", "甲", "乙", "", "", "A"), "括号里写的是"),
        (("单选题", "", "甲", "乙", "", "", "A"), "没有题干"),
        (("奇怪题", "题", "甲", "乙", "", "", "A"), "不认识题型"),
        (("单选题", "【多选题】题", "甲", "乙", "", "", "A"), "另一种"),
        (("判断题", "题", "甲", "乙", "丙", "", "A"), "选项却不是"),
        (("判断题", "题", "", "", "", "", "A"), "看不出是对还是错"),
        (("判断题", "题", "", "", "", "", "也许"), "看不出是对还是错"),
        (("简答题", "题", "甲", "乙", "", "", "A"), "却有选项"),
        (("单选题", "题", "2025-01-02", "3-4", "", "", "A"), "像是被 Excel"),
    ],
)
def test_what_is_contradictory_is_held_with_its_reason(line, words):
    question = one(line)

    if words is None:
        assert right(question) == ["2"]
    else:
        assert isinstance(question, Held)
        assert words in question.reason
        assert (question.line, question.reason[-1]) == (2, "。")


def test_a_single_choice_with_two_keys_is_proposed_as_a_multiple_one():
    held = one(("单选题", "题", "甲", "乙", "丙", "", "AB"))

    assert isinstance(held, Held)
    assert held.proposal is not None
    assert held.proposal.kind.value == "multiple"


def test_a_blank_option_keeps_the_letters_of_the_others():
    assert right(one(("单选题", "题", "甲", "", "丙", "丁", "D"))) == ["丁"]


@pytest.mark.parametrize(
    "options",
    [
        "甲|乙|丙",
        "甲｜乙｜丙",
        "A.甲\nB.乙\nC.丙",
        "A、甲 B、乙 C、丙",
        "A.甲；B.乙；C.丙",
        "甲；乙；丙",
        "甲\n乙\n丙",
        "(A)甲 (B)乙 (C)丙",
    ],
)
def test_options_in_one_cell_are_taken_apart(options):
    question = one(("单选题", "题", options, "B"), ("题型", "题干", "选项（以|分隔）", "答案"))

    assert right(question) == ["乙"]
    assert len(to_report(question)["options"]) == 3


def test_letters_before_the_options_are_taken_off_only_where_all_have_theirs():
    assert right(one(("单选题", "题", "A.甲", "B.乙", "", "", "A"))) == ["甲"]
    assert right(one(("单选题", "题", "A 类商品", "C 类商品", "", "", "A"))) == ["A 类商品"]


def test_numbers_as_keys_are_sure_where_the_sheet_shows_how_it_counts():
    header = ("题干", "选项1", "选项2", "选项3", "答案")
    assert right(one(("题", "甲", "乙", "丙", "2"), header)) == ["乙"]
    read = found(FULL, ("单选题", "一", "甲", "乙", "丙", "", "3"), ("单选题", "二", "甲", "乙", "丙", "", "1"))
    assert [right(question) for question in read.questions] == [["丙"], ["甲"]]
    read = found(FULL, ("单选题", "一", "甲", "乙", "丙", "", "0"), ("单选题", "二", "甲", "乙", "丙", "", "1"))
    assert len(read.held) == 2
