"""Whatever stands in a sheet, or in a file that says it is one: read, held, removed or refused; nothing is lost."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import Unreadable
from quizzes.formats.sheets import guess_mapping, read_sheet, write_sheet, write_template
from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.reading import guess_mappings, questions_in
from tests.formats.sheets.books import old_excel, open_document, parts_of, record, zipped
from tests.formats.sheets.tables import FULL, found

WORDS = [
    *FULL,
    "选项",
    "解析",
    "难度",
    "A",
    "AB",
    "对",
    "____",
    "（ ）",
    "1",
    "2/3",
    "a=b",
    "一、单选题",
    "填空题",
    "排序题",
    "配对题",
    "选词填空",
    "数值题",
    "简答题",
    "甲|乙",
    "A.甲 B.乙",
    "\\",
    "5±1",
    "7～9",
    "",
    "",
    "",
]
cells = st.sampled_from(WORDS) | st.text(max_size=6)


@given(st.lists(st.lists(cells, max_size=9), max_size=8), st.sampled_from(["试题", "单选题", "题库导出", ""]))
def test_any_cells_are_read_held_or_removed_and_no_row_is_lost(table, name):
    sheet = Sheet(name, tuple(Row(n, tuple(line)) for n, line in enumerate(table, 1) if any(line)))
    try:
        read = questions_in([sheet], guess_mappings([sheet]))
    except Unreadable:
        return
    lines = [piece.line for piece in (*read.questions, *read.held, *read.removed)]
    assert sorted(lines) == [row.number for row in sheet.rows]


@given(st.binary(max_size=300), st.sampled_from(["x.xlsx", "x.xls", "x.csv", "x.ods"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        read_sheet(data, name)
    except Unreadable as refused:
        assert str(refused)


OLD = old_excel(
    b"".join(record(0xFD, struct.pack("<HHHI", n // 3, n % 3, 0, n)) for n in range(6))
    + record(0x203, struct.pack("<HHHd", 3, 0, 1, 45659.0)),
    texts=["题干", "答案", "解析", "期限是____天", "七", "次日起算"],
    formats={0: "General", 1: "m-d"},
)
CALC = open_document(
    "<table:table><table:table-row><table:table-cell><text:p>题干</text:p></table:table-cell><table:table-cell>"
    "<text:p>答案</text:p></table:table-cell></table:table-row></table:table>"
)
TEMPLATE = write_template()
WHOLE = [TEMPLATE, write_sheet(read_sheet(TEMPLATE, "x.xlsx").questions), OLD, CALC]
bytes_in_places = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=6)


def refused_at_most(data: bytes) -> None:
    try:
        read_sheet(data, "x.xlsx")
        guess_mapping(data, "x.xlsx")
    except Unreadable as refused:
        assert any("\u4e00" <= char <= "\u9fff" for char in str(refused))


@given(st.sampled_from(WHOLE), bytes_in_places)
def test_a_damaged_workbook_is_read_or_refused(data, changes):
    damaged = bytearray(data)
    for place, byte in changes:
        damaged[place % len(damaged)] = byte
    refused_at_most(bytes(damaged))


PARTS = parts_of(TEMPLATE)
SCRAPS = [
    *(b"", b"<", b">", b"</c>", b'<c r="ZZZ9999999">', b'r="A0"', b'<row r="0">', b"&#xD800;", b"&#99999999;"),
    b's="999"',
    *(b"<v>nan</v>", b"<v>1e999</v>", b"<v>-1</v>", b't="d"', b't="e"', b"<!-- -->", b"<![CDATA[x]]>", b"\xff"),
    *(b'numFmtId="58"', b"<v>45659</v>", b't="b"', b"<f>1</f>", b"_x0000_", b'ref="A1:A99999999999"'),
]  # fmt: skip
scraps_in_places = st.lists(st.tuples(st.integers(0, 60_000), st.sampled_from(SCRAPS)), min_size=1, max_size=4)


@given(st.sampled_from(sorted(PARTS)), scraps_in_places)
def test_a_sound_archive_of_damaged_parts_is_read_or_refused(name, scraps):
    part = PARTS[name]
    for place, scrap in scraps:
        at = place % (len(part) + 1)
        part = part[:at] + scrap + part[at + len(scrap) :]
    refused_at_most(zipped({**PARTS, name: part}))


@pytest.mark.parametrize(
    "char", ["(", "（", "_", "1", "A", "/", "或", "\\", "'", " ", "=", "分", "；", "A ", "（ ", "1."]
)
@pytest.mark.parametrize("kind", ["单选题", "填空题", "数值题", "配对题", "排序题", "选词填空", "简答题", ""])
def test_long_runs_take_no_time(char, kind):
    text = (char * 32_000)[:32_000] + "完"
    found(FULL, (kind, text, text, text, "", "", text), (kind, "题", text, "乙", "", "", text))
