"""Reading plain data (what YAML or JSON gives) field by field; what is wrong becomes a problem with its path."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from quizzes.rules.replies.regexes import BadPattern, compiled

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
Path = tuple[str | int, ...]

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\Z")
_PLACE = re.compile(r"\{[a-z][a-z0-9_.]*\}")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. ``path`` leads to it through the data: keys, and places in lists from 0."""

    path: Path
    message: str

    @property
    def where(self) -> str:
        """The path as a writer reads it: ``beats.opening.then[2].to``."""
        text = ""
        for step in self.path:
            text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
        return text.lstrip(".") or "YAML"

    def __str__(self) -> str:
        return f"{self.where}：{self.message}"


class Plain:
    """One mapping of the data. Each reader gives a harmless value for a wrong field, so one pass finds all."""

    def __init__(self, value: Any, problems: list[Problem], path: Path = ()):
        self.path = path
        self.problems = problems
        self.asked: set[str] = set()
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.wrong("", "这里要写成“字段: 内容”的形式")

    def wrong(self, key: str | Path, message: str) -> None:
        more: Path = key if isinstance(key, tuple) else ((key,) if key else ())
        self.problems.append(Problem(self.path + more, message))

    def get(self, key: str, *, required: bool) -> Any:
        self.asked.add(key)
        value = self.value.get(key)
        if required and value in (None, "", [], {}):
            self.wrong(key, "必填，不能空着")
            return None
        return value

    def text(self, key: str, *, required: bool = True, longest: int = 500) -> str:
        value = self.get(key, required=required)
        if value is None:
            return ""
        if isinstance(value, bool | list | dict):
            self.wrong(key, "要写成文字（带冒号或特殊字符时放进双引号）")
            return ""
        return self._checked(str(value).strip(), (key,), longest)

    def _checked(self, text: str, path: Path, longest: int) -> str:
        if len(text) > longest:
            self.wrong(path, f"太长：{len(text)} 字，最多 {longest} 字")
        return text

    def name(self, key: str, *, required: bool = True) -> str:
        """A name that others refer to: lower-case letters, digits, ``-`` and ``_``."""
        text = self.text(key, required=required, longest=60)
        if text and not KEY.match(text):
            self.wrong(key, "只能用小写英文、数字、- 和 _")
        return text

    def texts(self, key: str, *, required: bool = False, longest: int = 300, most: int = 30) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        value = self.get(key, required=required)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        if any(isinstance(item, bool | list | dict) or item is None or not str(item).strip() for item in items):
            self.wrong(key, "要写成一句文字或一列文字，不能有空的（带冒号时放进双引号）")
            return ()
        if len(items) > most:
            self.wrong(key, f"有 {len(items)} 项，最多 {most} 项")
        return tuple(self._checked(str(item).strip(), (key, place), longest) for place, item in enumerate(items[:most]))

    def names(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        return self.texts(key, required=required, longest=80)

    def says(self, key: str, *, required: bool = False) -> tuple[tuple[str, ...], ...]:
        """Alternatives of short messages: ``[[在吗, 我的快递呢], [快递怎么不动]]``."""
        value = self.get(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(
            isinstance(one, list)
            and one
            and all(
                isinstance(text, str | int | float) and not isinstance(text, bool) and str(text).strip() for text in one
            )
            for one in value
        ):
            self.wrong(key, "要写成几组消息，如 [[在吗, 我的快递呢], [快递怎么不动]]；每组至少一句")
            return ()
        if len(value) > 12 or any(len(one) > 6 for one in value):
            self.wrong(key, "最多 12 组，每组最多 6 句")
        return tuple(
            tuple(self._checked(str(text).strip(), (key, place), 200) for text in one)
            for place, one in enumerate(value)
        )

    def integer(self, key: str, *, least: int, most: int, default: int | None = None) -> int | None:
        value = self.get(key, required=False)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.wrong(key, f"要写 {least}–{most} 的整数")
            return default
        return value

    def number(self, key: str, *, least: float, most: float, default: float | None = None) -> float | None:
        value = self.get(key, required=False)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.wrong(key, f"要写 {least}–{most} 的数")
            return default
        return float(value)

    def boolean(self, key: str, *, default: bool | None = False) -> bool | None:
        value = self.get(key, required=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, "要写 true 或 false")
            return default
        return value

    def choice(self, key: str, words: type[E], *, default: E | None = None) -> E | None:
        value = self.get(key, required=default is None)
        if value is None:
            return default
        try:
            return words(str(value))
        except ValueError:
            self.wrong(key, f"“{value}”不在可选范围：{'、'.join(words)}")
            return default

    def patterns(self, key: str) -> tuple[str, ...]:
        """Regular expressions; ``{name}`` places count as a word when they are tried."""
        found = self.texts(key, longest=600)
        for place, expression in enumerate(found):
            try:
                compiled(_PLACE.sub("x", expression))
            except BadPattern as error:
                self.wrong((key, place), str(error))
        return found

    def weights(self, key: str) -> dict[str, int]:
        """``{greets: 1, empathises: 2}``: whole numbers from 1 to 5."""
        value = self.get(key, required=False)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(
            isinstance(weight, int) and not isinstance(weight, bool) and 1 <= weight <= 5 for weight in value.values()
        ):
            self.wrong(key, "要写成“名字: 分量”，分量是 1–5 的整数")
            return {}
        return {str(name): weight for name, weight in value.items()}

    def inner(self, key: str, read: Callable[["Plain"], T], *, required: bool = True) -> T | None:
        """A mapping inside this one."""
        value = self.get(key, required=required)
        return None if value is None else read(Plain(value, self.problems, (*self.path, key)))

    def rows(self, key: str, read: Callable[["Plain"], T], *, least: int = 0, most: int = 40) -> tuple[T, ...]:
        """A list of mappings."""
        value = self.get(key, required=least > 0)
        if value is None:
            return ()
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.wrong(key, f"要写成列表，{least}–{most} 项")
            return ()
        return tuple(read(Plain(row, self.problems, (*self.path, key, place))) for place, row in enumerate(value))

    def named(self, key: str, read: Callable[[str, "Plain"], T], *, most: int = 40) -> dict[str, T]:
        """A mapping of names to mappings."""
        value = self.get(key, required=True)
        if value is None:
            return {}
        if not isinstance(value, dict) or len(value) > most:
            self.wrong(key, f"要写成“名字: 内容”，最多 {most} 项")
            return {}
        found = {}
        for name, body in value.items():
            if not isinstance(name, str) or not KEY.match(name):
                self.wrong((key, str(name)), "名字只能用小写英文、数字、- 和 _")
            found[str(name)] = read(str(name), Plain(body, self.problems, (*self.path, key, str(name))))
        return found

    def others(self) -> Iterator[str]:
        return (key for key in self.value if key not in self.asked)

    def no_others(self) -> None:
        """Report fields that nobody asked for: most often a typing error."""
        for key in self.others():
            self.wrong(str(key), "没有这个字段，是不是写错了")
