"""Sheets of monthly figures as people have them, and what is said of what cannot be read."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter

from trainer.readers.performance_sheet import read_performance
from trainer.readers.performance_template import HEADERS, write_performance, write_performance_template
from trainer.rules.vocabulary import Figure

OCTOBER = date(2026, 10, 1)


def csv(*lines):
    return "\n".join(lines).encode()


def problems(*lines, month=OCTOBER):
    read = read_performance(csv(*lines), "绩效.csv", month)
    assert not read.error
    return {line.line: line.problems for line in read.lines if line.problems}


def excel(rows, formats):
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("十月")
        sheet.write(0, 0, "2026 年 10 月客服绩效")
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                given = formats.get(column)
                if value == "=1/0":
                    sheet.write_formula(number, column, value, None, "#DIV/0!")
                    continue
                sheet.write(number, column, value, book.add_format({"num_format": given}) if given else None)
    return stream.getvalue()


def test_the_template_is_read_back():
    row = ["xiaolin", "林小满", "2026-10", "24", "1:20", "35%", "92.5", "5", "0.4"]

    read = read_performance(write_performance([row]), "模板.xlsx")

    assert read.error == "" and len(read.lines) == 1
    line = read.lines[0]
    assert (line.account, line.name, line.month, line.problems) == ("xiaolin", "林小满", OCTOBER, ())
    assert list(line.figures.values()) == [Decimal(n) for n in ("24", "80", "35", "92.5", "5", "0.4")]
    assert len(HEADERS) == len(row)


def test_an_empty_template_says_that_its_lines_have_no_figures():
    read = read_performance(write_performance_template([("xiaolin", "林小满")]), "模板.xlsx", OCTOBER)

    assert read.lines[0].problems == ("一项指标也没有",)


def test_excels_own_times_percentages_and_months():
    rows = [
        ["客服姓名", "统计月份", "首响时长", "平均响应时间", "转化率", "满意率"],
        ["林小满", 46296, 80 / 86400, 80 / 86400, 0.35, 0.925],
    ]
    formats = {1: "yyyy-mm", 2: "mm:ss", 3: "h:mm:ss", 4: "0%", 5: "0.0%"}

    line = read_performance(excel(rows, formats), "a.xlsx").lines[0]

    assert (line.month, line.problems) == (OCTOBER, ())
    assert list(line.figures.values()) == [80, 80, 35, Decimal("92.5")]


def test_columns_of_fractions_are_read_as_such_and_it_is_said():
    read = read_performance(csv("姓名,满意度,投诉率", "林小满,0.92,0.004", "王睿,0.88,0"), "a.csv", OCTOBER)

    assert [line.figures for line in read.lines] == [
        {Figure.SATISFACTION: 92, Figure.COMPLAINT_RATE: Decimal("0.4")},
        {Figure.SATISFACTION: 88, Figure.COMPLAINT_RATE: 0},
    ]
    assert any("满意度" in note and "小数" in note for note in read.notes)


def test_minutes_in_the_header_become_seconds():
    read = read_performance(csv("姓名,平均响应（分钟）", "林小满,1.5"), "a.csv", OCTOBER)

    assert read.lines[0].figures == {Figure.AVERAGE_REPLY: 90}


def test_totals_and_unknown_columns_are_left_out_and_told():
    read = read_performance(csv("姓名,首次响应,接待量", "林小满,24,300", "合计,24,300"), "a.csv", OCTOBER)

    assert [line.name for line in read.lines] == ["林小满"]
    assert len(read.notes) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("林小满,-3,92", "负数"), ("林小满,24,120", "超过 100%"), ("林小满,快,92", "不是时间"),
        ("林小满,24,好", "不是百分比"), (",24,92", "没有写是谁"), ("林小满,,", "一项指标也没有"),
        ("林小满,1:20:00,92", "超过一个小时"),
    ],
)  # fmt: skip
def test_a_line_says_what_is_wrong_with_it(line, said):
    found = problems("姓名,首次响应,满意度", line, "王睿,24,92")

    assert list(found) == [2]
    assert said in "".join(found[2])


def test_a_percentage_that_can_be_read_in_two_ways_is_asked():
    assert "看不出" in "".join(problems("姓名,满意度", "林小满,0.92", "王睿,88")[2])


def test_a_line_without_a_month_says_so_and_a_wrong_one_too():
    assert "没有月份" in "".join(problems("姓名,满意度", "林小满,92", month=None)[2])
    assert "看不出是哪一个月" in "".join(problems("姓名,月份,满意度", "林小满,上个月,92")[2])


def test_an_error_of_excel_is_a_problem_of_its_line():
    data = excel([["姓名", "满意度", "首次响应"], ["林小满", "=1/0", 24]], {})

    line = read_performance(data, "a.xlsx", OCTOBER).lines[0]

    assert line.figures == {Figure.FIRST_REPLY: 24}
    assert "#DIV/0!" in "".join(line.problems)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"MZ\x90", "题干,答案\n一加一,二".encode(), b"\xff\xfe\x00", b"PK\x03\x04broken"]
)
def test_files_that_are_no_such_sheet_are_refused(data):
    read = read_performance(data, "a.xlsx", OCTOBER)

    assert read.error and not read.lines
