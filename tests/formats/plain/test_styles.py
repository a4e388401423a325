"""Every style in ``styles.txt`` is read as it says there."""

from pathlib import Path

import pytest

from quizzes.formats.plain import read_text
from tests.formats.plain.cases import written

STYLES = Path(__file__).with_name("styles.txt").read_text(encoding="utf-8")
CASES = [case.split("\n", 1) for case in STYLES.removeprefix("=== ").rstrip("\n").split("\n\n=== ")]


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_style_is_read_as_it_is_written(case):
    text, expected = case.rsplit("\n---\n", 1)
    found = read_text(text)
    read = [line.replace("\n", " / ") for line in written(found)]
    read += [f"removed {one.text} # {one.reason}" for one in found.removed]
    assert read == expected.rstrip("\n").split("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding, line_end):
    text = "1. 七天无理由从哪天算起（A）\nA. 签收次日\nB. 签收当日\n".replace("\n", line_end)
    found = read_text(text.encode(encoding))
    assert written(found) == ["single 七天无理由从哪天算起（ ） | *签收次日 | 签收当日"]
    assert found.format == "text"


def test_copied_characters_are_read_as_they_are_meant():
    text = "１．⼈⼯客服的⼯作\u200b⻓度是（\ufeffＢ）\nＡ．⼋⼩时\n\u200bＢ．七⼩时"
    assert written(read_text(text)) == ["single 人工客服的工作长度是（ ） | 八小时 | *七小时"]


@pytest.mark.parametrize("text", ["", "\n\n", "客服培训通知\n各位同事：\n下周一开始培训，请准时参加。\n"])
def test_a_text_without_questions_gives_none(text):
    found = read_text(text)
    assert (found.questions, found.held, found.removed) == ((), (), ())


def test_lines_marks_topics_and_difficulty_are_kept():
    text = (
        "第一章 售后\n一、单选题（每题2分）\n1. 甲？\nA. 一\nB. 二\n答案：A\n难度：较难\n\n"
        "2. 乙？（5分）\nA. 一\nB. 二\n答案：A"
    )
    first, second = read_text(text).questions
    assert (first.line, first.marks, first.topic, first.difficulty) == (3, 2, "售后", 4)
    assert (second.line, second.marks, second.topic, second.difficulty) == (9, 5, "售后", None)


def test_what_is_held_shows_its_lines_and_says_why():
    (held,) = read_text("一、单选题\n1. 甲？\nA. 一\nB. 二\n\n2. 乙？\nA. 一\nB. 二\n答案：B").held
    assert (held.line, held.text) == (2, "1. 甲？\nA. 一\nB. 二")
    assert held.reason == "没有找到答案，请补上"
