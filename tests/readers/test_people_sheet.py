"""Sheets of people in the shapes in which they come."""

from datetime import date, datetime
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from quizzes.formats.found import Unreadable
from tests.trainer.sheets_of_people import TEAM, workbook
from trainer.readers.people_sheet import read_people
from trainer.readers.people_template import HEADERS, write_people_template
from trainer.rules.people.rows import PeopleFound, Wish


def of_cells(**cells):
    """The only row under these headers, beside a user name."""
    headers, row = ("工号", "姓名", *cells), ("K1", "何妍", *cells.values())
    return read_people(workbook(row, headers=headers), "a.xlsx")


def test_a_sheet_is_read_with_a_title_above_and_columns_in_any_order():
    headers = ("姓名", "员工编号", "所属小组", "直接上级", "入职时间", "手机")
    found = read_people(
        workbook(("何妍", "K1", "三组", "wu", "2026年11月2日", "138"), headers=headers, title="客服部花名册"), "a.xlsx"
    )

    person, = found.rows
    assert (person.username, person.name, person.teams, person.supervisor) == ("K1", "何妍", ("三组",), "wu")
    assert person.hired_on == date(2026, 11, 2)
    assert person.row == 3
    assert found.unknown == ("手机",)


def test_three_months_from_the_second_end_on_the_first():
    assert of_cells(入职日期="2026-11-02", 试用期="3个月").rows[0].probation_ends_on == date(2027, 2, 1)
    assert of_cells(入职日期="2026-11-30", 试用期="3个月").rows[0].probation_ends_on == date(2027, 2, 28)
    assert of_cells(入职日期="2026-11-02", 试用期="90天").rows[0].probation_ends_on == date(2027, 1, 31)


def test_a_cell_that_is_a_date_is_read_as_one():
    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["工号", "姓名", "入职日期"])
        sheet.write_row(1, 0, [10001, "何妍"])
        sheet.write_datetime(1, 2, datetime(2026, 11, 2), book.add_format({"num_format": "yyyy/m/d"}))

    person, = read_people(stream.getvalue(), "a.xlsx").rows

    assert (person.username, person.hired_on) == ("10001", date(2026, 11, 2))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"入职日期": "46328"}, "excel_serial"),
        ({"入职日期": 46328}, "excel_serial"),
        ({"入职日期": "11/02/2026"}, "day_backwards"),
        ({"入职日期": "2026-02-30"}, "no_such_day"),
        ({"入职日期": "下周一"}, "unclear_day"),
        ({"试用期": "3个月"}, "span_without_start"),
        ({"角色": "店长"}, "unknown_role"),
        ({"状态": "休假"}, "unknown_state"),
        ({"邮箱": "heyan@"}, "bad_email"),
        ({"小组": "组" * 41}, "too_long"),
        ({"企业微信账号": "w" * 121}, "too_long"),
    ],
)
def test_a_cell_that_says_nothing_clear_is_told(cells, code):
    found = of_cells(**cells)

    assert [(problem.row, problem.code) for problem in found.problems] == [(2, code)]
    assert not found.rows


def test_a_row_tells_everything_that_is_wrong_with_it():
    found = read_people(workbook(("", "何妍", "店长", "", "", "x")), "a.xlsx")

    assert [problem.code for problem in found.problems] == ["no_username", "unknown_role", "unclear_day"]


@pytest.mark.parametrize("name", ["何 妍", "he/yan", "he,yan"])
def test_a_user_name_that_cannot_be_one_is_told(name):
    assert [p.code for p in read_people(workbook((name, "何妍")), "a.xlsx").problems] == ["bad_username"]


def test_words_for_states_and_roles_are_many():
    rows = [(f"K{n}", "何妍", role, "", "", "", "", state) for n, (role, state) in enumerate(
        [("新人", "试用中"), ("组长", "在职"), ("Admin", "已离职"), ("客服", "重新入职")]
    )]  # fmt: skip
    found = read_people(workbook(*rows), "a.xlsx").rows

    assert [(row.role, row.state) for row in found] == [
        ("trainee", Wish.PROBATION), ("supervisor", Wish.WORKS), ("admin", Wish.LEFT), ("trainee", Wish.REHIRED),
    ]  # fmt: skip


def test_a_csv_of_gbk_is_read_and_blank_lines_are_nobody():
    data = "工号,姓名,小组\nK1,何妍,一组、二组\n,,\nK2,唐未,-\n".encode("gb18030")

    found = read_people(data, "人员.csv")

    assert [(row.username, row.teams) for row in found.rows] == [("K1", ("一组", "二组")), ("K2", ("-",))]


def test_what_is_kept_of_a_sheet_is_what_was_read():
    found = read_people(workbook(*TEAM), "a.xlsx")

    assert PeopleFound.from_data(found.to_data()) == found


def test_the_template_reads_as_its_own_examples():
    found = read_people(write_people_template(), "人员.xlsx")

    assert [row.username for row in found.rows] == ["zhoulan", "K1001", "K1002"]
    assert not found.problems and not found.unknown
    assert len(HEADERS) == 13


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4", "姓名,电话\n何妍,1\n".encode()])
def test_what_is_no_sheet_of_people_is_refused_in_chinese(data):
    with pytest.raises(Unreadable) as refused:
        read_people(data, "a.xlsx")

    assert "。" in str(refused.value)
