"""A sheet of people: who works here, as what, in which team, since when."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.headers import word_of
from quizzes.formats.sheets.opening import read_sheets
from trainer.rules.people.rows import EXTERNAL, NOTHING, Column, PeopleFound, PersonRow, Problem, Wish

FIRST_ROWS = 20
MOST_PEOPLE = 20_000
LONGEST = {
    Column.USERNAME: 60, Column.NAME: 40, Column.TEAM: 400, Column.SUPERVISOR: 60, Column.EMAIL: 254,
    **dict.fromkeys(EXTERNAL, 120),
}  # fmt: skip
LONGEST_TEAM = 40

WORDS: dict[Column, str] = {
    Column.USERNAME: "工号/用户名 用户名 工号 登录名 账号 登录账号 员工编号 员工号 员工工号 人员编号 工号用户名 "
    "username employeeid employeeno account",
    Column.NAME: "姓名 员工姓名 名字 真实姓名 人员姓名 name displayname",
    Column.ROLE: "角色 身份 岗位角色 用户角色 role",
    Column.TEAM: "小组 组别 班组 所属小组 所在小组 团队 小组名称 客服组 team group",
    Column.SUPERVISOR: "主管 主管/组长 直属主管 主管工号 主管姓名 组长 直接上级 上级 直属上级 "
    "supervisor manager leader",
    Column.HIRED: "入职日期 入职时间 入职 到岗日期 入职日 入职年月日 hiredon hiredate startdate",
    Column.PROBATION: "试用期截止 试用期截止日期 试用期结束 试用期结束日期 试用期到期 试用期到期日 试用期到期日期 "
    "预计转正日期 试用期 试用截止 试用到期 probationendson probationend",
    Column.STATE: "状态 人员状态 在职状态 员工状态 任职状态 state status",
    Column.EMAIL: "邮箱 电子邮箱 企业邮箱 公司邮箱 工作邮箱 email mail e-mail",
    Column.WECOM: "企业微信账号 企业微信 企业微信id 企业微信userid 企微 企微账号 wecom",
    Column.DINGTALK: "钉钉账号 钉钉 钉钉userid 钉钉id 员工userid dingtalk",
    Column.FEISHU: "飞书账号 飞书 飞书userid 飞书id 飞书用户id feishu lark",
    Column.OIDC: "单点登录账号 统一登录账号 单点登录 统一身份账号 oidc sso",
}
_MEANING = {word: column for column, words in WORDS.items() for word in words.split()}

ROLES = {
    "trainee": "学员 客服 新人 新客服 实习生 员工 trainee agent",
    "supervisor": "主管 组长 客服主管 培训主管 supervisor",
    "admin": "管理员 培训师 培训管理员 系统管理员 admin administrator",
}
_ROLE = {word: role for role, words in ROLES.items() for word in words.split()}
STATES = {
    Wish.WORKS: "在职 正常 启用 active",
    Wish.PROBATION: "试用 试用期 试用中 probation",
    Wish.CONFIRMED: "转正 已转正 正式 正式员工 confirmed",
    Wish.LEFT: "离职 已离职 left",
    Wish.REHIRED: "重新入职 再次入职 返聘 rehired",
}
_STATE = {word: wish for wish, words in STATES.items() for word in words.split()}

_USERNAME = re.compile(r"[\w.@+-]+")
_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+")
_DAY = re.compile(
    r"((?:19|20)\d{2})\s?(?:[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?|(\d{2})(\d{2}))(?:[ T]0?0:00.{0,6})?"
)
_SPAN = re.compile(r"(\d{1,3})\s?(个月|月|天|日)")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_BACKWARDS = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_APART = re.compile(r"[、，,；;/|\n]+")
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class _Header:
    row: int
    columns: dict[Column, int]
    unknown: tuple[str, ...]


class _Wrong(Exception):
    """A cell that cannot be read."""

    def __init__(self, code: str, **params: Any):
        super().__init__(code)
        self.code, self.params = code, params


def read_people(data: bytes, filename: str) -> PeopleFound:
    """The people of the first visible sheet that has a header for them.

    Raises ``Unreadable`` where the file is no sheet, or none of its sheets has a column of user names.
    """
    for sheet in read_sheets(data, filename):
        if not sheet.hidden and (header := _header(sheet)):
            return _people(sheet, header)
    raise Unreadable("没有在表格里找到人员。表头至少要有“工号/用户名”和“姓名”，可以先下载模板对照。")


def _header(sheet: Sheet) -> _Header | None:
    for row in sheet.rows[:FIRST_ROWS]:
        columns: dict[Column, int] = {}
        unknown = []
        for place, text in enumerate(row.cells):
            column = _MEANING.get(word_of(text))
            if column and column not in columns:
                columns[column] = place
            elif text:
                unknown.append(text[:40])
        if Column.USERNAME in columns and len(columns) > 1:
            return _Header(row.number, columns, tuple(unknown))
    return None


def _people(sheet: Sheet, header: _Header) -> PeopleFound:
    filled = sheet.filled_down({header.columns[c] for c in (Column.TEAM, Column.SUPERVISOR) if c in header.columns})
    body = [row for row in filled if row.number > header.row]
    if len(body) > MOST_PEOPLE:
        raise Unreadable(f"一次最多导入 {MOST_PEOPLE} 人，请拆成几个文件。")
    rows: list[PersonRow] = []
    problems: list[Problem] = []
    for row in body:
        found = _person(row, header.columns)
        if isinstance(found, PersonRow):
            rows.append(found)
        else:
            problems += found
    return PeopleFound(tuple(rows), tuple(problems), header.unknown)


def _person(row: Row, columns: dict[Column, int]) -> PersonRow | list[Problem]:
    """The person, or everything that is wrong with the row; a row without any known cell is nobody."""
    cells = {column: _plain(row.cell(place)) for column, place in columns.items()}
    if not any(cells.values()):
        return []
    said: dict[str, Any] = {}
    problems: list[Problem] = []

    def read(name: str, column: Column, how: Callable[[str], Any]) -> None:
        try:
            place = columns.get(column)
            if place is not None and place in row.doubts and column not in (Column.HIRED, Column.PROBATION):
                raise _Wrong("doubtful_cell", column=column, why=row.doubts[place].reason)
            said[name] = how(cells.get(column, ""))
        except _Wrong as wrong:
            problems.append(Problem(row.number, wrong.code, wrong.params))

    read("username", Column.USERNAME, _username)
    read("name", Column.NAME, partial(_short, column=Column.NAME))
    read("role", Column.ROLE, _role)
    read("teams", Column.TEAM, _teams)
    read("supervisor", Column.SUPERVISOR, partial(_short, column=Column.SUPERVISOR))
    read("hired_on", Column.HIRED, partial(_day, column=Column.HIRED))
    read("probation_ends_on", Column.PROBATION, partial(_end, hired_on=said.get("hired_on")))
    read("state", Column.STATE, _state)
    read("email", Column.EMAIL, _email)
    external: dict[str, str] = {}
    for column in EXTERNAL:
        read("external_id", column, partial(_short, column=column))
        if found := said.pop("external_id", ""):
            external[column.value] = found
    if problems:
        return problems
    return PersonRow(row=row.number, external=external, **said)


def _plain(text: str) -> str:
    """Without space around; the ways to say that there is nothing become one."""
    text = " ".join(text.split()) if "\n" not in text else text.strip()
    return NOTHING if text in ("-", "—", "——", "无", "清空", "/") else text


def _short(text: str, column: Column) -> str:
    if len(text) > LONGEST[column]:
        raise _Wrong("too_long", column=column, most=LONGEST[column])
    return text


def _username(text: str) -> str:
    text = re.sub(r"(?<=\d)\.0$", "", text)  # a number that was kept as one
    if text in ("", NOTHING):
        raise _Wrong("no_username")
    if not _USERNAME.fullmatch(text):
        raise _Wrong("bad_username", username=text[:60])
    return _short(text, Column.USERNAME)


def _role(text: str) -> str:
    if not text:
        return ""
    role = _ROLE.get(text.lower())
    if role is None:
        raise _Wrong("unknown_role", role=text[:40])
    return role


def _state(text: str) -> Wish | None:
    if not text:
        return None
    wish = _STATE.get(text.lower())
    if wish is None:
        raise _Wrong("unknown_state", state=text[:40])
    return wish


def _teams(text: str) -> tuple[str, ...]:
    if text == NOTHING:
        return (NOTHING,)
    names = tuple(dict.fromkeys(name.strip() for name in _APART.split(text) if name.strip()))
    if any(len(name) > LONGEST_TEAM for name in names):
        raise _Wrong("too_long", column=Column.TEAM, most=LONGEST_TEAM)
    return names


def _email(text: str) -> str:
    if text in ("", NOTHING):
        return text
    if not _EMAIL.fullmatch(text):
        raise _Wrong("bad_email", email=text[:80])
    return _short(text, Column.EMAIL)


def _day(text: str, column: Column) -> date | None:
    if not text:
        return None
    if found := _DAY.fullmatch(text):
        try:
            return date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
        except ValueError:
            raise _Wrong("no_such_day", column=column, text=text) from None
    if found := _SERIAL.fullmatch(text):
        raise _Wrong("excel_serial", column=column, text=text, day=str(_EPOCH + timedelta(days=int(found[1]))))
    if _BACKWARDS.fullmatch(text):
        raise _Wrong("day_backwards", column=column, text=text)
    raise _Wrong("unclear_day", column=column, text=text[:40])


def _end(text: str, hired_on: date | None) -> date | None:
    """A day, or a span from the hire date: 3个月, 90天."""
    found = _SPAN.fullmatch(text)
    if not found:
        return _day(text, Column.PROBATION)
    if hired_on is None:
        raise _Wrong("span_without_start", text=text)
    if found[2] in ("天", "日"):
        return hired_on + timedelta(days=int(found[1]))
    return _months_later(hired_on, int(found[1]))


def _months_later(start: date, months: int) -> date:
    """The same day so many months later less one: three months from 15 January end on 14 April."""
    year, month = divmod(start.month - 1 + months, 12)
    first_of_month = date(start.year + year, month + 1, 1)
    first_of_next = (first_of_month + timedelta(days=32)).replace(day=1)
    last = (first_of_next - timedelta(days=1)).day
    return first_of_month.replace(day=min(start.day, last)) - timedelta(days=1 if start.day <= last else 0)

