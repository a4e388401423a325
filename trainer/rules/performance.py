"""What people write for the performance figures of a month: seconds in several spellings, percentages with a sign,
without one, or as a share of 1. What can be read in two ways is never guessed: it is said."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from quizzes.rules.text import fold
from trainer.rules.vocabulary import Figure

SECONDS = (Figure.FIRST_REPLY, Figure.AVERAGE_REPLY)
# Rates that are mostly near 0: a plain 0.35 may well be meant as 0.35 %.
SMALL_RATES = (Figure.REFUND_RATE, Figure.COMPLAINT_RATE)
MOST_SECONDS = 86_400
SMALL = Decimal(10)

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2}(?:\.\d+)?)")
_SPOKEN = re.compile(r"(?:(\d+(?:\.\d+)?)(?:分钟|分|min|m))?(?:(\d+(?:\.\d+)?)(?:秒钟|秒|sec|s)?)?")
_MONTH = re.compile(r"(20\d{2})\s?(?:[-/.年]\s?(\d{1,2})|(\d{2}))(?:\s?月)?(?:[-/.\s]?\s?\d{1,2}\s?日?)?")


class BadValue(ValueError):
    """The text is no possible value; ``args[0]`` says why, in Chinese."""


class Share(StrEnum):
    """How the plain numbers of a column of percentages are written."""

    PERCENT = "percent"  # 35 is 35 %
    FRACTION = "fraction"  # 0.35 is 35 %
    MIXED = "mixed"  # above 1 it is percent; what is not, cannot be told
    UNKNOWN = "unknown"  # cannot be told at all


@dataclass(frozen=True)
class Column:
    """A column of one figure with the texts below its header. ``minutes``: plain numbers of a time are minutes."""

    figure: Figure
    header: str
    texts: tuple[str, ...]

    @property
    def minutes(self) -> bool:
        return bool(re.search("分钟|[（(/]分", self.header))


def seconds_of(text: str, *, minutes: bool = False) -> Decimal:
    """Seconds out of 24, 24秒, 1:20, 0:01:20 or 1分20秒. Raises ``BadValue``."""
    said = fold(text).replace(",", "").replace(" ", "")
    if said.startswith(("-", "−")):
        raise BadValue(f"“{text}”是负数，时间不会小于 0")
    if clock := _CLOCK.fullmatch(said):
        hours, minute, second = (Decimal(part or 0) for part in clock.groups())
        if second >= 60:
            raise BadValue(f"“{text}”的秒数超过 59，请核对")
        if hours:
            raise BadValue(f"“{text}”超过一个小时，看不出是不是要写成几分几秒，请写成秒数")
        return _seconds(text, minute * 60 + second)
    spoken = _SPOKEN.fullmatch(said)
    if not said or not spoken or not any(spoken.groups()):
        raise BadValue(f"“{text}”不是时间，请写秒数，例如 24，或者 1:20")
    if spoken[1] is None and minutes and said[-1].isdigit():
        return _seconds(text, Decimal(spoken[2]) * 60)
    return _seconds(text, Decimal(spoken[1] or 0) * 60 + Decimal(spoken[2] or 0))


def _seconds(text: str, seconds: Decimal) -> Decimal:
    if seconds > MOST_SECONDS:
        raise BadValue(f"“{text}”超过一天，请核对")
    return _rounded(seconds)


def percent_of(text: str, share: Share) -> Decimal:
    """Percent out of 35%, 35 or 0.35, plain numbers as ``share`` says. Raises ``BadValue``."""
    said = fold(text).replace(" ", "").replace(",", "")
    signed = said.endswith("%")
    number = _number(said.removesuffix("%"))
    if number is None:
        raise BadValue(f"“{text}”不是百分比，请写成 35% 的样子")
    if number < 0:
        raise BadValue(f"“{text}”是负数，百分比不会小于 0")
    if not signed and 0 < number <= 1 and share in (Share.MIXED, Share.UNKNOWN):
        raise BadValue(f"“{text}”看不出是 {number:f}% 还是 {number * 100:f}%，请带上 % 写")
    if not signed and share is Share.FRACTION:
        number *= 100
    if number > 100:
        raise BadValue(f"“{text}”超过 100%，请核对")
    return _rounded(number)


def shares_of(columns: Iterable[Column]) -> dict[Figure, Share]:
    """How each column of percentages is written, from what stands in it and in the columns beside it.

    A large rate (conversion, satisfaction) tells by itself: nobody has a satisfaction of 1 % or less all over. A
    small rate is written as the large ones beside it are; alone, numbers up to 1 cannot be told.
    """
    rates = [column for column in columns if column.figure not in SECONDS]
    found: dict[Figure, Share] = {}
    for column in rates:
        if "%" in fold(column.header):
            found[column.figure] = Share.PERCENT
        elif column.figure not in SMALL_RATES:
            found[column.figure] = _large(column)
    known = {share for figure, share in found.items() if figure not in SMALL_RATES} - {Share.UNKNOWN, Share.MIXED}
    convention = known.pop() if len(known) == 1 else None
    for column in rates:
        if column.figure not in found:
            found[column.figure] = _small(column, convention)
    return found


def _large(column: Column) -> Share:
    numbers = _plain(column)
    if not numbers:
        return Share.UNKNOWN
    if max(numbers) <= 1:
        return Share.MIXED if _signs(column) else Share.FRACTION
    return Share.MIXED if any(0 < number <= 1 for number in numbers) else Share.PERCENT


def _small(column: Column, convention: Share | None) -> Share:
    numbers = _plain(column)
    if not numbers:
        return Share.UNKNOWN
    top = max(numbers)
    if _signs(column) and top <= 1:  # one cell of many without its sign: nobody knows which way it was meant
        return Share.MIXED
    if top > 1:
        return Share.MIXED if top > SMALL or convention is Share.FRACTION else Share.PERCENT
    return convention or Share.UNKNOWN


def _signs(column: Column) -> bool:
    return any(fold(text).strip().endswith("%") for text in column.texts)


def _plain(column: Column) -> list[Decimal]:
    texts = (fold(text).replace(" ", "") for text in column.texts)
    return [number for text in texts if text and not text.endswith("%") and (number := _number(text)) is not None]


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**9 else None


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def month_of(text: str) -> date:
    """The first day of the month that 2026-10, 2026年10月, 202610 or 2026-10-31 names. Raises ``BadValue``."""
    found = _MONTH.fullmatch(text.strip())
    number = int(found[2] or found[3]) if found else 0
    if not found or not 1 <= number <= 12:
        raise BadValue(f"月份“{text}”看不出是哪一个月，请写成 2026-10 的样子")
    return date(int(found[1]), number, 1)


def month_before(day: date) -> date:
    """The month before that of ``day``, by its first day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def is_before(month: date, hired_on: date) -> bool:
    """Whether a month, by its first day, is over before the day on which somebody was hired."""
    return month < hired_on.replace(day=1)


def changed_figures(before: Mapping[Figure, Decimal], after: Mapping[Figure, Decimal]) -> tuple[Figure, ...]:
    """The figures that ``after`` gives and ``before`` does not have so; what ``after`` is silent on stays."""
    return tuple(figure for figure in Figure if figure in after and before.get(figure) != after[figure])
