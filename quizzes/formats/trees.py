"""XML from strangers, read into a tree: no entities, no network, no DTD, bounded in size."""

import re
from html.entities import html5

from lxml import etree

from quizzes.formats.archive import MEGABYTE
from quizzes.formats.found import Unreadable

MOST_BYTES = 64 * MEGABYTE
MOST_TAGS = 1_500_000  # a node takes some 150 bytes, however short its tag
OWN_ENTITIES = "文件里定义了 XML 实体，为了安全没有打开。请重新导出后再试。"
KNOWN_TO_XML = {"amp", "lt", "gt", "quot", "apos"}
DECLARATION = re.compile(r"^<\?xml[^>]{0,200}\?>")


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML document. ``sourceline`` of its elements is the line in the file.

    HTML's named entities (``&nbsp;``) and GB18030 without a declaration are put right, because people write them.
    Raises ``Unreadable`` where the document is no XML, too big, or defines entities of its own.
    """
    if len(data) > MOST_BYTES or data.count(b"<") > MOST_TAGS:
        raise Unreadable(f"XML 文件太大（超过 {MOST_BYTES // MEGABYTE} MB 或标签太多）。请分成几个文件再导入。")
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n") if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else data
    if not data:
        raise Unreadable("文件是空的。请检查后重新选择。")
    try:
        root = _parsed(data)
    except etree.XMLSyntaxError as first:
        try:
            root = _parsed(_mended(data))
        except (etree.XMLSyntaxError, ValueError):
            if b"<!ENTITY" in data:  # the parser stops by itself where entities multiply
                raise Unreadable(OWN_ENTITIES) from None
            line = first.lineno or 1
            raise Unreadable(f"第 {line} 行起不是正确的 XML，读不下去。请重新导出，或改好这一行再试。") from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise Unreadable(OWN_ENTITIES)
    _put_entities_right(root)
    return root


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root is None:
        raise etree.XMLSyntaxError("no root", 0, 1, 1)
    return root


def _mended(data: bytes) -> bytes:
    """The document in UTF-8, with HTML's entities written as numbers."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    text = re.sub(r"&([A-Za-z][A-Za-z0-9]{1,31});", _numbered, text)
    return DECLARATION.sub("", text).encode()


def _numbered(found: re.Match[str]) -> str:
    name = found[1]
    meant = html5.get(f"{name};")
    return found[0] if meant is None or name in KNOWN_TO_XML else "".join(f"&#{ord(char)};" for char in meant)


def _put_entities_right(root: etree._Element) -> None:
    """Where a DTD is named but not loaded, the parser leaves HTML's entities as nodes of their own."""
    for node in list(root.iter(etree.Entity)):
        meant = html5.get(f"{node.name};")
        parent = node.getparent()
        if meant is None or parent is None:
            raise Unreadable(f"文件里有不认识的 XML 实体“&{node.name};”。请重新导出后再试。")
        text = meant + (node.tail or "")
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        node.tail = None
        parent.remove(node)


def writable(text: str) -> str:
    """``text`` without the characters that XML cannot hold (control characters, halves of surrogate pairs)."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


# --- names whatever the version of a format calls them --------------------------------------------------------

def local(element: etree._Element) -> str:
    """The name without its namespace; ``qti-choice-interaction`` of QTI 3 reads ``choiceInteraction``."""
    name = element.tag.rpartition("}")[2]
    if name.startswith("qti-"):
        name = name.removeprefix("qti-")
        return re.sub("-([a-z])", lambda found: found[1].upper(), name)
    return name


def attribute(element: etree._Element, name: str, default: str = "") -> str:
    """An attribute by its QTI 2 name; QTI 3 writes ``maxChoices`` as ``max-choices``."""
    value = element.get(name)
    if value is None:
        value = element.get(re.sub("([A-Z])", lambda found: "-" + found[1].lower(), name))
    return default if value is None else value


def children(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """The child elements of these names; all of them where none is given."""
    return [] if element is None else [child for child in element if not names or local(child) in names]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next(iter(children(element, name)), None)


def descendants(element: etree._Element, *names: str) -> list[etree._Element]:
    """All elements below of these names, in the order of the document."""
    return [found for found in element.iter(etree.Element) if found is not element and local(found) in names]


def child_text(element: etree._Element | None, *path: str) -> str:
    """The stripped text of the element at the end of ``path``, or an empty text where there is none."""
    for name in path:
        element = child(element, name)
    return "".join(element.itertext()).strip() if element is not None else ""
