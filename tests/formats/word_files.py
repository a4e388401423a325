"""Word files made in memory."""

import io

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor


def content(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paper(*paragraphs) -> bytes:
    """Each paragraph is a text, or pieces of which some are ``(text, mark)``."""
    document = Document()
    for pieces in paragraphs:
        paragraph = document.add_paragraph()
        for piece in [pieces] if isinstance(pieces, str) else pieces:
            text, mark = piece if isinstance(piece, tuple) else (piece, None)
            run = paragraph.add_run(text)
            if mark:
                mark(run)
    return content(document)


def red(run):
    run.font.color.rgb = RGBColor(0xC0, 0, 0)


def bold(run):
    run.bold = True


def underlined(run):
    run.underline = True


def highlighted(run):
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
