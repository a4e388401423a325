"""Bytes to cells: what people typed comes back from every kind of sheet, or the doubt about it is told."""

import datetime
import io
import re
import struct

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.sheets.opening import read_sheets
from tests.formats.sheets.books import excel, old_excel, open_document, parts_of, record, zipped


def cells_of(data: bytes, name: str = "x.xlsx") -> list[tuple[str, ...]]:
    return [row.cells for row in read_sheets(data, name)[0].rows]


def typed(value, number_format: str) -> tuple[str, tuple[str, ...] | None]:
    """What is read of one cell, and its other readings where there is doubt."""
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    (row,) = read_sheets(stream.getvalue(), "x.xlsx")[0].rows
    return row.cell(0), row.doubts[0].readings if row.doubts else None


# --- what Excel makes of what is typed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (7.0, "General", "7"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (138_0000_0000, "General", "13800000000"),
        (-5, "General", "-5"),
        (7, "0.00", "7.00"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.5, "0%", "50%"),
        (0.285, "0.0%", "28.5%"),
        (0.29, "0%", "29%"),
        (0.5, "# ?/?", "1/2"),
        (1.25, "# ?/?", "1 1/4"),
        (99, '"¥"#,##0.00', "¥99.00"),
        (3, '0"天"', "3天"),
        (True, "General", "TRUE"),
        (datetime.time(9, 0), "h:mm", "9:00"),
        (datetime.time(9, 0), "h:mm:ss", "9:00"),
        (datetime.time(9, 0, 30), "h:mm:ss", "9:00:30"),
        (datetime.time(9, 5), "hh:mm", "09:05"),
        (datetime.time(9, 30), 'h"时"mm"分"', "9时30分"),
        (datetime.timedelta(hours=24), "[h]:mm:ss", "24:00"),
        (datetime.timedelta(hours=48, minutes=30), "[h]:mm", "48:30"),
        (1.0, "h:mm", "24:00"),
        (datetime.date(2025, 1, 2), "m-d", "1-2"),
        (datetime.date(2025, 1, 2), "m/d", "1/2"),
        (datetime.date(2025, 1, 2), "yyyy-mm-dd", "2025-01-02"),
        (datetime.datetime(2025, 1, 2), "yyyy-mm-dd h:mm:ss", "2025-01-02"),
        (datetime.datetime(2025, 1, 2, 8, 30), "yyyy-mm-dd h:mm", "2025-01-02 8:30"),
        (datetime.date(2025, 1, 2), "mm-dd-yy", "2025/1/2"),
        (datetime.date(2025, 1, 2), 'yyyy"年"m"月"d"日"', "2025年1月2日"),
    ],
)
def test_a_cell_that_is_certain_reads_as_it_was_typed(value, number_format, text):
    assert typed(value, number_format) == (text, None)


@pytest.mark.parametrize(
    ("value", "number_format", "readings"),
    [
        (datetime.date(2025, 1, 2), 'm"月"d"日"', ("1-2", "1/2", "1月2日")),
        (datetime.date(2025, 1, 2), "d-mmm", ("1-2", "1/2", "1月2日")),
        (datetime.date(2045, 3, 1), "mmm-yy", ("2045-3", "3-45", "2045年3月")),
        (12345678901234567890, "General", ("12345678901234600000",)),
    ],
)
def test_a_cell_that_may_have_been_typed_in_several_ways_is_doubted(value, number_format, readings):
    assert typed(value, number_format)[1] == readings


def test_errors_and_formulas_without_a_result_are_doubted():
    sheet = (
        '<sheetData><row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2"><f>A1</f></c>'
        '<c r="C2" t="str"><f>"a"</f><v>甲</v></c><c r="D2"><f>1+1</f><v>2</v></c></row></sheetData>'
    )
    (row,) = read_sheets(excel(sheet), "x.xlsx")[0].rows

    assert (row.number, row.cells) == (2, ("#DIV/0!", "", "甲", "2"))
    assert sorted(row.doubts) == [0, 1]
    assert "#DIV/0!" in row.doubts[0].reason


def test_dates_count_from_1904_where_the_book_says_so():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = datetime.date(2025, 1, 2)
    stream = io.BytesIO()
    book.save(stream)

    assert cells_of(stream.getvalue()) == [("2025-01-02",)]


# --- the parts of a workbook -----------------------------------------------------------------------------------


def test_shared_texts_leave_out_the_readings_of_their_characters():
    sheet = '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row></sheetData>'
    texts = (
        "<sst><si><r><t>退</t></r><r><t>货</t></r><rPh sb='0' eb='1'><t>tuihuo</t></rPh></si>"
        "<si><t>第一行_x000D_\n第二行</t></si></sst>"
    )
    data = excel(
        sheet,
        more={
            "xl/sharedStrings.xml": texts,
            "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='r0' Type='x/worksheet' "
            "Target='/xl/worksheets/s0.xml'/><Relationship Id='t' Type='x/sharedStrings' Target='sharedStrings.xml'/>"
            "</Relationships>",
        },
    )

    assert cells_of(data) == [("退货", "第一行\n第二行")]


def test_names_with_a_prefix_and_rows_out_of_order_are_understood():
    inner = (
        '<x:sheetData><x:row r="9"><x:c r="B9" t="str"><x:v>乙</x:v></x:c></x:row>'
        '<x:row r="3"><x:c r="A3"><x:v>7</x:v></x:c></x:row></x:sheetData>'
    )
    data = excel("", more={"xl/worksheets/s0.xml": f'<x:worksheet xmlns:x="urn:x">{inner}</x:worksheet>'})

    assert [(row.number, row.cells) for row in read_sheets(data, "x.xlsx")[0].rows] == [(3, ("7",)), (9, ("", "乙"))]


texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=6)
values = (
    texts | st.sampled_from(["_x000D_", "&amp;", "<c r='A1'/>", "]]>"]) | st.floats(-1e6, 1e6) | st.integers(0, 99999)
)


@given(st.lists(st.lists(values, max_size=5), min_size=1, max_size=5), st.booleans())
def test_a_usual_sheet_reads_the_same_as_an_unusual_one(table, inline):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": inline, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("表")
        date = book.add_format({"num_format": "d-mmm"})
        for row, line in enumerate(table):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write_number(row, column, value, date if column % 2 else None)
        sheet.merge_range(10, 0, 12, 0, "合并")
    parts = parts_of(stream.getvalue())
    commented = {name: re.sub(rb"</(worksheet|sst)>$", rb"<!-- --></\1>", part.strip()) for name, part in parts.items()}
    assert any(b"<!--" in part for part in commented.values())

    assert read_sheets(zipped(commented), "x.xlsx") == read_sheets(zipped(parts), "x.xlsx")


def test_hidden_sheets_and_cells_merged_downwards_are_told():
    book = openpyxl.Workbook()
    book.active.append(["单选题", "a"])
    book.active.append([None, "b"])
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:C1")
    book.create_sheet("字典").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    first, second = read_sheets(stream.getvalue(), "x.xlsx")

    assert [(span.column, span.first, span.last) for span in first.spans] == [(0, 1, 2)]
    assert (first.hidden, second.hidden) == (False, True)


# --- the other formats -----------------------------------------------------------------------------------------

CSV = '题型,题干,答案\r\n单选,"换\n行，有""引号""",A\r\n\r\n判断,七天,对\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_separated_text_reads_the_same_in_every_encoding(encoding):
    sheet = read_sheets(CSV.encode(encoding), "目录/题库.csv")[0]

    assert sheet.name == "题库"
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("题型", "题干", "答案")),
        (2, ("单选", '换\n行，有"引号"', "A")),
        (4, ("判断", "七天", "对")),
    ]


@pytest.mark.parametrize(
    ("separator", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv"), ("\t", "a.csv"), ("|", "a.txt")]
)
def test_the_separator_is_found_out(separator, name):
    lines = [["题干", "选项", "答案"], ["甲，乙；丙", "a、b", "A"], ["丁", "1.5", "B"]]
    text = "\n".join(separator.join(line) for line in lines)

    assert cells_of(text.encode(), name) == [tuple(line) for line in lines]


def test_a_quote_without_its_pair_loses_no_row_and_is_doubted():
    sheet = read_sheets('题干,答案\n"未完,A\n下一题,B\n'.encode(), "a.csv")[0]

    assert [row.cells for row in sheet.rows] == [("题干", "答案"), ('"未完', "A"), ("下一题", "B")]
    assert list(sheet.rows[1].doubts) == [0]


def test_an_old_excel_file_reads_as_calamine_reads_it_and_tells_dates():
    def place(row, column, style=0):
        return struct.pack("<HHH", row, column, style)

    cells = (
        record(0xFD, place(0, 0) + struct.pack("<I", 0))
        + record(0xFD, place(0, 1) + struct.pack("<I", 1))
        + record(0x203, place(1, 0) + struct.pack("<d", 0.1 + 0.2))
        + record(0x27E, place(1, 1, 1) + struct.pack("<I", 50 << 2 | 3))
        + record(0xBD, struct.pack("<HH", 2, 0) + struct.pack("<HIHIH", 0, 7 << 2 | 2, 2, 45659 << 2 | 2, 1))
        + record(0x205, place(3, 0) + bytes([1, 0]))
        + record(0x205, place(3, 1) + bytes([0x17, 1]))
        + record(0x06, place(4, 0) + struct.pack("<dHIH", 5.0, 0, 0, 0))
        + record(0x06, place(4, 1) + b"\0\0\0\0\0\0\xff\xff" + bytes(8))
        + record(0x207, b"\2\0\1" + "甲乙".encode("utf-16-le"))
        + record(0xE5, struct.pack("<H4H", 1, 0, 3, 0, 0))
    )
    data = old_excel(cells, texts=["题干", "答案"], formats={0: "General", 1: "0%", 2: 'm"月"d"日"'})
    (sheet,) = read_sheets(data, "a.xls")

    assert [row.cells for row in sheet.rows] == [
        ("题干", "答案"),
        ("0.3", "50%"),
        ("7", "1月2日"),
        ("TRUE", "#REF!"),
        ("5", "甲乙"),
    ]
    assert sheet.rows[2].doubts[1].readings[0] == "1-2"
    assert "#REF!" in sheet.rows[3].doubts[1].reason
    assert (sheet.name, [(span.column, span.first, span.last) for span in sheet.spans]) == ("试题", [(0, 1, 4)])
    other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert other[0] == ["题干", "答案"] and other[4] == [5.0, "甲乙"]


def test_an_open_document_reads_as_it_shows():
    def cell(shown, **values):
        attributes = " ".join(f'office:{name.replace("_", "-")}="{value}"' for name, value in values.items())
        return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"

    content = (
        '<table:table table:name="试题"><table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        "</table:table-row>"
        "<table:table-row>"
        + cell("甲<text:s text:c='2'/>乙", value_type="string")
        + '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>'
        + cell("50%", value_type="percentage", value="0.5")
        + cell("09:00:00", value_type="time", time_value="PT09H00M00S")
        + cell("01月02日", value_type="date", date_value="2025-01-02")
        + cell("2025/1/2", value_type="date", date_value="2025-01-02")
        + "<table:table-cell><office:annotation><text:p>批注</text:p></office:annotation><text:p>丙</text:p>"
        "</table:table-cell>" + '</table:table-row><table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    (sheet,) = read_sheets(open_document(content), "a.ods")

    assert [(row.number, row.cells) for row in sheet.rows] == [
        (3, ("甲  乙", "7", "7", "50%", "9:00", "01月02日", "2025/1/2", "丙"))
    ]
    assert sheet.rows[0].doubts[5].readings[:2] == ("1-2", "1/2")


def test_a_text_cut_between_two_records_is_one_text():
    cells = b"".join(record(0xFD, struct.pack("<HHHI", n, 0, 0, n)) for n in range(2))
    data = old_excel(cells, texts=["签收次日起算", "第二"], cut=8 + 3 + 6)

    assert cells_of(data, "a.xls") == [("签收次日起算",), ("第二",)]
