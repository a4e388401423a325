"""A web page → its headings, paragraphs, lists and tables. Navigation, adverts and the like are left out."""

import re
from collections.abc import Iterator

from lxml import etree, html

from quizzes.formats.decoding import decode
from quizzes.formats.found import Unreadable
from trainer.readers.limits import Pieces, stem_of
from trainer.rules.document import Block, BlockKind, Document

_SILENT = {
    "script", "style", "noscript", "template", "head", "svg", "math", "object", "iframe", "canvas", "video", "audio",
}
_FURNITURE = {
    "nav": "网站导航",
    "aside": "网页侧栏",
    "footer": "网页页脚",
    "form": "网页表单",
    "button": "网页按钮",
    "select": "网页表单",
    "textarea": "网页表单",
    "dialog": "网页弹窗",
}
_ROLES = {
    "navigation": "网站导航",
    "banner": "网页页眉",
    "contentinfo": "网页页脚",
    "search": "网页表单",
    "dialog": "网页弹窗",
}
# A word of an element's class or id, and what such an element is. Left out only while it is a small part of the page.
_HINTS = {
    **dict.fromkeys(("nav", "navbar", "menu", "breadcrumb", "breadcrumbs", "crumb", "topbar", "sitenav"), "网站导航"),
    **dict.fromkeys(("sidebar", "aside"), "网页侧栏"),
    **dict.fromkeys(("footer", "copyright", "friendlink", "friendlinks", "icp"), "网页页脚"),
    **dict.fromkeys(("cookie", "cookies", "consent", "gdpr"), "Cookie 提示"),
    **dict.fromkeys(("ad", "ads", "advert", "adverts", "advertisement", "adsbygoogle", "banner"), "广告"),
    **dict.fromkeys(("share", "social", "qrcode", "wechat", "weixin"), "分享和二维码"),
    **dict.fromkeys(("related", "recommend", "recommended", "ranking"), "推荐阅读"),
    **dict.fromkeys(("comment", "comments"), "网友评论"),
    **dict.fromkeys(("pagination", "pager", "login", "modal", "popup"), "网页按钮"),
}
_LARGE = 0.3  # an element with a larger share of the page's text is content, whatever its class says
_BLOCK_TAGS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "th", "tr", "ul",
}
_BOLD = {"b", "strong"}
_WORD = re.compile(r"[a-z]+")


def read_html(data: bytes, name: str) -> Document:
    """Raises ``Unreadable``. Entities of a DTD and anything outside of the file are never looked at."""
    root = _parse(decode(data))
    pieces = Pieces()
    title = next((" ".join(found.itertext()).strip() for found in root.iter("title")), "")
    for block in _Walk(root, pieces).blocks():
        pieces.add(block)
    return pieces.document("html", title or stem_of(name))


def words_of(fragment: str) -> str:
    """The words of a piece of HTML, without its tags."""
    if not fragment.strip():
        return ""
    try:
        root = _parse(fragment)
    except Unreadable:
        return ""
    for silent in list(root.iter(*_SILENT)):
        silent.drop_tree()
    return " ".join(" ".join(root.itertext()).split())


def _parse(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise Unreadable("网页里没有内容，或者已经损坏。请在浏览器里打开后重新保存。") from None
    return root


class _Walk:
    """One pass over the elements in their order, gathering text until a block ends."""

    def __init__(self, root: html.HtmlElement, pieces: Pieces) -> None:
        self._root = root
        self._pieces = pieces
        self._size = max(len("".join(root.itertext())), 1)
        self._text: list[str] = []
        self._bold = self._plain = 0
        self._lists: list[int | None] = []
        self._marker = ""
        self._line = 1

    def blocks(self) -> Iterator[Block]:
        skipped: html.HtmlElement | None = None
        inside: list[str] = []
        for event, element in etree.iterwalk(self._root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._take(element.tail, inside)
                continue
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                reason = self._reason(element, tag, inside)
                if reason is not None or tag == "table":
                    yield from self._flush(inside) if reason is None else ()
                    skipped = element
                    if reason:
                        self._pieces.leave_out(element.sourceline or 1, _text(element), reason)
                    elif reason is None:
                        yield from self._table(element)
                    continue
                if tag in _BLOCK_TAGS or tag == "br":
                    yield from self._flush(inside)
                    self._line = element.sourceline or self._line
                self._enter(tag, element)
                inside.append(tag)
                self._take(element.text, inside)
            else:
                if tag in _BLOCK_TAGS:
                    yield from self._flush(inside)
                if tag in ("ul", "ol") and self._lists:
                    self._lists.pop()
                inside.pop()
                self._take(element.tail, inside)
        yield from self._flush(inside)

    def _enter(self, tag: str, element: html.HtmlElement) -> None:
        if tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            start = element.get("start", "")
            self._lists.append(int(start) if start.isdecimal() and len(start) < 5 else 1)
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            self._marker = "•" if number is None else f"{number}."
            if number is not None:
                self._lists[-1] = number + 1

    def _take(self, text: str | None, inside: list[str]) -> None:
        if not text:
            return
        self._text.append(text)
        if _BOLD.intersection(inside):
            self._bold += len(text.strip())
        else:
            self._plain += len(text.strip())

    def _flush(self, inside: list[str]) -> Iterator[Block]:
        text = " ".join("".join(self._text).split())
        bold = self._bold > 0 and not self._plain
        self._text, self._bold, self._plain = [], 0, 0
        if not text:
            return
        heading = next((tag for tag in reversed(inside) if re.fullmatch(r"h[1-6]", tag)), "")
        if heading:
            yield Block(BlockKind.HEADING, text, self._line, level=int(heading[1]))
        elif "li" in inside:
            yield Block(BlockKind.LIST_ITEM, text, self._line, level=max(len(self._lists), 1), marker=self._marker)
            self._marker = ""
        elif "blockquote" in inside:
            yield Block(BlockKind.QUOTE, text, self._line)
        else:
            yield Block(BlockKind.PARAGRAPH, text, self._line, stands_out=bold)

    def _reason(self, element: html.HtmlElement, tag: str, inside: list[str]) -> str | None:
        """Why the element is left out: empty for what is no text at all, ``None`` where it stays."""
        if tag in _SILENT:
            return ""
        if element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", ""):
            return "网页上看不到的文字"
        if tag == "header":
            own = {"article", "main", "section"}.intersection(inside) or element.find(".//h1") is not None
            return None if own else "网页页眉"
        reason = _FURNITURE.get(tag) or _ROLES.get(element.get("role") or "")
        if reason is None:
            words = _WORD.findall(f"{element.get('class') or ''} {element.get('id') or ''}".lower())
            reason = next((_HINTS[word] for word in words if word in _HINTS), None)
        if reason is None or tag in ("html", "body", "main", "article", "h1") or element.find(".//h1") is not None:
            return None
        return reason if len(_text(element)) < self._size * _LARGE else None

    def _table(self, table: html.HtmlElement) -> Iterator[Block]:
        line = table.sourceline or self._line
        found = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        rows = [tuple(_text(cell) for cell in row if cell.tag in ("td", "th")) for row in found]
        rows = [row for row in rows if any(row)]
        if max((len(row) for row in rows), default=0) < 2:  # a table for the looks
            for row in rows:
                for cell in row:
                    yield Block(BlockKind.PARAGRAPH, cell, line)
            return
        width = max(len(row) for row in rows)
        header = bool(found) and all(cell.tag == "th" for cell in found[0] if cell.tag in ("td", "th"))
        padded = tuple(row + ("",) * (width - len(row)) for row in rows)
        yield Block(BlockKind.TABLE, "", line, rows=padded, header=header)


def _text(element: html.HtmlElement) -> str:
    """An element's words; those of scripts and styles are none."""
    words: list[str] = []
    skipped: html.HtmlElement | None = None
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if skipped is not None:
            if event == "end" and inner is skipped:
                skipped = None
                words.append(inner.tail or "" if inner is not element else "")
            continue
        if event == "start" and inner.tag in _SILENT:
            skipped = inner
        elif event == "start":
            words.append(f" {inner.text or ''}" if inner.tag in _BLOCK_TAGS else inner.text or "")
        elif inner is not element:
            words.append(f"{inner.tail or ''}")
    return " ".join("".join(words).split())
