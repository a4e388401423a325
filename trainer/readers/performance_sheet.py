"""A sheet of monthly performance figures: who, which month, and the figures that its headers name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.headers import word_of
from quizzes.formats.sheets.opening import read_sheets
from trainer.rules.performance import SECONDS, BadValue, Column, Share, month_of, percent_of, seconds_of, shares_of
from trainer.rules.vocabulary import Figure

FIRST_ROWS = 20
MOST_LINES = 20_000

_WORDS = {
    "name": "姓名 员工 客服 员工姓名 客服姓名 客服昵称 客服名称 学员 人员 名字 旺旺 客服旺旺 name",
    "account": "账号 登录名 用户名 工号 账户 username account",
    "month": "月份 月 统计月份 考核月份 统计时间 统计日期 日期 年月 month",
    Figure.FIRST_REPLY: "首次响应 首次响应时间 首次响应时长 首响 首响时间 首响时长 首次回复 首次回复时间 首次回复时长 "
    "平均首次响应 平均首次响应时间 平均首次响应时长 平均首响 首次响应秒 firstreply firstresponse",
    Figure.AVERAGE_REPLY: "平均响应 平均响应时间 平均响应时长 平响 均响 平均回复 平均回复时间 平均回复时长 响应时间 "
    "平均响应秒 averagereply averageresponse",
    Figure.CONVERSION: "询单转化率 转化率 询单转化 询单付款转化率 询单到付款转化率 询单成交率 conversion "
    "conversionrate",
    Figure.SATISFACTION: "满意度 满意率 客户满意度 顾客满意度 客户满意率 服务满意度 客服满意率 satisfaction",
    Figure.REFUND_RATE: "退款率 退货退款率 退货率 refundrate",
    Figure.COMPLAINT_RATE: "投诉率 客诉率 投诉比率 complaintrate",
}
_BY_WORD = {word: key for key, words in _WORDS.items() for word in words.split()}
_TOTAL = re.compile("合计|总计|小计|平均值?|均值|汇总|total|average", re.IGNORECASE)
_NOTHING = frozenset({"-", "--", "—", "——", "/", "无", "n/a", "N/A", "暂无"})


@dataclass(frozen=True)
class LineRead:
    """One line: ``figures`` are those that could be read, ``problems`` say what could not."""

    line: int
    name: str
    account: str
    month: date | None
    figures: dict[Figure, Decimal]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class PerformanceRead:
    """What a file holds. ``notes`` say how numbers were understood and what was left out."""

    lines: tuple[LineRead, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""


def read_performance(data: bytes, name: str, month: date | None = None) -> PerformanceRead:
    """The figures of the first sheet that has a header for them; ``month`` is that of lines that name none.

    What cannot be read at all is told in ``error``.
    """
    try:
        sheets = [sheet for sheet in read_sheets(data, name) if not sheet.hidden]
    except Unreadable as problem:
        return PerformanceRead(error=str(problem))
    for sheet in sheets:
        if header := _header(sheet):
            return _read(sheet, header, month)
    return PerformanceRead(
        error="没有在表格里找到绩效。表头要有“姓名”或“账号”，和至少一项指标，例如“首次响应（秒）”“满意度（%）”。"
    )


def _header(sheet: Sheet) -> Row | None:
    for row in sheet.rows[:FIRST_ROWS]:
        keys = {_BY_WORD.get(word_of(text)) for text in row.cells}
        if keys & {"name", "account"} and keys & set(Figure):
            return row
    return None


def _read(sheet: Sheet, header: Row, month: date | None) -> PerformanceRead:
    places: dict[str, int] = {}
    unknown = []
    for place, text in enumerate(header.cells):
        key = _BY_WORD.get(word_of(text))
        if key is None or key in places:
            unknown += [text] if text else []
        else:
            places[key] = place
    rows = [row for row in sheet.filled_down() if row.number > header.number]
    if len(rows) > MOST_LINES:
        return PerformanceRead(error=f"表格超过 {MOST_LINES} 行，请按月拆开再上传。")
    notes = [f"“{text}”一列不是这里的指标，没有导入。" for text in unknown]
    people: list[Row] = []
    totals: list[Row] = []
    for row in rows:
        (totals if _is_total(row, places) else people).append(row)
    notes += [f"第 {row.number} 行是合计或平均，没有导入。" for row in totals]
    columns = [
        Column(figure, header.cell(places[figure]), tuple(_cell(row, places[figure]) for row in people))
        for figure in Figure
        if figure in places
    ]
    shares = shares_of(columns)
    notes += _how_read(columns, shares)
    return PerformanceRead(tuple(_line(row, places, columns, shares, month) for row in people), tuple(notes))


def _how_read(columns: Sequence[Column], shares: dict[Figure, Share]) -> list[str]:
    told = []
    for column in columns:
        if shares.get(column.figure) is Share.FRACTION:
            told.append(f"“{column.header}”一列写的是小数，按 0.35 = 35% 读。")
        elif column.figure in SECONDS and column.minutes:
            told.append(f"“{column.header}”一列的单位是分钟，已经换成秒。")
    return told


def _is_total(row: Row, places: dict[str, int]) -> bool:
    named = [row.cell(places[key]) for key in ("name", "account") if key in places]
    return any(_TOTAL.fullmatch(text) for text in named)


def _cell(row: Row, place: int) -> str:
    text = row.cell(place)
    return "" if text in _NOTHING else text


def _line(
    row: Row, places: dict[str, int], columns: Sequence[Column], shares: dict[Figure, Share], default: date | None
) -> LineRead:
    problems: list[str] = []
    name, account = (row.cell(places[key]) if key in places else "" for key in ("name", "account"))
    if not name and not account:
        problems.append("没有写是谁")
    month = default
    if "month" in places and (said := _cell(row, places["month"])):
        try:
            month = month_of(said)
        except BadValue as wrong:
            month = None
            problems.append(str(wrong))
    elif month is None:
        problems.append("没有月份：请在上传时选，或者加一列“月份”")
    figures: dict[Figure, Decimal] = {}
    for column in columns:
        place = places[column.figure]
        if place in row.doubts and not row.doubts[place].readings:
            problems.append(f"{column.header}：{row.doubts[place].reason}")
        elif text := _cell(row, place):
            try:
                figures[column.figure] = (
                    seconds_of(text, minutes=column.minutes)
                    if column.figure in SECONDS
                    else percent_of(text, shares[column.figure])
                )
            except BadValue as wrong:
                problems.append(f"{column.header}：{wrong}")
    if not figures and not problems:
        problems.append("一项指标也没有")
    return LineRead(row.number, name[:80], account[:80], month, figures, tuple(problems))
