"""More sheets: other headers, options in one cell, merged or missing kinds, changed cells, other separators."""

from datetime import datetime
from typing import Any

from openpyxl.styles import Font

from tests.samples.sheets import NAMES, as_excel_keeps, first_sheet, quoted, row, saved, set_cell
from tests.samples.words import LETTERS, Questions, is_true, lettered, letters


def other_headers(questions: Questions) -> bytes:
    """An exam vendor's names, an order of its own, and columns that say nothing about the question."""
    workbook, sheet = first_sheet("试题导入模板")
    sheet.append(
        ["编号", "知识点", "试题类型*", "难易度", "试题*", "正确选项*", *"ABCDE", "试题说明", "出题人", "分数"]
    )
    for number, question in enumerate(questions, 1):
        kind, stem, *options, key, why = row(question, options=5, true="T", false="F")
        kind = kind.removesuffix("题")
        sheet.append([f"KF{number:04d}", "售后", kind, "一般", stem, key, *options, why, "王主管", 2.0])
    return saved(workbook)


def options_in_one_cell(questions: Questions) -> bytes:
    """All options in one cell, a line each with their letters."""
    workbook, sheet = first_sheet("Sheet1")
    sheet.append(["题型", "题目内容", "选项", "参考答案", "答案解析"])
    for question in questions:
        options = "\n".join(lettered(question, "."))
        key = "、".join(letters(question))
        if question["kind"] == "true_false":
            options, key = "", "对" if is_true(question) else "错"
        sheet.append([NAMES[question["kind"]], question["stem"], options, key, question["explanation"]])
    return saved(workbook)


def options_by_bars(questions: Questions) -> bytes:
    """All options in one cell without letters, set apart by bars."""
    workbook, sheet = first_sheet("Sheet1")
    sheet.append(["题干", "选项（用|隔开）", "答案"])
    for question in questions:
        sheet.append([question["stem"], "|".join(option["text"] for option in question["options"]), letters(question)])
    return saved(workbook)


def merged_kinds(questions: Questions) -> bytes:
    """A title over two rows, and the kind written once in a cell merged over all its questions."""
    workbook, sheet = first_sheet("客服题库")
    sheet["A1"] = "抖音小店客服题库（2024 版）"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells("A1:H2")
    sheet.append(["题型", "序号", "问题", "A", "B", "C", "D", "答案"])
    for kind in ("single", "multiple", "true_false"):
        mine = [question for question in questions if question["kind"] == kind]
        first = sheet.max_row + 1
        for number, question in enumerate(mine, 1):
            _, stem, *options, key, _ = row(question, options=4, true="对", false="错")
            sheet.append([NAMES[kind] if number == 1 else None, number, f" {stem}\n", *options, key])
        sheet.merge_cells(start_row=first, start_column=1, end_row=sheet.max_row, end_column=1)
    return saved(workbook)


def no_kinds(questions: Questions) -> bytes:
    """No column for the kind: options and key show it. True and false are Excel's own TRUE and FALSE."""
    workbook, sheet = first_sheet("Sheet1")
    sheet.append(["问题", "选项一", "选项二", "选项三", "选项四", "正确答案"])
    for question in questions:
        _, stem, *options, key, _ = row(question, options=4)
        sheet.append([stem, *options, is_true(question) if question["kind"] == "true_false" else key.lower()])
    return saved(workbook)


def keys_as_numbers(questions: Questions) -> bytes:
    """Numbered options and keys that are their numbers, kept as 1.0; fill questions on a sheet of their own."""
    workbook, sheet = first_sheet("单选")
    sheet.append(["题目", "选项1", "选项2", "选项3", "选项4", "答案（填序号）"])
    for question in (q for q in questions if q["kind"] == "single"):
        sheet.append(
            [question["stem"], *(option["text"] for option in question["options"]),
             float(LETTERS.index(letters(question)) + 1)]
        )  # fmt: skip
    sheet = workbook.create_sheet("填空")
    sheet.append(["题目", "答案"])
    for question in (q for q in questions if q["kind"] == "fill"):
        sheet.append([question["stem"], "；".join("/".join(variants) for variants in question["answers"])])
    return saved(workbook)


def changed_options(questions: Questions) -> bytes:
    """Options that Excel keeps as numbers, times and percentages, and a row where it made dates of 3-4 and 5-6."""
    workbook, sheet = first_sheet("Sheet1")
    sheet.append(["题型", "题目", "A", "B", "C", "D", "正确答案"])
    for question in questions:
        sheet.append(row(question, options=4)[:-1])
        if question["kind"] == "single":
            for column, option in zip("CDEF", question["options"], strict=False):
                value, number_format = as_excel_keeps(option["text"])
                set_cell(sheet, f"{column}{sheet.max_row}", value, number_format)
    sheet.append(["单选题", "每周回访问题件的次数为（ ）。", None, None, "7 次", None, "A"])
    set_cell(sheet, f"C{sheet.max_row}", datetime(2024, 3, 5), 'm"月"d"日"')
    set_cell(sheet, f"D{sheet.max_row}", datetime(2024, 5, 6), 'm"月"d"日"')
    return saved(workbook)


def csv_with_semicolons(questions: Questions) -> bytes:
    """UTF-8 with a BOM, semicolons, cells with line breaks and quotes."""
    rows: list[list[Any]] = [["题型", "题干", "选项A", "选项B", "选项C", "选项D", "正确答案", "解析"]]
    for question in questions:
        rows.append(row(question, options=4, true="√", false="×"))
        if question["kind"] == "fill":
            rows[-1][6] = "、".join(variants[0] for variants in question["answers"])
    return quoted(rows, ";").encode("utf-8-sig")


def tabs_from_excel(questions: Questions) -> bytes:
    """What is saved as Unicode text: UTF-16 and tabs."""
    rows = [["题型", "题目", "A", "B", "C", "D", "答案", "解析"], *(row(question, options=4) for question in questions)]
    return quoted(rows, "\t").encode("utf-16")
