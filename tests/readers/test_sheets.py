"""A workbook as a document: tables, and what stands around them."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import Unreadable
from trainer.readers.registry import read_file
from trainer.rules.document import BlockKind


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "时效"
    for line in [
        ["售后时效"],
        [None, "事项", "时限"],
        [None, "退款审核", "48 小时"],
        ["以平台公示为准"],
        [],
        [None, "补发", "24 小时"],
    ]:
        sheet.append(line)
    sheet["C6"] = date(2025, 1, 2)
    sheet["C6"].number_format = 'm"月"d"日"'
    other = book.create_sheet("旧数据")
    other.append(["不用看"])
    other.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_becomes_tables_with_what_stands_around_them():
    document = read_file(workbook(), "时效.xlsx")

    assert [(block.kind, block.text or block.rows, block.line) for block in document.blocks] == [
        (BlockKind.HEADING, "时效", 1),
        (BlockKind.PARAGRAPH, "售后时效", 1),
        (BlockKind.TABLE, (("事项", "时限"), ("退款审核", "48 小时")), 2),
        (BlockKind.PARAGRAPH, "以平台公示为准", 4),
        (BlockKind.TABLE, (("补发", "1月2日"),), 6),
    ]
    assert (document.format, document.title) == ("sheet", "时效")
    assert [(left.line, "旧数据" in left.reason) for left in document.left_out] == [(1, True)]
    assert [(doubt.line, doubt.text) for doubt in document.doubts] == [(6, "1月2日")]


@given(st.binary(max_size=200))
def test_any_bytes_named_as_a_sheet_are_read_or_refused(data):
    try:
        read_file(data, "x.csv")
    except Unreadable as refused:
        assert str(refused)


def test_a_workbook_without_text_is_refused():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)

    with pytest.raises(Unreadable, match="没有文字"):
        read_file(stream.getvalue(), "x.xlsx")
