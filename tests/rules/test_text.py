import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.text import fold, plain_characters


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("７天", "7天"),
        ("退貨運費險", "退货运费险"),
        ("⻔店⻢上⻅⻛⻩⻋⻓⺠⻝⻘⻆", "门店马上见风黄车长民食青角"),
        ("⼈⼯客服", "人工客服"),  # the Kangxi block
        ("ＶＩＰ", "vip"),
        (" 七 天\u3000无\u200b理由\n", "七天无理由"),
        ("「亲」", "“亲”"),
        ("《消费者权益保护法》", "〈消费者权益保护法〉"),
        ("先核实，再登记、再回复", "先核实,再登记,再回复"),
        ("3—5天", "3-5天"),
        ("退一赔三。", "退一赔三"),
        ("【反例】", "[反例]"),
    ],
)
def test_what_reads_the_same_folds_the_same(typed, meant):
    assert fold(typed) == fold(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [("7天", "17天"), ("-5", "5"), ("3.5", "35"), ("。", "！"), ("可以", "可以？"), ("3×5", "35")],
)
def test_what_reads_differently_stays_different(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_any_text_folds_to_storable_text_without_white_space(text):
    folded = fold(text)

    folded.encode()
    assert not any(char.isspace() for char in folded)
    assert fold(f" {text.upper().lower()}\u200b") == fold(text.upper().lower())


def test_half_of_a_surrogate_pair_is_dropped():
    assert fold("好\ud83d的") == "好的"


@given(st.text(alphabet="退貨運費险７天Ａa，。「” \u3000⻔"))
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("copied", "typed"),
    [
        ("使⽤⻓⽅⻔⻢⺠的⽅式", "使用长方门马民的方式"),
        ("ＶＩＰ会员，４８小时内（含）！", "VIP会员，48小时内（含）！"),
        ("\ufeff七\u200b天\xad无理由\u2003退货\xa0！", "七天无理由 退货 ！"),
        ("①先退\t②后换\n豈止", "①先退\t②后换\n豈止"),
        ("退貨運費險「亲」《规则》", "退貨運費險「亲」《规则》"),
        ("ofﬁce", "office"),
    ],
)
def test_copied_text_becomes_what_would_be_typed(copied, typed):
    assert plain_characters(copied) == typed


@given(st.text())
def test_plain_characters_are_storable_and_stay_plain(text):
    plain = plain_characters(text)

    plain.encode()
    assert plain_characters(plain) == plain
