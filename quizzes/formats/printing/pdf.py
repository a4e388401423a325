"""A paper as PDF, set in a Chinese font that comes with a package."""

from collections.abc import Iterator
from functools import cache
from html import escape

from pylopdf_fonts_zh_cn import sans_path

from quizzes.formats.printing.paper import Paper, Printed
from quizzes.formats.trees import writable

SHEET = """
@font-face { font-family: Paper; src: url("%(font)s"); }
@page { size: A4; margin: 18mm 20mm 20mm;
  @bottom-center { content: "%(mark)s · " counter(page) " / " counter(pages); font: 8pt Paper; color: #555; } }
body { font: 10.5pt/1.65 Paper; color: #111; }
"""
STYLE = """
h1 { font-size: 17pt; text-align: center; margin: 0 0 2mm; font-weight: normal; }
h2 { font-size: 12.5pt; margin: 7mm 0 2mm; break-after: avoid; font-weight: normal; }
.note, .name { text-align: center; margin: 0 0 3mm; color: #333; }
.question { margin: 0 0 4mm; break-inside: avoid; }
.stem, .lines { margin: 0; white-space: pre-wrap; break-inside: avoid; }
.lines, .key { padding-left: 7mm; }
.key { margin: 1mm 0 0; white-space: pre-wrap; color: #0b5c5c; }
.room { border-bottom: .4pt solid #999; height: 8mm; margin-left: 7mm; }
"""


def write_pdf(paper: Paper, *, with_key: bool) -> bytes:
    """The paper as PDF."""
    return set_pdf("".join(_page(paper, with_key)), style=STYLE, mark=paper.mark)


def set_pdf(page: str, *, style: str, mark: str) -> bytes:
    """An HTML page of our own making on A4 sheets, with ``mark`` and the number of the page at the foot of each.

    Nothing is fetched: the only address that is opened is the font's.
    """
    from weasyprint import CSS, HTML  # takes seconds to load, and only who prints needs it

    fonts = _fonts()
    plain = writable(mark).replace("\\", "").replace('"', "")
    sheet = SHEET % {"font": sans_path().as_uri(), "mark": plain}
    css = CSS(string=sheet + style, font_config=fonts)
    return HTML(string=page).write_pdf(stylesheets=[css], font_config=fonts)


@cache
def _fonts():
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _page(paper: Paper, with_key: bool) -> Iterator[str]:
    title = f"{paper.title}（含答案）" if with_key else paper.title
    yield f'<html lang="zh-Hans"><head><title>{_text(title)}</title></head><body><h1>{_text(title)}</h1>'
    yield f'<p class="note">{_text(paper.note)}</p>'
    if not with_key:
        yield '<p class="name">姓名：＿＿＿＿＿＿　小组：＿＿＿＿＿＿　得分：＿＿＿＿</p>'
    for heading, questions, name_kind in paper.numbered():
        yield f"<h2>{_text(heading)}</h2>"
        for number, question in questions:
            yield from _question(question, number, name_kind, with_key)
    yield "</body></html>"


def _question(question: Printed, number: int, name_kind: bool, with_key: bool) -> Iterator[str]:
    yield f'<div class="question"><p class="stem">{_text(question.stem_line(number, with_kind=name_kind))}</p>'
    if question.lines:
        yield f'<p class="lines">{_text(chr(10).join(question.lines))}</p>'
    if with_key:
        yield f'<p class="key">{_text(chr(10).join(question.answer_lines()))}</p>'
    else:
        yield '<div class="room"></div>' * question.room
    yield "</div>"


def _text(text: str) -> str:
    return escape(writable(text))
