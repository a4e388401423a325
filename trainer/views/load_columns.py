"""The columns of a sheet: what each one means, over its first rows; and the template that needs no such page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.formats.sheets.mapping import IGNORED, SEVERAL, Column, Field, InvalidMapping
from quizzes.formats.sheets.template import write_template
from trainer.commands.load_columns import choose_columns
from trainer.commands.loads import NotNow
from trainer.commands.sheet_rows import rows_of
from trainer.models import LoadFile
from trainer.views.loads import read_soon

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACES = 8
SHOWN = 6
LABELS = {
    Field.KIND: gettext_lazy("题型"),
    Field.STEM: gettext_lazy("题干"),
    Field.OPTIONS: gettext_lazy("全部选项（在一格里）"),
    Field.ANSWER: gettext_lazy("答案"),
    Field.EXPLANATION: gettext_lazy("解析"),
    Field.RUBRIC: gettext_lazy("评分点"),
    Field.UNIT: gettext_lazy("单位"),
    Field.TOLERANCE: gettext_lazy("允许的误差"),
    Field.MARKS: gettext_lazy("分值"),
    Field.DIFFICULTY: gettext_lazy("难度"),
    Field.TOPIC: gettext_lazy("知识点"),
    Field.PLATFORM: gettext_lazy("平台"),
    Field.TAGS: gettext_lazy("标签"),
    Field.NAME: gettext_lazy("编号"),
    Field.IGNORE: gettext_lazy("不导入"),
}
COLUMNS = [
    column
    for field in Field
    for column in ([Column(field, n) for n in range(1, PLACES + 1)] if field in SEVERAL else [Column(field)])
] + [Column(Field.ANSWER)]


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_safe
def template(request):
    """The workbook to fill in: an example of every kind."""
    headers = {"Content-Disposition": "attachment; filename=questions.xlsx; filename*=UTF-8''%E8%AF%95%E9%A2%98.xlsx"}
    return HttpResponse(write_template(), content_type=XLSX, headers=headers)


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request, pk, file):
    """Show how the columns were read, and read the file once more as they are put right."""
    found = get_object_or_404(LoadFile.objects.select_related("load", "bytes"), pk=file, load=pk)
    guessed = (found.mapping or {}).get("sheets", [])
    rows = {first.sheet: first for first in rows_of(found)} if hasattr(found, "bytes") else {}
    if request.method == "POST":
        try:
            wanted = {"sheets": [_sheet(request.POST, n, sheet, rows) for n, sheet in enumerate(guessed)]}
            load = choose_columns(file_id=found.pk, mapping=wanted, by=request.user, at=timezone.now())
        except InvalidMapping as problem:
            messages.error(request, str(problem))
        except NotNow:
            messages.warning(request, _("已经确认过了，不能再改列；请撤回这一批，重新上传。"))
            return redirect("trainer:load", pk=pk)
        else:
            read_soon(load)
            messages.success(request, _("已按你说的列重新读了一遍；以后表头一样的文件也这样读。"))
            return redirect("trainer:load", pk=pk)
    sheets = [
        {
            "number": number,
            "name": sheet["sheet"],
            "header": sheet["header"] or ("" if _is_read(sheet) else likely[0]),
            "columns": [_column(sheet, place, likely[1]) for place in range(_width(sheet, rows))],
            "rows": [row for row in rows[sheet["sheet"]].rows if row[0] != sheet["header"]][:SHOWN],
        }
        for number, sheet in enumerate(guessed)
        if sheet["sheet"] in rows and rows[sheet["sheet"]].rows
        for likely in [_likely_header(rows[sheet["sheet"]].rows)]
    ]
    context = {"load": found.load, "file": found, "sheets": sheets, "choices": _choices(guessed)}
    return render(request, "trainer/load_columns.html", context)


def _choices(guessed) -> list[tuple[str, str]]:
    """Those that are usual, and what was guessed beside."""
    usual = {column.code: _label(column) for column in COLUMNS}
    more = dict.fromkeys(code for sheet in guessed for code in sheet["columns"] if code not in usual)
    return [*usual.items(), *((code, code) for code in more)]


def _label(column: Column) -> str:
    letter = chr(64 + column.place)
    if column.field == Field.OPTION:
        return _("选项 %s") % letter
    if column.field == Field.WHY:
        return _("选项 %s 的说明") % letter
    word = str(LABELS[column.field])
    return f"{word} {column.place}" if column.place else word


def _is_read(sheet: dict[str, Any]) -> bool:
    return any(code != IGNORED.code for code in sheet["columns"])


def _likely_header(rows):
    """Where no header is known: the first of the rows with the most cells, since a title above it has one."""
    return max(rows, key=lambda row: sum(map(bool, row[1])))


def _column(sheet: dict[str, Any], place: int, first_cells: tuple[str, ...]) -> dict[str, Any]:
    headers, codes = sheet["headers"] or first_cells, sheet["columns"]
    return {
        "place": place,
        "header": headers[place] if place < len(headers) else "",
        "code": codes[place] if place < len(codes) else IGNORED.code,
    }


def _width(sheet: dict[str, Any], rows) -> int:
    return max(len(sheet["headers"]), rows[sheet["sheet"]].width)


def _sheet(posted, number: int, sheet: dict[str, Any], rows) -> dict[str, Any]:
    """What was chosen for one sheet; one that was not shown stays as it is."""
    if sheet["sheet"] not in rows or not rows[sheet["sheet"]].rows:
        return sheet
    typed = posted.get(f"header-{number}", "").strip()
    if typed and not typed.isdecimal():
        raise InvalidMapping(_("表头在第几行，要写一个数；没有表头就空着。"))
    header = int(typed) if typed else None
    cells = dict(rows[sheet["sheet"]].rows)
    headers = sheet["headers"] if header == sheet["header"] else list(cells.get(header, ()))
    codes = [posted.get(f"column-{number}-{place}", IGNORED.code) for place in range(_width(sheet, rows))]
    return {"sheet": sheet["sheet"], "header": header, "headers": headers, "columns": codes, "sure": True}
