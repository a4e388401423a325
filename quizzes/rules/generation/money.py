"""Money sums: how much follows from a base amount by the fact's formula."""

import random
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from quizzes.rules.facts import Fact, FactType, Formula
from quizzes.rules.generation.form import Form, Made, first_fact, refuse, right_texts
from quizzes.rules.generation.pool import Pool, rng_for
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import explain, frame, number, plain, statement
from quizzes.rules.questions import Numeric
from quizzes.rules.vocabulary import Kind

CENT = Decimal("0.01")
FORMULAS = ("multiple_with_minimum", "percent_cap", "add")


def owed(formula: Formula, base: Decimal) -> Decimal:
    """The sum that follows from ``base``, in yuan to the cent (half a cent up).

    Raises ``ValueError`` for a negative base or a formula of another kind.
    """
    if base < 0:
        raise ValueError("基数不能是负数")
    match formula.kind:
        case "multiple_with_minimum":
            total = max(formula.times * base, formula.minimum) + (base if formula.plus_refund else 0)
        case "percent_cap":
            total = base * formula.percent / 100
        case "add":
            total = base + formula.surcharge
        case _:
            raise ValueError(f"没有叫“{formula.kind}”的算法")
    return total.quantize(CENT, ROUND_HALF_UP)


def yuan(amount: Decimal) -> str:
    return f"{number(amount)} 元"


def _bases(fact: Fact, formula: Formula, rng: random.Random) -> list[tuple[str, Decimal]]:
    """Named base amounts: two under the minimum and two over it, or four sizes where there is none.

    A wage is a month's pay, in hundreds and well over any minimum wage; other amounts are shop prices.
    """
    edge = formula.minimum / formula.times if formula.minimum and formula.times else None
    if re.search("工资|薪", fact.base):
        return [(name, Decimal(rng.randrange(4000, 9001, 100))) for name in ("a", "b", "c", "d")]
    if edge is None:
        spans = {"small": (20, 60), "middle": (61, 150), "large": (151, 300), "huge": (301, 900)}
    else:
        cut = int(edge)
        spans = {
            "under-a": (max(cut // 10, 1), max(cut // 2, 2)),
            "under-b": (max(cut // 2, 2), max(cut - 1, 3)),
            "over-a": (cut + 10, cut * 2 + 20),
            "over-b": (cut * 2 + 21, cut * 4 + 60),
        }
    return [(name, Decimal(rng.randint(*span))) for name, span in spans.items()]


def _question(fact: Fact, base: Decimal) -> str:
    if fact.formula is None:
        raise ValueError("知识点没有算法")
    result = plain(fact.result)
    if fact.formula.plus_refund and not re.search("[总合共]", result):
        result = f"连同退还的{plain(fact.base)}，{result}一共"
    asked = "最多是多少元" if fact.formula.kind == "percent_cap" else "是多少元"
    return f"{plain(fact.subject)}，{plain(fact.base)}为 {yuan(base)}，{result}{asked}？"


def _base_in(stem: str, fact: Fact) -> Decimal | None:
    found = re.search(rf"{re.escape(plain(fact.base))}为 (\d+(?:\.\d+)?) 元，", stem)
    return Decimal(found[1]) if found else None


def _working(fact: Fact, base: Decimal) -> str:
    formula = fact.formula
    if formula is None:
        raise ValueError("知识点没有算法")
    match formula.kind:
        case "multiple_with_minimum":
            times = f"{number(base)}×{number(formula.times)}＝{number(base * formula.times)}"
            if formula.times * base < formula.minimum:
                times += f"，不足 {number(formula.minimum)} 元，按 {number(formula.minimum)} 元算"
            if formula.plus_refund:
                times += f"；再加退还的 {number(base)} 元，一共 {yuan(owed(formula, base))}"
            return times
        case "percent_cap":
            return f"{number(base)}×{number(formula.percent)}%＝{number(owed(formula, base))}"
    return f"{number(base)}＋{number(formula.surcharge)}＝{number(owed(formula, base))}"


def _explanation(fact: Fact, base: Decimal) -> str:
    return explain(f"算法：{_working(fact, base)}", statement(fact), fact.note)


def _make_sum(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.MONEY):
        if fact.formula is None or fact.formula.kind not in FORMULAS:
            yield refuse("money_sum", fact, "没有可用的算法")
            continue
        for variant, base in _bases(fact, fact.formula, rng_for(seed, "money_sum", fact.key)):
            yield Draft(
                facts=(fact,),
                kind=Kind.NUMERIC,
                stem=frame(_question(fact, base), fact),
                data={"answer": number(owed(fact.formula, base)), "unit": "元"},
                explanation=_explanation(fact, base),
                difficulty=4 if fact.formula.kind == "multiple_with_minimum" else 3,
                variant=variant,
            )


def _sum_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    base = _base_in(asked.stem, fact)
    return (
        base is not None
        and fact.formula is not None
        and asked.stem == frame(_question(fact, base), fact)
        and isinstance(asked.content, Numeric)
        and asked.content.answer == owed(fact.formula, base)
        and asked.content.tolerance == 0
    )


# --- choose the sum among the usual slips ------------------------------------------------------------------

def _slips(formula: Formula, base: Decimal) -> list[tuple[Decimal, str]]:
    """What people get who miss one part of the formula, with what they missed."""
    match formula.kind:
        case "multiple_with_minimum":
            refund = base if formula.plus_refund else Decimal(0)
            return [
                (formula.times * base + refund, "没有看最低额。"),
                (formula.minimum + refund, "倍数算出来已经高过最低额，不能只给最低额。"),
                (max(formula.times * base, formula.minimum), "漏了退还的那一份。"),
                ((formula.times + 1) * base + refund, "多算了一倍。"),
                (max(formula.times - 1, Decimal(1)) * base + refund, "少算了一倍。"),
                (base, "这只是基数本身。"),
            ]
        case "percent_cap":
            right = owed(formula, base)
            return [
                (right * 2, "多算了一倍。"),
                (base, "这是基数本身。"),
                (base - right, "把比例反过来算了。"),
                (right / 2, "少算了一半。"),
            ]
    extra = formula.surcharge
    return [
        (base, "没有加上应加的部分。"),
        (base - extra, "该加的算成了减。"),
        (base + 2 * extra, "加了两次。"),
        (extra, "这只是应加的部分。"),
    ]


def _make_choice(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.MONEY):
        if fact.formula is None or fact.formula.kind not in FORMULAS:
            yield refuse("money_choice", fact, "没有可用的算法")
            continue
        rng = rng_for(seed, "money_choice", fact.key)
        _, base = rng.choice(_bases(fact, fact.formula, rng))
        right = owed(fact.formula, base)
        wrong: dict[Decimal, str] = {}
        for amount, why in _slips(fact.formula, base):
            if amount > 0 and amount.quantize(CENT) != right:
                wrong.setdefault(amount.quantize(CENT), why)
        options: list[dict[str, object]] = [{"text": yuan(right), "correct": True}]
        options += [{"text": yuan(amount), "why": why} for amount, why in list(wrong.items())[:3]]
        yield Draft(
            facts=(fact,),
            kind=Kind.SINGLE,
            stem=frame(_question(fact, base), fact),
            data={"options": options},
            explanation=_explanation(fact, base),
            difficulty=3,
        )


def _choice_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    base = _base_in(asked.stem, fact)
    return (
        base is not None
        and fact.formula is not None
        and asked.stem == frame(_question(fact, base), fact)
        and right_texts(asked.content) == [yuan(owed(fact.formula, base))]
    )


FORMS = (
    Form("money_sum", _make_sum, _sum_holds),
    Form("money_choice", _make_choice, _choice_holds),
)
