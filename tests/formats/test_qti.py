"""QTI 2 and 3: what we write we read again, and what other systems write is read or held, never lost."""

from decimal import Decimal

import pytest
from hypothesis import given

from quizzes.formats.found import to_report
from quizzes.formats.qti import read_qti, write_qti
from tests.formats.found_questions import several, without_lines
from tests.formats.qti_files import ENTRY, V3, choice, declared, item


@given(several)
def test_what_is_written_is_read_again(questions):
    found = read_qti(write_qti(questions))
    assert not found.held and not found.removed
    assert without_lines(found.questions) == questions


@given(several)
def test_the_same_questions_are_the_same_bytes(questions):
    assert write_qti(questions) == write_qti(questions)


def only(xml: str):
    found = read_qti(xml.encode())
    assert not found.held, found.held
    (one,) = found.questions
    return one


def reason(xml: str) -> str:
    found = read_qti(xml.encode())
    assert not found.questions
    return found.held[0].reason


def options(question) -> list[str]:
    return [("*" if option["correct"] else "") + option["text"] for option in to_report(question)["options"]]


def test_a_single_choice_with_what_is_said_to_each():
    inline = '<feedbackInline outcomeIdentifier="F" identifier="A" showHide="show">好</feedbackInline>'
    after = (
        '<modalFeedback outcomeIdentifier="F" identifier="B" showHide="show">会更急</modalFeedback>'
        '<modalFeedback outcomeIdentifier="F" identifier="incorrect" showHide="show"><p>再看看</p></modalFeedback>'
    )
    one = only(item(declared("A"), "<p>顾客要退货。</p>" + choice("核实" + inline, "<b>拒绝</b>"), after))
    assert one.stem == "顾客要退货。\n先做什么？" and options(one) == ["*核实", "拒绝"]
    assert [option.why for option in one.content.options] == ["好", "会更急"]
    assert (one.explanation, one.name) == ("答错时：再看看", "i1")


def test_several_right_choices():
    one = only(item(declared("A", "C", cardinality="multiple"), choice("单号", "天气", "状况", most=0)))
    assert one.kind == "multiple" and options(one) == ["*单号", "天气", "*状况"]


def test_the_key_may_be_in_the_mapping_or_in_the_processing_only():
    mapping = '<mapEntry mapKey="B" mappedValue="2"/><mapEntry mapKey="A" mappedValue="-1"/>'
    assert options(only(item(declared(mapping=mapping), choice("核实", "拒绝")))) == ["核实", "*拒绝"]
    processing = (
        "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/>"
        "<baseValue baseType='identifier'>B</baseValue></match><setOutcomeValue identifier='SCORE'>"
        "<baseValue baseType='float'>1</baseValue></setOutcomeValue></responseIf></responseCondition>"
        "</responseProcessing>"
    )
    assert options(only(item(declared(), choice("核实", "拒绝"), processing))) == ["核实", "*拒绝"]


@pytest.mark.parametrize("words", [("正确", "错误"), ("对", "错"), ("True", "False"), ("√", "×")])
def test_two_choices_of_truth_are_a_judgement(words):
    one = only(item(declared("B"), choice(*words)))
    assert one.kind == "true_false" and options(one) == ["正确", "*错误"]


def test_an_ordering_keeps_how_it_is_displayed():
    body = '<orderInteraction responseIdentifier="RESPONSE"><prompt>排</prompt>' + "".join(
        f'<simpleChoice identifier="{name}">{text}</simpleChoice>'
        for name, text in (("a", "登记"), ("b", "道歉"), ("c", "核实"))
    )
    one = only(item(declared("b", "c", "a", cardinality="ordered"), body + "</orderInteraction>"))
    report = to_report(one)
    assert report["answers"] == [["道歉"], ["核实"], ["登记"]] and options(one) == ["*登记", "*道歉", "*核实"]


def associable(*names: str) -> str:
    return "".join(
        f'<simpleAssociableChoice identifier="{n}" matchMax="1">{n}项</simpleAssociableChoice>' for n in names
    )


def test_matching_and_association():
    sets = "".join(f"<simpleMatchSet>{associable(*side)}</simpleMatchSet>" for side in ("ab", "xyz"))
    body = f'<matchInteraction responseIdentifier="RESPONSE"><prompt>连</prompt>{sets}</matchInteraction>'
    one = only(item(declared("a y", "b x", cardinality="multiple", base="directedPair"), body))
    assert to_report(one)["pairs"] == [["a项", "y项"], ["b项", "x项"]]
    assert [part.text for part in one.content.extra] == ["z项"]
    body = (
        f'<associateInteraction responseIdentifier="RESPONSE"><prompt>配</prompt>{associable(*"abxyz")}'
        "</associateInteraction>"
    )
    one = only(item(declared("a y", "b x", cardinality="multiple", base="pair"), body))
    assert to_report(one)["pairs"] == [["a项", "y项"], ["b项", "x项"]]


def test_gaps_to_write_in():
    mapping = '<mapEntry mapKey="七" mappedValue="1"/><mapEntry mapKey="7" mappedValue="1"/>'
    one = only(
        item(
            declared("七", identifier="R1", base="string", mapping=mapping)
            + declared("退款", identifier="R2", base="string"),
            f"<p>{ENTRY.format('R1')}天内可退，原路{ENTRY.format('R2')}。</p>",
        )
    )
    assert (one.stem, one.content.blanks) == ("____天内可退，原路____。", (("七", "7"), ("退款",)))


EQUAL = (
    "<responseProcessing><responseCondition><responseIf><equal toleranceMode='{}' tolerance='{}'>"
    "<variable identifier='RESPONSE'/><correct identifier='RESPONSE'/></equal></responseIf></responseCondition>"
    "</responseProcessing>"
)
BETWEEN = (
    "<responseProcessing><responseCondition><responseIf><and><gte><variable identifier='RESPONSE'/><baseValue>90"
    "</baseValue></gte><lte><variable identifier='RESPONSE'/><baseValue>110</baseValue></lte></and></responseIf>"
    "</responseCondition></responseProcessing>"
)


@pytest.mark.parametrize(
    ("processing", "tolerance"),
    [
        ("", 0),
        (EQUAL.format("exact", ""), 0),
        (EQUAL.format("absolute", "5 5"), 5),
        (EQUAL.format("relative", "10"), 10),
        (BETWEEN, 10),
    ],
)
def test_numbers_with_their_tolerance(processing, tolerance):
    one = only(item(declared("100", base="float"), f"<p>赔多少元？{ENTRY.format('RESPONSE')}</p>", processing))
    assert (one.stem, one.content.answer, one.content.tolerance) == ("赔多少元？", 100, tolerance)


def test_a_slider_is_a_number():
    body = '<sliderInteraction responseIdentifier="RESPONSE"><prompt>几天？</prompt></sliderInteraction>'
    one = only(item(declared("7", base="integer"), body))
    assert (one.kind, one.stem, one.content.answer) == ("numeric", "几天？", 7)


def test_gaps_to_choose_for():
    inline = '<inlineChoice identifier="a">核实</inlineChoice><inlineChoice identifier="b">拒绝</inlineChoice>'
    body = f'<p>先<inlineChoiceInteraction responseIdentifier="RESPONSE">{inline}</inlineChoiceInteraction>。</p>'
    one = only(item(declared("a"), body))
    assert (one.kind, one.stem, options(one)) == ("cloze", "先____。", ["*核实", "拒绝"])
    words = '<gapText identifier="a" matchMax="1">核实</gapText><gapText identifier="b" matchMax="1">补发</gapText>'
    body = (
        f'<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>填</prompt>{words}'
        '<p>先<gap identifier="G1"/>再<gap identifier="G2"/></p></gapMatchInteraction>'
    )
    one = only(item(declared("a G1", "b G2", cardinality="multiple", base="directedPair"), body))
    assert (one.stem, to_report(one)["answers"]) == ("填\n先____再____", [["核实"], ["补发"]])


def test_essays_keep_what_the_marker_is_told():
    body = '<p>写一句。</p><extendedTextInteraction responseIdentifier="RESPONSE"/>'
    rubric = '<rubricBlock view="scorer"><p>先道歉</p></rubricBlock>'
    one = only(item(declared(base="string"), body + rubric))
    assert (one.stem, to_report(one)["answers"]) == ("写一句。", [["先道歉"]])
    one = only(item(declared("抱歉", base="string"), body))
    assert to_report(one)["answers"] == [["抱歉"]]


def test_words_of_a_text_as_choices():
    body = (
        '<hottextInteraction responseIdentifier="RESPONSE" maxChoices="1">'
        '<p>亲，<hottext identifier="A">退不了</hottext>，'
        '<hottext identifier="B">请拍照</hottext>。</p></hottextInteraction>'
    )
    one = only(item(declared("A"), body))
    assert (one.stem, options(one)) == ("亲，退不了，请拍照。", ["*退不了", "请拍照"])


def test_marks_and_names():
    most = "<defaultValue><value>3</value></defaultValue>"
    outcome = f'<outcomeDeclaration identifier="MAXSCORE">{most}</outcomeDeclaration>'
    assert only(item(declared("A") + outcome, choice("a", "b"))).marks == Decimal(3)
    labelled = item(declared("A"), choice("a", "b")).replace("title=", 'label="r-1" title=')
    assert only(labelled).name == "r-1"


def test_the_names_of_version_3():
    one = only(
        f'<qti-assessment-item xmlns="{V3}" identifier="k1" title="题">'
        '<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier">'
        "<qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value></qti-correct-response>"
        '<qti-mapping><qti-map-entry map-key="A" mapped-value="1"/></qti-mapping></qti-response-declaration>'
        '<qti-item-body><qti-choice-interaction response-identifier="RESPONSE" max-choices="2">'
        '<qti-prompt>哪些？</qti-prompt><qti-simple-choice identifier="A">单号</qti-simple-choice>'
        '<qti-simple-choice identifier="B">状况</qti-simple-choice>'
        '<qti-simple-choice identifier="C">天气<qti-feedback-inline identifier="C" outcome-identifier="F">无关'
        "</qti-feedback-inline></qti-simple-choice></qti-choice-interaction></qti-item-body>"
        '<qti-modal-feedback identifier="general" outcome-identifier="F"><qti-content-body>看登记表</qti-content-body>'
        "</qti-modal-feedback></qti-assessment-item>"
    )
    assert (one.stem, options(one), one.explanation) == ("哪些？", ["*单号", "*状况", "天气"], "看登记表")
    assert one.content.options[2].why == "无关"


TABLE = "".join(f"<simpleMatchSet>{associable(*side)}</simpleMatchSet>" for side in ("ab", "xy"))
MATCH = f'<matchInteraction responseIdentifier="RESPONSE"><prompt>连</prompt>{TABLE}</matchInteraction>'


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (item("", choice("a", "b")), "没有写正确答案"),
        (item(declared(), choice("a", "b")), "没有标出正确选项"),
        (item(declared("A"), choice("a", "b") + choice("a", "b")), "几个小题"),
        (item(declared("A"), "<p>只有文字</p>"), "没有可以作答的地方"),
        (item(declared("A"), "<p>画</p><drawingInteraction responseIdentifier='RESPONSE'/>"), "作答方式“drawing”"),
        (item(declared("A"), "<img src='a.png'/>" + choice("a", "b")), "图片“a.png”"),
        (item(declared("A"), choice("<object data='b.mp4'/>", "b")), "附件“b.mp4”"),
        (item(declared("A") + "<templateDeclaration/>", choice("a", "b")), "随机生成"),
        (item(declared("A"), choice("a", "b"), "<assessmentStimulusRef/>"), "另一份材料"),
        (item(declared("a x", "a y", base="directedPair"), MATCH), "每一项都正好连"),
        (item(declared("a x", "b x", base="directedPair"), MATCH), "要用两次"),
        (item(declared("7", base="string", mapping='<mapEntry mapKey="八" mappedValue="0.5"/><mapEntry mapKey="7" '
         'mappedValue="1"/>'), f"<p>{ENTRY.format('RESPONSE')}</p>"), "一部分分（八）"),
        (item(declared("七", base="float"), f"<p>几？{ENTRY.format('RESPONSE')}</p>"), "不是一个数"),
        (item(declared("7", base="float"), f"<p>几？{ENTRY.format('RESPONSE')}</p>", EQUAL.format("absolute", "1 2")),
         "误差不一样"),
        ('<assessmentItem xmlns="urn:x" identifier="a"/>', "没有读到题目的正文"),
    ],
)  # fmt: skip
def test_what_is_unsure_is_held_with_the_reason(xml, words):
    assert words in reason(xml)
