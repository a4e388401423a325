"""HTML to text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.markup import html_to_text, text_to_html
from tests.formats.found_questions import texts
from tests.formats.fuzz import repeated


@given(texts)
def test_a_text_comes_back_from_html(text):
    assert html_to_text(text_to_html(text)).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>一</p>\n<p>二<br></p><div>三<br><br>四</div>", "一\n二\n三\n\n四"),
        ("a  b\n c&nbsp; d", "a b c  d"),
        ("退货\n    要多久", "退货要多久"),
        ("<ol><li>核对</li><li>道歉</li></ol>", "1. 核对\n2. 道歉"),
        ("<ul><li>核对<li>道歉</ul>", "核对\n道歉"),
        ("<table><tr><td>天猫</td><td>七天</td></tr><tr><td>抖音</td></tr></table>", "天猫 | 七天\n抖音"),
        ("10m<sup>2</sup> H<sub>2</sub>O 第 1<sup>st</sup>", "10m² H₂O 第 1st"),
        ("签收<u>&nbsp; &nbsp;</u>内", "签收____内"),
        ("<pre>a  b\n c</pre>", "a  b\n c"),
        ("<style>p{}</style><script>x</script>看", "看"),
        ("1 < 2 &lt; 3 &amp; &#65;", "1 < 2 < 3 & A"),
        ("<p><span> </span></p>", ""),
    ],
)
def test_html_reads_as_a_browser_shows_it(html, text):
    assert html_to_text(html).text == text


def test_what_a_text_cannot_hold_is_named():
    pictures = '<img src="@@PLUGINFILE@@/a.png?x=1">听<audio></audio><img src="data:xx">'
    rendered = html_to_text(f"看图{pictures}<math><mn>1</mn></math>")
    assert rendered.text == "看图听"
    assert rendered.media == ("图片“a.png”", "录音", "图片", "公式")


def test_markup_that_is_too_deep_is_not_taken_for_the_whole():
    assert html_to_text("<div>" * 200 + "深" + "</div>" * 200) == html_to_text("深")
    assert not html_to_text("<div>" * 5000 + "深").whole


@given(st.text(st.sampled_from("<>/&;!-#=\"' abpui\n\x00\x1e退")))
def test_any_text_is_read(html):
    html_to_text(html)


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<li>", "<p>", "&", "&#", "<!--", " ", "\n", "退\n ", "<br>", "<td>", "<u> </u>", "&nbsp;"]
)
def test_long_repetitions_take_no_time(piece, quick):
    with quick():
        html_to_text("<ol>" + repeated(piece))
