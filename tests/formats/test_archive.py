"""Archives that are built to hurt are refused with words, and nothing else ever comes out."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.archive import OLE_MAGIC, Limits, Ole, ole, open_archive, refuse_ole
from quizzes.formats.found import Unreadable


def packed(files: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes, **limits) -> str:
    with pytest.raises(Unreadable) as caught:
        open_archive(data, Limits(**limits))
    return str(caught.value)


def test_files_are_read_by_name_without_folders_and_without_what_systems_leave_behind():
    data = packed({"a/": b"", "a/one.xml": b"1", "./two.xml": b"2", "__MACOSX/._two.xml": b"x", "a/.DS_Store": b"x"})

    archive = open_archive(data)

    assert archive.names == ("a/one.xml", "two.xml")
    assert archive.read("a/one.xml") == b"1" and archive.size("two.xml") == 1 and "two.xml" in archive


def test_windows_names_with_backslashes_and_in_gbk_are_understood():
    data = packed({"题库/退货.xml".encode("gbk").decode("cp437").replace("/", "\\"): b"1"})
    # zipfile marks names outside of ASCII as UTF-8; Windows tools write the bare bytes.
    gbk, utf8 = "题库\\退货.xml".encode("gbk"), "题库\\退货.xml".encode("gbk").decode("cp437").encode()
    assert data.count(utf8) == 2
    local, directory = data.index(utf8), data.rindex(utf8)
    bare = bytearray(data.replace(utf8, gbk))
    shift = len(utf8) - len(gbk)
    for start, flags_at, length_at in ((local - 30, 6, 26), (directory - shift - 46, 8, 28)):
        bare[start + flags_at : start + flags_at + 2] = b"\0\0"
        bare[start + length_at : start + length_at + 2] = struct.pack("<H", len(gbk))
    end = bare.rindex(b"PK\x05\x06")
    size, offset = struct.unpack_from("<II", bare, end + 12)
    struct.pack_into("<II", bare, end + 12, size - shift, offset - shift)

    archive = open_archive(bytes(bare))

    assert archive.names == ("题库/退货.xml",)
    assert archive.read("题库/退货.xml") == b"1"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\Windows\\x", "..\\x"])
def test_names_that_climb_out_are_refused(name):
    assert "包外" in refusal(packed({name: b"x"}))


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert "炸弹" in refusal(packed({"bomb.xml": bytes(8 * 1024 * 1024)}))


def test_each_limit_is_held():
    data = packed({"a": b"x" * 3000, "b": b"y" * 3000})
    open_archive(data, Limits(files=2, file_bytes=3000, total_bytes=6000))
    assert "超过 1 个" in refusal(data, files=1)
    assert "“a”解开后超过" in refusal(data, file_bytes=2999)
    assert "压缩包解开后超过" in refusal(data, total_bytes=5999)
    assert "炸弹" in refusal(data, ratio_from=2999, ratio=10)


def test_overlapping_entries_are_refused():
    data = bytearray(packed({"a": b"0123456789" * 50}, zipfile.ZIP_STORED))
    entry = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 20, 100_000)
    assert "重叠" in refusal(bytes(data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (packed({"inner.zip": packed({"a": b"x"})}), "还有压缩包"),
        (packed({"a": b"x"}, zipfile.ZIP_LZMA), "少见的压缩方法"),
        (packed({"a": b"x" * 50})[:-30], "没有下载完整"),
        (b"", "空的"),
        (b"MZ\x90\0", "程序"),
        (b"%PDF-1.7", "PDF"),
        (b"Rar!\x1a\x07", "zip 格式"),
        (b"<html>", "扩展名不符"),
        (OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_what_is_no_plain_zip_is_told_by_what_it_is(data, words):
    assert words in refusal(data)


def test_an_encrypted_archive_is_told():
    data = bytearray(packed({"a": b"x"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refusal(bytes(data))


def test_the_same_name_twice_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"2")
    assert "两个“a”" in refusal(out.getvalue())


def test_a_damaged_file_in_a_sound_archive_is_told_by_its_name():
    data = packed({"a.xml": b"0123456789" * 50}, zipfile.ZIP_STORED).replace(b"0123456789", b"0123456780", 1)
    archive = open_archive(data)
    with pytest.raises(Unreadable, match=r"a\.xml.*损坏"):
        archive.read("a.xml")
    with pytest.raises(Unreadable, match="缺少"):
        archive.read("b.xml")


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("EncryptedPackage", Ole.ENCRYPTED),
        ("WordDocument", Ole.WORD),
        ("Workbook", Ole.EXCEL),
        ("PowerPoint Document", Ole.POWERPOINT),
        ("Something", Ole.OTHER),
    ],
)
def test_old_office_files_are_told_apart(stream, kind):
    data = OLE_MAGIC + bytes(100) + stream.encode("utf-16-le")
    assert ole(data) == kind
    refuse_ole(data, may_be={kind})
    with pytest.raises(Unreadable):
        refuse_ole(data)


def test_other_files_are_no_old_office_files():
    refuse_ole(b"PK\x03\x04")
    assert ole(b"") is None


def read_all(data: bytes) -> None:
    try:
        archive = open_archive(data)
        for name in archive.names:
            archive.read(name)
    except Unreadable as refused:
        assert str(refused)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    read_all(b"PK\x03\x04" + data)
    read_all(data)


SAMPLE = packed({"imsmanifest.xml": b"<manifest/>" * 20, "a/b.xml": b"<x/>"})


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_archive_is_read_or_refused(changes):
    data = bytearray(SAMPLE)
    for place, value in changes:
        data[place] = value
    read_all(bytes(data))
