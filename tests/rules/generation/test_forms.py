"""What each form makes of a fact that was written for it."""

from decimal import Decimal

import pytest

from quizzes.rules.facts import Bound
from quizzes.rules.questions import Cloze, Fill, Matching, Numeric, TrueFalse
from quizzes.rules.vocabulary import Flag, Kind, Platform
from tests.rules.generation import made
from tests.rules.generation.test_generate import of_form, questions_of


def right(question):
    return {option.text for option in question.content.options if option.correct}


def wrong(question):
    return {option.text for option in question.content.options if not option.correct}


def test_attribute_choice_prefers_the_writers_own_distractors():
    sibling = made.value("x", attribute=made.PAYER, value="驿站", wrong=("买家", "商家"))

    question, _ = sorted(of_form("attribute_choice", made.wrong_item(), sibling), key=lambda q: q.facts)

    assert right(question) == {"商家"}
    assert wrong(question) == {"买家", "快递公司", "平台"}


def test_attribute_choice_borrows_from_siblings_and_says_whose_value_it_is():
    told = [("a", "错发", "商家"), ("b", "无理由退货", "买家"), ("c", "路上压坏", "快递")]
    facts = [made.value(key, subject=s, attribute=made.PAYER, value=v) for key, s, v in told]

    (question,) = [q for q in of_form("attribute_choice", *facts) if q.facts == ("a",)]

    assert wrong(question) == {"买家", "快递"}
    assert {option.why for option in question.content.options if not option.correct} == {
        "这说的是“无理由退货”。",
        "这说的是“路上压坏”。",
    }


def test_a_longer_sibling_keeps_the_right_value_from_standing_out():
    fact = made.wrong_item(value="开店的商家自己", topic="t")
    sibling = made.value("x", attribute=made.PAYER, value="申请退货的买家自己", topic="t")

    (question,) = of_form("attribute_choice", fact, sibling)

    assert "申请退货的买家自己" in wrong(question)


def test_siblings_serve_only_where_the_attribute_says_that_they_are_false():
    told = [("a", "缺货"), ("b", "错发"), ("c", "漏发")]
    facts = [made.value(key, attribute=made.REASON, value=v) for key, v in told]

    assert of_form("attribute_choice", *facts) == []


def test_true_false_says_both_true_and_false_things():
    answers = set()
    for seed in range(12):
        (question,) = of_form("true_false", made.wrong_item(), seed=seed)
        answers.add(question.content.answer)
        assert question.content.answer == ("由商家承担" in question.stem)
    assert answers == {True, False}


def test_a_false_sentence_is_put_right_in_the_explanation():
    told = (of_form("true_false", made.wrong_item(), seed=seed)[0] for seed in range(20))
    made_false = next(question for question in told if not question.content.answer)

    assert made_false.explanation == "这句话不对。错发的商品寄回，运费由商家承担。发错是店铺的责任。"


@pytest.mark.parametrize(
    ("bound", "asked", "right_text"),
    [
        (Bound.EXACTLY, "标准是多少天？", "5 天"),
        (Bound.AT_LEAST, "标准是至少多少天？", "至少 5 天"),
        (Bound.AT_MOST, "标准是不超过多少天？", "不超过 5 天"),
        (Bound.MORE_THAN, "标准是超过多少天？", "超过 5 天"),
        (Bound.LESS_THAN, "标准是少于多少天？", "少于 5 天"),
    ],
)
def test_numbers_say_which_side_of_the_bound_is_meant(bound, asked, right_text):
    fact = made.number(subject="回访的间隔", bound=bound)

    (typed,), (chosen,) = of_form("numeric_limit", fact), of_form("number_choice", fact)

    assert typed.stem == f"回访的间隔，{asked}"
    assert typed.content == Numeric(Decimal(5), Decimal(0), "天")
    assert right(chosen) == {right_text}
    assert len(wrong(chosen)) == 3


def test_a_subject_that_is_a_limit_needs_no_second_bound_word():
    (typed,) = of_form("numeric_limit", made.number(subject="回复的时限", bound=Bound.AT_MOST))

    assert typed.stem == "回复的时限，标准是多少天？"


def test_steps_are_ordered_and_asked_about():
    fact = made.steps(subject="漏发的处理")
    by_form = {question.form: question for question in questions_of(fact)}

    assert [item.text for item in by_form["ordering"].content.items] == list(fact.steps)
    assert right(by_form["first_step"]) == {"道歉"}
    done = next(n for n, step in enumerate(fact.steps) if f"做完“{step}”" in by_form["next_step"].stem)
    assert right(by_form["next_step"]) == {fact.steps[done + 1]}
    assert fact.steps[done] not in wrong(by_form["next_step"])


def test_matching_uses_every_fact_and_never_confuses_two():
    words = ["询单转化率", "客单价", "响应时长", "退款率", "投诉率", "好评率"]
    facts = [
        made.value(f"k{n}", subject=word, attribute=made.MEANING, value=f"意思{n}")
        for n, word in enumerate(words)
    ]

    questions = of_form("matching", *facts)

    assert {key for question in questions for key in question.facts} == {fact.key for fact in facts}
    for question in questions:
        assert isinstance(question.content, Matching)
        assert len(question.content.pairs) == 4


def test_matching_keeps_values_apart_that_contain_one_another():
    values = ["商家", "商家和买家", "平台", "快递", "驿站"]
    facts = [
        made.value(f"k{n}", subject=f"情形{n}", attribute=made.MEANING, value=value)
        for n, value in enumerate(values)
    ]

    for question in of_form("matching", *facts):
        assert not {"商家", "商家和买家"} <= {pair.right.text for pair in question.content.pairs}


def test_matching_never_shows_one_subject_twice():
    facts = [
        made.value(f"k{n}", subject=subject, attribute=made.MEANING, value=f"意思{n}")
        for n, subject in enumerate(["客单价", "客单价", "响应时长", "退款率", "投诉率"])
    ]

    questions = of_form("matching", *facts)

    assert {key for question in questions for key in question.facts} == {fact.key for fact in facts}
    assert not any({"k0", "k1"} <= set(question.facts) for question in questions)


def test_rules_are_asked_three_ways_with_a_reason_for_each_option():
    rule = made.rule("差价", subject="补差价的付款")
    questions = questions_of(rule, made.rule("运费"), made.rule("赠品"))
    by_form = {question.form: question for question in questions if question.facts[0] == "差价"}

    single, mirror, several = by_form["breaks_rule"], by_form["keeps_rule"], by_form["breaks_rule_multiple"]
    assert single.stem == "关于“补差价的付款”，下面哪一种做法违反了规则？"
    assert right(single) < set(rule.breaks)
    assert wrong(single) == set(rule.keeps)
    assert (len(right(mirror)), len(wrong(mirror))) == (1, 3)
    assert mirror.stem == "下面几种做法，哪一种是符合规则的？"
    assert several.kind == Kind.MULTIPLE
    assert (len(right(several)), len(wrong(several))) == (2, 3)
    assert all(option.why for question in (single, mirror, several) for option in question.content.options)


def test_conduct_is_borrowed_only_from_rules_that_hold_everywhere_where_this_one_does():
    asked = made.rule("差价", keeps=("小王发补差价链接", "小李请顾客重拍"))
    abroad = [made.rule(f"外{n}", scope=frozenset({Platform.VIP})) for n in range(8)]

    questions = of_form("breaks_rule", asked, *abroad, made.rule("运费"))

    assert [q.facts for q in questions if q.facts[0] == "差价"] == [("差价", "运费")]


@pytest.mark.parametrize("flag", [Flag.SHOP_POLICY, Flag.VERIFY])
def test_conduct_is_not_borrowed_from_rules_that_are_less_sure(flag):
    asked = made.rule("差价", keeps=("小王发补差价链接", "小李请顾客重拍"))

    assert not [q for q in of_form("breaks_rule", asked, made.rule("外", flag=flag)) if q.facts[0] == "差价"]


@pytest.mark.parametrize("seed", range(8))
def test_the_conduct_to_be_found_does_not_stand_out_by_its_length(seed):
    rule = made.rule("差价", keeps=("小王" * 9, "小李请顾客重拍", "小张" * 12), breaks=(
        "让顾客转账", "让顾客把差价转到自己的微信", "让顾客汇款", "让顾客先给好评再说"))  # fmt: skip

    (question,) = of_form("keeps_rule", rule, seed=seed)

    assert right(question) == {"小李请顾客重拍"}


def test_single_conduct_is_judged_both_ways():
    for question in of_form("conduct_judged", made.rule("差价")):
        keeps, praised = "链接" in question.stem, question.stem.endswith("这样做符合规则。")
        assert question.content == TrueFalse(keeps == praised)


def test_sets_ask_what_belongs_and_what_does_not():
    by_form = {question.form: question for question in questions_of(made.a_set(subject="退款审核的内容"))}

    assert by_form["set_choice"].stem == "退款审核的内容，包括下面哪些？（多选）"
    assert right(by_form["set_choice"]) == {"订单号", "购买时间", "顾客身份"}
    assert right(by_form["set_odd"]) < {"支付密码", "银行卡"}
    assert wrong(by_form["set_odd"]) == {"订单号", "购买时间", "顾客身份"}


def test_short_values_are_left_out_of_the_sentence():
    fact = made.wrong_item(accept=("卖家",))

    (fill,), (cloze,) = of_form("fill_blank", fact), of_form("cloze", fact)

    assert fill.stem == cloze.stem == "错发的商品寄回，运费由____承担。"
    assert fill.content == Fill((("商家", "卖家"),))
    assert isinstance(cloze.content, Cloze)
    assert {option.text for option in cloze.content.gaps[0] if option.correct} == {"商家"}


def test_a_long_value_is_no_word_to_choose_in_the_sentence():
    assert of_form("cloze", made.wrong_item(value="发错了货的商家自己")) == []


def test_a_turn_of_phrase_is_not_asked_as_a_blank():
    assert of_form("fill_blank", made.value(value="拣货时拿错", wrong=("缺货", "停产"))) == []


@pytest.mark.parametrize("flag", [Flag.COUNTER_EXAMPLE, Flag.OUTDATED])
def test_dead_rules_are_false_and_living_ones_beside_them_true(flag):
    dead = made.value("dead", subject="想要好评", value="答应返红包", wrong=("发券", "免单"), flag=flag,
                      note="返现换好评违法")  # fmt: skip
    questions = questions_of(dead, made.wrong_item())

    about_dead = [question for question in questions if "dead" in question.facts]
    assert [(q.form, q.content) for q in about_dead] == [("dead_rule", TrueFalse(False))]
    assert "返现换好评违法" in about_dead[0].explanation
    assert "想要好评，原因是答应返红包" in about_dead[0].stem
    (alive,) = [q for q in questions if q.form == "dead_rule" and q.facts == ("wrong-item",)]
    assert alive.content == TrueFalse(True)


def test_a_dead_value_is_no_sibling():
    dead = made.value("dead", subject="旧规", attribute=made.PAYER, value="邮局", flag=Flag.OUTDATED)
    (question,) = of_form("attribute_choice", made.wrong_item(wrong=("买家", "平台")), dead)

    assert "邮局" not in wrong(question)


@pytest.mark.parametrize(
    ("flag", "stem"),
    [
        (Flag.CURRENT, "错发的商品寄回，运费由谁承担？"),
        (Flag.SHOP_POLICY, "按本店规定，错发的商品寄回，运费由谁承担？"),
        (Flag.VERIFY, "错发的商品寄回，运费由谁承担？（以来源所载为准，平台规则可能已调整）"),
    ],
)
def test_the_stem_says_how_far_the_fact_may_be_relied_on(flag, stem):
    (question,) = of_form("attribute_choice", made.wrong_item(flag=flag))

    assert question.stem == stem
