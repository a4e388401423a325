import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.replies.normalise import normalise

SIGNS = "加微薇信vVxXqQ①②⭐🧧➕ \n-_.·～，。一二三壹138返xian评價１🙂\u200d\ufe0f\u20e3您的"
TYPED = st.text(st.sampled_from(SIGNS) | st.characters())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("加薇", "加微信"),
        ("加V聊", "加微信聊"),
        ("➕微", "加微信"),
        ("威信", "微信"),
        ("vx：abc", "微信:abc"),
        ("wx", "微信"),
        ("微 信", "微信"),
        ("微-信", "微信"),
        ("微.信", "微信"),
        ("扣扣", "qq"),
        ("Q Q", "qq"),
        ("五⭐好评", "五星"),
        ("5颗星", "五星"),
        ("🧧", "红包"),
        ("返xian", "返现"),
        ("zfb", "支付宝"),
        ("企微", "企业微信"),
        ("電話", "电话"),
        ("ＡＢ１", "ab1"),
        ("⽤⼼", "用心"),
        ("①退②换", "§退§换"),
        ("1️⃣退", "§退"),
        ("一三八零零零零一一一一", "13800001111"),
        ("138-0000-1111", "13800001111"),
        ("“好”…", '"好".'),
        ("稍微等等", "稍微等等"),
        ("微微一笑", "微微一笑"),
        ("一二三", "一二三"),
    ],
)
def test_a_disguise_is_read_as_what_it_stands_for(typed, read):
    assert normalise(typed).text == read


@given(TYPED)
def test_every_stretch_points_into_what_was_typed(typed):
    normal = normalise(typed)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    for place in range(len(normal.text)):
        start, end = normal.span(place, place + 1)
        assert 0 <= start < end <= len(typed)
    if normal.text:
        start, end = normal.span(0, len(normal.text))
        assert 0 <= start < end <= len(typed)
    assert list(normal.starts) == sorted(normal.starts)


@given(st.text(st.sampled_from("您好可以退换今天发货，。？！"), min_size=1), st.text(max_size=5))
def test_plain_chinese_stays_where_it_was(plain, tail):
    normal = normalise(plain + "\n" + tail)
    assert normal.span(0, len(plain)) == (0, len(plain))


def test_an_empty_stretch_is_empty_in_the_original():
    normal = normalise("您好")
    assert normal.span(1, 1) == (1, 1)
    assert normalise("").span(0, 0) == (0, 0)


@pytest.mark.parametrize("sign", ["微", "1", "-", "五", "信 ", "加v", "一·", "返"])
def test_long_texts_take_no_longer_than_their_length(sign):
    started = time.process_time()
    normalise(sign * (100_000 // len(sign)))
    assert time.process_time() - started < 5
