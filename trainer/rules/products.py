"""Products as their sheet tells them, and the facts in which people are asked about them."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from quizzes.rules.facts import Attribute, Fact, FactType
from quizzes.rules.generation.wording import HAN
from quizzes.rules.vocabulary import Platform

LONGEST_VALUE, LONGEST_PART, LONGEST_SUBJECT = 40, 12, 76
MOST_ITEMS, MOST_WRONG = 6, 4
NOTE = "以商品资料表为准。"


class ProductAttribute(NamedTuple):
    """One cell of a product: the column's name, what stands there, and the unit that the header gives."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True)
class ProductRow:
    """One product; ``row`` counts as the sheet does, from 1."""

    name: str
    sku: str
    shelf_on: date
    attributes: tuple[ProductAttribute, ...]
    row: int
    platforms: tuple[Platform, ...] = (Platform.ALL,)


class Shape(StrEnum):
    """How a column is asked about."""

    VALUE = "value"  # the values of other products serve as wrong ones
    OPEN = "open"  # one value may include another, so only its own sentence is asked
    NUMBER = "number"
    LIST = "list"
    TRUTH = "truth"
    NONE = "none"


_NUMBER = re.compile(r"[¥￥]?\s?(-?\d{1,9}(?:,\d{3}){0,2}(?:\.\d{1,4})?)\s?([^\d\s.,~～\-–—至到/、，±+]{0,6})")
_APART = re.compile(r"[、，,；;/\n]")
_BLANK = frozenset(["", "-", "—", "/", "\\", "无", "暂无", "n/a", "N/A", "na", "NA", "待定", "待补充", "?", "？"])
_YES = frozenset(["是", "有", "支持", "可", "可以", "√", "✓", "TRUE", "true", "Y", "y"])
_NO = frozenset(["否", "无", "没有", "不支持", "不可", "不可以", "×", "✗", "FALSE", "false", "N", "n"])
_INCLUSIVE = re.compile("四季|全年|通用|均可|皆可|均码|男女|中性|不限|全部|所有|任意|多种|以上|以下|以内|左右|约")
_VERBS = tuple("可能会带含支防需有")
_MONEY = re.compile("价|金额|运费|押金|定金")
_CHINESE_UNITS = {
    "cm": "厘米", "mm": "毫米", "m": "米", "g": "克", "kg": "千克", "ml": "毫升", "l": "升", "％": "%", "rmb": "元",
}  # fmt: skip
# What changes from day to day, or helps nobody to serve a customer.
_NOT_ASKED = re.compile(
    "库存|销量|图|链接|网址|备注|条码|供应商|成本|采购|负责人|序号|描述|详情|卖点|文案|状态|时间|日期"
)


def product_facts(products: Sequence[ProductRow]) -> dict[str, tuple[Fact, ...]]:
    """The facts of each product by SKU. Keys follow from the SKU and the column, so that they stay the same.

    How a column is asked about is decided by all its cells: numbers, lists, yes or no, else plain values.
    """
    names = list(dict.fromkeys(cell.name for product in products for cell in product.attributes))
    columns = {name: _Column(name, [c for p in products for c in p.attributes if c.name == name]) for name in names}
    same = [product.name for product in products]
    found: dict[str, tuple[Fact, ...]] = {}
    for product in products:
        subject = subject_of(product.name if same.count(product.name) == 1 else f"{product.name}（{product.sku}）")
        facts = [columns[cell.name].fact(cell, subject, product) for cell in product.attributes]
        found[product.sku] = tuple(fact for fact in facts if fact is not None)
    return found


def subject_of(name: str) -> str:
    """A product's name as it stands in a sentence: no space between Chinese characters, not too long."""
    name = re.sub(rf"(?<={HAN})\s+(?={HAN})", "", " ".join(name.split()))
    return name if len(name) <= LONGEST_SUBJECT else f"{name[:LONGEST_SUBJECT]}…"


def not_asked(products: Sequence[ProductRow]) -> list[str]:
    """The columns that make no facts, for a person to know."""
    names = dict.fromkeys(cell.name for product in products for cell in product.attributes)
    return [
        name for name in names
        if _Column(name, [c for p in products for c in p.attributes if c.name == name]).shape == Shape.NONE
    ]  # fmt: skip


def is_blank(text: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    return text.strip() in _BLANK


class _Column:
    """One column over all products: its shape, and with it the words in which it is asked."""

    def __init__(self, name: str, cells: Iterable[ProductAttribute]):
        self.name = name
        cells = list(cells)
        self.values = [cell.value for cell in cells]
        self.unit = in_chinese(next((c.unit for c in cells if c.unit), "元" if _MONEY.search(name) else ""))
        self.shape = self._shape()
        self.attribute = self._attribute()

    def _shape(self) -> Shape:
        values = [value for value in self.values if not is_blank(value)]
        if set(self.values) <= _YES | _NO and self.values:
            return Shape.TRUTH
        if not values or _NOT_ASKED.search(self.name) or any(value.startswith(("http", "www.")) for value in values):
            return Shape.NONE
        if all(_amount(value, self.unit) for value in values):
            return Shape.NUMBER
        if any(len(value) > LONGEST_VALUE for value in values):
            return Shape.NONE
        if any(len(_parts(value)) > 1 for value in values):
            fitting = all(len(part) <= LONGEST_PART for value in values for part in _parts(value))
            return Shape.LIST if fitting else Shape.OPEN
        return Shape.OPEN if any(_INCLUSIVE.search(value) for value in values) else Shape.VALUE

    def _attribute(self) -> Attribute:
        key = f"product_{hashlib.sha256(self.name.encode()).hexdigest()[:10]}_{self.shape.value}"
        said = f"“{self.name}”一项" if len(self.name) > 20 else self.name
        match self.shape:
            case Shape.NUMBER:
                return Attribute(key, self.name, f"{{subject}}的{said}是多少？", f"{{subject}}的{said}是{{value}}。")
            case Shape.LIST:
                ask = f"{{subject}}的{said}有下面哪些？"
                return Attribute(key, self.name, ask, f"{{subject}}的{said}有{{value}}。")
            case Shape.TRUTH:
                return Attribute(key, self.name, f"{{subject}}{self._verb()}吗？", "{subject}{value}。")
        match = f"把商品和它的{said}连起来" if self.shape == Shape.VALUE else ""
        return Attribute(
            key, self.name, f"{{subject}}的{said}是什么？", f"{{subject}}的{said}是{{value}}。",
            siblings=self.shape == Shape.VALUE, match=match,
        )  # fmt: skip

    def _verb(self) -> str:
        verb = self.name.removeprefix("是否")
        return verb if verb != self.name or verb.startswith(_VERBS) else f"有{verb}"

    def fact(self, cell: ProductAttribute, subject: str, product: ProductRow) -> Fact | None:
        if self.shape == Shape.NONE or (is_blank(cell.value) and self.shape != Shape.TRUTH):
            return None
        said: dict[str, object] = {}
        type_ = FactType.SET
        match self.shape:
            case Shape.NUMBER:
                number, unit = _amount(cell.value, self.unit) or (Decimal(0), "")
                type_, said = FactType.NUMBER, {"number": number, "unit": unit, "wrong": near(number, unit)}
            case Shape.LIST:
                items = tuple(_parts(cell.value))[:MOST_ITEMS]
                others = dict.fromkeys(part for value in self.values if not is_blank(value) for part in _parts(value))
                mine = _parts(cell.value)
                wrong = [part for part in others if not any(part in item or item in part for item in mine)]
                said = {"items": items, "wrong": tuple(wrong[:MOST_WRONG])}
            case Shape.TRUTH:
                verb = self._verb()
                no = f"没{verb}" if verb.startswith("有") else f"不{verb}"
                said = {"items": (verb if cell.value in _YES else no,), "wrong": (no if cell.value in _YES else verb,)}
            case _:
                type_, said = FactType.VALUE, {"value": cell.value}
        return Fact(
            key=fact_key(product.sku, self.name),
            type=type_,
            subject=subject,
            note=NOTE,
            attribute=self.attribute,
            scope=frozenset(product.platforms),
            **said,  # type: ignore[arg-type]
        )


def fact_key(sku: str, column: str) -> str:
    """The same for the same SKU and column, whenever they are loaded."""
    plain = re.sub(r"[^a-z0-9]+", "-", sku.lower()).strip("-")[:48]
    digest = hashlib.sha256(f"{sku}\0{column}".encode()).hexdigest()[:8]
    return "-".join(part for part in ("product", plain, digest) if part)


def near(number: Decimal, unit: str) -> tuple[str, ...]:
    """Wrong numbers of the same size and with as many places as the right one: a tenth of it more or less."""
    places = -min(int(number.as_tuple().exponent), 0)
    least = Decimal(1).scaleb(-places)
    step = max((abs(number) / 10).quantize(least), least)
    found = [number + times * step for times in (-1, 1, -2, 2)]
    sensible = [n for n in found if (n > 0 or number < 0) and not (unit == "%" and n > 100 >= number)]
    return tuple(format(n, "f") for n in sensible)


def _parts(value: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in _APART.split(value) if part.strip()))


def _amount(value: str, unit: str) -> tuple[Decimal, str] | None:
    found = _NUMBER.fullmatch(value.strip())
    if not found or (found[2] and unit and in_chinese(found[2]) != unit):
        return None
    return Decimal(found[1].replace(",", "")), in_chinese(found[2]) or unit


def in_chinese(unit: str) -> str:
    """A unit as a Chinese sentence has it."""
    return _CHINESE_UNITS.get(unit.lower(), unit)
