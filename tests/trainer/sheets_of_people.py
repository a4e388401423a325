"""Sheets of people as somebody would send them."""

from io import BytesIO

from xlsxwriter import Workbook

HEADERS = ("工号", "姓名", "角色", "小组", "主管", "入职日期", "试用期截止", "状态", "邮箱", "企业微信账号")
TEAM = (
    ("wu", "吴晴", "主管", "三组", "", "", "", "", "", ""),
    ("K1", "何妍", "学员", "三组", "wu", "2026-11-02", "3个月", "", "heyan@example.com", "heyan"),
    ("K2", "唐未", "", "三组", "吴晴", "2026/11/3", "2027-02-02", "", "", ""),
)


def workbook(*rows, headers=HEADERS, title=None):
    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet("花名册")
        lines = [*([(title,)] if title else []), headers, *rows]
        for number, cells in enumerate(lines):
            for place, cell in enumerate(cells):
                sheet.write(number, place, cell)
    return stream.getvalue()


def many(count):
    """``count`` trainees in teams of twenty, each with a supervisor in the sheet."""
    teams = (count + 19) // 20
    leaders = [(f"s{n}", f"主管{n}", "主管", f"{n}队", "", "", "", "", "", "") for n in range(teams)]
    people = [
        (f"p{n}", f"员工{n}", "学员", f"{n // 20}队", "", "2026-11-02", "2027-02-01", "", f"p{n}@example.com", f"wx{n}")
        for n in range(count)
    ]
    return workbook(*leaders, *people)
