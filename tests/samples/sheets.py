"""The Excel and CSV samples: each takes the true questions and writes them as people keep them in a sheet."""

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.samples.words import Questions, is_true, letters

NAMES = {
    "single": "单选题", "multiple": "多选题", "true_false": "判断题", "fill": "填空题", "essay": "简答题",
    "numeric": "数值题",
}  # fmt: skip


def row(question: Mapping[str, Any], *, options: int, true: str = "正确", false: str = "错误") -> list[Any]:
    """Kind, stem, option columns, key, explanation."""
    texts = [option["text"] for option in question["options"]]
    match question["kind"]:
        case "true_false":
            texts, key = [], true if is_true(question) else false
        case "fill":
            key = "；".join("/".join(variants) for variants in question["answers"])
        case "essay":
            key = question["answers"][0][0]
        case _:
            key = letters(question)
    return [
        NAMES[question["kind"]], question["stem"], *(texts + [None] * options)[:options], key, question["explanation"]
    ]  # fmt: skip


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def first_sheet(title: str) -> tuple[Workbook, Worksheet]:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    return workbook, sheet


def set_cell(sheet: Worksheet, at: str, value: Any, number_format: str) -> None:
    sheet[at] = value
    sheet[at].number_format = number_format


# --- plain sheets ----------------------------------------------------------------------------------------

def usual_headers(questions: Questions) -> bytes:
    workbook, sheet = first_sheet("题库")
    sheet.append(["题型", "题干", "选项A", "选项B", "选项C", "选项D", "选项E", "选项F", "答案", "解析", "难度", "分值"])
    for question in questions:
        sheet.append([*row(question, options=6), "中", 2])
    return saved(workbook)


def several_sheets(questions: Questions) -> bytes:
    """A sheet for each kind with a merged title above the headers, an empty sheet and one of instructions."""
    workbook, notes = first_sheet("填写说明")
    notes["A1"] = "请勿修改表头。单选题答案填一个大写字母，多选题答案填多个大写字母。"
    for kind in ("single", "multiple", "true_false"):
        sheet = workbook.create_sheet(NAMES[kind])
        sheet["A1"] = f"云杉电商客服部{NAMES[kind]}题库"
        sheet["A2"] = "更新日期：2024 年 6 月"
        options = {"single": 4, "multiple": 5, "true_false": 0}[kind]
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=options + 4)
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=options + 4)
        sheet.append([])
        sheet.append(["序号", "试题内容", *(f"选项{letter}" for letter in "ABCDE"[:options]), "正确答案", "答案解析"])
        mine = [question for question in questions if question["kind"] == kind]
        for number, question in enumerate(mine, 1):
            sheet.append([number, *row(question, options=options, true="√", false="×")[1:]])
    workbook.create_sheet("Sheet4")
    return saved(workbook)


def key_as_text(questions: Questions) -> bytes:
    """No letters anywhere: the key repeats the text of the option."""
    workbook, sheet = first_sheet("Sheet1")
    sheet.append(["题目", "选项1", "选项2", "选项3", "选项4", "标准答案"])
    for question in questions:
        texts = [option["text"] for option in question["options"]]
        key = "；".join(option["text"] for option in question["options"] if option["correct"])
        sheet.append([question["stem"], *(texts + [None] * 4)[:4], key])
    return saved(workbook)


# --- cells that Excel changed ----------------------------------------------------------------------------

def changed_cells(questions: Questions) -> bytes:
    """Options typed as 50%, 7, 24:00, 0.3, 18:00 and 2 that Excel keeps as numbers, and two that it took for dates."""
    workbook, sheet = first_sheet("题库")
    sheet.append(["题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析"])
    for question in questions:
        sheet.append(row(question, options=4))
    for number, question in enumerate(questions, 2):
        for column, option in zip("CDEF", question["options"], strict=False):
            value, number_format = as_excel_keeps(option["text"])
            if question["kind"] != "true_false":
                set_cell(sheet, f"{column}{number}", value, number_format)
    for stem, dates, number_format in (
        ("店铺满减活动的比例写作（ ）。", ((1, 2), (1, 3), (1, 4), (2, 3)), 'm"月"d"日"'),
        ("处理差评的回访次数一般为（ ）次。", ((1, 2), (3, 4), (5, 6), (7, 8)), "d-mmm"),
    ):
        sheet.append(["单选题", stem, None, None, None, None, "A", None])
        for column, (month, day) in zip("CDEF", dates, strict=True):
            set_cell(sheet, f"{column}{sheet.max_row}", datetime.datetime(2024, month, day), number_format)
    return saved(workbook)


def as_excel_keeps(text: str) -> tuple[Any, str]:
    """The value and the number format that Excel makes of ``text`` when it is typed into a plain cell."""
    if text.endswith("%"):
        percent = float(text[:-1])
        return percent / 100, "0.0%" if "." in text else "0%"
    if text.count(":") == 1 and text.replace(":", "").isdigit():
        hours, minutes = map(int, text.split(":"))
        return (hours * 60 + minutes) / 1440, "[h]:mm" if hours >= 24 else "h:mm"
    if text.count("-") == 2 and text.replace("-", "").isdigit():
        return datetime.datetime.strptime(text, "%Y-%m-%d"), "yyyy-mm-dd"
    try:
        return float(text), "General"
    except ValueError:
        return text, "General"


# --- text with separators --------------------------------------------------------------------------------

def quoted(rows: Sequence[Sequence[Any]], separator: str) -> str:
    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        return '"' + text.replace('"', '""') + '"' if any(char in text for char in f'{separator}"\n') else text

    return "".join(separator.join(cell(value) for value in line) + "\r\n" for line in rows)


def csv_of_windows(questions: Questions) -> bytes:
    """What a Chinese Excel saves as CSV: GB18030 and commas."""
    rows = [["题型", "题目", "A", "B", "C", "D", "答案", "解析"], *(row(question, options=4) for question in questions)]
    return quoted(rows, ",").encode("gb18030")
