"""A Word document that a test writes as people do: by hand, by automatic numbering, with colour instead of a key."""

import io
from collections.abc import Callable, Sequence

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

Piece = str | tuple[str, Callable[[Run], None]]  # plain text, or text that stands out: ("B", red)

NUMBERED = """
<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{first}"/><w:lvlText w:val="{question}"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="{option}"/></w:lvl>
</w:abstractNum>"""


def red(run: Run) -> None:
    run.font.color.rgb = RGBColor(0xFF, 0, 0)


def dark_red(run: Run) -> None:
    run.font.color.rgb = RGBColor(0xC0, 0, 0)


def bold(run: Run) -> None:
    run.font.bold = True


def underlined(run: Run) -> None:
    run.font.underline = True


def highlighted(run: Run) -> None:
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


class Paper:
    """Paragraphs and tables one after the other; ``content()`` gives the bytes of the .docx."""

    def __init__(self, *, header: str = "", footer: str = "") -> None:
        self.document = Document()
        section = self.document.sections[0]
        section.header.paragraphs[0].text = header
        section.footer.paragraphs[0].text = footer
        self._lists = 0

    def write(self, text: str = "", style: str | None = None) -> Paragraph:
        return self.document.add_paragraph(text, style)

    def write_marked(self, *pieces: Piece) -> Paragraph:
        paragraph = self.write()
        for piece in pieces:
            if isinstance(piece, str):
                paragraph.add_run(piece)
            else:
                piece[1](paragraph.add_run(piece[0]))
        return paragraph

    def new_list(self, *, question: str = "%1.", option: str = "%2.", first: str = "decimal") -> int:
        """An automatic numbering that begins anew: its number is not in the text of the paragraphs.

        Level 0 counts questions, level 1 letters the options and begins anew after each question. ``first`` is
        the number format of level 0.
        """
        numbering = self.document.part.numbering_part.element
        self._lists += 1
        abstract = parse_xml(
            NUMBERED.format(ns=nsdecls("w"), id=90 + self._lists, first=first, question=question, option=option)
        )
        numbering.insert(0, abstract)
        number = numbering.add_num(90 + self._lists)
        return int(number.numId)

    def write_numbered(self, numbering: int, level: int, *pieces: Piece) -> None:
        paragraph = self.write_marked(*pieces)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = numbering

    def write_revised(self, text: str, *, deleted: str, inserted: str) -> None:
        """``text`` and then a change that was tracked and not yet accepted."""
        paragraph = self.write(text)
        author = 'w:author="王主管" w:date="2024-06-01T09:00:00Z"'
        for change in (
            f'<w:del {nsdecls("w")} w:id="1" {author}><w:r><w:delText>{deleted}</w:delText></w:r></w:del>',
            f'<w:ins {nsdecls("w")} w:id="2" {author}><w:r><w:t>{inserted}</w:t></w:r></w:ins>',
        ):
            paragraph._p.append(parse_xml(change))

    def write_table(self, rows: Sequence[Sequence[str]]) -> None:
        table = self.document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    def content(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()
