"""Facts made for these tests: one builder a type, and a strategy for mixed handfuls of them."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from quizzes.rules.facts import Attribute, Bound, CountsFrom, Fact, FactType, Formula
from quizzes.rules.vocabulary import Flag, Platform

ON = date(2026, 6, 1)

PAYER = Attribute(
    "payer", "运费承担方", "{subject}，运费由谁承担？", "{subject}，运费由{value}承担。", siblings=True
)
MEANING = Attribute(
    "meaning", "含义", "“{subject}”指的是什么？", "“{subject}”指的是{value}。",
    siblings=True, match="把名词和它的意思连起来",
)  # fmt: skip
REASON = Attribute("reason", "原因", "{subject}，原因是什么？", "{subject}，原因是{value}。")
LIMIT = Attribute("limit", "标准", "{subject}，标准是多少？", "{subject}，标准是{value}。")
MEMBERS = Attribute("members", "包括的内容", "{subject}，包括下面哪些？", "{subject}，包括{value}。")


def fact(key: str, type: FactType, **fields: object) -> Fact:
    return Fact(key=key, type=type, **{"subject": f"事项{key}", "note": "道理在此", "topic": "t", **fields})  # type: ignore[arg-type]


def value(key: str = "v", **fields: object) -> Fact:
    return fact(key, FactType.VALUE, **{"attribute": REASON, "value": "货发错了", **fields})


def wrong_item(**fields: object) -> Fact:
    """Who pays when the wrong thing was sent: a fact with everything that a question needs."""
    return value(
        "wrong-item",
        **{"subject": "错发的商品寄回", "attribute": PAYER, "value": "商家", "note": "发错是店铺的责任",
           "wrong": ("买家", "快递公司", "平台"), "lesson": "wrong-item-lesson", **fields},
    )  # fmt: skip


def number(key: str = "n", **fields: object) -> Fact:
    return fact(
        key, FactType.NUMBER,
        **{"attribute": LIMIT, "number": Decimal(5), "unit": "天", "wrong": ("3", "7", "10"), **fields},
    )  # fmt: skip


def steps(key: str = "s", **fields: object) -> Fact:
    return fact(key, FactType.STEPS, **{"steps": ("道歉", "查单", "给方案", "登记", "回访"), **fields})


def rule(key: str = "r", **fields: object) -> Fact:
    filled = {
        "value": f"{key} 一律在平台内付款",
        "keeps": tuple(f"{name}请顾客拍下{key}的补差价链接" for name in ("小王", "小李", "小张")),
        "breaks": tuple(f"{name}让顾客把{key}的差价转到微信" for name in ("小赵", "小钱")),
    }
    return fact(key, FactType.RULE, **{**filled, **fields})


def a_set(key: str = "set", **fields: object) -> Fact:
    return fact(
        key, FactType.SET,
        **{"attribute": MEMBERS, "items": ("订单号", "购买时间", "顾客身份"), "wrong": ("支付密码", "银行卡"),
           **fields},
    )  # fmt: skip


def window(key: str = "w", **fields: object) -> Fact:
    return fact(
        key, FactType.WINDOW,
        **{"number": Decimal(7), "unit": "天", "event": "签收", "action": "申请退货",
           "counts_from": CountsFrom.NEXT_DAY, **fields},
    )  # fmt: skip


def money(key: str = "m", **fields: object) -> Fact:
    formula = Formula("multiple_with_minimum", times=Decimal(3), minimum=Decimal(500))
    filled = {"formula": formula, "base": "商品价款", "result": "应赔金额"}
    return fact(key, FactType.MONEY, **{**filled, **fields})


# --- handfuls ----------------------------------------------------------------------------------------------

_words = st.text(alphabet="货单款运费退换时限品质物流顾客", min_size=2, max_size=5)
_scopes = st.sampled_from(
    [frozenset({Platform.ALL}), frozenset({Platform.TMALL}), frozenset({Platform.VIP, Platform.TMALL})]
)
_flags = st.sampled_from([*Flag, Flag.CURRENT, Flag.CURRENT, Flag.CURRENT])
_starts = st.sampled_from([None, date(2020, 1, 1), date(2030, 1, 1)])
_ends = st.sampled_from([None, None, date(2025, 1, 1), date(2031, 1, 1)])


def _several(least: int, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(_words, min_size=least, max_size=most, unique=True).map(tuple)


@st.composite
def _one(draw: st.DrawFn, key: str) -> Fact:
    common = {
        "subject": draw(_words),
        "note": draw(_words),
        "flag": draw(_flags),
        "scope": draw(_scopes),
        "valid_from": draw(_starts),
        "valid_to": draw(_ends),
        "topic": draw(st.sampled_from("ab")),
    }
    whole = st.integers(1, 40)
    match draw(st.sampled_from(FactType)):
        case FactType.VALUE:
            return value(
                key, **common, attribute=draw(st.sampled_from([PAYER, MEANING, REASON])), value=draw(_words),
                wrong=draw(_several(0, 4)), accept=draw(_several(0, 2)),
            )  # fmt: skip
        case FactType.NUMBER:
            return number(
                key, **common, number=Decimal(draw(whole)), bound=draw(st.sampled_from(Bound)),
                wrong=draw(st.lists(whole.map(str), max_size=4, unique=True).map(tuple)),
            )  # fmt: skip
        case FactType.STEPS:
            return steps(key, **common, steps=draw(_several(3, 7)))
        case FactType.RULE:
            conduct = {"keeps": draw(_several(1, 4)), "breaks": draw(_several(1, 4))}
            return rule(key, **common, value=draw(_words), **conduct)
        case FactType.SET:
            return a_set(key, **common, items=draw(_several(2, 6)), wrong=draw(_several(1, 4)))
        case FactType.WINDOW:
            counts = draw(st.sampled_from(CountsFrom))
            unit = "天" if counts == CountsFrom.NEXT_DAY else draw(st.sampled_from(["天", "小时"]))
            return window(key, **common, number=Decimal(draw(whole)), unit=unit, counts_from=counts)
    kind = draw(st.sampled_from(["multiple_with_minimum", "percent_cap", "add"]))
    formula = Formula(
        kind,
        times=Decimal(draw(st.integers(1, 10))),
        minimum=Decimal(draw(st.sampled_from([0, 500, 1000]))),
        plus_refund=draw(st.booleans()),
        percent=Decimal(draw(st.integers(1, 90))),
        surcharge=Decimal(draw(whole)),
    )
    return money(key, **common, formula=formula)


@st.composite
def handfuls(draw: st.DrawFn) -> list[Fact]:
    """Up to a dozen facts of every type, flag, scope and span; many clash with one another."""
    return [draw(_one(f"f{number}")) for number in range(draw(st.integers(1, 12)))]
