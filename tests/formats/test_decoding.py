import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.decoding import decode
from quizzes.formats.found import Unreadable

TEXT = "第一条 客服应在 30 秒内响应。\n退貨運費由誰承擔？"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_a_text_reads_the_same_in_every_encoding(encoding):
    assert decode(TEXT.replace("\n", "\r\n").encode(encoding)) == TEXT


def test_old_line_ends_become_new_ones():
    assert decode(b"a\rb\r\nc\n") == "a\nb\nc\n"


def test_a_file_cut_in_the_middle_of_a_character_is_read_with_the_break_to_be_seen():
    assert decode((TEXT * 3).encode()[:-1]) == (TEXT * 3)[:-1] + "�"


@pytest.mark.parametrize(
    "data", [b"MZ\x90\x00" + bytes(300), b"\x89PNG\r\n\x1a\n", codecs.BOM_UTF8 + b"ok\0ok", bytes(range(8)) * 9]
)
def test_what_is_no_text_is_refused_in_words(data):
    with pytest.raises(Unreadable, match="文本"):
        decode(data)


@given(st.binary(max_size=300))
def test_bytes_become_text_or_a_message(data):
    try:
        text = decode(data)
    except Unreadable as error:
        assert str(error)
    else:
        assert "\r" not in text and "\0" not in text
