"""One entry of a lesson's ``facts`` → a ``Fact``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from quizzes.rules.facts import Attribute, Bound, CountsFrom, Fact, FactType, Formula
from quizzes.rules.vocabulary import Flag, Platform
from trainer.readers.yaml_lines import SLUG, Fields

# Each formula with the amount it cannot do without.
FORMULAS = {"multiple_with_minimum": "times", "percent_cap": "percent", "add": "surcharge"}


@dataclass(frozen=True)
class LessonDefaults:
    """What a fact inherits from its lesson unless it says otherwise."""

    slug: str
    topic: str
    flag: Flag
    scope: tuple[Platform, ...]
    valid_from: date | None
    valid_to: date | None


def read_fact(fields: Fields, *, lesson: LessonDefaults, attributes: Mapping[str, Attribute]) -> Fact:
    fact_type = fields.choice("type", FactType) or FactType.VALUE
    key = fields.text("key", longest=80)
    if key:
        fields.where = f"facts[{key}]"
        if not SLUG.match(key):
            fields.wrong("key", "只能用小写英文、数字和连字符")
    common: dict[str, Any] = {
        "key": key,
        "type": fact_type,
        "refs": fields.texts("refs"),
        "subject": fields.text("subject", longest=80),
        "note": fields.text("note", longest=300),
        "flag": fields.choice("flag", Flag, default=lesson.flag),
        "scope": frozenset(fields.choices("scope", Platform, default=lesson.scope)),
        "valid_from": fields.date("valid_from", required=False) or lesson.valid_from,
        "valid_to": fields.date("valid_to", required=False) or lesson.valid_to,
        "lesson": lesson.slug,
        "topic": lesson.topic,
    }
    if common["valid_from"] and common["valid_to"] and common["valid_to"] < common["valid_from"]:
        fields.wrong("valid_to", "早于 valid_from")
    fact = Fact(**common, attribute=_attribute(fields, fact_type, attributes), **_typed(fields, fact_type))
    fields.no_others("attribute")
    return fact


def _attribute(fields: Fields, fact_type: FactType, attributes: Mapping[str, Attribute]) -> Attribute | None:
    if fact_type not in (FactType.VALUE, FactType.NUMBER, FactType.SET):
        return None
    name = fields.text("attribute", longest=60)
    if name and name not in attributes:
        fields.wrong("attribute", f"attributes/ 里没有“{name}”这个属性")
    return attributes.get(name)


def _typed(fields: Fields, fact_type: FactType) -> dict[str, Any]:
    match fact_type:
        case FactType.VALUE:
            value = fields.text("value", longest=60)
            wrong = fields.texts("wrong", required=False, least=2, most=6)
            accept = fields.texts("accept", required=False)
            _apart(fields, "wrong", (value, *accept), wrong)
            return {"value": value, "wrong": wrong, "accept": accept}
        case FactType.NUMBER:
            number = fields.decimal("number", places=4)
            return {
                "number": number,
                "unit": fields.text("unit", longest=20),
                "bound": fields.choice("bound", Bound, default=Bound.EXACTLY),
                "wrong": _wrong_numbers(fields, number),
            }
        case FactType.STEPS:
            return {"steps": fields.texts("steps", least=3, most=9)}
        case FactType.RULE:
            keeps, breaks = (fields.texts(name, least=1, most=6) for name in ("keeps", "breaks"))
            _apart(fields, "breaks", keeps, breaks)
            return {"value": fields.text("value", longest=120), "keeps": keeps, "breaks": breaks}
        case FactType.SET:
            items, wrong = fields.texts("items", least=2, most=10), fields.texts("wrong", least=1, most=8)
            _apart(fields, "wrong", items, wrong)
            return {"items": items, "wrong": wrong}
        case FactType.WINDOW:
            unit = fields.text("unit", longest=10)
            if unit and unit not in ("天", "小时"):
                fields.wrong("unit", "期限的单位要写“天”或“小时”")
            return {
                "number": fields.decimal("number", least=Decimal(1)),
                "unit": unit,
                "event": fields.text("event", longest=40),
                "action": fields.text("action", longest=60),
                "counts_from": fields.choice("counts_from", CountsFrom, default=CountsFrom.NEXT_DAY),
            }
        case FactType.MONEY:
            return {
                "formula": _formula(fields),
                "base": fields.text("base", longest=40),
                "result": fields.text("result", longest=40),
            }


def _apart(fields: Fields, key: str, right: Iterable[str], wrong: Iterable[str]) -> None:
    for text in sorted(set(right) & set(wrong)):
        fields.wrong(key, f"“{text}”又算对又算错")


def _wrong_numbers(fields: Fields, right: Decimal) -> tuple[str, ...]:
    wrong = fields.texts("wrong", required=False, least=1, most=6)
    for text in wrong:
        try:
            if Decimal(text) == right:
                fields.wrong("wrong", f"{text} 就是正确的数")
        except ArithmeticError:
            fields.wrong("wrong", f"“{text}”不是数，单位不用写")
    return wrong


def _formula(fields: Fields) -> Formula:
    kind = fields.text("formula", longest=40)
    if kind and kind not in FORMULAS:
        fields.wrong("formula", f"“{kind}”不在可选范围：{'、'.join(FORMULAS)}")
    elif kind and FORMULAS[kind] not in fields.raw:
        fields.wrong(FORMULAS[kind], f"按 {kind} 算，要写 {FORMULAS[kind]}")
    return Formula(
        kind,
        times=fields.decimal("times", default=Decimal(1)),
        minimum=fields.decimal("minimum", default=Decimal(0)),
        plus_refund=fields.boolean("plus_refund"),
        percent=fields.decimal("percent", default=Decimal(0), most=Decimal(100)),
        surcharge=fields.decimal("surcharge", default=Decimal(0)),
    )
