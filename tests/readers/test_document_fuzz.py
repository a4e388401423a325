"""Whatever a file holds, a reader gives a document or says in Chinese what is wrong, soon and without much memory."""

import re
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import Unreadable
from tests.readers.office import add_slide, docx, pdf, pptx
from trainer.readers.drafts import read_document

ENDINGS = ("a.docx", "a.pptx", "a.pdf", "a.txt", "a.md", "a.html", "a.xlsx", "a", "手册.TXT", "../a.docx")
NAMES = st.sampled_from(ENDINGS)
WORD = docx(lambda document: (document.add_heading("退货", 1), document.add_paragraph("核对", style="List Number")))
SLIDES = pptx(lambda deck: add_slide(deck, "退货", ("核对", "登记"), notes="备注"))
PDF = pdf("<h1>退货</h1><p>先核对订单，再登记原因。</p>")
PAGE = "<html><body><h1>退货</h1><ul><li>核对<li>登记</ul><table><tr><td>一<td>二</table></body></html>".encode()
MARKDOWN = "# 退货\n\n1. 核对\n   - 登记\n\n| 一 | 二 |\n|---|---|\n| 三 | 四 |\n\n> 引文\n".encode()
MARKS = """
    一、 （一） 1. 2、 • ● 第3页 共9页 ppt课件 目录 (zhí) 執 ⻔ � ?? 退货流程 特征： 对策：
    48 小时内 不得 必须 除非 是指
    → 推荐阅读： 发布时间:2024-01-01 首页 关于我们 联系我们 本站文档由网友上传。
    # > | - * ``` <b> &nbsp; “ ” （ ） 。 ， ： ； ！
"""
PIECES = st.sampled_from([*re.findall(r"\S+", MARKS), "\n", "\n\n", " ", "\t"])


def check(data, name):
    try:
        read = read_document(data, name, simplify=True)
    except Unreadable as error:
        assert re.search(r"[㐀-鿿]", str(error))
    else:
        read.to_report()
        assert all(lesson.title.strip() and lesson.first_line <= lesson.last_line for lesson in read.lessons)
        assert len({entry.id for entry in read.removed}) == len(read.removed)


@given(st.binary(max_size=400), NAMES)
def test_arbitrary_bytes_are_read_or_refused(data, name):
    check(data, name)


@given(st.lists(PIECES | st.text(max_size=6), max_size=60), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_arbitrary_texts_are_read_or_refused(pieces, name):
    check("".join(pieces).encode("utf-8", "replace"), name)


@pytest.mark.parametrize(
    ("data", "name"),
    [(WORD, "a.docx"), (SLIDES, "a.pptx"), (PDF, "a.pdf"), (PAGE, "a.html"), (MARKDOWN, "a.md")],
    ids=["docx", "pptx", "pdf", "html", "md"],
)
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=6), cut=st.floats(0, 1))
def test_damaged_files_are_read_or_refused(data, name, changes, cut):
    damaged = bytearray(data)
    for place, change in changes:
        at = int(place * (len(damaged) - 1))
        damaged[at : at + len(change)] = change
    check(bytes(damaged), name)
    check(bytes(damaged[: int(cut * len(damaged))]), name)


BREAKS = [b"", b"<w:p>", b'"', b"</", b"-1", b"99999999999", b"\xff", b"w:tbl"]


def repacked(data, part, change):
    """An Office file with one part changed, so that what is broken is its content, not its zip."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "part", "name"),
    [
        (WORD, "word/document.xml", "a.docx"),
        (WORD, "word/numbering.xml", "a.docx"),
        (WORD, "word/styles.xml", "a.docx"),
        (SLIDES, "ppt/slides/slide1.xml", "a.pptx"),
        (SLIDES, "ppt/presentation.xml", "a.pptx"),
    ],
    ids=["document", "numbering", "styles", "slide", "presentation"],
)
@given(place=st.floats(0, 1), change=st.sampled_from(BREAKS))
def test_parts_with_broken_content_are_read_or_refused(data, part, name, place, change):
    def broken(content):
        at = int(place * len(content))
        return content[:at] + change + content[at + len(change) :]

    check(repacked(data, part, broken), name)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_entities_in_an_office_file_are_refused(part):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]>'

    with pytest.raises(Unreadable, match="实体"):
        read_document(repacked(WORD, part, lambda content: bomb + content.split(b"?>", 1)[1]), "a.docx")


@pytest.mark.parametrize(
    "text",
    [
        "退" * 100_000,
        "1、" * 50_000,
        "一、" * 50_000,
        "●退 " * 30_000,
        "(" * 100_000,
        "执(zhí)" * 15_000,
        "文档下载" * 25_000,
        "48小时内" * 20_000,
        "不得" * 50_000,
        "除" * 100_000,
        " 退" * 50_000,
        "→" * 100_000,
        "*_`" * 30_000,
        "退货流程\n" * 20_000,
        "第3页\n12\n" * 15_000,
        "1、退货流程要核对\n" * 20_000,
        "目录\n退货\n换货\n" * 8_000,
        "推荐阅读：\n标题\n" * 10_000,
        "# 退\n" * 20_000,
        "客服应核对，再登记原因并告知顾\n" * 15_000,
        "> " * 20_000,
    ],
    ids=lambda text: text[:8],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_no_text_takes_long(text, name):
    start = time.process_time()

    check(text.encode(), name)

    assert time.process_time() - start < 10
