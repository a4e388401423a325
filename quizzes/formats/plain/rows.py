"""One line ready to be read: its text, and the same text in the spelling that structure is looked for in."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from quizzes.formats.lines import Line, Stretch
from quizzes.rules.text import plain_characters

_TRADITIONAL = (
    "單選題錯誤確對斷簡論證參標準說點評頁條計連線問應實際數值類個組試綜詞測驗擇項節複處訴無為據閱讀資視錄級詳釋備註釋"
    "場話術順後歸認將內給違規補換貨從開結號則寫匯總來現當復們關於幾編難學與請"
)
_SIMPLIFIED = (
    "单选题错误确对断简论证参标准说点评页条计连线问应实际数值类个组试综词测验择项节复处诉无为据阅读资视录级详释备注释"
    "场话术顺后归认将内给违规补换货从开结号则写汇总来现当复们关于几编难学与请"
)
_SPELLING: dict[str, str] = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("\u3000\xa0", " "),
    "﹒": ".",
    **dict.fromkeys("﹕∶", ":"),
    **dict.fromkeys("〔【﹝〖﹙[［", "("),
    **dict.fromkeys("〕】﹞〗﹚]］", ")"),
    **dict.fromkeys("✓✔☑√", "√"),
    **dict.fromkeys("✗✘×☒╳✕✖", "×"),
    **dict.fromkeys("–—―－‐‑−─━", "-"),
    **dict.fromkeys("＞➔➜➡⇒→", ">"),
    **dict.fromkeys("～〜∼˜", "~"),
    **dict.fromkeys("｜│丨", "|"),
    **dict.fromkeys("／∕", "/"),
    **dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)),
}
_STRUCTURE = {ord(char): plain for char, plain in _SPELLING.items()}
# A line to write on; but __七天__ is an answer on its line, and stays
_LONG_GAP = re.compile(r"(?<!_)__(?!_)[^_\s][^_]{0,30}(?<!\s)__(?!_)|_{2,}|[_＿]*＿[_＿]*")
_BREAKS = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029\r]")
_DECORATED = re.compile(r"[=~#·—─-]{3,}\s{0,4}([^=~#·—─\s-].*?)\s{0,4}[=~#·—─-]{3,}")
_LONG_SPACE = re.compile(r"([ \u3000]{3})[ \u3000]+|(\t)\t+")
_NUMBERED_SIGN = {chr(0x2488 + i): f"{i + 1}." for i in range(20)} | {chr(0x2474 + i): f"({i + 1})" for i in range(20)}


def shadow_of(text: str) -> str:
    """``text`` in the spelling of structure, character by character, so that places in both are the same."""
    return text.translate(_STRUCTURE)


@dataclass(frozen=True)
class Row:
    """A line without spaces around it. ``ticked`` is a task list's mark, ``bullet`` tells that a dot was before it.

    ``heading`` is the level of a Markdown heading or 0. ``begins`` tells that a question begins here.
    ``source`` is the line as the file has it.
    """

    line: int
    text: str
    stretches: tuple[Stretch, ...] = ()
    cells: tuple[str, ...] = ()
    ticked: bool | None = None
    bullet: bool = False
    heading: int = 0
    begins: bool = False
    source: str = ""
    shadow: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shadow", shadow_of(self.text))

    def cut(self, start: int, end: int | None = None) -> "Row":
        """The part from ``start`` to ``end``, without spaces around it."""
        end = len(self.text) if end is None else end
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        end = start + len(part)
        if start == 0 and end == len(self.text) and not self.cells:
            return self
        stretches = tuple(
            Stretch(max(s.start - start, 0), min(s.end, end) - start, s.emphasis)
            for s in self.stretches
            if s.start < end and s.end > start
        )
        return replace(self, text=part, stretches=stretches, cells=())

    def in_cells(self) -> list[list["Row"]]:
        """The cells of a row of a table, each as its lines. The text of such a row is its cells between tabs."""
        found, start = [], 0
        for cell in self.cells:
            lines, begin = [], start
            for line in cell.split("\n"):
                lines.append(replace(self.cut(begin, begin + len(line)), source=line))
                begin += len(line) + 1
            found.append([line for line in lines if line.text])
            start += len(cell) + 1
        return found

    def behind(self, prefix: str, *, begins: bool = False, bullet: bool = False) -> "Row":
        """The row with ``prefix`` before its text, as the line of a question."""
        stretches = tuple(Stretch(s.start + len(prefix), s.end + len(prefix), s.emphasis) for s in self.stretches)
        return replace(self, text=prefix + self.text, stretches=stretches, cells=(), begins=begins, bullet=bullet)


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """The lines in one spelling: see ``plain_characters``. A line with breaks inside becomes several rows."""
    rows = []
    for line in lines:
        if line.cells:
            broken = [_BREAKS.sub("\n", cell) for cell in line.cells]
            cells = tuple(plain_characters(cell) for cell in broken)
            _, stretches = _plain(Line(line.number, "\t".join(broken), line.stretches))
            rows.append(Row(line.number, "\t".join(cells), stretches, cells, source="\t".join(cells).strip()))
            continue
        text, stretches = _plain(line)
        for piece, own in _pieces(text, stretches):
            rows.append(_tidy(Row(line.number, piece, own, source=piece).cut(0)))
    return rows


def _plain(line: Line) -> tuple[str, tuple[Stretch, ...]]:
    broken = _BREAKS.sub("\n", line.text)
    text = plain_characters(broken)
    if not line.stretches or text == line.text:
        return text, line.stretches
    places = [0]
    for char in broken:
        places.append(places[-1] + len(plain_characters(char)))
    last = len(broken)
    return text, tuple(
        Stretch(places[min(s.start, last)], places[min(s.end, last)], s.emphasis) for s in line.stretches
    )


def _pieces(text: str, stretches: tuple[Stretch, ...]) -> list[tuple[str, tuple[Stretch, ...]]]:
    """The lines inside of a line: each with its text and with what stands out in it."""
    pieces = text.split("\n")
    if len(pieces) == 1:
        return [(text, stretches)]
    starts = [0]
    for piece in pieces[:-1]:
        starts.append(starts[-1] + len(piece) + 1)
    own: list[list[Stretch]] = [[] for _ in pieces]
    for s in stretches:
        place = max(bisect_right(starts, s.start) - 1, 0)
        while place < len(pieces) and starts[place] < s.end:
            start, end = max(s.start - starts[place], 0), min(s.end - starts[place], len(pieces[place]))
            if start < end:
                own[place].append(Stretch(start, end, s.emphasis))
            place += 1
    return list(zip(pieces, map(tuple, own), strict=True))


def _tidy(row: Row) -> Row:
    """Long gaps and long spaces have one length; a number that is one sign becomes number and dot."""
    text = row.text
    decorated = _DECORATED.fullmatch(text) if len(text) <= 100 else None
    if decorated:
        return row.cut(*decorated.span(1))
    sign = _NUMBERED_SIGN.get(text[:1])
    if sign:
        text = sign + text[1:]
    if row.stretches:  # the places of what stands out must stay right
        shift = len(text) - len(row.text)
        moved = tuple(Stretch(max(s.start + shift, 0), s.end + shift, s.emphasis) for s in row.stretches)
        return replace(row, text=text, stretches=moved) if sign else row
    text = _LONG_SPACE.sub(r"\1\2", _LONG_GAP.sub(_line, text))
    return row if text == row.text else replace(row, text=text)


def _line(found: re.Match[str]) -> str:
    return "____" if set(found[0]) <= {"_", "＿"} else found[0]
