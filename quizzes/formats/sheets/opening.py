"""Bytes to sheets: what the file really is decides, not its name."""

from quizzes.formats.archive import Ole, ole, open_archive, refuse_ole
from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.cells import Sheet
from quizzes.formats.sheets.excel import read_excel
from quizzes.formats.sheets.old_excel import read_old_excel
from quizzes.formats.sheets.open_document import read_open_document
from quizzes.formats.sheets.separated import read_separated

MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_OF_TEXT = 50 * MEGABYTE, 20 * MEGABYTE


def read_sheets(data: bytes, filename: str) -> tuple[Sheet, ...]:
    """The sheets of an Excel, OpenDocument or separated-text file, in their order.

    Raises ``Unreadable`` with a message in Chinese where the file is none of them, damaged, locked or too large.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"文件超过 {MOST_BYTES // MEGABYTE} MB，请拆成几个文件再上传。")
    if not data.strip():
        raise Unreadable("文件是空的。请检查后重新选择。")
    if ole(data):
        refuse_ole(data, may_be={Ole.EXCEL})
        return tuple(read_old_excel(data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        archive = open_archive(data)
        if "content.xml" in archive and "mimetype" in archive:
            return tuple(read_open_document(archive))
        if not any(name.endswith(".xml") and "/workbook" in f"/{name}" for name in archive.names):
            raise Unreadable("这个文件里没有 Excel 表格，只是改了扩展名。请检查后重新选择。")
        return tuple(read_excel(archive))
    _refuse_others(data)
    if len(data) > MOST_OF_TEXT:
        raise Unreadable(f"文件超过 {MOST_OF_TEXT // MEGABYTE} MB，请拆成几个文件再上传。")
    return (read_separated(data, filename),)


def _refuse_others(data: bytes) -> None:
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"mz", b"\x7felf")):
        raise Unreadable("这是一个程序，不是表格。请检查后重新选择。")
    if start.startswith(b"%pdf"):
        raise Unreadable("这是一个 PDF 文件，不是表格。请检查后重新选择。")
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        raise Unreadable("这个文件其实是网页或 XML，只是改了扩展名。请用 Excel 打开并另存为 .xlsx 后再试。")
