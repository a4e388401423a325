"""What is no sheet of questions, or was built to hurt, is refused in words; what is declared costs nothing."""

import sys
from contextlib import suppress

import pytest

from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.cells import Row, Sheet, Span
from quizzes.formats.sheets.opening import read_sheets
from tests.formats.sheets.books import container, excel, old_excel, open_document, record, rows

BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData/></worksheet>'
FAR = (
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    "</sheetData>"
)
REPEATED = (
    '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
    'office:value="1" table:number-columns-repeated="16000"/></table:table-row></table:table>'
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b" \n ", "空的"),
        (b"MZ\x90\x00program", "程序"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><table></table>", "网页"),
        (b"PK\x03\x04 and no more", "损坏"),
        (excel("", more={"xl/worksheets/s0.xml": BILLION}), "实体"),
        (excel("<sheetData><row>"), "损坏"),
        (excel(FAR), "列"),
        (excel('<sheetData><row r="1"><c r="A1" t="s"><v>5</v></c></row></sheetData>'), "损坏"),
        (open_document(REPEATED), "列"),
        (old_excel(b"", version=0x500), "Excel 95"),
        (old_excel(b"", globals_=record(0x2F, b"\1\0")), "密码"),
        (container(b""), "另存为 .xlsx"),
        (("题干,答案\n" + "长" * 40_000 + ",A").encode(), "第 2 行"),
        (("," * 400 + "x").encode(), "列"),
    ],
)
def test_what_is_no_sheet_of_questions_is_refused_in_words(data, words):
    with pytest.raises(Unreadable, match=words):
        read_sheets(data, "x.xlsx")


def test_a_declared_dimension_takes_no_memory():
    sheet = '<dimension ref="A1:XFD1048576"/>' + rows(["题干", "答案"])

    assert [row.cells for row in read_sheets(excel(sheet), "x.xlsx")[0].rows] == [("题干", "答案")]


def test_a_far_cell_costs_as_little_as_a_near_one():
    far = '<sheetData><row r="1048576"><c r="A1048576" t="str"><v>远</v></c></row></sheetData>'
    (row,) = read_sheets(excel(far), "x.xlsx")[0].rows

    assert (row.number, row.cells) == (1_048_576, ("远",))
    assert sys.getsizeof(row) < 200


def test_merged_cells_that_overlap_cost_no_more_than_the_rows():
    spans = tuple(Span(0, 1, 1_000_000) for _ in range(20_000))
    sheet = Sheet(
        "表", tuple(Row(number, ("甲",) if number == 1 else ("", "乙")) for number in range(1, 2_000)), spans=spans
    )

    assert [row.cells for row in sheet.filled_down()[:2]] == [("甲",), ("甲", "乙")]


@pytest.mark.parametrize("line", ["a\n", '"', "�,\n", '"a\n'])
def test_a_long_text_takes_no_time(line):
    with suppress(Unreadable):
        read_sheets((line * 300_000).encode(), "x.csv")
