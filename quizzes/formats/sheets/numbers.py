"""What a number shows under its number format, and whether that is what somebody typed.

Excel keeps ``1-2`` as a date, ``24:00`` as a day and ``50%`` as a half. The format tells most of it back; where
several things may have been typed, the doubt names them.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from quizzes.formats.sheets.cells import Doubt

Shown = tuple[str, Doubt | None]

_MONTH_DAY, _YEAR_MONTH = 'm"月"d"日"', 'yyyy"年"m"月"'
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _YEAR_MONTH, 28: _MONTH_DAY,
    29: _MONTH_DAY, 30: "yyyy/m/d", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: _YEAR_MONTH, 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@", 50: _YEAR_MONTH,
    51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"',
    57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[[^\]]*\]|(?P<noon>am/pm|a/p|上午/下午)|(?P<part>y+|m+|d+|h+|s+|a{3,4})|(?P<rest>.)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER_CODE = re.compile(r"[#0?,]*[#0?](?:\.([0#?]*))?")
_LAST_SERIAL = 2_958_466  # the day after 9999-12-31


def general(number: float) -> str:
    """A number as people write it: 15 figures as Excel keeps them, no exponent, no ``.0``."""
    text = repr(float(f"{number:.15g}"))
    if "e" in text or "E" in text:
        text = format(Decimal(text), "f")
    return text.removesuffix(".0")


def shown(value: str, code: str, *, since_1904: bool = False) -> Shown:
    """What the stored ``value`` shows under the number format ``code``."""
    try:
        number = float(value)
    except ValueError:
        return value, None
    if number != number or number in (float("inf"), float("-inf")) or abs(number) > 1e300:
        return value, Doubt("这一格的数太大，读不出来，请改成文本")
    return _show(code, since_1904)(number)


@lru_cache(maxsize=512)
def _show(code: str, since_1904: bool) -> Callable[[float], Shown]:
    section = _first_section(code)
    tokens = list(_TOKEN.finditer(section[:200]))
    if section.strip().lower() in ("", "general", "@"):
        return _plain
    if any(match["part"] or match["elapsed"] for match in tokens):
        return _Date(tokens, since_1904)
    bare = "".join(match["rest"] or "" for match in tokens)
    before, after = _around(tokens)
    if "%" in bare:
        return _percent(bare)
    if "/" in bare:
        return _fraction(bare)
    if "E" in bare.upper() or not _NUMBER_CODE.search(bare):
        return _plain
    return _fixed(bare, before, after)


def _first_section(code: str) -> str:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code, maxsplit=1)[0] if len(code) < 300 else "General"


def _plain(number: float) -> Shown:
    text = general(number)
    if abs(number) >= 1e15:
        return text, Doubt("Excel 只保留 15 位数字，更后面的已经丢了；请在原文件里把这一格改成文本再填一次", (text,))
    return text, None


def _around(tokens: list[re.Match[str]]) -> tuple[str, str]:
    """The words that a format puts before and after the number, such as ¥ or 元."""
    before, after, seen = "", "", False
    for match in tokens:
        if match["rest"] and match["rest"] in "#0?.,%":
            seen = True
        words = match["quoted"] or match["escaped"] or match["currency"] or ""
        if match["rest"] and match["rest"] in "¥￥$€元件天":
            words = match["rest"]
        before, after = (before, after + words) if seen else (before + words, after)
    return before.strip(), after.strip()


def _decimals(bare: str) -> tuple[int, int]:
    """How many decimals are always and at most shown."""
    places = (_NUMBER_CODE.search(bare) or [None, ""])[1] or ""
    return min(places.count("0"), 15), min(len(places), 15)


def _rounded(number: float, always: int, most: int) -> str:
    try:
        text = format(round(Decimal(repr(number)), most), "f")
    except InvalidOperation:
        return general(number)
    if "." in text:
        whole, _, places = text.partition(".")
        places = places[:always] + places[always:].rstrip("0")
        text = f"{whole}.{places}" if places else whole
    return "0" if re.fullmatch(r"-0", text) else text


def _fixed(bare: str, before: str, after: str) -> Callable[[float], Shown]:
    always, most = _decimals(bare)

    def show(number: float) -> Shown:
        if abs(number) >= 1e15:
            return _plain(number)
        text = _rounded(float(f"{number:.15g}"), always, most)
        if "," in bare:
            whole, point, places = text.partition(".")
            text = f"{int(whole):,}{point}{places}" if whole.lstrip("-") else text
        return f"{before}{text}{after}", None

    return show


def _percent(bare: str) -> Callable[[float], Shown]:
    always, most = _decimals(bare)
    return lambda number: (f"{_rounded(float(f'{number * 100:.13g}'), always, most)}%", None)


def _fraction(bare: str) -> Callable[[float], Shown]:
    most = 10 ** max(min(len(bare.partition("/")[2].strip()), 3), 1) - 1

    def show(number: float) -> Shown:
        whole, rest = divmod(Fraction(number).limit_denominator(most), 1)
        if not rest:
            return str(whole), None
        return (f"{whole} {rest}" if whole else str(rest)), None

    return show


class _Date:
    """The text of a date or time, and what else may have been typed."""

    def __init__(self, tokens: list[re.Match[str]], since_1904: bool):
        self.epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
        self.pieces: list[tuple[str, str]] = []
        for match in tokens:
            part = (match["part"] or "").lower()
            if part or match["elapsed"]:
                self.pieces.append(("part", part or f"[{match['elapsed'][0].lower()}]"))
            elif match["noon"]:
                self.pieces.append(("noon", ""))
            else:
                self.pieces.append(("text", match["quoted"] or match["escaped"] or match["rest"] or ""))
        self._find_minutes()
        parts = [piece for what, piece in self.pieces if what == "part"]
        self.dates = {part[0] for part in parts if part[0] in "ymd"}
        self.elapsed = any(part.startswith("[") for part in parts)
        self.timed = self.elapsed or any(part[0] in "hsi" for part in parts)
        self.named = any(part.startswith("mmm") for part in parts)
        self.noon = any(what == "noon" for what, _ in self.pieces)
        self.han_time = any(what == "text" and piece in ("时", "分", "秒") for what, piece in self.pieces)
        self.han = any(what == "text" and piece in ("月", "日") for what, piece in self.pieces)

    def _find_minutes(self) -> None:
        """``m`` after hours or before seconds means minutes, written ``i`` here."""
        places = [n for n, (what, _) in enumerate(self.pieces) if what == "part"]
        for order, place in enumerate(places):
            before = self.pieces[places[order - 1]][1] if order else ""
            after = self.pieces[places[order + 1]][1] if order + 1 < len(places) else ""
            piece = self.pieces[place][1]
            if piece[0] == "m" and len(piece) < 3 and (before.strip("[]")[:1] == "h" or after[:1] == "s"):
                self.pieces[place] = ("part", "i" * len(piece))

    def __call__(self, number: float) -> Shown:
        if not 0 <= number < _LAST_SERIAL:
            return general(number), Doubt("这一格是日期格式，里面的数却不是日期，请改成文本")
        at = self.epoch + timedelta(seconds=round(number * 86_400))
        if not self.dates:
            return self._time(number), None
        if self.dates == {"y", "m", "d"}:
            if self.named or sum(piece.count("y") for what, piece in self.pieces if what == "part") < 3:
                text = f"{at.year}/{at.month}/{at.day}"
                return (f"{text} {at.hour}:{at.minute:02}" if self.timed else text), None
            midnight = self.timed and not (at.hour or at.minute or at.second)
            return self._written(at, number, dates_only=midnight), None
        text = self._written(at, number)
        if self.dates == {"m", "d"}:
            if not self.named and not self.han:
                return text, None
            return doubtful(f"{at.month}月{at.day}日", (f"{at.month}-{at.day}", f"{at.month}/{at.day}"))
        if self.dates == {"y", "m"}:
            typed = (f"{at.year}年{at.month}月", f"{at.year}-{at.month}", f"{at.month}-{at.year % 100}")
            return doubtful(typed[0], typed[1:])
        return doubtful(text, (f"{at.year}-{at.month:02}-{at.day:02}",))

    def _time(self, number: float) -> str:
        seconds = round(number * 86_400)
        if seconds < 2 * 86_400 and not self.noon and not any(piece == "[m]" for _, piece in self.pieces):
            # Whoever types 24:00 sees 24:00:00 or 0:00 afterwards; programs write 9:00:00 for 9:00.
            hours, rest = divmod(seconds, 3600)
            if self.elapsed or hours >= 24:
                return f"{hours}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")
            if not rest % 60 and not self.han_time:
                return f"{hours:02}:{rest // 60:02}" if ("part", "hh") in self.pieces else f"{hours}:{rest // 60:02}"
        return self._written(self.epoch + timedelta(seconds=seconds), number)

    def _written(self, at: datetime, number: float, *, dates_only: bool = False) -> str:
        text = []
        for what, piece in self.pieces:
            if what == "text":
                text.append(piece)
            elif what == "noon":
                text.append("上午" if at.hour < 12 else "下午")
            elif not (dates_only and piece[0] in "his["):
                text.append(self._part(piece, at, number))
        return "".join(text).strip(" :@;") if not dates_only else "".join(text).rstrip(" :Tt.0@;")

    def _part(self, piece: str, at: datetime, number: float) -> str:
        wide = len(piece) > 1
        match piece[0]:
            case "[":
                seconds = round(number * 86_400)
                return str(seconds // {"h": 3600, "m": 60, "s": 1}[piece[1]])
            case "y":
                return f"{at.year:04}" if len(piece) > 2 else f"{at.year % 100:02}"
            case "m":
                return f"{at.month:02}" if wide and len(piece) == 2 else str(at.month)
            case "d":
                return (f"{at.day:02}" if wide else str(at.day)) if len(piece) < 3 else _weekday(at)
            case "a":
                return _weekday(at)
            case "h":
                hour = (at.hour - 1) % 12 + 1 if self.noon else at.hour
                return f"{hour:02}" if wide else str(hour)
            case "i":
                return f"{at.minute:02}" if wide else str(at.minute)
        return f"{at.second:02}" if wide else str(at.second)


def _weekday(at: datetime) -> str:
    return "星期" + "一二三四五六日"[at.weekday()]


def doubtful(text: str, typed: tuple[str, ...]) -> Shown:
    """A date that shows ``text``, and what else may have been typed, the likeliest first."""
    choices = "、".join(f"“{reading}”" for reading in (*typed, text))
    return text, Doubt(f"Excel 把这一格变成了日期，原来写的可能是{choices}，请核对", (*typed, text))
