"""Which reader reads a file: by what it holds, and by its ending only where the content does not tell."""

import re
from collections.abc import Callable

from quizzes.formats.archive import Ole, ole, open_archive, refuse_ole
from quizzes.formats.decoding import decode
from quizzes.formats.found import Unreadable
from trainer.readers.html import read_html
from trainer.readers.limits import BYTES, MEGABYTE
from trainer.readers.markdown import read_markdown
from trainer.readers.sheets import read_sheet_document
from trainer.readers.text import read_text
from trainer.readers.word import read_docx
from trainer.rules.document import Document

Reader = Callable[[bytes, str], Document]

ENDINGS = (
    ".docx", ".pptx", ".pdf", ".md", ".markdown", ".txt", ".html", ".htm", ".xlsx", ".xls", ".ods", ".csv", ".tsv",
)  # fmt: skip


def _read_pptx(data: bytes, name: str) -> Document:
    from trainer.readers.slides import read_pptx  # its library takes long to load, and only who reads slides needs it

    return read_pptx(data, name)


def _read_pdf(data: bytes, name: str) -> Document:
    from trainer.readers.pdf import read_pdf  # its library takes long to load, and only who reads a PDF needs it

    return read_pdf(data, name)


# The part that tells one kind of Office file from the others.
_OFFICE = (
    ("word/document.xml", read_docx),
    ("ppt/presentation.xml", _read_pptx),
    ("xl/workbook.xml", read_sheet_document),
    ("content.xml", read_sheet_document),
)
_FOREIGN = (
    (
        (b"MZ\x90\0", b"MZP\0", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"),
        "这是一个程序，不是文档，没有打开。",
    ),
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM6", b"II*\0", b"MM\0*"),
        "这是一张图片，读不出文字。请先用文字识别（OCR）转成 Word 或文本再上传。",
    ),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), "这是一个压缩包。请解压后上传里面的文档。"),
    ((b"{\\rtf",), "这是 RTF 文件。请用 Word 或 WPS 另存为 .docx 后再试。"),
    (
        (b"ID3", b"OggS", b"fLaC", b"\0\0\0\x18ftyp", b"\0\0\0\x1cftyp", b"\0\0\0 ftyp"),
        "这是音频或视频，读不出文字。请上传文字稿。",
    ),
    ((b"SQLite format 3\0",), "这是一个数据库文件，不是文档。请检查是否选错了文件。"),
)
_HTML_HEAD = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->|\s){0,4}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def read_file(data: bytes, name: str) -> Document:
    """Read a document of any kind we know. ``name`` is the file's name; its ending is believed last.

    Raises ``Unreadable`` with a message for the person who chose the file, whatever is in it.
    """
    reader = reader_for(data, name)
    try:
        return reader(data, name)
    except Unreadable:
        raise
    except Exception as error:  # the libraries for foreign formats raise anything on a file built or broken for it
        raise Unreadable("文件内部结构异常，读不出来。请在 Office 或 WPS 里打开，另存为新文件后再试。") from error


def reader_for(data: bytes, name: str) -> Reader:
    """Raises ``Unreadable`` where no reader fits."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("文件是空的。请检查后重新选择。")
    if len(data) > BYTES:
        raise Unreadable(f"文件超过 {BYTES // MEGABYTE} MB。请拆成几个文件，或去掉图片后再上传。")
    refuse_foreign(data)
    if ole(data) == Ole.EXCEL:
        return read_sheet_document
    refuse_ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office_reader(data)
    if b"%PDF-" in data[:1024]:
        return _read_pdf
    return _text_reader(data, name.lower())


def refuse_foreign(data: bytes) -> None:
    """Raises ``Unreadable`` where the data is a program, a picture or another thing that is no text, and says which."""
    for beginnings, message in _FOREIGN:
        if data.startswith(beginnings):
            raise Unreadable(message)


def _office_reader(data: bytes) -> Reader:
    archive = open_archive(data)
    for part, reader in _OFFICE:
        if part in archive:
            return reader
    raise Unreadable("这是一个压缩包，不是文档。请解压后上传里面的文档。")


def _text_reader(data: bytes, name: str) -> Reader:
    if name.endswith((".docx", ".pptx", ".pdf", ".xlsx")):
        raise Unreadable("文件内容和扩展名不符，或者已经损坏，打不开。请重新导出后再试。")
    if name.endswith((".html", ".htm", ".xhtml")) or _HTML_HEAD.match(decode(data)[:8_000]):
        return read_html
    if name.endswith((".csv", ".tsv")):
        return read_sheet_document
    return read_markdown if name.endswith((".md", ".markdown")) else read_text
