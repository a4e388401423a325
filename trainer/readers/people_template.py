"""The sheet of people to fill in, and the sheet of links that goes out afterwards."""

from collections.abc import Sequence
from io import BytesIO

from trainer.rules.people.rows import Column

HEADERS: dict[Column, str] = {
    Column.USERNAME: "工号/用户名",
    Column.NAME: "姓名",
    Column.ROLE: "角色",
    Column.TEAM: "小组",
    Column.SUPERVISOR: "主管",
    Column.HIRED: "入职日期",
    Column.PROBATION: "试用期截止",
    Column.STATE: "状态",
    Column.EMAIL: "邮箱",
    Column.WECOM: "企业微信账号",
    Column.DINGTALK: "钉钉账号",
    Column.FEISHU: "飞书账号",
    Column.OIDC: "单点登录账号",
}
EXAMPLES = (
    ("zhoulan", "周岚", "主管", "天猫一组", "", "", "", "在职", "zhoulan@example.com"),
    ("K1001", "林小满", "学员", "天猫一组", "zhoulan", "2026-11-02", "3个月", "", ""),
    ("K1002", "何妍", "学员", "天猫一组", "zhoulan", "2026-11-02", "2027-02-01", "", "heyan@example.com"),
)
NOTES = (
    "一行一个人，从“人员”表的第 2 行写起；前面几行是示例，写完请删掉。表头可以增减、换次序。",
    "工号/用户名：登录用，以后凭它认人，不要改。同一个人只写一行。",
    "角色：学员、主管或管理员；新人不写就是学员。",
    "小组：学员只写一个；主管写他带的小组，几个用顿号隔开。系统里没有的小组会新建。",
    "主管：写主管的工号；没有重名时也可以写姓名。给小组换主管，在小组的任意一行写新主管就行。",
    "入职日期、试用期截止：写成 2026-06-18。试用期也可以写“3个月”“90天”，从入职日期推算。主管和管理员不用写。",
    "状态：在职、试用期、已转正、离职、重新入职。离职的人不能再登录，成绩和结论都留着；回来上班写“重新入职”和新的入职日期。",
    "试用期的人要由主管出结论才能转正，不能用表格改。",
    "邮箱和各家账号：用公司账号登录时凭它认人，没有就空着。",
    "别的列（平台、手机等）不会导入，可以留着；确认以前会列出来。按平台学什么，由派课和转正方案定。",
    "空着的格不改原来的内容；要清掉，写一个“-”。密码不写在表里：新人会得到一个设置密码的链接。",
)
LAST_ROW = 5_000


def write_people_template() -> bytes:
    """The template as .xlsx; ``read_people`` reads its examples."""
    choices = {Column.ROLE: ["学员", "主管", "管理员"], Column.STATE: ["在职", "试用期", "已转正", "离职", "重新入职"]}
    return _workbook("人员", list(HEADERS.values()), EXAMPLES, choices, NOTES)


def write_links(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A sheet of links to set a password with."""
    return _workbook("设置密码", list(headers), rows, {}, ())


def _workbook(
    name: str,
    headers: list[str],
    rows: Sequence[Sequence[str]],
    choices: dict[Column, list[str]],
    notes: Sequence[str],
) -> bytes:
    from xlsxwriter import Workbook  # takes long to load, and only who writes sheets needs it

    stream = BytesIO()
    with Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(name)
        text = book.add_format({"num_format": "@"})  # an employee number keeps its zeros, a day its shape
        sheet.set_column(0, len(headers) - 1, 16, text)
        sheet.write_row(0, 0, headers, book.add_format({"bold": True, "bottom": 1, "num_format": "@"}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value, text)
        for column, words in choices.items():
            place = list(HEADERS).index(column)
            sheet.data_validation(1, place, LAST_ROW, place, {"validate": "list", "source": words})
        if notes:
            page = book.add_worksheet("填写说明")
            page.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
            for number, note in enumerate(notes):
                page.write_string(number, 0, note)
    return stream.getvalue()
