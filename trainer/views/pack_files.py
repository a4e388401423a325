"""The meeting pack as a Word file and as PDF: the same sections as on the page."""

from collections.abc import Iterable
from io import BytesIO

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.formats.printing.pdf import set_pdf
from quizzes.formats.trees import writable
from trainer.models import Action
from trainer.queries.meeting import Meeting

STYLE = """
h1 { font-size: 17pt; margin: 0; font-weight: normal; }
h2 { font-size: 12.5pt; margin: 6mm 0 1.5mm; border-bottom: .6pt solid #0b5c5c; }
h2 { break-after: avoid; font-weight: normal; }
ul { margin: 0; padding-left: 5mm; }
li { margin: 0 0 1.2mm; break-inside: avoid; }
.quiet { color: #555; }
table { width: 100%; border-collapse: collapse; }
td, th { border: .4pt solid #999; padding: 1.2mm 2mm; text-align: left; font-weight: normal; vertical-align: top; }
.empty td { height: 8mm; }
"""
EMPTY_LINES = 5
FONT = "Microsoft YaHei"


def as_pdf(meeting: Meeting) -> bytes:
    page = render_to_string("trainer/meeting_print.html", {"meeting": meeting, "lines": range(EMPTY_LINES)})
    return set_pdf(page, style=STYLE, mark=meeting.pack.title)


def as_word(meeting: Meeting) -> bytes:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    for name, size in (("Normal", 10.5), ("Title", 18), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.add_paragraph(writable(meeting.pack.title), style="Title")
    document.add_paragraph(writable(meeting.pack.note))
    for section in meeting.pack.sections:
        document.add_heading(writable(section.title), level=2)
        for item in section.items:
            words = f"{item.text}（{item.detail}）" if item.detail else item.text
            document.add_paragraph(writable(words), style="List Bullet")
        if not section.items:
            document.add_paragraph(writable(section.empty))
    document.add_heading(_("上次定的事"), level=2)
    _table(document, (_row(action) for action in meeting.last))
    document.add_heading(_("这次定的事"), level=2)
    _table(document, [("", "", "", "")] * EMPTY_LINES)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _row(action: Action) -> tuple[str, str, str, str]:
    result = (action.result or _("已完成")) if action.done_at else ""
    return action.text, str(action.owner), date_format(action.due_on, "SHORT_DATE_FORMAT"), result


def _table(document, rows: Iterable[tuple[str, str, str, str]]) -> None:
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, title in zip(table.rows[0].cells, (_("要做什么"), _("谁来做"), _("期限"), _("结果")), strict=True):
        cell.text = str(title)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = writable(text)
