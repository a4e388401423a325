"""XML that is built to hurt is refused; XML that people only wrote carelessly is read."""

import pytest

from quizzes.formats.found import Unreadable
from quizzes.formats.trees import MOST_TAGS, local, parse_xml, writable

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (f'<!DOCTYPE q [<!ENTITY l0 "ha">{LAUGHS}]><q>&l8;</q>', "实体"),
        ('<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><q>&x;</q>', "实体"),
        ('<!DOCTYPE q [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><q/>', "实体"),
        (f'<!DOCTYPE q [<!ENTITY l0 "ha">{LAUGHS}]><q a="&l8;"/>', "实体"),
        ('<!DOCTYPE q SYSTEM "q.dtd"><q>&unknown;</q>', "不认识的 XML 实体"),
        ("<q>\n<a>\n</q>", "第 3 行"),
        ("<q>" * 300 + "</q>" * 300, "不是正确的 XML"),
        ("", "空的"),
        ("<q>" + "<a/>" * MOST_TAGS + "</q>", "太大"),
    ],
)
def test_what_hurts_or_is_broken_is_refused_in_words(data, words):
    with pytest.raises(Unreadable, match=words):
        parse_xml(data.encode())


def test_external_files_are_never_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("秘密")
    data = f'<!DOCTYPE q [<!ENTITY x SYSTEM "{secret.as_uri()}">]><q xmlns:xi="http://www.w3.org/2001/XInclude">&x;</q>'
    with pytest.raises(Unreadable) as caught:
        parse_xml(data.encode())
    assert "秘密" not in str(caught.value)


def test_entities_of_html_are_characters_with_or_without_a_dtd():
    assert parse_xml(b"<q>a&nbsp;b&hellip;<i/>&mdash;c &amp; &lt;</q>").xpath("string()") == "a\xa0b…—c & <"
    with_dtd = b'<!DOCTYPE q SYSTEM "q.dtd"><q>&nbsp;a<i/>&mdash;c&hellip;</q>'
    assert parse_xml(with_dtd).xpath("string()") == "\xa0a—c…"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_with_and_without_a_declaration(encoding):
    assert parse_xml("<q>退货</q>".encode(encoding)).text == "退货"
    assert parse_xml('\n <?xml version="1.0" encoding="gbk"?><q>退货</q>'.encode("gbk")).text == "退货"


def test_the_line_is_the_line_of_the_file():
    assert parse_xml(b"<q>\n\n<a/></q>")[0].sourceline == 3


def test_what_xml_cannot_hold_is_left_out_when_writing():
    assert writable("a\x00b\x0bc\ud800d\ufffee\n😀") == "abcde\n😀"


def test_names_read_the_same_in_each_generation_of_qti():
    root = parse_xml(b'<x:qti-simple-choice xmlns:x="urn:x"/>')
    assert local(root) == "simpleChoice"
