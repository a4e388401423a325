"""Workbooks built by hand, so that a test can say what stands in them, down to a broken byte."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPED = f"{RELATED}/worksheet"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "docProps" not in name}


def excel(
    *sheets: str, names: Sequence[str] = ("试题", "第二", "第三"), more: Mapping[str, str] | None = None
) -> bytes:
    """An .xlsx whose sheets are given as XML: the children of ``worksheet``."""
    listed = "".join(f'<sheet name="{names[n]}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(len(sheets)))
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + "".join(f'<Relationship Id="r{n}" Type="{TYPED}" Target="worksheets/s{n}.xml"/>' for n in range(len(sheets)))
        + f'<Relationship Id="st" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>',
    }
    for n, sheet in enumerate(sheets):
        parts[f"xl/worksheets/s{n}.xml"] = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    return zipped({**parts, **(more or {})})


def rows(*table: Sequence[str]) -> str:
    """Rows of plain text cells as XML."""
    lines = []
    for number, row in enumerate(table, 1):
        cells = "".join(
            f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in enumerate(row) if text
        )  # fmt: skip
        lines.append(f'<row r="{number}">{cells}</row>')
    return f"<sheetData>{''.join(lines)}</sheetData>"


def open_document(content: str) -> bytes:
    """An .ods whose tables are given as XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {spaces}>{content}</office:document-content>",
        }
    )


# --- .xls ------------------------------------------------------------------------------------------------


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def wide(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def old_excel(cells: bytes, *, texts: Sequence[str] = (), formats: Mapping[int, str] | None = None, globals_=b"",
              version: int = 0x600, cut: int = 8000) -> bytes:  # fmt: skip
    """An .xls of one sheet. ``cells`` are its records; style n has the n-th of ``formats``.

    The record of the texts ends after ``cut`` bytes, in the middle of a text, and goes on in another.
    """
    bof = record(0x809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0))
    codes = formats or {0: "General"}
    head = bof + globals_ + b"".join(record(0x41E, struct.pack("<H", n) + wide(code)) for n, code in codes.items())
    head += b"".join(record(0xE0, struct.pack("<HH", 0, n) + bytes(16)) for n in codes)
    shared = struct.pack("<II", len(texts), len(texts)) + b"".join(map(wide, texts))
    head += record(0xFC, shared[:cut])
    if shared[cut:]:  # the record that goes on says again that its letters are wide
        head += record(0x3C, b"\1" + shared[cut:])
    name = "试题".encode("utf-16-le")
    size = len(head) + 4 + 8 + len(name) + 4
    head += record(0x85, struct.pack("<IBB", size, 0, 0) + bytes([2, 1]) + name) + record(0x0A, b"")
    return container(head + bof + cells + record(0x0A, b""))


def container(book: bytes) -> bytes:
    """An OLE file with one stream, Workbook."""
    book += bytes(max(4096 - len(book), 0))
    sectors = -(-len(book) // 512)
    tables = -(-(sectors + 2 + sectors // 100) // 128) + 1
    chain = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    first = tables + 1
    chain += [*range(first + 1, first + sectors), 0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)[:36]
    header += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0) + _entry("Workbook", 2, first, len(book)) + bytes(256)
    return (
        header.ljust(512, b"\0") + struct.pack(f"<{len(chain)}I", *chain) + directory + book.ljust(sectors * 512, b"\0")
    )


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    tail = struct.pack("<IIQ", first, size, 0)[:12]
    return raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1) + bytes(48) + tail[:8] + bytes(4)
