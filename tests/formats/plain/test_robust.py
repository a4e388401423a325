"""Whatever is thrown at it, the reader of plain text answers, in time, and loses no line."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import QuestionsFound, Unreadable, from_data, to_data, to_report
from quizzes.formats.lines import Emphasis, Line, Stretch
from quizzes.formats.plain import read_lines, read_text
from quizzes.formats.plain.reading import read_everything

PIECES = [
    *["1.", "2、", "（1）", "第3题", "一、单选题", "二、判断题（每题1分）", "三、填空题", "四、简答题"],
    *[
        "五、排序题",
        "六、连线题",
        "七、选词填空",
        "A.",
        "B、",
        "（C）",
        "D ",
        "A. 甲 B. 乙 C. 丙",
        "①甲②乙③丙",
        "____",
        "（ ）",
    ],
    *[
        "（A）",
        "（√）",
        "【答案】",
        "答案：",
        "参考答案",
        "解析：",
        "【解析】",
        "1-5 ABCDA",
        "1.A 2.B 3.C",
        "ABCDA",
        "√×√",
    ],
    *[
        "A-C-B",
        "1-c 2-a",
        "3.5 ± 0.1 元",
        "第 3 页 共 12 页",
        "- 3 -",
        "案例：",
        "根据上述材料回答1-3题",
        "七天无理由",
        "退货",
    ],
    *["？", "。", "；", "/", "或", " ", "\t", "\n", "\n\n", "**", "# ", "- ", "- [x] ", "|", "|---|---|\n"],
    *[
        "注意事项：",
        "A",
        "错",
        "1",
        "[单选题]",
        "（2分）",
        "难度：易",
        "我的答案：A",
        "Answer: B",
        "题目：",
        "题型：单选题",
        "第一章",
    ],
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=60).map("".join)


@given(TEXTS)
def test_any_text_is_read(text):
    found = read_text(text)
    for question in found.questions:
        assert from_data(to_data(question)) == question
        to_report(question)
    assert all(held.reason and held.text.strip() for held in found.held)
    assert [held.line for held in found.held] == sorted(held.line for held in found.held)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data):
    try:
        read_text(data)
    except Unreadable as problem:
        assert re.search("[一-鿿]", str(problem))


@given(TEXTS)
def test_no_word_is_lost(text):
    assert lost_words(text) == []


def lost_words(text: str) -> list[str]:
    """Words of ``text``, each made unlike all others, that are in no question, not held, not removed, no heading."""
    words = []

    def unlike(found: re.Match[str]) -> str:
        words.append(chr(0x5200 + len(words)) + chr(0x6B00 + len(words)))
        return words[-1]

    reading = read_everything(re.sub("七天无理由|退货", unlike, text))
    everything = [json.dumps(to_data(question), ensure_ascii=False) for question in reading.found.questions]
    everything += [held.text for held in reading.found.held] + [one.text for one in reading.found.removed]
    whole = "\n".join([*everything, *reading.understood])
    return [word for word in words if word not in whole]


LONG = [
    *[
        "（",
        "(",
        "_",
        " ",
        "\t",
        "A.",
        "A",
        "1.",
        "1",
        "①",
        "*",
        "**",
        "#",
        "-",
        "- ",
        "|",
        "答案",
        "答案：",
        "解析",
        "或",
    ],
    *[
        "/",
        "、",
        "；",
        "A、",
        "题",
        "一、",
        "（A",
        "（ ",
        "____ ",
        "__a",
        "1-",
        "1.A ",
        "A B ",
        "[",
        "<u>",
        "=",
        "==a",
        "`",
        "\\",
    ],
    *["第", "第1页", "单选题", "√", "案例", "±", "1-a ", "甲——乙；", "＿", "\v", "（答案：A）", "1 ", "是", "1.是 "],
]


@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize(
    "frame", ["{}", "1. 甲{}\nA. 乙\n答案：A", "一、填空题\n1. ____\n答案：{}", "六、连线题\n1. 甲\n{}\n答案：{}"]
)
def test_endless_repetition_takes_no_endless_time(piece, frame):
    text = frame.replace("{}", piece * (100_000 // len(piece)))
    begun = time.process_time()
    read_text(text)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    "line",
    [
        "1. 甲",
        "A. 甲",
        "答案：A",
        "甲",
        "（1）甲",
        "1.A",
        "解析：甲",
        "- [x] 甲",
        "|a|b|",
        "一、单选题",
        "1",
        "A",
        "",
        "案例：甲",
    ],
)
def test_many_equal_lines_take_no_endless_time(line):
    begun = time.process_time()
    read_text(f"{line}\n" * 20_000)
    assert time.process_time() - begun < 12


@given(
    st.lists(st.tuples(TEXTS, st.integers(-3, 9), st.integers(-3, 30), st.sampled_from(Emphasis)), max_size=12),
    st.lists(st.text(max_size=8), max_size=4),
)
def test_any_stretches_and_cells_are_read(parts, cells):
    lines = [
        Line(number, text, (Stretch(start, end, emphasis),))
        for number, (text, start, end, emphasis) in enumerate(parts, 1)
    ]
    lines.append(Line(len(lines) + 1, "\t".join(cells), (), tuple(cells)))
    assert isinstance(read_lines(lines, "docx"), QuestionsFound)
