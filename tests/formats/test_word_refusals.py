"""Files that are no Word file, damaged ones and any tree of elements: read or refused, never a crash."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.archive import OLE_MAGIC
from quizzes.formats.found import Unreadable
from quizzes.formats.word import read_docx
from tests.formats.word_files import paper, red


def rezipped(data: bytes, name: str, change) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return stream.getvalue()


def bomb(data: bytes) -> bytes:
    return data.replace(b"</w:body>", b"<w:p/>" * 12_000_000 + b"</w:body>")


def with_entities(data: bytes) -> bytes:
    entities = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return data.replace(b"<w:document", entities.encode() + b"<w:document", 1)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空"),
        (b"MZ" + bytes(500), "程序"),
        (b"just text", "不符"),
        (OLE_MAGIC + bytes(200) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE_MAGIC + bytes(200) + "WordDocument".encode("utf-16-le"), "旧版"),
        (b"PK\x03\x04" + bytes(50), "损坏"),
        (rezipped(paper("甲"), "word/document.xml", with_entities), "实体"),
        (rezipped(paper("甲"), "word/document.xml", lambda data: data[:200]), "XML"),
    ],
)
def test_what_is_no_word_file_is_refused_in_words(data, says):
    with pytest.raises(Unreadable, match=says):
        read_docx(data)


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Unreadable):
        read_docx(rezipped(paper("甲"), "word/document.xml", bomb))


@pytest.mark.parametrize(
    ("name", "says"), [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint"), ("a.txt", "不是 Word")]
)
def test_another_office_file_is_named(name, says):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "<a/>")
    with pytest.raises(Unreadable, match=says):
        read_docx(stream.getvalue())


WHOLE = paper("1. 甲？", "A. 一", [("B. 二", red)])


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(place, noise):
    with suppress(Unreadable):
        read_docx(WHOLE[:place] + noise + WHOLE[place + len(noise) :])


DOCUMENT = zipfile.ZipFile(io.BytesIO(WHOLE)).read("word/document.xml")

TAGS = st.sampled_from(
    [
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:numPr",
        "w:numId",
        "w:ilvl",
        "w:sdt",
        "w:pPr",
        "w:rPr",
        "w:b",
        "w:color",
    ]
)


@given(
    st.recursive(
        st.text(alphabet="甲A1.（）<&", max_size=4),
        lambda inner: st.tuples(TAGS, st.lists(inner, max_size=3)),
        max_leaves=20,
    )
)
def test_any_tree_of_elements_is_read(tree):
    def xml(node) -> str:
        if isinstance(node, str):
            return node.replace("&", "&amp;").replace("<", "&lt;")
        return f"<{node[0]}>{''.join(map(xml, node[1]))}</{node[0]}>"

    body = DOCUMENT[: DOCUMENT.index(b"<w:body>") + 8].decode() + xml(tree) + "</w:body></w:document>"
    read_docx(rezipped(WHOLE, "word/document.xml", lambda _: body.encode()))
