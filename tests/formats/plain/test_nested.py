"""Options that are counted by numbers, as Markdown lists and some books have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import to_report
from quizzes.formats.lines import Emphasis, Line, Stretch
from quizzes.formats.plain import read_text
from quizzes.formats.plain.nested import with_letters


def read(text):
    found = read_text(text)
    reports = [to_report(question) for question in found.questions]
    return [
        (report["kind"], "".join(f"{'*' * o['correct']}{o['text']} " for o in report["options"]).strip())
        for report in reports
    ]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("1. 从哪天算起？\n   1. 当天\n   2. 次日\n\n   答案：2\n", [("single", "当天 *次日")]),
        ("1. 哪些不行？\n\t1) 微信\n\t2) 红包\n\t3) 花呗\n**答案：1、2**\n", [("multiple", "*微信 *红包 花呗")]),
        ("1. 从哪天算起？\n  1. 当天\n  2. 次日\n答案：B\n", [("single", "当天 *次日")]),
        ("1. 从哪天算起？\n① 当天\n② 次日\n答案：2\n", [("single", "当天 *次日")]),
        ("1. 从哪天算起？\n  1. 当天\n  2. 次日\n答案：2\n2. 几点？\n  1. 上午\n  2. 下午\n答案：1\n",
         [("single", "当天 *次日"), ("single", "*上午 下午")]),
    ],
)  # fmt: skip
def test_numbers_further_in_are_options_where_a_key_follows(text, questions):
    assert read(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "1. 简述步骤。\n答：\n  1. 申请\n  2. 寄回\n  3. 退款",
        "1. 几件？\n  1. 当天\n  2. 次日\n答案：3",
        "1. 几件？\n  1. 当天\n  3. 次日\n答案：1",
        "1. 几件？\n  1. 当天\n答案：1",
    ],
    ids=["points of an answer", "a key beyond them", "a number left out", "only one"],
)
def test_other_lists_stay_as_they_are(text):
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]

    assert with_letters(lines) == lines


def test_what_stands_out_still_stands_out():
    lines = [
        Line(1, "1. 哪天？"),
        Line(2, "  1. 当天"),
        Line(3, "  2. 次日", (Stretch(5, 7, Emphasis.RED),)),
        Line(4, "答案：2"),
    ]

    third = with_letters(lines)[2]

    (stretch,) = third.stretches
    assert third.text[stretch.start : stretch.end] == "次日"


pieces = st.sampled_from(["1. ", "  1. ", "  2. ", "①", "②", "答案：", "1", "2", "A", "甲", " ", "\n", "。"])


@given(st.lists(pieces, max_size=40).map("".join))
def test_no_line_is_lost_and_none_is_added(text):
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]

    assert [line.number for line in with_letters(lines)] == [line.number for line in lines]
