import json

import pytest

from quizzes.rules.replies.records import BadRecord, Record, Reply, Ruling, Turn, dump, parse, with_rulings

LINE = {
    "id": "a-1",
    "scene": {"facts": "可退"},
    "history": [{"who": "customer", "text": "能退吗"}],
    "reply": "能",
    "labels": {"greets": False},
}


def test_a_line_becomes_a_record_and_a_line_again():
    (record,) = parse(["", json.dumps(LINE)], "a")
    assert record == Record("a-1", Reply("能", (Turn("customer", "能退吗"),), "可退"), {"greets": False}, "a")
    (again,) = parse([dump(record)], "a")
    assert again.reply == record.reply
    assert again.labels["greets"] is False
    assert again.labels["shirks"] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reply": 3}, "reply 应当是"),
        ({"scene": []}, None),
        ({"scene": [1]}, "scene 应当是"),
        ({"history": [{"who": "robot", "text": "转接中"}, {"text": "？"}]}, None),
        ({"history": ["您好"]}, "who"),
        ({"history": None, "labels": None, "id": None}, None),
        ({"history": {"who": "agent"}}, "history 应当是"),
        ({"labels": {"smiles": "often", "greets": 1}}, None),
        ({"labels": {"greets": "yes"}}, "greets 应当是"),
        ({"labels": {"greets": 2}}, "greets 应当是"),
        ({"reply": None}, "reply 应当是"),
        ({"labels": [True]}, "labels 应当是"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_its_number(change, said):
    lines = [json.dumps(LINE), json.dumps({**LINE, **change})]
    if said is None:
        assert len(list(parse(lines, "a"))) == 2
    else:
        with pytest.raises(BadRecord, match=f"a 第 2 行：.*{said}"):
            list(parse(lines, "a"))


def test_labels_of_others_are_passed_over_and_numbers_read():
    (record,) = parse([json.dumps({"reply": "能", "labels": {"smiles": True, "greets": 1, "shirks": 0}})], "a")
    assert record == Record("", Reply("能"), {"greets": True, "shirks": False}, "a")


@pytest.mark.parametrize("line", ["{", "[]", "3", "[" * 100_000, "9" * 5_000])
def test_a_line_that_is_no_object_is_refused(line):
    with pytest.raises(BadRecord, match="a 第 1 行"):
        list(parse([line], "a"))


def test_a_ruling_outranks_a_label_and_the_later_ruling_the_earlier():
    record = Record("a-1", Reply("能"), {"greets": False, "shirks": True}, "a")
    rulings = [Ruling("a-1", "shirks", None), Ruling("a-1", "greets", False), Ruling("a-1", "greets", True)]
    (ruled,) = with_rulings([record], rulings)
    assert ruled.labels == {"greets": True, "shirks": None}
    assert record.labels == {"greets": False, "shirks": True}


def test_a_ruling_on_no_check_is_refused():
    with pytest.raises(ValueError, match="没有叫“smiles”"):
        with_rulings([], [Ruling("a-1", "smiles", True)])
