"""A list as an Excel file: nothing that people wrote is ever a formula."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from quizzes.formats.sheets.lists import write_list

DANGEROUS = ["=1+1", "+1-1", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "＝1+1"]


def sheet_of(headers, *rows, title="名单"):
    return openpyxl.load_workbook(BytesIO(write_list(title, headers, rows))).active


@pytest.mark.parametrize("text", DANGEROUS)
def test_neither_a_cell_nor_a_head_is_a_formula(text):
    sheet = sheet_of(["姓名", text], [text, text])

    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type == "s" for cell in cells)
    assert [cell.value for cell in cells] == ["姓名", *[f"'{text}"] * 3]


def test_values_keep_their_kind():
    row = ["小林", 3, Decimal("92.5"), date(2026, 11, 2), datetime(2026, 11, 2, 9, 30), None, "-5"]

    [cells] = sheet_of(list("甲乙丙丁戊己庚"), row).iter_rows(min_row=2, values_only=True)

    assert cells == ("小林", 3, 92.5, datetime(2026, 11, 2), datetime(2026, 11, 2, 9, 30), None, "-5")


@pytest.mark.parametrize("title", ["上架考核-A/B: [杯] *新*?", "'名单'", "长" * 40])
def test_any_title_makes_a_sheet(title):
    assert 0 < len(sheet_of(["姓名"], ["小林"], title=title).title) <= 31


def test_a_list_of_nobody_has_its_head():
    assert [cell.value for cell in sheet_of(["姓名"])[1]] == ["姓名"]
