import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trainer.rules.search import (
    QUERY_LIMIT,
    highlight,
    loose_terms,
    postgres_query,
    share_found,
    snippet,
    sqlite_match,
    terms,
    tokens,
    units,
)

CHINESE = st.text(alphabet="退货流程签收次日七天无理由运费", min_size=1, max_size=12)
MIXED = st.text(alphabet="退貨货签收 7天48oOmM，。（）“”ＯＭ\u200b\n", max_size=30)


def marked(pieces):
    return [piece.text for piece in pieces if piece.marked]


def finds(query, text):
    wanted = terms(query)
    return bool(wanted) and share_found(text, wanted) == 1.0


def test_tokens_are_pairs_and_the_last_character_alone():
    assert tokens("退货流程") == ["退货", "货流", "流程", "程"]
    assert tokens("48 小时内发OMS单") == ["48", "小时", "时内", "内发", "发", "oms", "单"]
    assert tokens("签收，次日") == ["签收", "收", "次日", "日"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("退貨", "支持退货"),
        ("退货", "支援退貨"),
        ("瞭解", "先了解情况"),
        ("看着", "他看著辦"),
        ("oms", "在 OMS 里登记"),
        ("ＯＭＳ", "在 oms 里登记"),
        ("48小时", "在 48 小时内发货"),
        ("４８ 小时", "在48小时内发货"),
        ("货", "这批货"),
        ("退货 运费", "运费由谁出？质量问题退货由店铺出"),
        ("退\u200b货", "退货"),
        ("return", "Returning goods"),
        ("假一赔三", "“假一赔三”怎么算"),
        ("㎏", "每 KG 加收"),
    ],
)
def test_what_reads_the_same_is_found(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("退货", "退，货"),
        ("货退", "退货"),
        ("退货 运费", "退货"),
        ("8小时", "48小时"),
        ("eturn", "return"),
        ("", "退货"),
    ],
)
def test_what_does_not_stand_there_is_not_found(query, text):
    assert not finds(query, text)


@pytest.mark.parametrize("query", ["", "   ", "，。“”", "\u200b", '"*():^-'])
def test_a_query_without_a_letter_asks_for_nothing(query):
    assert terms(query) == []


@given(st.text(max_size=60))
def test_queries_are_quoted_letters_and_digits_whatever_is_typed(query):
    wanted = terms(query)
    for token in (token for term in wanted for token in term.tokens):
        assert token.isalnum()
    assert re.fullmatch(r'("[^"\s]+( [^"\s]+)*" \*( AND )?)*', sqlite_match(wanted))
    assert re.fullmatch(r"(\(('[^'\\\s]+' <-> )*'[^'\\\s]+':\*\)( & )?)*", postgres_query(wanted))


def test_what_cannot_be_seen_does_not_part_a_word():
    assert terms("退\u200b货") == terms("退货")


def test_queries_in_both_languages():
    wanted = terms("退货流程 7天")
    assert sqlite_match(wanted) == '"退货 货流 流程" * AND "7 天" *'
    assert sqlite_match(wanted, every=False) == '"退货 货流 流程" * OR "7 天" *'
    assert postgres_query(wanted) == "('退货' <-> '货流' <-> '流程':*) & ('7' <-> '天':*)"


@given(CHINESE, CHINESE, CHINESE)
def test_every_part_of_a_text_finds_it_and_marks_itself(before, part, after):
    text = before + part + after
    assert finds(part, text)
    assert part in "".join(marked(highlight(text, terms(part))))


@given(CHINESE, CHINESE)
def test_the_index_finds_what_the_page_marks(query, text):
    """A phrase of tokens, the last one perhaps longer, stands in the tokens exactly where the text reads so."""
    (term,) = terms(query)
    held = tokens(text)
    length = len(term.tokens)
    phrase = any(
        tuple(held[at : at + length - 1]) == term.tokens[:-1] and held[at + length - 1].startswith(term.tokens[-1])
        for at in range(len(held) - length + 1)
    )
    assert phrase == (query in text) == bool(marked(highlight(text, [term])))


@given(MIXED, MIXED)
def test_pieces_add_up_to_the_original(text, query):
    assert "".join(piece.text for piece in highlight(text, terms(query))) == text


@given(MIXED)
def test_units_stand_in_order_inside_the_text(text):
    row = units(text)
    assert all(0 <= unit.start < unit.end <= len(text) for unit in row)
    assert all(one.end <= two.start for one, two in pairwise(row))
    assert len(tokens(text)) == len(row)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    once = " ".join(unit.text for unit in units(text))
    assert [unit.text for unit in units(once)] == [unit.text for unit in units(text)]


def test_the_original_spelling_is_shown_and_touching_finds_are_one():
    pieces = highlight("支援退貨，退 货也行", terms("退货"))
    assert marked(pieces) == ["退貨"]
    assert marked(highlight("退货运费", terms("退货 运费"))) == ["退货运费"]


def test_a_snippet_is_cut_around_the_first_find():
    text = "开头" * 60 + "退货" + "结尾" * 60
    pieces = snippet(text, terms("退货"), length=40)
    assert pieces[0].text == pieces[-1].text == "…"
    assert marked(pieces) == ["退货"]
    assert len("".join(piece.text for piece in pieces)) == 42


def test_a_short_text_is_shown_whole():
    pieces = snippet("先 核对\n再退货", terms("退货"))
    assert [(piece.text, piece.marked) for piece in pieces] == [("先 核对 再", False), ("退货", True)]


def test_a_question_is_taken_apart_without_its_asking_words():
    parts = loose_terms(terms("顾客要退货怎么办"))
    assert {"顾客", "退货"} <= {"".join(part.units) for part in parts}
    assert not any("怎么" in "".join(part.units) for part in parts)


def test_asking_words_alone_are_kept():
    assert {"".join(part.units) for part in loose_terms(terms("怎么办"))} == {"怎么", "么办"}


def test_a_very_long_query_is_cut():
    assert len(terms("退货 " * 500)) == 1
    wanted = terms("".join(chr(0x4E00 + n) for n in range(500)))
    assert len(wanted[0].units) == QUERY_LIMIT


@given(st.text(alphabet="ab7", min_size=1, max_size=90))
def test_long_latin_runs_stay_findable(run):
    assume(len(run) <= QUERY_LIMIT)
    assert finds(run, f"单号{run}，请查收")
