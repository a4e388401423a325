"""A number with its unit and its tolerance: 3.5 ± 0.1 元."""

import re
from dataclasses import dataclass
from decimal import Decimal

from quizzes.formats.plain.rows import shadow_of

_FIGURE = r"[+-]?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,10})?"
_UNIT = r"[^\d\s±()+,;。.]{0,8}"
_NUMBER = re.compile(
    rf"(?:约|大约|为|是|=)?\s{{0,2}}(?P<currency>[¥￥$])?\s?(?P<value>{_FIGURE})\s{{0,3}}(?P<unit>{_UNIT}?)\s{{0,3}}"
    rf"(?:[,;(]?\s{{0,2}}(?:±|\+/-|\+-|(?:允许)?误差(?:范围|不超过|在|为|[:])?\s?[±]?)\s{{0,2}}(?P<tolerance>{_FIGURE})\s{{0,2}}(?P<unit2>{_UNIT})\s?(?:以内|之内)?[)]?)?\s?[。.]?"
)


@dataclass(frozen=True)
class Amount:
    value: Decimal
    tolerance: Decimal
    unit: str
    has_tolerance: bool


def amount_in(text: str) -> Amount | None:
    """The number that ``text`` says and nothing besides, or None. A tolerance in per cent counts from the value."""
    text = text.strip()
    if len(text) > 80:
        return None
    found = _NUMBER.fullmatch(shadow_of(text))
    if not found:
        return None
    value = Decimal(found["value"].replace(",", ""))
    unit = (found["unit"] or found["currency"] or "").strip()
    if unit and not re.fullmatch(r"[^\W\d]{1,8}|[%‰℃°¥￥$]|[^\W\d]{1,4}/[^\W\d]{1,4}", unit):
        return None
    if not found["tolerance"]:
        return Amount(value, Decimal(0), unit, False)
    tolerance = abs(Decimal(found["tolerance"].replace(",", "")))
    second = (found["unit2"] or "").strip()
    if second == "%" and unit != "%" and found["unit"] != "":
        tolerance = abs(value) * tolerance / 100
        second = unit
    return Amount(value, tolerance, unit or second, True)
