"""QTI 1.2 as Canvas, Blackboard and older systems write it."""

from decimal import Decimal

import pytest

from quizzes.formats.found import to_report
from quizzes.formats.qti import read_qti
from tests.formats.qti_files import classic, classic_item, equal, lid, material, wins

TWO = {"1": "核实", "2": "拒绝"}


def only(*items: str):
    found = read_qti(classic(*items))
    assert not found.held, found.held
    (one,) = found.questions
    return one


def options(question) -> list[str]:
    return [("*" if option["correct"] else "") + option["text"] for option in to_report(question)["options"]]


def said(ident: str, text: str) -> str:
    return f'<itemfeedback ident="{ident}"><flow_mat>{material(text)}</flow_mat></itemfeedback>'


def test_a_single_choice_of_canvas_with_its_feedback():
    processing = (
        wins("<other/>", "", '<displayfeedback linkrefid="general_fb"/>')
        + wins(equal("2"), "", '<displayfeedback linkrefid="2_fb"/>')
        + wins(equal("1"), "100", '<displayfeedback linkrefid="correct_fb"/>')
    )
    feedback = said("general_fb", "<p>看规则</p>") + said("2_fb", "会更急") + said("correct_fb", "记住了")
    one = only(
        classic_item("multiple_choice_question", material("<p>先做什么？</p>") + lid(TWO), processing, feedback)
    )
    assert (one.stem, options(one), one.marks, one.name) == ("先做什么？", ["*核实", "拒绝"], Decimal(2), "g1")
    assert one.content.options[1].why == "会更急" and one.explanation == "看规则\n答对时：记住了"


def test_several_right_choices_by_and_and_not():
    labels = {"1": "单号", "2": "天气", "3": "状况"}
    condition = f"<and>{equal('1')}<not>{equal('2')}</not>{equal('3')}</and>"
    presentation = material("哪些？") + lid(labels, cardinality="Multiple")
    one = only(classic_item("multiple_answers_question", presentation, wins(condition)))
    assert one.kind == "multiple" and options(one) == ["*单号", "天气", "*状况"]


def test_several_right_choices_that_each_add_their_points():
    labels = {"1": "单号", "2": "天气", "3": "状况"}
    processing = wins(equal("1"), "50") + wins(equal("2"), "-50") + wins(equal("3"), "50")
    one = only(classic_item("", material("哪些？") + lid(labels, cardinality="Multiple"), processing))
    assert options(one) == ["*单号", "天气", "*状况"]


def test_true_or_false():
    one = only(
        classic_item("true_false_question", material("对吗？") + lid({"1": "True", "2": "False"}), wins(equal("2")))
    )
    assert one.kind == "true_false" and options(one) == ["正确", "*错误"]


WRITE = '<response_str ident="response1"><render_fib><response_label ident="answer1"/></render_fib></response_str>'


def test_a_short_answer_with_its_variants():
    one = only(classic_item("short_answer_question", material("几天？") + WRITE, wins(equal("七") + equal("7"))))
    assert (one.stem, one.content.blanks) == ("几天？____", (("七", "7"),))


def test_answers_in_the_middle_of_a_text():
    second = WRITE.replace("response1", "r2")
    processing = wins(equal("七"), "50") + wins(equal("退款", "r2"), "50")
    one = only(classic_item("", material("签收") + WRITE + material("天内") + second + material("。"), processing))
    assert (one.stem, one.content.blanks) == ("签收____天内____。", (("七",), ("退款",)))


def test_named_gaps_of_canvas():
    labels, more = {"1": "七", "2": "7"}, {"3": "退款"}
    presentation = material("[day]天内[what]") + lid(labels, "r_day", prompt="day") + lid(more, "r_what", prompt="what")
    one = only(classic_item("fill_in_multiple_blanks_question", presentation, wins(equal("1", "r_day"), "50")))
    assert (one.stem, one.content.blanks) == ("____天内____", (("七", "7"), ("退款",)))
    words = {"3": "补发", "4": "拖着"}
    presentation = material("先[a]再[b]") + lid(TWO, "ra", prompt="a") + lid(words, "rb", prompt="b")
    processing = wins(equal("1", "ra"), "50") + wins(equal("3", "rb"), "50")
    one = only(classic_item("multiple_dropdowns_question", presentation, processing))
    assert (one.stem, options(one)) == ("先____再____", ["*核实", "拒绝", "*补发", "拖着"])


def test_matching_of_canvas():
    rights = {"1": "先安抚", "2": "给建议", "3": "不理"}
    presentation = material("连起来") + lid(rights, "ra", prompt="急躁") + lid(rights, "rb", prompt="犹豫")
    processing = wins(equal("1", "ra"), "50") + wins(equal("2", "rb"), "50")
    one = only(classic_item("matching_question", presentation, processing))
    assert to_report(one)["pairs"] == [["急躁", "先安抚"], ["犹豫", "给建议"]]
    assert [part.text for part in one.content.extra] == ["不理"]


NUMBER = '<response_num ident="response1"><render_fib/></response_num>'


def between(low: int, high: int) -> str:
    return f"<vargte respident='response1'>{low}</vargte><varlte respident='response1'>{high}</varlte>"


@pytest.mark.parametrize(
    ("condition", "answer", "tolerance"),
    [
        (equal("7"), 7, 0),
        (f"<or>{equal('100')}<and>{between(90, 110)}</and></or>", 100, 10),
        (between(1, 5), 3, 2),
    ],
)
def test_numbers(condition, answer, tolerance):
    one = only(classic_item("numerical_question", material("几？") + NUMBER, wins(condition)))
    assert (one.stem, one.content.answer, one.content.tolerance) == ("几？", answer, tolerance)


def test_essays_and_pieces_of_text():
    solution = said("solution", "先道歉")
    found = read_qti(
        classic(
            classic_item("text_only_question", material("以下是退货的题")),
            classic_item("essay_question", material("写一句") + WRITE, "", solution, ident="g2"),
        )
    )
    assert [to_report(one)["answers"] for one in found.questions] == [[["先道歉"]]]
    assert [one.text for one in found.removed] == ["以下是退货的题"]


def test_blackboard_writes_its_own_way():
    labels = "".join(f'<response_label ident="{n}"/>' for n in ("x1", "x2"))
    row = (
        '<flow class="Block"><flow class="FORMATTED_TEXT_BLOCK">{}</flow><response_lid ident="{}"><render_choice>'
        + labels
        + "</render_choice></response_lid></flow>"
    )
    right = "".join(f'<flow class="Block">{material(text)}</flow>' for text in ("先安抚", "给建议"))
    presentation = (
        f'<flow class="Block"><flow class="QUESTION_BLOCK">{material("连起来")}</flow>'
        f'<flow class="RESPONSE_BLOCK">{row.format(material("急躁"), "a")}{row.format(material("犹豫"), "b")}'
        f'</flow><flow class="RIGHT_MATCH_BLOCK">{right}</flow></flow>'
    )
    one = only(classic_item("", presentation, wins(equal("x2", "a"), "50") + wins(equal("x1", "b"), "50")))
    assert (one.stem, to_report(one)["pairs"]) == ("连起来", [["急躁", "给建议"], ["犹豫", "先安抚"]])
    one = only(classic_item("", material("一？") + lid(TWO), wins(equal("1"), "SCORE.max") + wins("<other/>", "0")))
    assert options(one) == ["*核实", "拒绝"]


def test_an_ordered_response():
    labels = {"a": "登记", "b": "道歉", "c": "核实"}
    condition = f"<and>{equal('b')}{equal('c')}{equal('a')}</and>"
    one = only(classic_item("", material("排") + lid(labels, cardinality="Ordered"), wins(condition)))
    assert to_report(one)["answers"] == [["道歉"], ["核实"], ["登记"]] and one.displayed == ("登记", "道歉", "核实")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (classic_item("calculated_question", material("x") + NUMBER), "按公式计算"),
        (classic_item("file_upload_question", material("x")), "上传文件"),
        (classic_item("", material("x") + lid(TWO)), "没有标出正确选项"),
        (classic_item("", material("x") + lid(TWO), wins(equal("1")) + wins(equal("2"))), "2 个选项都算对"),
        (classic_item("", material("x") + lid(TWO), wins(equal("1")) + wins(equal("2"), "50")), "一部分分（拒绝）"),
        (classic_item("", material("<img src='a.png'>") + lid(TWO), wins(equal("1"))), "图片“a.png”"),
        (classic_item("", "<material><matimage uri='a.png'/></material>" + lid(TWO), wins(equal("1"))), "图片"),
        (classic_item("", material("x") + WRITE, wins(equal("七").replace("equal", "subset"))), "按包含的文字"),
        (classic_item("", material("x") + NUMBER, wins(equal("7")) + wins(equal("8"))), "几个算对的数"),
        (classic_item("", material("x") + NUMBER, ""), "没有写正确答案"),
        (classic_item("", material("x")), "没有可以作答的地方"),
        (classic_item("", material("x") + lid(TWO) + WRITE, wins(equal("1"))), "几种作答方式"),
        (classic_item("", material("[a]") + lid(TWO, "ra", prompt="b") + lid({"3": "c"}, "rb", prompt="c")), "对不上"),
    ],
)
def test_what_is_unsure_is_held_with_the_reason(item, words):
    found = read_qti(classic(item))
    assert not found.questions
    assert words in found.held[0].reason
