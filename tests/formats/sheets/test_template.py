"""The template for download reads back as its examples, and says how to fill in every kind."""

import io
from decimal import Decimal

import openpyxl

from quizzes.formats.found import to_report
from quizzes.formats.sheets import read_sheet, write_template
from quizzes.formats.sheets.template import EXAMPLES
from quizzes.rules.vocabulary import Kind


def test_the_template_reads_back_as_its_examples():
    found = read_sheet(write_template(), "模板.xlsx")

    assert not found.held
    assert {question.kind for question in found.questions} == set(Kind)
    assert [question.stem for question in found.questions] == [example["题干"] for example in EXAMPLES]
    assert [question.explanation for question in found.questions] == [example.get("解析", "") for example in EXAMPLES]
    first = found.questions[0]
    assert (first.marks, first.difficulty, first.topic, first.platform) == (Decimal(2), 2, "退换货", "tmall")
    assert (first.tags, first.name, first.line) == (("期限",), "example-single", 2)


def test_the_examples_mean_what_they_say():
    reports = {report["kind"]: report for report in map(to_report, read_sheet(write_template(), "x.xlsx").questions)}

    assert [option["text"] for option in reports["single"]["options"] if option["correct"]] == ["签收次日"]
    assert [option["correct"] for option in reports["multiple"]["options"]] == [True, True, False, True]
    assert reports["true_false"]["options"][1] == {"text": "错误", "correct": True}
    assert reports["fill"]["answers"] == [["次日", "第二天"], ["7", "七"]]
    assert reports["numeric"]["answers"] == [[600, 0]]
    assert reports["matching"]["pairs"][0] == ["急躁型", "先安抚情绪"]
    assert reports["ordering"]["answers"][0] == ["道歉并安抚"]
    assert reports["ordering"]["options"][0]["text"] == "核对订单和发货记录"
    assert reports["cloze"]["answers"] == [["商家"], ["24"]]
    assert reports["essay"]["answers"][0][0].startswith("非常抱歉")


def test_the_header_stays_in_sight_and_kinds_are_picked_from_a_list():
    book = openpyxl.load_workbook(io.BytesIO(write_template()))
    sheet = book["试题"]

    assert sheet.freeze_panes == "C2"
    lists = [validation.formula1 for validation in sheet.data_validations.dataValidation]
    assert any("单选题" in choices and "简答题" in choices for choices in lists)
    assert "填写说明" in book.sheetnames
