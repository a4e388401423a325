"""A paper as a Word file."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from quizzes.formats.printing.paper import Paper, Printed
from quizzes.formats.trees import writable

FONT = "Microsoft YaHei"


def write(paper: Paper, *, with_key: bool) -> bytes:
    """The paper as .docx. Without the key it has a line for the name and room to write."""
    document = Document()
    _page(document)
    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(writable(f"{paper.title}（含答案）" if with_key else paper.title))
    note = document.add_paragraph(writable(paper.note))
    note.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if not with_key:
        name = document.add_paragraph("姓名：__________　小组：__________　得分：__________")
        name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for heading, questions, name_kind in paper.numbered():
        document.add_heading(writable(heading), level=2)
        for number, question in questions:
            _question(document, question, number, name_kind=name_kind, with_key=with_key)
    footer = document.sections[0].footer.paragraphs[0]
    footer.text = writable(paper.mark)
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Normal", 10.5), ("Title", 18), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)


def _question(document, question: Printed, number: int, *, name_kind: bool, with_key: bool) -> None:
    lines = [question.stem_line(number, with_kind=name_kind), *question.lines]
    for place, line in enumerate(lines):
        paragraph = document.add_paragraph(writable(line))
        paragraph.paragraph_format.keep_with_next = place < len(lines) - 1 or with_key
        if place == 0:
            paragraph.paragraph_format.space_before = Pt(8)
        else:
            paragraph.paragraph_format.left_indent = Cm(0.8)
    if with_key:
        for line in question.answer_lines():
            paragraph = document.add_paragraph(writable(line))
            paragraph.paragraph_format.left_indent = Cm(0.8)
    else:
        for _ in range(question.room):
            document.add_paragraph()
