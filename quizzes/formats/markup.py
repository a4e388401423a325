"""HTML to plain text that keeps its lines, and back.

What a text cannot hold (pictures, sound, formulas) is told beside it, so that the caller can hold the question.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from lxml import etree

from quizzes.formats.trees import local, writable
from quizzes.rules.questions import GAP

# Edges of blocks, line breaks and spaces that stay; none of these characters can come out of a document.
BREAK, LINE, HARD_SPACE = "\x1e", "\x1d", "\x1f"
BLOCKS = {
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "pre", "hr", "blockquote"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "section", "article", "header", "footer", "figure"),
    *("figcaption", "center", "address", "form", "fieldset"),
    *("prompt", "simplechoice", "simpleassociablechoice", "gaptext", "response_label"),  # QTI's, in lower case
}
MEDIA = {
    **dict.fromkeys(("img", "picture", "svg", "canvas", "matimage"), "图片"),
    **dict.fromkeys(("object", "embed"), "附件"),
    **dict.fromkeys(("audio", "mataudio"), "录音"),
    **dict.fromkeys(("video", "matvideo"), "视频"),
    "iframe": "网页",
    "math": "公式",
}
UNSEEN = {"script", "style", "head", "template", "noscript"}
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
# What shows that a text of unknown format is HTML.
MARKUP = re.compile(
    r"</?(?:p|br|b|i|u|s|em|strong|span|div|img|ul|ol|li|sup|sub|table|thead|tbody|tr|td|th|h[1-6]|a|font|code|pre"
    r"|audio|video|iframe|svg|math|object|embed|hr)(?:[\s/][^<>]*)?>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});",
    re.IGNORECASE,
)
COUNTED = "counted-so-far"  # an attribute of ours on a list that is being read
CJK = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"

# What a caller puts in the place of an element, or ``None`` to read on inside.
Replace = Callable[[etree._Element], str | None]


@dataclass(frozen=True)
class Rendered:
    """A text without markup. ``media`` names what it cannot hold; ``whole`` is false where something was too deep."""

    text: str
    media: tuple[str, ...] = ()
    whole: bool = True


def html_to_text(html: str) -> Rendered:
    """The text that a reader of this piece of HTML sees, line by line."""
    if "<" not in html and "&" not in html:
        return Rendered(_settled(html))
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    root = etree.fromstring(f"<div>{writable(html)}</div>".encode(), parser)
    too_deep = any("depth" in (entry.message or "") for entry in parser.error_log)
    if root is None:
        return Rendered("", whole=not html.strip())
    return _rendered(root, lambda element: None, whole=not too_deep)


def element_to_text(element: etree._Element, replace: Replace = lambda element: None) -> Rendered:
    """The same for an element of a document that is a tree already. ``replace`` may put texts for elements."""
    return _rendered(element, replace)


def lines_to_text(text: str) -> str:
    """A plain text as it stands, with one kind of line end and nothing around it."""
    return re.sub(r"\r\n?", "\n", text).replace("\xa0", " ").strip()


def text_to_html(text: str) -> str:
    """HTML that ``html_to_text`` reads back as ``text``: lines by ``<br>``, runs of spaces kept."""
    text = writable(lines_to_text(text)).replace("\t", " ")
    return escape(_spaces_kept(text), quote=False).replace("\n", "<br>")


def add_text(element: etree._Element, text: str, line_break: str = "br") -> etree._Element:
    """Put ``text`` at the end of an element of a tree, its lines parted by ``line_break`` elements."""
    text = re.sub(r"\r\n?", "\n", writable(text)).replace("\t", " ")
    first, *rest = _spaces_kept(text).split("\n")
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + first
    else:
        last.tail = (last.tail or "") + first
    for line in rest:
        etree.SubElement(element, line_break).tail = line
    return element


def _spaces_kept(text: str) -> str:
    return re.sub(r"(?:(?<=\s)|^) | (?=\s|$)", "\xa0", text)


# --- reading -------------------------------------------------------------------------------------------------

def _rendered(root: etree._Element, replace: Replace, *, whole: bool = True) -> Rendered:
    media: list[str] = []
    pieces: list[list[str]] = [[]]  # of the elements that are open, the outermost first
    replaced = False  # whether the element that ends now was replaced as a whole
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            put = None if element is root else _instead(element, replace, media)
            replaced = put is not None
            if put is not None:
                walk.skip_subtree()
            pieces.append([_numbered(element) + (element.text or "") if put is None else put])
        else:
            text = "".join(pieces.pop())
            pieces[-1].append(text if replaced else _dressed(element, text))
            pieces[-1].append("" if element is root else element.tail or "")
            replaced = False
    return Rendered(_settled("".join(pieces[0])), tuple(dict.fromkeys(media)), whole)


def _instead(element: etree._Element, replace: Replace, media: list[str]) -> str | None:
    """What stands for the whole element, or ``None`` where its inside counts."""
    put = replace(element)
    if put is not None:
        return put
    name = local(element).lower()
    if name in MEDIA:
        source = element.get("src") or element.get("data") or element.get("uri") or ""
        file = "" if source.startswith("data:") else source.split("?")[0].rsplit("/", 1)[-1][:60]
        media.append(f"{MEDIA[name]}“{file}”" if file else MEDIA[name])
        return ""
    if name == "br":
        return LINE
    if name == "u" and not len(element) and element.text and not element.text.strip():
        return GAP  # an underlined space is how word processors draw a gap
    return "" if name in UNSEEN else None


def _numbered(element: etree._Element) -> str:
    """The number of a step in a numbered list: the text may speak of it."""
    parent = element.getparent()
    if local(element) != "li" or parent is None or local(parent) != "ol":
        return ""
    number = int(parent.get(COUNTED, "0")) + 1
    parent.set(COUNTED, str(number))
    return f"{number}. "


def _dressed(element: etree._Element, text: str) -> str:
    name = local(element).lower()
    if name == "pre":
        text = re.sub(r"\r\n?", "\n", text).strip("\n").replace("\n", LINE).replace(" ", HARD_SPACE)
    elif name in ("sup", "sub"):
        moved = text.strip().translate(RAISED if name == "sup" else LOWERED)
        if not set(moved) & set(text.strip()):
            text = moved
    elif name in ("td", "th") and element.getnext() is not None:
        text = f"{text} | "
    return f"{BREAK}{text}{BREAK}" if name in BLOCKS else text


def _settled(text: str) -> str:
    """White space as a browser shows it: runs are one space, but for line breaks and hard spaces."""
    text = re.sub(rf"(?<={CJK})[ \t\f]*[\r\n][ \t\r\n\f]*(?={CJK})", "", text)  # a source line's end is no space here
    text = re.sub(r"[ \t\r\n\f]+", " ", text)
    text = re.sub(f" ?{LINE} ?", LINE, text)
    text = re.sub(f"{LINE}? ?{BREAK}[ {BREAK}]*", "\n", text)
    return text.replace(LINE, "\n").replace("\xa0", " ").replace(HARD_SPACE, " ").strip()
