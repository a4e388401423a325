from decimal import Decimal

import pytest

from quizzes.rules.facts import Formula
from quizzes.rules.generation.gates import recompute
from quizzes.rules.generation.generate import generate
from quizzes.rules.generation.money import owed
from tests.rules.generation import made
from tests.rules.generation.made import ON
from tests.rules.generation.test_generate import of_form

D = Decimal
THREE_TIMES = Formula("multiple_with_minimum", times=D(3), minimum=D(500))
WITH_REFUND = Formula("multiple_with_minimum", times=D(3), minimum=D(500), plus_refund=True)


@pytest.mark.parametrize(
    ("formula", "base", "sum_"),
    [
        (THREE_TIMES, "100", "500"),  # 300 is under the minimum
        (THREE_TIMES, "166.66", "500"),
        (THREE_TIMES, "166.67", "500.01"),
        (THREE_TIMES, "300", "900"),
        (THREE_TIMES, "0", "500"),
        (WITH_REFUND, "100", "600"),
        (WITH_REFUND, "300", "1200"),
        (Formula("multiple_with_minimum", times=D(10), minimum=D(1000)), "65", "1000"),
        (Formula("percent_cap", percent=D(30)), "200", "60"),
        (Formula("percent_cap", percent=D("0.5")), "99", "0.50"),  # 0.495, half a cent up
        (Formula("add", surcharge=D(8)), "59", "67"),
    ],
)
def test_owed(formula, base, sum_):
    assert owed(formula, D(base)) == D(sum_)


def test_no_sum_for_a_negative_base_or_a_strange_formula():
    with pytest.raises(ValueError, match="负数"):
        owed(THREE_TIMES, D(-1))
    with pytest.raises(ValueError, match="square"):
        owed(Formula("square"), D(1))


@pytest.mark.parametrize("seed", range(10))
def test_sums_on_both_sides_of_the_minimum(seed):
    answers = [question.content.answer for question in of_form("money_sum", made.money(), seed=seed)]

    assert len(answers) == 4
    assert answers.count(D(500)) == 2
    assert sum(answer > 500 for answer in answers) == 2


@pytest.mark.parametrize(
    "formula",
    [THREE_TIMES, WITH_REFUND, Formula("percent_cap", percent=D(30)), Formula("add", surcharge=D(8))],
)
@pytest.mark.parametrize("seed", range(10))
def test_keys_are_found_again_and_slips_are_wrong(formula, seed):
    fact = made.money(formula=formula)
    questions = of_form("money_sum", fact, seed=seed) + of_form("money_choice", fact, seed=seed)

    assert questions[-1].form == "money_choice"
    for question in questions:
        assert recompute(question, {"m": fact}, ON)
        assert not recompute(question, {"m": made.money(formula=Formula("add", surcharge=D("7.77")))}, ON)


@pytest.mark.parametrize("seed", range(10))
def test_wages_are_wages(seed):
    fact = made.money(base="当月工资", formula=Formula("percent_cap", percent=D(20)))

    for question in of_form("money_sum", fact, seed=seed):
        assert 800 <= question.content.answer <= 1800  # 20 % of 4,000 to 9,000


def test_the_refund_is_asked_for_in_the_stem():
    (question, *_) = of_form("money_sum", made.money(subject="欺诈的赔偿", formula=WITH_REFUND))

    assert "连同退还的商品价款，应赔金额一共是多少元？" in question.stem


def test_a_fact_without_a_usable_formula_is_refused():
    generated = generate([made.money(formula=Formula("square"))], seed=1, on=ON)

    assert generated.questions == ()
    assert {rejection.gate for rejection in generated.rejected} == {"material"}
