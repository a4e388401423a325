"""Aiken, strict and as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.aiken import looks_like_aiken, read_aiken
from quizzes.formats.found import to_report
from tests.formats.fuzz import repeated, swallow

STRICT = "顾客要退货，先做什么？\nA. 核实\nB. 拒绝\nANSWER: A\n\n几天内可退？\nA) 三\nB) 七\nC) 十\nANSWER: B\n"


def options(question) -> list[str]:
    return [("*" if option["correct"] else "") + option["text"] for option in to_report(question)["options"]]


def test_strict_aiken():
    found = read_aiken(STRICT)
    assert not found.held and not found.removed
    assert [(one.stem, one.line, options(one)) for one in found.questions] == [
        ("顾客要退货，先做什么？", 1, ["*核实", "拒绝"]),
        ("几天内可退？", 6, ["三", "*七", "十"]),
    ]


@pytest.mark.parametrize(
    ("text", "stem", "read"),
    [
        ("1. 先做什么？\nA. 核实\nB. 拒绝\nANSWER: A", "先做什么？", ["*核实", "拒绝"]),
        ("第3题 先做什么？\nA. 核实\nB. 拒绝\nANSWER: A", "先做什么？", ["*核实", "拒绝"]),
        ("3.5 元怎么赔？\nA. 核实\nB. 拒绝\nANSWER: A", "3.5 元怎么赔？", ["*核实", "拒绝"]),
        ("顾客说：\n“退！”\na. 核实\nb. 拒绝\nanswer：b", "顾客说：\n“退！”", ["核实", "*拒绝"]),
        ("一？\nＡ．核实\nＢ、拒绝\n（C）转走\nＡＮＳＷＥＲ：Ｃ", "一？", ["核实", "拒绝", "*转走"]),
        ("一？\nA. 核实\n   再说\nB. 3.5 元\nANSWER: B.", "一？", ["核实\n再说", "*3.5 元"]),
        ("\ufeff一？\r\nA. 核实\r\nB. 拒绝\r\nANSWER: A\r\n", "一？", ["*核实", "拒绝"]),
        ("A类顾客怎么办？\nA. 安抚\nB. 拒绝\nANSWER: A", "A类顾客怎么办？", ["*安抚", "拒绝"]),
        ("一？\nA. 核实\n\nB. 拒绝\n\nANSWER: A", "一？", ["*核实", "拒绝"]),
    ],
)
def test_aiken_as_people_write_it(text, stem, read):
    found = read_aiken(text)
    assert not found.held and not found.removed
    assert [(one.stem, options(one)) for one in found.questions] == [(stem, read)]


@pytest.mark.parametrize("key", ["A, C", "AC", "A、C", "a and c", "A;C", "ＡＣ"])
def test_several_right_letters(key):
    (one,) = read_aiken(f"哪些？\nA. 单号\nB. 天气\nC. 状况\nANSWER: {key}").questions
    assert one.kind == "multiple" and options(one) == ["*单号", "天气", "*状况"]


def test_an_explanation_after_the_key():
    found = read_aiken("一？\nA. 甲\nB. 乙\nANSWER: A\nFEEDBACK: 因为\n规则如此\n\n二？\nA. 甲\nB. 乙\nANSWER: B")
    assert [one.explanation for one in found.questions] == ["因为\n规则如此", ""]
    assert found.questions[1].stem == "二？"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("一？\nA. 甲\nB. 乙\nANSWER: C", 1, "“C”和选项字母对不上"),
        ("一？\nA. 甲\nB. 乙\nANSWER: 甲", 1, "对不上"),
        ("一？\nA. 甲\nB. 乙\nANSWER:", 1, "对不上"),
        ("\n一？\nA. 甲\nB. 乙", 2, "没有读到“ANSWER:”"),
        ("一？\nA. 甲\nANSWER: A", 1, "只读到 1 个选项"),
        ("一？\nA. 甲\nB. 甲\nANSWER: A", 1, "出现了两次"),
        ("A. 甲\nB. 乙\nANSWER: A", 1, "没有读到题干"),
    ],
)
def test_what_is_unsure_is_held_with_the_reason(text, line, words):
    found = read_aiken(text)
    assert not found.questions
    (held,) = found.held
    assert held.line == line and words in held.reason and held.text == text.strip()


def test_a_missing_key_costs_one_question_only():
    for gap in ("\n\n", "\n2. "):
        found = read_aiken(f"一？\nA. 甲\nB. 乙{gap}二？\nA. 甲\nB. 乙\nANSWER: B")
        assert [one.stem for one in found.questions] == ["二？"] and len(found.held) == 1


def test_a_title_is_no_question():
    found = read_aiken(f"客服考试题\n\n{STRICT}")
    assert len(found.questions) == 2 and not found.held
    assert [(one.line, one.text) for one in found.removed] == [(1, "客服考试题")]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (STRICT, True),
        ("1. 一？\na) 甲\nb) 乙\nanswer：b", True),
        ("1. 一？\nA. 甲\nB. 乙\n答案：A", False),
        ("一？\nA. 甲\nB. 乙\nANSWER: A\n二？\nA. 甲\nB. 乙\n【答案】A", False),
        ("一？{=a ~b}", False),
        ("ANSWER: A", False),
        ("一？ A. 甲 B. 乙\nANSWER: A", False),
        ("", False),
    ],
)
def test_aiken_is_told_from_other_texts(text, answer):
    assert looks_like_aiken(text) is answer


@given(st.text(st.sampled_from("ABab.)、：: 1ANSWER\n\r退？") | st.characters(), max_size=80))
def test_any_text_is_read(text):
    swallow(lambda: read_aiken(text))
    swallow(lambda: read_aiken(STRICT + text))
    looks_like_aiken(text)


@pytest.mark.parametrize(
    "piece",
    ["A", "A. ", "A. x\n", "ANSWER: A\n", "A ,", "1", "1.", "（", "\n", " \n", "FEEDBACK: x\n", " ", "Question"],
)
def test_long_repetitions_take_no_time(piece, quick):
    with quick():
        read_aiken(repeated(piece))
        looks_like_aiken(repeated(piece))
        read_aiken(f"一？\nA. 甲\nB. 乙\nANSWER: {repeated(piece)}!")
