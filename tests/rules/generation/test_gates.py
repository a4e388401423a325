"""Every gate, shown a question that it must not let through."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from quizzes.rules.facts import Bound
from quizzes.rules.generation.falsehood import why_not_false, why_number_not_false
from quizzes.rules.generation.gates import fingerprint, first_failure
from quizzes.rules.generation.pool import Pool
from quizzes.rules.generation.reading import why_unreadable
from quizzes.rules.questions import Fill, Numeric, Option, Single, TrueFalse, id_for
from quizzes.rules.vocabulary import Flag, Platform
from tests.rules.generation import made
from tests.rules.generation.made import ON
from tests.rules.generation.test_generate import of_form


def single(right, *wrong):
    others = (Option(id_for(text, str(n)), text) for n, text in enumerate(wrong))
    return Single((Option(id_for(right), right, True), *others))


def choice():
    (question,) = of_form("attribute_choice", made.wrong_item())
    return question


def gate(question, *facts, taken=()):
    failure = first_failure(question, Pool(facts or [made.wrong_item()], ON), taken)
    return failure and failure.gate


def test_a_good_question_passes():
    assert gate(choice()) is None


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ([made.value("other")], "没有知识点"),
        ([made.wrong_item(valid_to=date(2026, 5, 31))], "不生效"),
        ([made.wrong_item(flag=Flag.OUTDATED)], "旧规"),
        ([made.wrong_item(flag=Flag.COUNTER_EXAMPLE)], "反例"),
    ],
)
def test_facts_gate(facts, reason):
    failure = first_failure(choice(), Pool(facts, ON))

    assert failure.gate == "facts"
    assert reason in failure.reason


def test_facts_gate_refuses_an_unknown_form_and_a_question_without_facts():
    assert gate(replace(choice(), form="riddle")) == "facts"
    assert gate(replace(choice(), facts=())) == "facts"


@pytest.mark.parametrize(
    "bad",
    [
        {"content": single("买家", "商家", "快递公司", "平台")},
        {"stem": "漏发的商品寄回，运费由谁承担？"},
        {"content": TrueFalse(True)},
    ],
    ids=["another key", "another question", "another kind"],
)
def test_key_gate(bad):
    assert gate(replace(choice(), **bad)) == "key"


def test_key_gate_for_a_turned_sentence():
    (question,) = of_form("true_false", made.wrong_item())

    assert gate(replace(question, content=TrueFalse(not question.content.answer))) == "key"


def test_a_dead_rule_cannot_be_called_current():
    dead = made.wrong_item(flag=Flag.OUTDATED)
    (question,) = of_form("dead_rule", dead)

    assert gate(replace(question, content=TrueFalse(True)), dead) == "key"


@pytest.mark.parametrize("distractor", ["卖家", "驿站"], ids=["an accepted variant", "from nowhere"])
def test_distractors_gate(distractor):
    bad = replace(choice(), content=single("商家", "买家", distractor))

    assert gate(bad, made.wrong_item(accept=("卖家",))) == "distractors"


def test_distractors_gate_for_conduct_on_which_two_rules_disagree():
    one = made.rule("a")
    other = made.rule("b", topic="elsewhere", keeps=(one.breaks[0], one.breaks[1]), breaks=("小孙骂顾客",))
    (question,) = of_form("breaks_rule", one)

    assert gate(question, one) is None
    assert gate(question, one, other) == "distractors"


def test_options_gate():
    near = made.wrong_item(wrong=("买家", "买家！", "買家"))
    bad = replace(choice(), content=single("商家", "买家", "买家！"))

    assert gate(bad, near) == "options"


def test_duplicate_gate():
    assert gate(choice(), taken={fingerprint(choice().stem, choice().content)}) == "duplicate"


def test_the_fingerprint_sees_through_spelling_and_order():
    one = fingerprint("运费由谁承担？", single("商家", "买家", "平台"))

    assert fingerprint("運費由誰承擔?", single("平台", "商家", "買家")) == one
    assert fingerprint("运费由谁承担？", single("商家", "买家", "驿站")) != one


# --- falsehood ---------------------------------------------------------------------------------------------

def sibling(key="sib", **fields):
    return made.value(key, **{"subject": "无理由退货", "attribute": made.PAYER, "value": "买家", **fields})


@pytest.mark.parametrize(
    ("other", "is_false"),
    [
        (sibling(), True),
        (sibling(subject="无理由退货时错发的商品寄回"), False),
        (sibling(value="商家和买家"), False),
        (sibling(value="商"), False),
        (sibling(value="卖方", accept=("商家",)), False),
        (sibling(attribute=replace(made.PAYER, siblings=False)), True),  # the asked fact's attribute decides
        (sibling(flag=Flag.OUTDATED), False),
        (sibling(valid_to=date(2026, 5, 31)), False),
    ],
    ids=["plain", "same subject", "contains", "contained", "accepts", "own attribute", "dead", "expired"],
)
def test_siblings_are_false_only_if_nothing_speaks_against_it(other, is_false):
    asked = made.wrong_item(wrong=())

    assert (why_not_false(Pool([asked, other], ON), asked, other.value) is None) is is_false


@pytest.mark.parametrize(
    ("rival", "is_false"),
    [
        ({"value": "买家"}, False),
        ({"value": "买家", "scope": frozenset({Platform.VIP})}, True),
        ({"value": "買家。"}, False),
        ({"value": "平台", "accept": ("买家",)}, False),
        ({"value": "买家", "valid_to": date(2025, 1, 1)}, True),
        ({"value": "买家", "subject": "别的商品寄回"}, True),
    ],
    ids=["says so", "elsewhere", "spelled otherwise", "accepts it", "formerly", "of something else"],
)
def test_the_writers_own_wrong_value_yields_to_another_fact_of_the_same_place_and_time(rival, is_false):
    asked = made.wrong_item(scope=frozenset({Platform.TMALL}), valid_from=date(2026, 1, 1))
    other = replace(made.wrong_item(), **{"key": "rival", **rival})

    assert (why_not_false(Pool([asked, other], ON), asked, "买家") is None) is is_false


def test_a_number_within_an_untold_bound_is_not_false():
    fact = made.number(bound=Bound.AT_LEAST)
    pool = Pool([fact], ON)

    assert why_number_not_false(pool, fact, Decimal(7), bound_told=False)
    assert why_number_not_false(pool, fact, Decimal(7), bound_told=True) is None
    assert why_number_not_false(pool, fact, Decimal(3), bound_told=False) is None
    assert why_number_not_false(pool, fact, Decimal(5), bound_told=True)


def test_a_number_that_another_fact_calls_right_is_not_false():
    asked, other = made.number("a", subject="间隔"), made.number("b", subject="间隔", number=Decimal(7))

    assert why_number_not_false(Pool([asked, other], ON), asked, Decimal(7), bound_told=True)


# --- reading -----------------------------------------------------------------------------------------------

GOOD = "错发的商品寄回，运费由谁承担？"


@pytest.mark.parametrize(
    ("stem", "content", "complaint"),
    [
        ("运费由谁？", TrueFalse(True), "长"),
        (f"{'很长' * 100}。", TrueFalse(True), "长"),
        ("错发的商品寄回，运费由商家承担", TrueFalse(True), "结束"),
        ("错发的商品寄回，运费由{value}承担。", TrueFalse(True), "模板"),
        ("错发的商品寄回，，运费由商家承担。", TrueFalse(True), "标点"),
        ("错发的商品寄回。，运费由商家承担。", TrueFalse(True), "标点"),
        ("客服说“我来处理。”。这样做对。", TrueFalse(True), "标点"),
        ("错发的的商品寄回，运费由商家承担。", TrueFalse(True), "重复"),
        ("错发的商品，运费由商家承担承担。", TrueFalse(True), "重复"),
        ("错发的 商品寄回，运费由商家承担。", TrueFalse(True), "空格"),
        ("“错发的商品寄回，运费由商家承担。", TrueFalse(True), "成对"),
        ("“名词里的“完好””指的是什么？", TrueFalse(True), "引号"),
        ("Return goods within seven days 对吗？", TrueFalse(True), "汉字"),
        (GOOD, single("商家", "买" * 81), "超过"),
        (GOOD, single("商家", "买家，，平台"), "标点"),
        (GOOD, single("发错货的那一个商家来承担", "买家", "平台"), "一看就知道"),
        ("商家错发的商品寄回，运费由谁承担？", single("商家", "买家", "平台"), "已经有"),
        ("商家错发的商品寄回，运费由____承担。", Fill((("商家",),)), "已经有"),
        ("回访间隔 5 天的标准是多少天？", Numeric(Decimal(5), unit="天"), "已经有"),
    ],
)
def test_reading_gate(stem, content, complaint):
    assert complaint in (why_unreadable(stem, content) or "")


@pytest.mark.parametrize(
    "stem",
    [
        GOOD,
        "顾客连问“发了吗？？”，客服回“在查在查”。这样做符合规则。",
        "【天猫】签收当天不算，次日是第 1 天。（以来源所载为准，平台规则可能已调整）",
        "DSR 单项的满分是多少分？",
        "客服把十二条留言一条一条回完。",
        "客服回：“您再考虑考虑。”",
    ],
)
def test_good_chinese_passes(stem):
    assert why_unreadable(stem, TrueFalse(True)) is None


def test_reading_gate_is_one_of_the_gates():
    stuttering = made.wrong_item(subject="错发的的商品寄回")

    assert gate(replace(choice(), stem="错发的的商品寄回，运费由谁承担？"), stuttering) == "reading"
