"""Questions that ask the same are found, to the letter or nearly; those that turn the meaning are told apart."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.rules.duplicates import BankIndex, Entry, Likeness, Match, differences, entry_of, plain
from quizzes.rules.questions import Option, Single
from tests.rules.contents import contents

STEM = "顾客签收之后发现商品破损，客服最先要请顾客提供什么凭证"
OPTIONS = ("破损处的照片", "身份证复印件", "银行卡号码", "快递员的电话")

han = st.sampled_from("顾客签收破损商品物流轨迹登记核实安抚情绪回访凭证照片视频订单地址发票赠品")
sentences = st.text(han, min_size=24, max_size=60)


def only_match(one: Entry, other: Entry) -> Match | None:
    found = BankIndex([one]).find(other)
    return found[0] if found else None


# --- to the letter -----------------------------------------------------------------------------------------------


@given(st.text(min_size=1, max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_every_question_finds_its_like(stem, options):
    entry = Entry(1, stem, tuple(options))
    assume(plain(entry).strip("¦"))

    match = only_match(entry, Entry(2, stem, tuple(reversed(options))))
    assert match is not None
    assert (match.id, match.likeness, match.similarity, match.differs) == (1, Likeness.EXACT, 1.0, "")


@pytest.mark.parametrize(
    "stem",
    ["７天无理由，从哪天算起？", "7天无理由 从哪天算起", "7天無理由，從哪天算起。", "7天无理由\n从哪天算起（ ）"],
)
def test_spelling_and_punctuation_do_not_matter(stem):
    match = only_match(Entry(1, "7天无理由，从哪天算起"), Entry(2, stem))

    assert match is not None
    assert match.exact


def test_a_question_does_not_find_itself():
    assert BankIndex([Entry(1, STEM, OPTIONS)]).find(Entry(1, STEM, OPTIONS)) == []


def test_the_same_stem_with_other_options_is_another_question():
    one = Entry(1, "下列说法正确的是（ ）", ("签收次日算第一天的前提", "发货以后不能改地址"))

    assert only_match(one, Entry(2, "下列说法正确的是（ ）", ("催付要委婉一些", "赠品可以折现给顾客"))) is None


# --- nearly ------------------------------------------------------------------------------------------------------


@given(sentences, st.data())
def test_a_character_more_or_less_is_near(stem, data):
    place = data.draw(st.integers(1, len(stem) - 1))
    changed = stem[:place] + data.draw(st.sampled_from(["", "的", "呢"])) + stem[place + 1 :]
    assume(plain(Entry(0, changed)) != plain(Entry(0, stem)))

    match = only_match(Entry(1, stem), Entry(2, changed))
    assert match is not None
    assert match.similarity > 0.9
    assert match.likeness == (Likeness.SIMILAR if list(differences(stem, changed)) else Likeness.NEAR)


def test_a_reworded_option_is_near():
    match = only_match(Entry(1, STEM, OPTIONS), Entry(2, STEM, ("破损处的清晰照片", *OPTIONS[1:])))

    assert match is not None
    assert match.likeness == Likeness.NEAR


def test_seven_in_words_and_in_figures_is_the_same_number():
    match = only_match(Entry(1, "七天无理由退货从签收次日算起"), Entry(2, "7 天无理由退货从签收次日算起"))

    assert match is not None
    assert match.likeness == Likeness.NEAR


# --- words that matter -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("退款要在 48 小时内处理完成", "退款要在 24 小时内处理完成", "数字不同"),
        ("七天无理由退货的运费由谁承担", "十五天无理由退货的运费由谁承担", "数字不同"),
        ("客服能向顾客要微信号吗", "客服不能向顾客要微信号吗", "否定词不同"),
        ("下列做法正确的是哪一项", "下列做法错误的是哪一项", "对错不同"),
        ("天猫要求客服在几秒内回复", "抖音要求客服在几秒内回复", "平台不同"),
        ("顾客下单以前要核对什么信息", "顾客下单以后要核对什么信息", "先后不同"),
        ("因质量问题退货，运费由买家承担", "因质量问题退货，运费由商家承担", "对象不同"),
        ("优惠券至少满多少元可用", "优惠券最多满多少元可用", "范围不同"),
    ],
)
def test_a_word_that_turns_the_meaning_makes_it_similar_and_is_named(one, other, differs):
    match = only_match(Entry(1, one), Entry(2, other))

    assert match is not None
    assert (match.likeness, match.differs) == (Likeness.SIMILAR, differs)


@given(sentences, st.integers(1, 999), st.integers(1, 999), st.sampled_from(["天", "小时", "元", "%"]))
def test_another_number_is_never_a_duplicate(stem, one, other, unit):
    assume(one != other)

    match = only_match(Entry(1, f"{stem}要{one}{unit}"), Entry(2, f"{stem}要{other}{unit}"))
    assert match is not None
    assert (match.likeness, match.differs) == (Likeness.SIMILAR, "数字不同")


def test_another_platform_of_the_question_itself_counts_too():
    match = only_match(Entry(1, STEM, OPTIONS, "tmall"), Entry(2, STEM, OPTIONS, "douyin"))

    assert match is not None
    assert (match.likeness, match.differs) == (Likeness.SIMILAR, "平台不同")


# --- many --------------------------------------------------------------------------------------------------------


def test_the_likest_come_first_and_few_are_shown():
    bank = BankIndex([Entry(n, f"退款要在 {n} 小时内处理完成并告诉顾客") for n in range(1, 50)])
    bank.add(Entry(100, "退款要在 7 小时内处理完成并且告诉顾客"))
    found = bank.find(Entry(200, "退款要在 7 小时内处理完成并告诉顾客"))

    assert [match.id for match in found[:2]] == [7, 100]
    assert [match.likeness for match in found] == [Likeness.EXACT, Likeness.NEAR, *[Likeness.SIMILAR] * 3]


def test_one_among_many_is_found():
    bank = BankIndex([Entry(n, f"{STEM}，这是第 {n} 种情形，{'顾客' * (n % 7)}") for n in range(2_000)])
    bank.add(Entry(9_999, "直播间里承诺的赠品没有寄出，售后要怎样登记并补发"))

    (match,) = bank.find(Entry(0, "直播间承诺的赠品没有寄出，售后要怎么登记并补发"))
    assert (match.id, match.likeness) == (9_999, Likeness.NEAR)


def test_an_id_cannot_be_added_twice():
    bank = BankIndex([Entry(1, STEM)])

    with pytest.raises(ValueError, match="1"):
        bank.add(Entry(1, "另一道题"))
    assert len(bank) == 1


@given(contents)
def test_a_content_gives_the_texts_to_choose_from(content):
    assert BankIndex([entry_of(1, STEM, content)]).find(entry_of(2, STEM, content))[0].exact


def test_the_key_makes_no_difference():
    one, other = (Single((Option("a", "甲", right), Option("b", "乙", not right))) for right in (True, False))

    assert BankIndex([entry_of(1, STEM, one)]).find(entry_of(2, STEM, other))[0].exact


@pytest.mark.parametrize("word", ["不", "1", "一", "天猫", "¦"])
def test_long_runs_take_no_time(word):
    assert isinstance(BankIndex([Entry(1, word * 100_000)]).find(Entry(2, word * 100_000 + "甲")), list)
