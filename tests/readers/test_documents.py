import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx.util import Inches

from quizzes.formats.found import Unreadable
from tests.readers.office import add_slide, blank_pdf, docx, locked, pdf, pptx
from trainer.readers.drafts import read_document
from trainer.readers.registry import read_file
from trainer.rules.document import BlockKind

H, P, L, T, N = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.NOTE


def shape(document):
    return [(block.kind, block.marked) for block in document.blocks]


# --- Word ------------------------------------------------------------------------------------------------


def test_word_headings_lists_and_tables_are_read_in_their_order():
    def write(document):
        document.add_heading("退货流程", 1)
        document.add_paragraph("先看订单。")
        for text in ("核对", "登记"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("当天完成", style="List Bullet")
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ("类型", "对策", "急性子", "先给结论"), strict=True):
            cell.text = text
        document.add_heading("回访", 2)

    read = read_file(docx(write), "a.docx")

    assert shape(read) == [
        (H, "退货流程"), (P, "先看订单。"), (L, "1. 核对"), (L, "2. 登记"), (L, "• 当天完成"), (T, ""), (H, "回访"),
    ]  # fmt: skip
    assert [block.level for block in read.blocks if block.kind == H] == [1, 2]
    assert read.blocks[5].rows == (("类型", "对策"), ("急性子", "先给结论"))
    assert [block.line for block in read.blocks] == [1, 2, 3, 4, 5, 6, 10]


def test_word_paragraphs_that_only_look_like_headings_become_headings():
    def write(document):
        document.add_paragraph().add_run("运费谁来出").bold = True
        document.add_paragraph("质量问题由店铺出，其他情况由顾客出。")
        document.add_paragraph("一、错发")
        document.add_paragraph("当天补发，原件由快递取回。")

    read = read_document(docx(write), "运费.docx")

    assert read.lessons[0].title == "运费谁来出"
    assert "## 一、错发" in read.lessons[0].body


def test_word_headers_and_footers_are_left_out_and_listed():
    def write(document):
        document.add_paragraph("发货前核对地址。")
        document.sections[0].header.paragraphs[0].text = "内部资料"
        document.sections[0].footer.paragraphs[0].text = "某某店铺"

    read = read_document(docx(write), "a.docx")

    assert {entry.text for entry in read.removed} == {"内部资料", "某某店铺"}
    assert {entry.reason for entry in read.removed} == {"页眉或页脚"}
    kept = read_document(docx(write), "a.docx", keep={entry.id for entry in read.removed})
    assert "内部资料" in kept.lessons[0].title + kept.lessons[0].body and kept.removed == ()


def test_word_text_boxes_and_inserted_text_are_read_and_deleted_text_is_not():
    def write(document):
        paragraph = document.add_paragraph("前")
        for tag, text in (("ins", "补上的"), ("del", "删掉的")):
            run = "w:t" if tag == "ins" else "w:delText"
            paragraph._p.append(
                parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r><{run}>{text}</{run}></w:r></w:{tag}>')
            )
        paragraph._p.append(
            parse_xml(
                f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p>"
                "</w:txbxContent></w:pict></w:r>"
            )
        )

    assert shape(read_file(docx(write), "a.docx")) == [(P, "前补上的"), (P, "框里的话")]


# --- slides ----------------------------------------------------------------------------------------------


def test_slides_give_titles_bullets_tables_groups_and_notes():
    def write(deck):
        slide = add_slide(deck, "退货流程", ("核对订单", "登记工单"), notes="讲的时候举两个例子")
        table = slide.shapes.add_table(2, 2, Inches(1), Inches(5), Inches(4), Inches(1)).table
        for cell, text in zip(table.iter_cells(), ("类型", "对策", "急性子", "先给结论"), strict=True):
            cell.text = text
        box = slide.shapes.add_group_shape().shapes.add_textbox(Inches(1), Inches(6.5), Inches(2), Inches(0.4))
        box.text_frame.text = "组里的话"

    read = read_file(pptx(write), "a.pptx")

    assert shape(read)[:3] == [(H, "退货流程"), (L, "• 核对订单"), (L, "• 登记工单")]
    assert {(T, ""), (P, "组里的话")} <= set(shape(read))
    assert shape(read)[-1] == (N, "讲的时候举两个例子")
    assert {block.place for block in read.blocks} == {"第 1 张幻灯片"}
    assert "> 备注：讲的时候举两个例子" in read_document(pptx(write), "a.pptx").lessons[0].body


def test_a_footer_typed_on_every_slide_goes_and_a_title_that_returns_stays():
    def write(deck):
        for number in range(1, 5):
            lines = (f"第 {number} 步：把单号抄在工单里", "抄完再核对一遍")
            add_slide(deck, "退货流程", lines, footer=f"某店客服部  {number}")

    read = read_document(pptx(write), "a.pptx")

    assert sum(entry.text.startswith("某店客服部") for entry in read.removed) == 4
    assert len(read.lessons) == 1
    assert "某店客服部" not in read.lessons[0].body
    assert read.lessons[0].body.count("抄完再核对一遍") == 4
    assert all(f"第 {number} 步：把单号抄在工单里" in read.lessons[0].body for number in range(1, 5))


# --- PDF -------------------------------------------------------------------------------------------------

RULE = "顾客签收后 7 天内可以申请退货，商品须完好，运费由责任方承担。"
PAGES = "".join(
    f"<h1 style='break-before: page'>第{n}章 {name}</h1><p>{RULE * 3}</p>"
    f"<ol><li>核对{name}单号</li><li>登记{name}原因</li></ol>"
    for n, name in zip("一二三", ("退货", "换货", "补发"), strict=True)
)


def test_pdf_pages_lose_their_headers_counters_and_line_ends():
    read = read_document(pdf(PAGES, header='"客服培训手册"', footer='counter(page) " / " counter(pages)'), "手册.pdf")

    text = "\n".join(f"{lesson.title}\n{lesson.body}" for lesson in read.lessons)
    assert "客服培训手册" not in text and "/" not in text
    for n, name in zip("一二三", ("退货", "换货", "补发"), strict=True):
        assert f"第{n}章 {name}" in text
        assert f"1. 核对{name}单号\n2. 登记{name}原因" in text
    assert text.count(RULE * 3) == 3
    assert {place for lesson in read.lessons for place in lesson.places} == {"第 1 页", "第 2 页", "第 3 页"}


def test_a_scanned_page_among_others_is_flagged():
    pages = [f"<p style='break-before: page'>{text}</p>" for text in ("先核对，再登记。", "&nbsp;", "最后回访。")]
    read = read_document(pdf("".join(pages)), "a.pdf")

    assert [doubt.text for doubt in read.flagged] == ["第 2 页"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (blank_pdf(3), "扫描件"),
        (locked(pdf("<p>核对订单</p>")), "密码"),
        (b"%PDF-1.7\n" + b"x" * 200, "损坏"),
    ],
)
def test_pdfs_without_text_or_with_a_password_say_so(data, says):
    with pytest.raises(Unreadable, match=says):
        read_file(data, "a.pdf")


# --- web pages, Markdown, text ------------------------------------------------------------------------------

PAGE = """<html><head><title>退换货说明</title><script>var x = "脚本";</script></head><body>
<nav><a>首页</a><a>关于我们</a></nav><div class="cookie-banner">本站使用 Cookie</div>
<article><h1>退换货说明</h1><p>先核对<b>订单</b>，再登记。<br>当天完成。</p>
<ol start="3"><li>回访</li><li>归档<ul><li>附照片</li></ul></li></ol>
<table><tr><th>类型</th><th>对策</th></tr><tr><td>急性子</td><td>先给结论</td></tr></table></article>
<div id="ad_1">开店就上某某网</div><footer>版权所有</footer></body></html>"""


def test_a_web_page_keeps_its_article_and_lists_what_it_leaves_out():
    read = read_file(PAGE.encode(), "a.html")

    assert shape(read) == [
        (H, "退换货说明"), (P, "先核对订单，再登记。"), (P, "当天完成。"),
        (L, "3. 回访"), (L, "4. 归档"), (L, "• 附照片"), (T, ""),
    ]  # fmt: skip
    assert read.blocks[-1].header
    assert [entry.text for entry in read.left_out] == ["首页关于我们", "本站使用 Cookie", "开店就上某某网", "版权所有"]
    assert "脚本" not in repr(read)


def test_a_page_that_is_all_one_div_with_an_unlucky_class_is_not_thrown_away():
    page = f"<html><body><div class='banner ad'><p>{'先核对订单，再登记原因。' * 9}</p></div></body></html>"

    assert len(read_file(page.encode(), "a.html").blocks) == 1


def test_external_entities_of_a_page_are_never_looked_at(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("机密")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>开头 &x; 结尾</p></body></html>'

    assert "机密" not in repr(read_file(page.encode(), "a.html"))


def test_markdown_comes_back_as_it_was_written():
    text = (
        "---\ntitle: 无\n---\n## 怎么退\n\n先**核对**，看[规则](https://example.com/)。\n\n"
        "1. 登记\n2. 回访\n   - 附照片\n\n> [!反例]\n> “随便退”\n\n"
        "| 类型 | 对策 |\n| --- | --- |\n| 急性子 | 先给结论 |\n"
    )

    read = read_document(text.encode(), "退货.md")

    assert read.lessons[0].title == "怎么退"
    assert read.lessons[0].body == text.split("## 怎么退\n\n")[1].strip()
    assert [entry.reason for entry in read.removed] == ["文件开头的字段"]


def test_a_text_remembers_its_lines_and_shows_them_beside_the_draft():
    read = read_document("第一行说流程。\n\n第三行说\n时限，48 小时内发货。".encode("gb18030"), "a.txt")

    assert read.source_of(read.lessons[0]) == ((1, "第一行说流程。"), (3, "第三行说"), (4, "时限，48 小时内发货。"))


# --- what a file really is -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "空的"),
        (b" \r\n\t", "a.docx", "空的"),
        (b"MZ\x90\0" + bytes(500), "a.docx", "程序"),
        (b"\x7fELF" + bytes(500), "手册.txt", "程序"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.docx", "图片"),
        (b"{\\rtf1\\ansi hello}", "a.doc", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc", "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"), "a.ppt", "另存为 .pptx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "密码"),
        ("只是文字".encode(), "a.docx", "扩展名不符"),
        (b"Rar!\x1a\x07", "a.rar", "压缩包"),
        (b"<p></p>", "a.html", "没有"),
    ],
)
def test_what_is_no_document_is_refused_in_words(data, name, says):
    with pytest.raises(Unreadable, match=says):
        read_file(data, name)


def test_content_is_believed_before_the_ending():
    assert read_file(PAGE.encode(), "网页.txt").format == "html"
    assert read_file(docx(lambda document: document.add_paragraph("核对")), "手册.txt").format == "docx"
    assert read_file(pdf("<p>核对订单</p>"), "手册.docx").format == "pdf"


def test_a_document_too_long_for_anybody_to_review_is_refused():
    with pytest.raises(Unreadable, match="万字"):
        read_file((f"{'退换货流程' * 100}\n" * 4_500).encode(), "a.txt")


def test_tables_in_tables_end_somewhere():
    inner = "<w:p/>"
    for _ in range(70):
        inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"

    def write(document):
        document.element.body.insert(0, parse_xml(inner.replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1)))

    with pytest.raises(Unreadable, match="太多层"):
        read_file(docx(write), "a.docx")
