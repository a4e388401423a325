"""The XML parts of an Office file, parsed without entities, external references or unbounded depth."""

from lxml import etree

from quizzes.formats.archive import Archive
from quizzes.formats.found import Unreadable


def parse_part(archive: Archive, name: str) -> etree._Element:
    """Raises ``Unreadable`` where the part is missing, broken or declares a DTD of its own."""
    data = archive.read(name)
    if b"<!DOCTYPE" in data[:4096].replace(b"\0", b"") or b"<!ENTITY" in data[:4096].replace(b"\0", b""):
        raise Unreadable("文件内部声明了外部实体，像是恶意构造的，没有打开。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("文件内部已损坏，读不出来。请在 Office 或 WPS 里打开，另存后再试。") from None


def parse_optional(archive: Archive, name: str) -> etree._Element | None:
    return parse_part(archive, name) if name in archive else None
