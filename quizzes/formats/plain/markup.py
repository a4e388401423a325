"""Markdown in a question bank: the marks go, what they said stays (a heading, a bullet, a tick, what is bold)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizzes.formats.lines import Emphasis, Stretch
from quizzes.formats.plain.rows import Row

_SIGNS = re.compile(
    r"^#{1,6} |\*\*[^*]+\*\*|^[-*+] \[[ xX]\] |^\|?[ :]*-{3,}[ :]*\|[-| :]*$|^(```|~~~)|^[-+*] +(?!\d+ ?-)\S|^> "
    r"|\\[._()]|<br ?/?>"
)
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_TASK = re.compile(r"(?:[-*+][ \t]+)?\[([ xX√✓✔])\][ \t]*")
_BULLET = re.compile(r"(?:[-*+–][ \t]+|[•●○◦▪■□◇◆·‣⁃▶►][ \t]*)(?=\S)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_SEPARATOR = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?")
_SPANS = (
    (re.compile(r"(\*{2,3})([^*]+)(\*{2,3})"), Emphasis.BOLD),
    (re.compile(r"(<(?:b|strong)>)([^<]+)(</(?:b|strong)>)", re.I), Emphasis.BOLD),
    (re.compile(r"(<u>)([^<]+)(</u>)", re.I), Emphasis.UNDERLINE),
    (re.compile(r"(==)([^=]+)(==)"), Emphasis.HIGHLIGHT),
    (re.compile(r"(<mark>)([^<]+)(</mark>)", re.I), Emphasis.HIGHLIGHT),
    (re.compile(r"(<(?:font|span)[^<>]{0,80}(?:red|#f00|#ff0000)[^<>]{0,40}>)([^<]+)(</(?:font|span)>)", re.I),
     Emphasis.RED),
)  # fmt: skip
_BREAK = re.compile(r"<br ?/?>", re.I)


def looks_like_markdown(rows: Sequence[Row]) -> bool:
    return any(_SIGNS.search(row.text) for row in rows)


def without_markup(rows: Sequence[Row], *, markdown: bool) -> list[Row]:
    """The rows without marks. Bullets and ticks are understood in any text, the rest where it is Markdown."""
    result = []
    tables = _table_rows(rows) if markdown else set()
    for place, row in enumerate(rows):
        if place in tables:
            if not _SEPARATOR.fullmatch(row.text):
                result.append(_cells(row))
            continue
        if markdown and not row.cells:
            result += [_bulleted(_spans(_headed(piece))) for piece in _broken(row)]
        else:
            result.append(_bulleted(row))
    return result


def _table_rows(rows: Sequence[Row]) -> set[int]:
    """Places of the rows of Markdown tables: a row of dashes, one before and those after that have a ``|``."""
    places: set[int] = set()
    for place in range(1, len(rows)):
        text = rows[place].text
        if "|" in text and "-" in text and "|" in rows[place - 1].text and _SEPARATOR.fullmatch(text):
            places |= {place - 1, place}
            following = place + 1
            while following < len(rows) and "|" in rows[following].text and following not in places:
                places.add(following)
                following += 1
    return places


def _cells(row: Row) -> Row:
    text = row.text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    cells = [_spans(Row(row.line, _BREAK.sub("\n", part.strip()))) for part in re.split(r"(?<!\\)\|", text)]
    stretches: list[Stretch] = []
    start = 0
    for cell in cells:
        stretches += [Stretch(s.start + start, s.end + start, s.emphasis) for s in cell.stretches]
        start += len(cell.text) + 1
    texts = tuple(cell.text for cell in cells)
    return replace(row, text="\t".join(texts), stretches=tuple(stretches), cells=texts)


def _broken(row: Row) -> list[Row]:
    if "<" not in row.text or not _BREAK.search(row.text):
        return [row]
    pieces, start = [], 0
    for found in _BREAK.finditer(row.text):
        pieces.append(row.cut(start, found.start()))
        start = found.end()
    return [*pieces, row.cut(start)]


def _headed(row: Row) -> Row:
    quote = _QUOTE.match(row.text)
    if quote:
        row = row.cut(quote.end())
    heading = _HEADING.match(row.text)
    if heading:
        row = replace(row.cut(heading.end()), heading=len(heading[1]))
        closing = re.search(r" #{1,6}$", row.text)
        if closing:
            row = row.cut(0, closing.start())
    return row


def _bulleted(row: Row) -> Row:
    task = _TASK.match(row.text)
    if task and task.end() < len(row.text):
        return replace(row.cut(task.end()), ticked=task[1] != " ", bullet=True)
    bullet = _BULLET.match(row.text)
    if bullet and not re.match(r"[-–] ?\d+ ?[-–]$", row.text):
        return replace(row.cut(bullet.end()), bullet=True)
    return row


def _spans(row: Row) -> Row:
    for pattern, emphasis in _SPANS:
        found = list(pattern.finditer(row.text))
        if found:
            gone = [span for one in found for span in (one.span(1), one.span(3))]
            marked = tuple(Stretch(*one.span(2), emphasis) for one in found)
            row = _without(replace(row, stretches=row.stretches + marked), gone)
    if "`" in row.text:
        row = _without(row, [(m.start(), m.end()) for m in re.finditer("`", row.text)])
    if "\\" in row.text:
        row = _without(row, [(m.start(), m.start() + 1) for m in _ESCAPE.finditer(row.text)])
    return row


def _without(row: Row, gone: Sequence[tuple[int, int]]) -> Row:
    """The row without these places, which are in order and apart."""
    pieces, places, kept, start = [], [0] * (len(row.text) + 1), 0, 0
    for begin, end in [*gone, (len(row.text), len(row.text))]:
        for place in range(start, begin):
            places[place] = kept
            kept += 1
        for place in range(begin, end):
            places[place] = kept
        pieces.append(row.text[start:begin])
        start = end
    places[len(row.text)] = kept
    stretches = tuple(Stretch(places[s.start], places[s.end], s.emphasis) for s in row.stretches)
    return replace(row, text="".join(pieces), stretches=stretches)
