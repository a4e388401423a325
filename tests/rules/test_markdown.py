import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.rules.markdown import headings, outline, plain, render


class Seen(HTMLParser):
    """What a browser would find: the tags with their attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**注意：**中文", "注意："),
        ("先看**“签收”**再算", "“签收”"),
        ("他说**（次日）**起算", "（次日）"),
        ("不能**好评返现**", "好评返现"),
        ("**规则**，**照做**", "规则"),
    ],
)
def test_emphasis_closes_next_to_chinese(text, bold):
    assert f"<strong>{bold}</strong>" in render(text)


@pytest.mark.parametrize("text", ["snake_case_name", "2 * 3 * 4", "a ** b ** c"])
def test_what_is_no_emphasis_stays_text(text):
    assert render(text) == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("反例", "wrong"),
        ("正解", "right"),
        ("注意", "note"),
        ("旧规", "outdated"),
        ("待核", "verify"),
        ("本店", "shop"),
    ],
)
def test_callout_is_a_box_with_its_word(word, name):
    assert render(f"> [!{word}]\n> 第一句\n>\n> 第二句") == (
        f'<div class="callout callout-{name}">\n<p class="callout-title">{word}</p>\n'
        "<p>第一句</p>\n<p>第二句</p>\n</div>\n"
    )


def test_callout_without_text_has_no_empty_paragraph():
    assert render("> [!注意]") == '<div class="callout callout-note">\n<p class="callout-title">注意</p>\n</div>\n'


def test_unknown_marker_and_plain_quotation_stay_quotations():
    html = render("> [!别的]\n> 一\n\n> 二 [!注意]")
    assert html.count("<blockquote>") == 2
    assert "callout" not in html


def test_a_quotation_inside_a_callout_closes_as_itself():
    html = render("> [!反例]\n> 客服说\n>\n> > 不行\n>\n> 就这样")
    assert html.endswith("<p>客服说</p>\n<blockquote>\n<p>不行</p>\n</blockquote>\n<p>就这样</p>\n</div>\n")


def test_raw_html_is_shown_as_text():
    assert render("用 <b>粗体</b>") == "<p>用 &lt;b&gt;粗体&lt;/b&gt;</p>\n"


def test_headings_have_ids_and_make_the_outline():
    text = "## 先核对\n\n一\n\n## 再**认错**\n\n### 差价 `20`\n"
    assert [(h.level, h.anchor, h.text) for h in outline(text)] == [
        (2, "section-1", "先核对"),
        (2, "section-2", "再认错"),
        (3, "section-3", "差价 20"),
    ]
    assert '<h2 id="section-1">先核对</h2>' in render(text)


def test_two_headings_need_no_outline():
    assert outline("## 一\n\n## 二") == []
    assert len(headings("## 一\n\n## 二")) == 2


def test_the_pages_title_stays_the_only_first_heading():
    assert "<h1" not in render("# 题目")


def test_table_scrolls_inside_a_box_that_the_keyboard_reaches():
    html = render("| 平台 | 期限 |\n|---|---|\n| 天猫 | 7 天 |")
    assert html.startswith('<div class="table-scroll" tabindex="0"><table>')
    assert html.endswith("</table></div>\n")


def test_links_go_out_without_a_referrer_and_never_run():
    html = render("[规则](https://example.com/a) [坏](javascript:alert(1)) [数据](data:text/html;base64,AAAA)")
    assert [tag for tag, _ in Seen(html).tags] == ["p", "a"]
    assert 'rel="noopener noreferrer"' in html


def test_lines_of_chinese_join_without_a_space_and_latin_keep_it():
    assert render("签收\n次日") == "<p>签收次日</p>\n"
    assert render("real\ntime") == "<p>real\ntime</p>\n"
    assert plain("签收\n次日 real\ntime") == "签收次日 real time"


def test_plain_text_holds_every_block_without_marks():
    text = "## 规则\n\n**签收**次日起 `7` 天\n\n- 一\n- [二](https://example.com)\n\n> [!反例]\n> 好评返现\n"
    table = "\n| 甲 | 乙 |\n|-|-|\n| 丙 | 丁 |"
    assert plain(text + table).split("\n") == [
        "规则", "签收次日起 7 天", "一", "二", "反例", "好评返现", "甲", "乙", "丙", "丁",
    ]  # fmt: skip


MARKS = st.sampled_from(
    ["<script>", "</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "<svg/onload=alert(1)>",
     "> [!反例]\n", "**", "`", "\n", "## ", "| a |\n|-|\n", "[a]: data:text/html,x\n", "[a]", "&#106;avascript:",
     "[x](JaVaScRiPt&colon;alert(1))", "<style>", "<a href='vbscript:x'>", "![i](x)", "：", "中文"]
)  # fmt: skip


@given(st.lists(MARKS | st.text(max_size=8), max_size=12).map("".join))
@example("<https://a.b/\"onmouseover='x'>")
def test_nothing_that_runs_ever_gets_out(text):
    for tag, attributes in Seen(render(text)).tags:
        assert tag not in {"script", "style", "img", "svg", "iframe", "object", "form", "input"}
        for name, value in attributes.items():
            assert name in {"href", "title", "id", "class", "start", "rel", "tabindex"}
            if name == "href":
                assert not re.match(r"\s*(javascript|data|vbscript)\s*:", value or "", re.I)


@given(st.text(alphabet="退换货签收次日起算，。：“”（）七天 7aB", max_size=40))
def test_plain_text_is_kept_word_for_word(text):
    text = text.strip()
    assert plain(text) == text
    assert plain(plain(text)) == plain(text)
    assert Seen(render(text)).text.strip() == text
