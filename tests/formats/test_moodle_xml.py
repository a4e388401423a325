"""Moodle XML: what we write we read again, and what Moodle writes is read or held, never lost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import FoundQuestion, Unreadable, to_report
from quizzes.formats.moodle_xml import read_moodle_xml, write_moodle_xml
from quizzes.rules.questions import content_from_data
from quizzes.rules.vocabulary import Kind
from tests.formats.found_questions import several, without_lines
from tests.formats.fuzz import damaged, repeated, swallow


@given(several)
def test_what_is_written_is_read_again(questions):
    found = read_moodle_xml(write_moodle_xml(questions))
    assert not found.held and not found.removed
    assert without_lines(found.questions) == questions


def test_a_stem_that_looks_like_an_embedded_answer_stays_text():
    stem = "写法 {1:SHORTANSWER:=x} 里，____和____各是什么？"
    content = content_from_data(Kind.FILL, {"blanks": ["题型", "答案}#~*"]}, stem=stem)
    one = FoundQuestion(Kind.FILL, stem, content, line=1)
    assert without_lines(read_moodle_xml(write_moodle_xml([one])).questions) == [one]


def quiz(*questions: str) -> bytes:
    return ('<?xml version="1.0"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>").encode()


def question(type_: str, stem: str, inside: str = "", name: str = "题 1") -> str:
    return (
        f'<question type="{type_}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>{inside}</question>'
    )


def answer(text: str, fraction="0", more: str = "") -> str:
    return f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>{more}</answer>'


def said(name: str, text: str) -> str:
    return f'<{name} format="html"><text><![CDATA[{text}]]></text></{name}>'


def only(*questions: str):
    found = read_moodle_xml(quiz(*questions))
    assert not found.held, found.held
    (one,) = found.questions
    return one


def reason(*questions: str) -> str:
    found = read_moodle_xml(quiz(*questions))
    assert not found.questions
    return found.held[0].reason


def options(report: dict) -> list[str]:
    return [("*" if option["correct"] else "") + option["text"] for option in report["options"]]


def test_choices_with_their_replies():
    one = only(
        question(
            "multichoice",
            "<p>先做什么？</p><p>选一个</p>",
            "<single>true</single>"
            + answer("<p>核实</p>", 100, said("feedback", "好"))
            + answer("拒绝", "-33.33333")
            + said("generalfeedback", "<p>先核实再说</p>")
            + said("correctfeedback", "您的回答正确。")
            + said("incorrectfeedback", "再看看<br>规则")
            + "<defaultgrade>2.0000000</defaultgrade>",
        )
    )
    assert one.stem == "先做什么？\n选一个" and options(to_report(one)) == ["*核实", "拒绝"]
    assert one.content.options[0].why == "好" and one.explanation == "先核实再说\n答错时：再看看\n规则"
    assert (one.marks, one.name, one.line) == (Decimal(2), "题 1", 3)


def test_several_right_choices_share_the_marks():
    inside = "<single>false</single>" + answer("甲", "33.33333") + answer("乙", "66.66667") + answer("丙", "-100")
    report = to_report(only(question("multichoice", "哪些？", inside)))
    assert (report["kind"], options(report)) == ("multiple", ["*甲", "*乙", "丙"])


@pytest.mark.parametrize(("right", "expected"), [("true", ["*正确", "错误"]), ("false", ["正确", "*错误"])])
def test_true_or_false(right, expected):
    inside = answer("true", 100 * (right == "true")) + answer("false", 100 * (right == "false"), said("feedback", "不"))
    one = only(question("truefalse", "对吗？", inside))
    assert options(to_report(one)) == expected and one.explanation == "答“错误”：不"


def test_short_answers_are_plain_and_get_a_gap():
    inside = answer("a<b", 100) + answer("七\\*", 100) + answer("*", 0, said("feedback", "看规则"))
    one = only(question("shortanswer", "几天内可退？", inside))
    assert one.stem == "几天内可退？____" and one.content.blanks == (("a<b", "七*"),)
    assert one.explanation == "答其他的：看规则"
    assert only(question("shortanswer", "签收后 _____ 天内", answer("七", 100))).stem == "签收后 ____ 天内"


def test_numbers_with_tolerance_and_unit():
    units = "<units><unit><multiplier>1</multiplier><unit_name>元</unit_name></unit></units>"
    one = only(question("numerical", "赔多少？", answer("1500", 100, "<tolerance>0.5</tolerance>") + units))
    assert (one.content.answer, one.content.tolerance, one.content.unit) == (1500, Decimal("0.5"), "元")


def test_matching_with_a_side_that_belongs_to_nothing():
    sides = [("<p>急躁</p>", "先安抚"), ("犹豫", "给建议"), ("", "不理")]
    inside = "".join(
        f'<subquestion format="html"><text><![CDATA[{left}]]></text><answer><text>{right}</text></answer></subquestion>'
        for left, right in sides
    )
    one = only(question("matching", "连起来", inside))
    assert to_report(one)["pairs"] == [["急躁", "先安抚"], ["犹豫", "给建议"]]
    assert [part.text for part in one.content.extra] == ["不理"]


def test_an_ordering_goes_by_its_fractions():
    one = only(question("ordering", "排一排", answer("登记", 3) + answer("道歉", 1) + answer("核实", 2)))
    assert [item.text for item in one.content.items] == ["道歉", "核实", "登记"]


def test_essays_keep_what_the_marker_is_told():
    assert to_report(only(question("essay", "写一句", said("graderinfo", "先道歉"))))["answers"] == [["先道歉"]]
    one = only(question("essay", "写一句", said("graderinfo", "评分点（2 分）：道歉<br>参考答案：抱歉")))
    assert (one.content.rubric[0].points, one.content.rubric[0].text, one.content.sample) == (2, "道歉", "抱歉")


@pytest.mark.parametrize(
    ("text", "kind", "stem", "answers"),
    [
        ("签收{1:SHORTANSWER:=七#对~=7~%0%三}天", "fill", "签收____天", [["七", "7"]]),
        ("<p>{1:SA:=a}和</p><p>{2:NM:=5}</p>", "fill", "____和\n____", [["a"], ["5"]]),
        ("先{1:MULTICHOICE:拒绝~=核实}再{:MCS:%100%补发~不管}", "cloze", "先____再____", [["核实"], ["补发"]]),
        ("{1:MC:=a\\}b~c&#125;&#126;}", "cloze", "____", [["a}b"]]),
    ],
)
def test_embedded_answers(text, kind, stem, answers):
    report = to_report(only(question("cloze", text)))
    assert (report["kind"], report["stem"], report["answers"]) == (kind, stem, answers)


@pytest.mark.parametrize("type_", ["gapselect", "ddwtos"])
def test_gaps_take_the_choices_of_their_group(type_):
    name = "selectoption" if type_ == "gapselect" else "dragbox"
    words = [("核实", 1), ("拒绝", 1), ("补发", 2), ("拖着", 2)]
    inside = "".join(f"<{name}><text>{word}</text><group>{group}</group></{name}>" for word, group in words)
    report = to_report(only(question(type_, "先[[1]]再[[3]]", inside)))
    assert (report["stem"], report["answers"]) == ("先____再____", [["核实"], ["补发"]])
    assert options(report) == ["*核实", "拒绝", "*补发", "拖着"]


def test_categories_tags_and_identifiers():
    one = only(
        '<question type="category"><category><text>$course$/top/售后/退货//换货</text></category></question>',
        question(
            "truefalse",
            "对吗？",
            answer("true", 100)
            + answer("false")
            + "<idnumber>r-1</idnumber><tags><tag><text>case</text></tag><tag><text>platform:douyin</text></tag>"
            + "<tag><text>difficulty:4</text></tag></tags>",
        ),
    )
    assert (one.topic, one.name, one.tags, one.platform, one.difficulty) == ("退货/换货", "r-1", ("case",), "douyin", 4)


def test_a_name_that_only_repeats_the_stem_is_none():
    inside = answer("true", 100) + answer("false")
    assert only(question("truefalse", "顾客要退货，对吗？", inside, name="顾客要退货…")).name == ""


def test_a_description_is_no_question():
    found = read_moodle_xml(quiz(question("description", "以下是退货的题")))
    assert not found.questions and not found.held
    assert (found.removed[0].text, found.removed[0].reason) == ("题 1\n以下是退货的题", "没有答案的说明文字，不是题目")


CHOICES = answer("甲", 100) + answer("乙")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (question("calculated", "x", CHOICES), "题型“calculated”"),
        (question("multichoice", "看<img src='@@PLUGINFILE@@/图.png'>", CHOICES), "图片“图.png”"),
        (question("multichoice", "x", answer("甲", 100) + answer("<img src='a.png'>")), "图片“a.png”"),
        (question("multichoice", "x", answer("甲") + answer("乙")), "没有标出正确选项"),
        (question("multichoice", "x", answer("甲", 100)), "只读到 1 个选项"),
        (question("multichoice", "x", answer("甲", 100) + answer("乙", 50)), "一部分分（乙）"),
        (question("multichoice", "x", answer("甲", 100) + answer("甲")), "出现了两次"),
        (question("multichoice", "x", answer("甲", "很多") + answer("乙")), "不是数字"),
        (question("multichoice", "", CHOICES), "没有读到题干"),
        (question("truefalse", "x", answer("true")), "没有标出哪个答案正确"),
        (question("shortanswer", "x", answer("七*", 100)), "代表任意文字"),
        (question("shortanswer", "x", answer("七", 50)), "满分的答案"),
        (question("numerical", "x", answer("七", 100)), "不是一个数"),
        (question("numerical", "x", answer("7", 100) + answer("8", 100)), "几个算对的数"),
        (question("matching", "x", ""), "至少 2 项"),
        (question("cloze", "x", ""), "没有读到嵌入的答案"),
        (question("cloze", "{1:SA:=a}和____", ""), "分不清哪些是空"),
        (question("cloze", "{1:SA:=a", ""), "没有写完"),
        (question("cloze", "{1:MR:=a~=b}", ""), "多选、简答"),
        (question("cloze", "{1:MC:=a~=b}", ""), "2 个正确项"),
        (question("cloze", "{1:MC:=a~b}和{1:SA:=c}", ""), "只能按填空题读"),
        (question("gapselect", "[[3]]", "<selectoption><text>a</text></selectoption>"), "对不上"),
        (question("multichoice", "<div>" * 5000 + "x", CHOICES), "嵌套太深"),
    ],
)
def test_what_is_unsure_is_held_with_the_reason(text, words):
    assert words in reason(text)


def test_a_held_question_shows_its_texts_and_proposes_a_reading():
    (held,) = read_moodle_xml(quiz(question("multichoice", "看<img src='图.png'>", CHOICES))).held
    assert (held.line, held.text) == (3, "题 1\n看\n甲\n乙")
    assert held.proposal.stem == "看"


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"<html/>", "最外层应当是 <quiz>"), (b"PK\x03\x04", "不是正确的 XML"), (b"", "空的"), (b"\xff\xfe\0", "XML")],
)
def test_what_is_no_moodle_xml_is_refused(data, words):
    with pytest.raises(Unreadable, match=words):
        read_moodle_xml(data)


SAMPLE = quiz(
    question("multichoice", "<p>一</p>", CHOICES),
    question("cloze", "先{1:MC:=a#b~c}再{1:SA:=d}"),
    question("numerical", "二", answer("7", 100, "<tolerance>1</tolerance>")),
    question("gapselect", "[[1]]", "<selectoption><text>a</text><group>1</group></selectoption>"),
)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    swallow(lambda: read_moodle_xml(data))
    swallow(lambda: read_moodle_xml(b"<quiz>" + data + b"</quiz>"))


@given(damaged(SAMPLE))
def test_a_damaged_file_is_read_or_refused(data):
    swallow(lambda: read_moodle_xml(data))


@given(st.text(st.sampled_from("{}1:SAMC=~%#\\*_ &;<>50退"), max_size=40))
def test_any_embedded_answers_are_read_or_held(text):
    escaped = text.replace("]]>", "")
    swallow(lambda: read_moodle_xml(quiz(question("cloze", "{1:SA:" + escaped), question("cloze", escaped))))


@pytest.mark.parametrize(
    "piece", ["{1:SA:", "{", "}", "{1:SA:=a}", "~", "#", "=", "%1%", "[[1]]", "\\", "（ ", "_", "_ "]
)
@pytest.mark.parametrize("type_", ["cloze", "shortanswer", "gapselect"])
def test_long_repetitions_take_no_time(piece, type_, quick):
    inside = answer(repeated(piece), 100) + f"<selectoption><text>{repeated(piece)}</text></selectoption>"
    with quick():
        read_moodle_xml(quiz(question(type_, repeated(piece), inside)))
        read_moodle_xml(quiz(question("cloze", "{1:SA:" + repeated(piece) + "}")))
