"""The text of a Word paragraph and what stands out in it: colour, bold, underline, highlight."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from quizzes.formats.lines import Emphasis, Stretch
from quizzes.formats.word_numbers import W

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICE, _FALLBACK = f"{_COMPATIBLE}Choice", f"{_COMPATIBLE}Fallback"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
BOX = f"{W}txbxContent"
_LEFT_OUT = {
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt", "footnoteReference")
}
# Signs that Word keeps in the fonts Wingdings and Wingdings 2
_SIGNS = {
    "F0FC": "√", "F0FE": "√", "F050": "√", "F052": "√", "F0FB": "×", "F0FD": "×", "F04F": "×", "F051": "×",
    "F0A8": "□", "F06F": "□", "F0A3": "□", "F0E0": "→",
}  # fmt: skip
_KEY = re.compile(r"[A-Ha-hＡ-Ｈ]{1,8}|√|×|对|错|正确|错误")
_PLAIN_COLOURS = {"auto", "000000", "FFFFFF", "", "windowText"}


@dataclass(frozen=True)
class Look:
    """How a run looks. ``None`` is what says nothing itself and goes by the style around it."""

    red: bool | None = None
    bold: bool | None = None
    underline: bool | None = None
    highlight: bool | None = None

    def over(self, base: "Look") -> "Look":
        """This look on top of another one."""
        return Look(
            *(
                getattr(base, name) if getattr(self, name) is None else getattr(self, name)
                for name in ("red", "bold", "underline", "highlight")
            )
        )

    @property
    def emphases(self) -> set[Emphasis]:
        return {emphasis for emphasis in Emphasis if getattr(self, emphasis.value)}


@dataclass
class Written:
    """A paragraph's text as it grows, with a stretch for each run that stands out."""

    text: str = ""
    stretches: list[Stretch] = field(default_factory=list)
    _last: dict[Emphasis, int] = field(default_factory=dict)

    def add(self, text: str, look: Look) -> None:
        start, self.text = len(self.text), self.text + text
        for emphasis in sorted(look.emphases):
            last = self._last.get(emphasis, -1)
            if last >= 0 and self.stretches[last].end == start:
                self.stretches[last] = replace(self.stretches[last], end=len(self.text))
            else:
                self._last[emphasis] = len(self.stretches)
                self.stretches.append(Stretch(start, len(self.text), emphasis))


def look_of(properties: etree._Element | None) -> Look:
    """What run properties say. Any colour that is neither black, white nor grey counts as red: it marks something."""
    if properties is None:
        return Look()
    colour, shade = _value(properties, "color"), properties.find(f"{W}shd")
    fill = shade.get(f"{W}fill", "auto") if shade is not None else None
    mark = _value(properties, "highlight")
    highlight = None
    if mark is not None or fill is not None:
        highlight = mark not in (None, "none") or (fill is not None and _is_colourful(fill))
    underline = _value(properties, "u")
    return Look(
        None if colour is None else _is_colourful(colour),
        _flag(properties, "b"),
        None if underline is None else underline != "none",
        highlight,
    )


def _value(properties: etree._Element, name: str) -> str | None:
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "")


def _flag(properties: etree._Element, name: str) -> bool | None:
    value = _value(properties, name)
    return None if value is None else value not in ("0", "false", "off")


def _is_colourful(colour: str) -> bool:
    if colour in _PLAIN_COLOURS or not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return False
    parts = [int(colour[place : place + 2], 16) for place in (0, 2, 4)]
    return max(parts) - min(parts) >= 0x50


def write_paragraph(paragraph: etree._Element, base: Look, styles: dict[str, Look]) -> Written:
    """The text of a paragraph without its text boxes. Underlined spaces become a gap, an underlined key ``__A__``."""
    written = Written()
    line: list[str] = []  # underlined text not yet written

    def flush() -> None:
        if not line:
            return
        text = "".join(line)
        line.clear()
        if not text.strip(" \t\u3000\xa0"):
            written.add("____" if len(text) > 1 or text == "\t" else text, Look())
        elif text != text.strip() and _KEY.fullmatch(text.strip()):
            written.add(f"__{text.strip()}__", Look())
        else:
            written.add(text, Look(underline=True))

    for text, own in _runs(paragraph, styles):
        look = own.over(base)
        if look.underline and "\n" not in text and not (look.red or look.highlight):
            line.append(text)
            continue
        flush()
        written.add(text, look)
    flush()
    return written


def _runs(element: etree._Element, styles: dict[str, Look]) -> Iterator[tuple[str, Look]]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _LEFT_OUT or child.tag == BOX:
            continue
        if child.tag == f"{W}r":
            properties = child.find(f"{W}rPr")
            look = look_of(properties)
            style = _value(properties, "rStyle") if properties is not None else None
            if style:
                look = look.over(styles.get(style, Look()))
            text = _text(child)
            if text:
                yield text, look
        elif child.tag == _MATHS:
            yield child.text or "", Look()
        else:
            yield from _runs(child, styles)


def _text(run: etree._Element) -> str:
    pieces = []
    for child in run:
        name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
        if name == "t":
            pieces.append(child.text or "")
        elif name in ("tab", "ptab"):
            pieces.append("\t")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "sym":
            pieces.append(_SIGNS.get((child.get(f"{W}char") or "").upper(), ""))
        elif name == "ruby":
            pieces += [found.text or "" for base in child.iter(f"{W}rubyBase") for found in base.iter(f"{W}t")]
    return "".join(pieces)


def boxes_of(paragraph: etree._Element) -> list[etree._Element]:
    """The text boxes that hang on a paragraph, each once: older programs' stand-ins are left out."""
    found = []
    for box in paragraph.iter(BOX):
        inside = False
        for parent in box.iterancestors():
            if parent is paragraph:
                break
            if parent.tag == BOX:
                inside = True
            if parent.tag == _FALLBACK and parent.getprevious() is not None and parent.getprevious().tag == _CHOICE:
                inside = True
        if not inside:
            found.append(box)
    return found
