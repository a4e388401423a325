"""Gaps, amounts, pairs, orders and free texts, and stems without their furniture."""

import pytest

from quizzes.formats.found import FoundQuestion, Held, to_report
from tests.formats.sheets.tables import FULL, found, one, right


@pytest.mark.parametrize(
    ("answer", "truth"),
    [
        ("对", True),
        ("√", True),
        ("T", True),
        ("正确", True),
        ("1", True),
        ("TRUE", True),
        ("是", True),
        ("✔", True),
        ("错", False),
        ("×", False),
        ("F", False),
        ("错误", False),
        ("0", False),
        ("2", False),
        ("FALSE", False),
        ("否", False),
    ],
)
def test_the_key_of_a_judgement(answer, truth):
    assert right(one(("判断题", "题", "", "", "", "", answer))) == ["正确" if truth else "错误"]


def test_a_judgement_with_options_goes_by_them():
    assert right(one(("判断题", "题", "错误", "正确", "", "", "A"))) == ["错误"]
    assert isinstance(one(("判断题", "题", "错误", "正确", "", "", "1")), Held)


def test_a_sheet_that_uses_0_1_and_2_for_judgements_is_held():
    lines = [("判断题", f"题{answer}", "", "", "", "", answer) for answer in "012"]

    assert len(found(FULL, *lines).held) == 3


@pytest.mark.parametrize(
    ("stem", "answer", "blanks"),
    [
        ("期限是____天", "7/七", [["7", "七"]]),
        ("期限是（  ）天", "7或七", [["7", "七"]]),
        ("从__起算，共___天", "次日；7", [["次日"], ["7"]]),
        ("从____起算，共____天", "次日|7", [["次日"], ["7"]]),
        ("从____起算，共____天", "次日\n7", [["次日"], ["7"]]),
        ("从____起算，共____天", "次日、7", [["次日"], ["7"]]),
        ("比例是____", "1/2", [["1/2"]]),
        ("速度是____", r"km\/h", [["km/h"]]),
        ("两种写法：____", "color / colour", [["color", "colour"]]),
    ],
)
def test_the_answers_of_gaps(stem, answer, blanks):
    question = one(("填空题", stem, answer), ("题型", "题干", "答案"))

    assert isinstance(question, FoundQuestion), question
    assert to_report(question)["answers"] == blanks
    assert "（" not in question.stem


def test_answers_of_gaps_in_columns_of_their_own():
    question = one(("从____到____", "一", "二"), ("题干", "答案1", "答案2"))

    assert to_report(question)["answers"] == [["一"], ["二"]]


@pytest.mark.parametrize(
    ("stem", "answer", "words"),
    [
        ("期限是几天", "7", "没有空"),
        ("从____起算，共____天", "次日", "对不上"),
        ("期限是____天", "7；七", "对不上"),
        ("速度是____", "km/h", "看不出"),
        ("单价是____", "元/件", "看不出"),
        ("期限是____天", "", "没有答案"),
    ],
)
def test_gaps_that_do_not_fit_their_answers_are_held(stem, answer, words):
    held = one(("填空题", stem, answer), ("题型", "题干", "答案"))

    assert isinstance(held, Held)
    assert words in held.reason


@pytest.mark.parametrize(
    ("answer", "number", "tolerance", "unit"),
    [
        ("5", 5, 0, ""),
        ("1,000.5", 1000.5, 0, ""),
        ("50%", 50, 0, "%"),
        ("5±0.5", 5, 0.5, ""),
        ("5元±1", 5, 1, "元"),
        ("7～15 天", 11, 4, "天"),
        ("10-20", 15, 5, ""),
        ("-3", -3, 0, ""),
    ],
)
def test_amounts(answer, number, tolerance, unit):
    question = one(("数值题", "题", answer), ("题型", "题干", "答案"))

    assert isinstance(question, FoundQuestion), question
    assert to_report(question)["answers"] == [[number, tolerance]]
    assert question.content.unit == unit


@pytest.mark.parametrize("answer", ["大约五", "5 元 ± 1 天", "20-10", ""])
def test_what_is_no_amount_is_held(answer):
    assert isinstance(one(("数值题", "题", answer), ("题型", "题干", "答案")), Held)


def test_matching_ordering_cloze_and_free_text_as_the_template_has_them():
    pairs = one(("配对题", "连起来", "急躁 = 先安抚", "犹豫：给建议", "（无）= 挂断", ""), FULL)
    order = one(("排序题", "排一排", "甲", "乙", "丙", "", "C→A→B"), FULL)
    cloze = one(("选词填空", "运费由____出，____小时内", "买家/商家", "24/48", "", "", "商家；24"), FULL)
    bank = one(("选词填空", "运费由____出，____小时内", "买家", "24", "商家", "48", "CB"), FULL)
    essay = one(
        ("简答题", "怎么说", "先道歉；再核实", "（2分）道歉\n核实（3分）"), ("题型", "题干", "参考答案", "评分标准")
    )

    assert to_report(pairs)["pairs"] == [["急躁", "先安抚"], ["犹豫", "给建议"]]
    assert [option["text"] for option in to_report(order)["options"]] == ["甲", "乙", "丙"]
    assert to_report(order)["answers"] == [["丙"], ["甲"], ["乙"]]
    assert to_report(cloze)["answers"] == [["商家"], ["24"]]
    assert to_report(bank)["answers"] == [["商家"], ["24"]]
    assert to_report(essay)["answers"] == [["先道歉；再核实"]]
    assert [(line.points, line.text) for line in essay.content.rubric] == [(2, "道歉"), (3, "核实")]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (("题", "甲", "乙", "A"), "single"),
        (("题", "甲", "乙", "AB"), "multiple"),
        (("题", "", "", "对"), "true_false"),
        (("题", "对", "错", "A"), "true_false"),
        (("期限是____天", "", "", "7"), "fill"),
        (("怎么安抚", "", "", "先道歉，再核实订单，最后给出两个以上的方案"), "essay"),
    ],
)
def test_without_a_kind_the_options_and_the_key_tell_it(line, kind):
    question = one(line, ("题干", "A", "B", "答案"))

    assert isinstance(question, FoundQuestion), question
    assert to_report(question)["kind"] == kind


@pytest.mark.parametrize("answer", ["七天", "7", ""])
def test_without_a_kind_what_cannot_be_told_is_held(answer):
    assert isinstance(one(("期限是几天", answer), ("题干", "答案")), Held)


# --- stems -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("1. 题目", "题目"),
        ("12、题目", "题目"),
        ("（3）题目", "题目"),
        ("第 4 题：题目", "题目"),
        ("1.5 倍的价格", "1.5 倍的价格"),
        ("7、8 月的订单", "7、8 月的订单"),
        ("【单选题】题目", "题目"),
        ("题目（2分）", "题目"),
        ("5.（2 分）题目", "题目"),
        ("选出（  ）项", "选出（ ）项"),
        ("选出（A）项", "选出（ ）项"),
        ("题目 ____ 处", "题目 ____ 处"),
        ("题目（多选）", "题目"),
        ("A类商品（定制）能退吗", "A类商品（定制）能退吗"),
    ],
)
def test_a_stem_comes_without_its_furniture(typed, stem):
    question = (
        one(("单选题", typed, "甲", "乙", "", "", "A"), FULL)
        if "多选" not in typed
        else one(("", typed, "甲", "乙", "", "", "AB"))
    )

    assert isinstance(question, FoundQuestion), question
    assert question.stem == stem


def test_the_key_may_stand_in_the_bracket_of_the_stem_only():
    question = one(("单选题", "选出（ B ）项", "甲", "乙", "", "", ""))

    assert right(question) == ["乙"]
