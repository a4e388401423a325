"""What is taken for page furniture can be put back, each line by its id."""

import pytest

from quizzes.formats.plain import read_text

QUESTION = "{0}. 第 {0} 种情况下先做什么？\nA. 道歉\nB. 核实\n{1}\nC. 补发\n答案：A\n"


def bank(*between):
    return "内部培训资料\n" + "".join(QUESTION.format(number, line) for number, line in enumerate(between, 1))


def options(found):
    return [option.text for question in found.questions for option in question.content.options]


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        (bank("第 3 页", "A/B"), ["第 3 页"]),
        (bank("- 12 -", "收藏 纠错"), ["- 12 -", "收藏 纠错"]),
        (bank("见附件 第 3 页 共 9 页 里面的发货规则和退货规则再核实", "无"), ["第 3 页 共 9 页"]),
        (bank("内部培训资料", "内部培训资料"), ["内部培训资料", "内部培训资料"]),
    ],
)
def test_each_line_that_was_taken_away_comes_back_and_no_other(text, removed):
    first = read_text(text)
    assert [entry.text for entry in first.removed] == removed

    for chosen in first.removed:
        again = read_text(text, keep={chosen.id})
        assert [entry.id for entry in again.removed] == [entry.id for entry in first.removed if entry is not chosen]
        assert any(chosen.text in option for option in options(again))
        assert not any(chosen.text in option for option in options(first))


def test_an_id_of_another_file_changes_nothing():
    text = bank("第 3 页", "- 12 -")
    assert read_text(text, keep={"4-0", ""}) == read_text(text)
