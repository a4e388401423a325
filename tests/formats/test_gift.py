"""GIFT: what we write we read again, and what people and Moodle write is read or held, never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import to_report
from quizzes.formats.gift import read_gift, write_gift
from tests.formats.found_questions import several, without_lines
from tests.formats.fuzz import damaged, repeated, swallow


@given(several)
def test_what_is_written_is_read_again(questions):
    found = read_gift(write_gift(questions))
    assert not found.held and not found.removed
    assert without_lines(found.questions) == questions


def only(text: str) -> dict:
    found = read_gift(text)
    assert not found.held and not found.removed
    (question,) = found.questions
    return to_report(question)


def options(report: dict) -> list[str]:
    return [("*" if option["correct"] else "") + option["text"] for option in report["options"]]


def reason(text: str) -> str:
    found = read_gift(text)
    assert not found.questions
    return found.held[0].reason


@pytest.mark.parametrize(
    ("text", "kind", "stem", "read"),
    [
        ("先做什么？{=核实 ~拒绝 ~转走}", "single", "先做什么？", ["*核实", "拒绝", "转走"]),
        ("::题一::先做什么？{\n~拒绝\n=核实\n}", "single", "先做什么？", ["拒绝", "*核实"]),
        ("签收后 {~三 =七} 天内可退。", "single", "签收后 ____ 天内可退。", ["三", "*七"]),
        ("要写什么？{~%50%单号 ~%50%状况 ~%-100%天气}", "multiple", "要写什么？", ["*单号", "*状况", "天气"]),
        ("要写什么？{~%100%单号 ~天气}", "multiple", "要写什么？", ["*单号", "天气"]),
        ("次日算第 1 天。{T}", "true_false", "次日算第 1 天。", ["*正确", "错误"]),
        ("次日算第 1 天。{FALSE#不对#对}", "true_false", "次日算第 1 天。", ["正确", "*错误"]),
        ("次日算第 1 天。{错}", "true_false", "次日算第 1 天。", ["正确", "*错误"]),
        ("a \\= b \\{c\\} \\~ \\: \\# \\\\ {=1\\n2 ~3}", "single", "a = b {c} ~ : # \\", ["*1\n2", "3"]),
        ("[html]<p>看</p><p>1 &lt; 2</p>{=[html]<b>对的</b> ~b}", "single", "看\n1 < 2", ["*对的", "b"]),
        ("[plain]<b>{=<i> ~&lt;}", "single", "<b>", ["*<i>", "&lt;"]),
        ("<b>看</b><br>1{=a<sub>2</sub> ~b}", "single", "看\n1", ["*a₂", "b"]),
        ("第一行\n第二行{\n=a\n\n~b\n}", "single", "第一行\n第二行", ["*a", "b"]),
    ],
)
def test_questions_with_options(text, kind, stem, read):
    report = only(text)
    assert (report["kind"], report["stem"], options(report)) == (kind, stem, read)


@pytest.mark.parametrize(
    ("text", "kind", "stem", "answers"),
    [
        ("签收后 {=七 =7} 天内可退。", "fill", "签收后 ____ 天内可退。", [["七", "7"]]),
        ("几天内可退？{=七}", "fill", "几天内可退？____", [["七"]]),
        ("（ ）天内可退。{=七}", "fill", "____天内可退。", [["七"]]),
        ("假一赔三，500 元赔多少？{#1500}", "numeric", "假一赔三，500 元赔多少？", [[1500, 0]]),
        ("圆周率{#3.14:0.01}", "numeric", "圆周率", [[3.14, 0.01]]),
        ("几到几？{# 1..5 ####三左右}", "numeric", "几到几？", [[3, 2]]),
        ("几？{#=1,822:2#好}", "numeric", "几？", [[1822, 2]]),
        ("写第一句。{}", "essay", "写第一句。", []),
        ("写第一句。{####先道歉}", "essay", "写第一句。", []),
    ],
)
def test_questions_to_write(text, kind, stem, answers):
    report = only(text)
    assert (report["kind"], report["stem"], report["answers"]) == (kind, stem, answers)


def test_matching_with_a_side_that_belongs_to_nothing():
    report = only("连起来。{\n=急躁 -> 先安抚\n=犹豫 -> 给建议\n= -> 不理\n}")
    assert report["pairs"] == [["急躁", "先安抚"], ["犹豫", "给建议"]]
    assert "不理" in repr(read_gift("连起来。{=急躁 -> 先安抚 =犹豫 -> 给建议 = -> 不理}").questions[0].content)


def test_replies_and_the_general_feedback():
    (question,) = read_gift("先做什么？{=核实#好 ~拒绝#会更急 ####先核实再说}").questions
    assert [option.why for option in question.content.options] == ["好", "会更急"]
    assert question.explanation == "先核实再说"
    assert only("{=七#对 ~x}天")["options"][0]["text"] == "七"
    assert only("几天？{=七#记住了}")["explanation"] == "答“七”：记住了"
    assert only("对吗？{T#再想想#对}")["explanation"] == "答“错误”：再想想\n答“正确”：对"


def test_categories_titles_tags_and_lines():
    found = read_gift(
        "$CATEGORY: $course$/top/售后/退货//换货\n\n"
        "// [id:r-1] [tag:case] [tag:platform:douyin]\n// [tag:difficulty:4]\n::题一::一？{T}\n\n"
        "$CATEGORY: 赔付\n::题\\:二::二？{F}"
    )
    one, two = found.questions
    assert (one.topic, one.name, one.tags, one.platform, one.difficulty) == ("退货/换货", "r-1", ("case",), "douyin", 4)
    assert (two.topic, two.name, two.tags, two.line) == ("赔付", "题:二", (), 8)
    assert one.line == 5


def test_what_is_no_question_is_told():
    found = read_gift("// 退货部分\n\n以下是退货的题。\n\n几天可以退货？\n\n一？{T}")
    assert [(removed.line, removed.reason) for removed in found.removed] == [
        (1, "注释"),
        (3, "没有答案的说明文字，不是题目"),
    ]
    assert [held.line for held in found.held] == [5] and len(found.questions) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("一？{=a ~b", "不成对"),
        ("一？=a ~b}", "不成对"),
        ("一{=a}二{=b}", "不止一对花括号"),
        ("一？{=a}\n二？{=b}", "不止一对花括号"),
        ("一？{~a ~b}", "没有标出正确选项"),
        ("一？{=a =b ~c}", "2 个选项都算对"),
        ("一？{=a ~%50%b}", "一部分分（b）"),
        ("一？{=a =%50%b}", "一部分分（b）"),
        ("一？{=*退货*}", "代表任意文字"),
        ("一？{a ~b =c}", "前面没有 = 或 ~"),
        ("一？{七}", "前面没有 = 或 ~"),
        ("一？{#七}", "不是一个数"),
        ("一？{#=1 =2}", "几个算对的数"),
        ("一？{#5..1}", "上限比下限小"),
        ("一？{=a -> 1 =b}", "没有写成“左 -> 右”"),
        ("一？{=a -> 1 =b -> 1}", "出现了两次"),
        ("{=a ~b}", "没有读到题干"),
        ('看<img src="a.png">{=a ~b}', "图片“a.png”"),
        ("____和____{=a}", "2 个空"),
        ("// [kind:ordering]\n排{=一 -> a =2 -> b =3 -> c}", "数字不能重复"),
        ("// [kind:fill] [gap:1:=a] [gap:2:=b]\n____和____{=第 1 空 -> a =第 2 空 -> c}", "不一致"),
    ],
)
def test_what_is_unsure_is_held_with_the_reason(text, words):
    assert words in reason(text)


def test_a_held_question_proposes_its_probable_reading():
    (held,) = read_gift("\n一？{=a ~%50%b}").held
    assert (held.line, held.text) == (2, "一？{=a ~%50%b}")
    assert [option.correct for option in held.proposal.content.options] == [True, False]


def test_a_missing_brace_costs_one_question_only():
    found = read_gift("一？{=a ~b\n\n::二::二？{T}\n\n三？{F}")
    assert [question.stem for question in found.questions] == ["二？", "三？"] and len(found.held) == 1


SAMPLE = (
    "$CATEGORY: 售后\n// [tag:case] [kind:cloze]\n::一::[html]<p>先{=核实#好 ~%-50%拒绝}再说</p>\n\n"
    "二{#1..5}\n\n三{=a -> b\n=c -> d}"
)


@given(st.text(st.sampled_from("{}=~#:%->\\/[]$T1.*_ \n\r\x01x退") | st.characters(), max_size=60))
def test_any_text_is_read(text):
    swallow(lambda: read_gift(text))


@given(damaged(SAMPLE.encode()))
def test_a_damaged_file_is_read(data):
    swallow(lambda: read_gift(data.decode("utf-8", "replace")))


@pytest.mark.parametrize(
    "piece",
    ["{", "}", "=", "~", "#", "::", "\\", "[tag:", "// [a:", "->", "%1", "{\n\n", "a\n", "<b ", "（ ", "{}\n\n", "\\["],
)
def test_long_repetitions_take_no_time(piece, quick):
    with quick():
        read_gift(repeated(piece))
        read_gift(f"一？{{={repeated(piece)}}}")
        read_gift(f"// {repeated(piece)}\n一？{{T}}")
