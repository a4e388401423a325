"""Office files and PDFs made in memory for tests."""

from io import BytesIO

from docx import Document
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML


def docx(write):
    """The bytes of a Word file; ``write`` fills it."""
    document = Document()
    write(document)
    return saved(document)


def pptx(write):
    deck = Presentation()
    write(deck)
    return saved(deck)


def saved(document):
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(body, *, header="", footer=""):
    """The bytes of a PDF from HTML, with a line at the top and at the bottom of each page."""
    margins = f"@top-center {{ content: {header or 'none'} }} @bottom-center {{ content: {footer or 'none'} }}"
    style = f"@page {{ size: A5; {margins} }} body {{ font-family: 'Noto Sans SC' }}"
    return HTML(string=f"<style>{style}</style>{body}").write_pdf()


def locked(data, password="secret"):  # noqa: S107
    writer = PdfWriter(PdfReader(BytesIO(data)))
    writer.encrypt(password)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def blank_pdf(pages):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(300, 400)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def add_slide(deck, title, lines=(), notes="", footer=""):
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = title
    slide.placeholders[1].text = "\n".join(lines)
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    if footer:
        box = slide.shapes.add_textbox(Inches(1), Inches(7), Inches(4), Inches(0.4))
        box.text_frame.text = footer
    return slide
