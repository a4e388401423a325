"""A list as people see it on a page, as an Excel file to take away."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from quizzes.formats.sheets.writing import harmless, write_headers

Value = str | int | float | Decimal | date | datetime | None
WIDEST = 48
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write_list(title: str, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """An .xlsx of one sheet with a header row that stays in sight and can be filtered by. Times are taken as they are:
    make them local first. A text that a program could take for a formula is made harmless."""
    from xlsxwriter import Workbook  # takes long to load, and only who writes sheets needs it

    stream = BytesIO()
    with Workbook(stream, {"remove_timezone": True}) as book:
        sheet = book.add_worksheet(_NOT_IN_NAMES.sub(" ", title)[:31].strip("' "))
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        widths = [len(header) for header in headers]
        write_headers(sheet, map(harmless, headers), bold)
        last = 0
        for last, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, datetime | date):
                    sheet.write_datetime(last, column, value, formats[type(value)])
                elif isinstance(value, str):
                    sheet.write_string(last, column, harmless(value)[:32_000])
                else:
                    sheet.write_number(last, column, float(value))
                widths[column] = max(widths[column], len(str(value)))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(2 * width + 2, WIDEST))
        sheet.autofilter(0, 0, last, len(headers) - 1)
        sheet.freeze_panes(1, 1)
    return stream.getvalue()
