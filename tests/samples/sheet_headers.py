"""Sheets whose headers are hard to find, with rows that are no questions and cells that show other than they hold."""

import io

import xlsxwriter

from tests.samples.sheets import NAMES, first_sheet, row, saved, set_cell
from tests.samples.words import Questions, letters


def headers_in_two_rows(questions: Questions) -> bytes:
    """选项 stands merged above A, B, C, D; the other headers are merged over both rows."""
    workbook, sheet = first_sheet("题库")
    sheet.append(["序号", "题型", "题干", "选项", None, None, None, "答案"])
    sheet.append([None, None, None, "A", "B", "C", "D", None])
    sheet.merge_cells("D1:G1")
    for column in "ABCH":
        sheet.merge_cells(f"{column}1:{column}2")
    for number, question in enumerate(questions, 1):
        sheet.append([number, *row(question, options=4)[:-1]])
    return saved(workbook)


def headers_far_below(questions: Questions) -> bytes:
    """Five rows of instructions, then the headers; empty rows between sections and a sum at the end."""
    workbook, sheet = first_sheet("导入模板")
    notes = ("填写要求", "1. 题型只能填：单选题、多选题、判断题", "2. 多选题答案直接连写，如 ABC", "3. 带 * 的必填", "")
    for line in notes:
        sheet.append([line])
    sheet.append(["*题型", "*题目", "*选项A", "*选项B", "选项C", "选项D", "选项E", "*答案", "解析"])
    last = None
    for question in questions:
        if last and last != question["kind"]:
            sheet.append([None])
        sheet.append(row(question, options=5))
        last = question["kind"]
    sheet.append([])
    sheet.append(["合计", f"{len(questions)} 题"])
    return saved(workbook)


def options_under_one_name(questions: Questions) -> bytes:
    """Four columns that are all called 选项."""
    workbook, sheet = first_sheet("Sheet1")
    sheet.append(["题目", "选项", "选项", "选项", "选项", "答案"])
    for question in questions:
        sheet.append(row(question, options=4)[1:-1])
    return saved(workbook)


def lines_without_letters(questions: Questions) -> bytes:
    """Options in one cell, a line each, without letters; the key is a letter."""
    workbook, sheet = first_sheet("Sheet1")
    sheet.append(["试题类型", "试题内容", "备选项", "标准答案"])
    for question in questions:
        options = "\n".join(option["text"] for option in question["options"])
        sheet.append([NAMES[question["kind"]], question["stem"], options, letters(question)])
    return saved(workbook)


def formulas(questions: Questions) -> bytes:
    """Stems and keys that are put together by formulas: what counts is what the sheet shows."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = workbook.add_worksheet("题库")
    for column, name in enumerate(["题型", "题干", "A", "B", "C", "D", "答案"]):
        sheet.write(0, column, name)
    for number, question in enumerate(questions, 1):
        kind, stem, *options, key, _ = row(question, options=4)
        sheet.write(number, 0, kind)
        sheet.write_formula(number, 1, f'="{stem[:4]}"&"{stem[4:]}"', None, stem)
        for column, option in enumerate(options, 2):
            sheet.write(number, column, option)
        sheet.write_formula(number, 6, f'=CHAR({ord(key[0])})', None, key)
    workbook.close()
    return stream.getvalue()


def shown_otherwise(questions: Questions) -> bytes:
    """Fractions, thousands, money and fixed places: the sheet shows 1/2, 1,000, ¥199.00 and 5.00."""
    workbook, sheet = first_sheet("题库")
    sheet.append(["题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案"])
    for question in questions:
        sheet.append(row(question, options=4)[:-1])
        for column, option in zip("CDEF", question["options"], strict=False):
            text = option["text"]
            if "/" in text:
                above, below = map(int, text.split("/"))
                set_cell(sheet, f"{column}{sheet.max_row}", above / below, "# ?/?")
            elif text.startswith("¥"):
                set_cell(sheet, f"{column}{sheet.max_row}", float(text[1:]), '"¥"#,##0.00')
            elif "," in text:
                set_cell(sheet, f"{column}{sheet.max_row}", int(text.replace(",", "")), "#,##0")
            elif "." in text:
                set_cell(sheet, f"{column}{sheet.max_row}", float(text), "0.00")
    return saved(workbook)
