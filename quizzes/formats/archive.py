"""Zip files from strangers: opened in memory, within limits, never unpacked to a disk.

Word, Excel, PowerPoint and question packages all are zips. ``open_archive`` looks at the directory before anything
is unpacked and refuses what is built to hurt: bombs, names that climb out of their folder, archives in archives.
``refuse_ole`` tells the other container that Office files come in: old formats, and new ones with a password.
Whatever is wrong, ``Unreadable`` says it in words for the person who chose the file.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO

from quizzes.formats.found import Unreadable

MEGABYTE = 1024 * 1024
ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
NOT_CONTENT = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY_MAGIC = b"PK\x01\x02"  # each entry of a zip's directory begins so
ENCRYPTED_FLAG, UTF8_FLAG = 0x1, 0x800
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError,
    OSError, ValueError, OverflowError, IndexError, KeyError,
)


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold. Sizes are in bytes, unpacked; ``ratio`` counts for files above ``ratio_from``."""

    files: int = 5_000
    file_bytes: int = 64 * MEGABYTE
    total_bytes: int = 256 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 4 * MEGABYTE


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Archive:
    """An opened zip. ``names`` are its files in their order, with ``/`` between folders, without folders."""

    names: tuple[str, ...]
    _entries: dict[str, zipfile.ZipInfo] = field(repr=False)
    _zip: zipfile.ZipFile = field(repr=False)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """The unpacked size in bytes. Raises ``Unreadable`` where there is no such file."""
        return self._entry(name).file_size

    def read(self, name: str) -> bytes:
        """The unpacked file. Raises ``Unreadable`` where there is none or it is damaged."""
        entry = self._entry(name)
        try:
            return self._zip.read(entry)
        except BROKEN:
            raise Unreadable(f"压缩包里的“{_shown(name)}”已损坏，读不出来。请重新导出或重新打包后再试。") from None

    def _entry(self, name: str) -> zipfile.ZipInfo:
        if name not in self._entries:
            raise Unreadable(f"文件里缺少“{_shown(name)}”，可能不完整。请重新导出后再试。")
        return self._entries[name]


def open_archive(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Archive:
    """Open a zip whose directory keeps within ``limits``. Nothing is unpacked yet.

    Raises ``Unreadable`` where ``data`` is no zip, is damaged or encrypted, holds too much, holds further archives,
    or names files outside of its own folder.
    """
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise Unreadable(_no_zip(data))
    if data.count(ENTRY_MAGIC) > limits.files:  # before the directory is read: it alone could fill the memory
        raise Unreadable(f"压缩包里的文件超过 {limits.files} 个。请拆成几个小包再试。")
    try:
        opened = zipfile.ZipFile(BytesIO(data))
    except BROKEN:
        raise Unreadable("压缩包已损坏，或者没有下载完整。请重新下载或重新打包后再试。") from None
    entries: dict[str, zipfile.ZipInfo] = {}
    for name, entry in _named(opened.infolist()):
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise Unreadable("压缩包设了密码。请去掉密码后再试。")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(f"压缩包里的“{_shown(name)}”用了少见的压缩方法。请用普通的 zip 格式重新打包。")
        if name.lower().endswith(ARCHIVES):
            raise Unreadable(f"压缩包里还有压缩包“{_shown(name)}”。请先解压，再分别导入。")
        if name in entries:
            raise Unreadable(f"压缩包里有两个“{_shown(name)}”，不知道该用哪个。请重新打包后再试。")
        _check_size(name, entry, limits)
        entries[name] = entry
    if sum(entry.file_size for entry in entries.values()) > limits.total_bytes:
        raise Unreadable(f"压缩包解开后超过 {limits.total_bytes // MEGABYTE} MB。请拆成几个小包再试。")
    if sum(entry.compress_size for entry in entries.values()) > len(data):
        raise Unreadable("压缩包里的文件互相重叠，像是恶意构造的，没有打开。")
    names = tuple(name for name in entries if not NOT_CONTENT.search(name))
    return Archive(names, entries, opened)


def _named(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files with clean names. Folders are left out."""
    for entry in entries:
        name = _name(entry)
        if name.endswith("/"):
            continue
        parts = name.split("/")
        if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in parts or "\0" in name:
            raise Unreadable(f"压缩包里有指向包外的路径“{_shown(name)}”，像是恶意构造的，没有打开。")
        yield "/".join(part for part in parts if part not in ("", ".")), entry


def _name(entry: zipfile.ZipInfo) -> str:
    """Windows tools write backslashes, and Chinese names in their own encoding without saying so."""
    name = entry.orig_filename
    if not entry.flag_bits & UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        name = _first(raw.decode, name, "utf-8", "gb18030")
    return name.replace("\\", "/")


def _first(decode, otherwise: str, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return decode(encoding)
        except UnicodeDecodeError:
            continue
    return otherwise


def _check_size(name: str, entry: zipfile.ZipInfo, limits: Limits) -> None:
    size = entry.file_size
    if size > limits.file_bytes:
        raise Unreadable(f"压缩包里的“{_shown(name)}”解开后超过 {limits.file_bytes // MEGABYTE} MB，没有打开。")
    if size > limits.ratio_from and size > limits.ratio * max(entry.compress_size, 1):
        raise Unreadable(f"压缩包里的“{_shown(name)}”压缩得异常厉害，像是压缩炸弹，没有打开。")


def _shown(name: str) -> str:
    """A name as a message can bear it: short and printable."""
    clean = "".join(char if char.isprintable() else "?" for char in name)
    return clean if len(clean) <= 60 else f"…{clean[-59:]}"


# --- what is no zip ---------------------------------------------------------------------------------------

class Ole(StrEnum):
    """What an OLE file (Office before 2007, or with a password) holds."""

    ENCRYPTED = "encrypted"
    WORD = "word"
    EXCEL = "excel"
    POWERPOINT = "powerpoint"
    OTHER = "other"


# The name of a stream in the file's directory tells what it is; names are written in UTF-16.
STREAMS = (
    ("EncryptedPackage", Ole.ENCRYPTED),
    ("PowerPoint Document", Ole.POWERPOINT),
    ("WordDocument", Ole.WORD),
    ("Workbook", Ole.EXCEL),
    ("Book\0", Ole.EXCEL),
)
OLE_MESSAGES = {
    Ole.ENCRYPTED: "文件设了打开密码。请先去掉密码，另存后再试。",
    Ole.WORD: "这是旧版的 Word 文件（.doc）。请用 Word 或 WPS 另存为 .docx 后再试。",
    Ole.EXCEL: "这是旧版的 Excel 文件（.xls）。请用 Excel 或 WPS 另存为 .xlsx 后再试。",
    Ole.POWERPOINT: "这是旧版的 PowerPoint 文件（.ppt）。请用 PowerPoint 或 WPS 另存为 .pptx 后再试。",
    Ole.OTHER: "这是旧版的 Office 文件，读不了。请另存为 .docx、.xlsx 或 .pptx 后再试。",
}


def ole(data: bytes) -> Ole | None:
    """What kind of OLE file ``data`` is, or ``None`` where it is none."""
    if not data.startswith(OLE_MAGIC):
        return None
    return next((kind for name, kind in STREAMS if name.encode("utf-16-le") in data), Ole.OTHER)


def refuse_ole(data: bytes, *, may_be: Container[Ole] = ()) -> None:
    """Raises ``Unreadable`` where ``data`` is an OLE file, but for the kinds that the caller can read."""
    kind = ole(data)
    if kind is not None and kind not in may_be:
        raise Unreadable(OLE_MESSAGES[kind])


def _no_zip(data: bytes) -> str:
    """Why ``data`` cannot be opened as a zip, as far as its beginning tells."""
    kind = ole(data)
    if kind is not None:
        return OLE_MESSAGES[kind]
    if not data:
        return "文件是空的。请检查后重新选择。"
    if data.startswith((b"MZ", b"\x7fELF")):
        return "这是一个程序，不是题目文件。请检查后重新选择。"
    if data.startswith(b"%PDF"):
        return "这是一个 PDF 文件，只是改了扩展名。请把扩展名改回 .pdf 再试。"
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        return "只能打开 zip 格式的压缩包。请解压后改用 zip 重新打包。"
    return "文件内容和扩展名不符，或者已经损坏，打不开。请重新导出后再试。"
