"""Headers are found and understood in many wordings; what stands around them is told."""

from decimal import Decimal

import pytest

from quizzes.formats.found import FoundQuestion, to_report
from quizzes.formats.sheets import read_sheet
from quizzes.formats.sheets.cells import Span
from tests.formats.sheets.books import excel, rows
from tests.formats.sheets.tables import FULL, found, one, right


@pytest.mark.parametrize(
    "header",
    [
        ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案"),
        ("题目类型", "题目", "A", "B", "C", "D", "正确答案"),
        ("试题类型*", "试题内容（必填）", "选项1", "选项2", "选项3", "选项4", "标准答案"),
        ("類型", "題目", "選項A", "選項B", "選項C", "選項D", "參考答案"),
        ("Type", "Question", "Option A", "Option B", "Option C", "Option D", "Correct Answer"),
        ("题型", "问题", "备选项一", "备选项二", "备选项三", "备选项四", "答案（填字母，多选用逗号隔开）"),
        ("题型", "题干", "答案A", "答案B", "答案C", "答案D", "正确答案"),
        ("题型", "题干", "选项", "", "", "", "答案"),
        ("题型", "题干", "选项", "选项", "选项", "选项", "答案"),
    ],
)
def test_headers_are_understood_in_many_wordings(header):
    question = one(("单选题", "几天内退货", "一天", "三天", "五天", "七天", "D"), header)

    assert right(question) == ["七天"]
    assert len(to_report(question)["options"]) == 4


def test_what_stands_beside_the_question_is_kept():
    header = (*FULL, "答案解析", "分值", "难易度", "知识点", "适用平台", "标签", "编号")
    line = ("单选题", "题", "甲", "乙", "", "", "A", "因为", "2.5", "较难", "退换货", "抖店", "新人 旺季", "q-1")
    question = one(line, header)

    assert isinstance(question, FoundQuestion)
    assert (question.explanation, question.marks, question.difficulty) == ("因为", Decimal("2.5"), 4)
    assert (question.topic, question.platform) == ("退换货", "douyin")
    assert (question.tags, question.name, question.line) == (("新人", "旺季"), "q-1", 2)


def test_titles_and_instructions_above_the_header_are_removed_and_told():
    read = found(("客服题库",), ("说明：答案填字母",), (), FULL, ("单选题", "题", "甲", "乙", "", "", "A"))

    assert [(removed.line, removed.reason) for removed in read.removed] == [
        (1, "表头上方的标题或说明"),
        (2, "表头上方的标题或说明"),
        (4, "表头"),
    ]
    assert read.questions[0].line == 5


def test_a_header_of_two_rows_is_one_header():
    read = found(("题型", "题目", "选项", "", "答案"), ("", "", "A", "B", ""), ("单选题", "题", "甲", "乙", "B"))

    assert right(read.questions[0]) == ["乙"]


def test_a_second_header_begins_a_block_of_its_own():
    read = found(
        FULL,
        ("单选题", "一", "甲", "乙", "", "", "A"),
        ("二、判断题（每题2分）",),
        ("题型", "题干", "答案"),
        ("", "二", "对"),
    )

    assert [question.kind.value for question in read.questions] == ["single", "true_false"]
    assert read.questions[1].marks == Decimal(2)


def test_a_column_called_type_that_names_topics_is_no_kind():
    question = one(("退换货", "题", "甲", "乙", "A"), ("类型", "题目", "A", "B", "答案"))

    assert isinstance(question, FoundQuestion)
    assert question.topic == "退换货"


def test_merged_kinds_and_topics_hold_for_the_rows_below():
    lines = [("简答题", "一", "", "", "", "", "七天", "期限"), ("", "二", "", "", "", "", "七天")]
    read = found((*FULL, "知识点"), *lines, spans=(Span(0, 2, 3), Span(7, 2, 3)))

    assert [question.kind.value for question in read.questions] == ["free_text", "free_text"]
    assert [question.topic for question in read.questions] == ["期限", "期限"]


def test_without_a_header_everything_is_held_with_a_proposal():
    read = found(
        ("单选题", "第一题要怎么处理才对", "甲", "乙", "A"),
        ("单选题", "第二题要怎么处理才对", "丙", "丁", "B"),
    )

    assert not read.questions
    assert [right(held.proposal) for held in read.held] == [["甲"], ["丁"]]
    assert "表头" in read.held[0].reason


def test_a_sheet_without_a_header_beside_one_with_it_is_no_question_sheet():
    data = excel(rows(["请勿修改表头"]), rows(["题干", "答案"], ["题____", "七天"]))
    read = read_sheet(data, "x.xlsx")

    assert len(read.questions) == 1
    assert any("请勿修改表头" in removed.text for removed in read.removed)


def test_the_name_of_a_sheet_tells_the_kind():
    assert one(("题", "×"), ("题目", "答案"), name="判断题").kind.value == "true_false"
