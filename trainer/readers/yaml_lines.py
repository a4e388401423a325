"""YAML that remembers where it was written, and a reader of fields that collects every problem."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

import yaml

E = TypeVar("E", bound=StrEnum)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend in a file: where (1-based line, field) and what, for the person who wrote it."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行，{self.key}：{self.message}"


class LocatedDict(dict[str, Any]):
    """A mapping with the line of each of its keys, and of itself."""

    line: int = 1
    lines: dict[str, int]


class MiswrittenYaml(yaml.MarkedYAMLError):
    """Well-formed YAML that we do not take; ``problem`` is for the writer."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    pass


UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # no database keeps these


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> LocatedDict:
    located = LocatedDict()
    located.line = node.start_mark.line + 1
    located.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise MiswrittenYaml(problem=f"字段名“{key}”要写成文字", problem_mark=key_node.start_mark)
        if key in located:
            raise MiswrittenYaml(problem=f"字段“{key}”写了两次", problem_mark=key_node.start_mark)
        located[key] = loader.construct_object(value_node, deep=True)
        located.lines[key] = key_node.start_mark.line + 1
    return located


def _construct_text(loader: _Loader, node: yaml.ScalarNode) -> str:
    text = loader.construct_scalar(node)
    if UNSTORABLE.search(text):
        raise MiswrittenYaml(problem="有无法保存的字符", problem_mark=node.start_mark)
    return text


def _construct_date(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        raise MiswrittenYaml(problem=f"没有“{node.value}”这一天", problem_mark=node.start_mark) from None


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)
_Loader.add_constructor("tag:yaml.org,2002:str", _construct_text)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _construct_date)


def load_yaml(text: str, *, file: str, problems: list[Problem], first_line: int = 1) -> Any:
    """Parse ``text``; lines count from ``first_line``. On a syntax error: a problem, and ``None``."""
    try:
        loader = _Loader("\n" * (first_line - 1) + text)
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else first_line
        message = error.problem if isinstance(error, MiswrittenYaml) else f"YAML 写法有误（{error.problem}）"
        problems.append(Problem(file, line, "YAML", str(message)))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, max(error.position - first_line + 1, 0)) + first_line
        problems.append(Problem(file, line, "YAML", "有不能出现在文字里的控制字符"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problems.append(Problem(file, first_line, "YAML", f"读不出来（{error}）"))
    return None


class Fields:
    """Reads the fields of one mapping, by type; what is wrong becomes a problem, not an exception.

    Every reader returns a harmless value when the field is wrong, so that one pass finds all problems.
    """

    def __init__(self, raw: Any, *, file: str, problems: list[Problem], where: str = "", line: int = 1):
        self.raw = raw if isinstance(raw, LocatedDict) else LocatedDict()
        self.file = file
        self.where = where
        self.problems = problems
        self.line = self.raw.line if isinstance(raw, LocatedDict) else line
        self.known: set[str] = set()
        if not isinstance(raw, LocatedDict):
            self.wrong("", "这里要写成“字段: 内容”的形式")

    def wrong(self, key: str, message: str) -> None:
        line = getattr(self.raw, "lines", {}).get(key.split(".")[0], self.line)
        name = f"{self.where}.{key}".strip(".") or "YAML"
        self.problems.append(Problem(self.file, line, name, message))

    def get(self, key: str, *, required: bool = True) -> Any:
        self.known.add(key)
        value = self.raw.get(key)
        if required and (value is None or value == "" or value == []):
            self.wrong(key, "必填，不能空着")
            return None
        return value

    def text(self, key: str, *, required: bool = True, longest: int = 2000) -> str:
        value = self.get(key, required=required)
        if value is None:
            return ""
        if isinstance(value, bool | list | dict):
            self.wrong(key, "要写成文字（带冒号或特殊字符时放进双引号）")
            return ""
        text = str(value).strip()
        if len(text) > longest:
            self.wrong(key, f"太长：{len(text)} 字，最多 {longest} 字")
        return text

    def texts(
        self, key: str, *, required: bool = True, least: int = 1, most: int = 50, longest: int = 300
    ) -> tuple[str, ...]:
        value = self.get(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list) or any(isinstance(item, dict | list | bool) or item is None for item in value):
            self.wrong(key, "要写成列表，每项一句文字（带冒号时放进双引号）")
            return ()
        items = tuple(str(item).strip() for item in value)
        if not all(items):
            self.wrong(key, "列表里有空白项")
        if any(len(item) > longest for item in items):
            self.wrong(key, f"有一项太长，每项最多 {longest} 字")
        if not least <= len(items) <= most:
            self.wrong(key, f"有 {len(items)} 项，应为 {least}–{most} 项")
        if len(set(items)) != len(items):
            self.wrong(key, "列表里有重复项")
        return items

    def choice(self, key: str, words: type[E], *, default: E | None = None) -> E | None:
        value = self.get(key, required=default is None)
        if value is None:
            return default
        try:
            return words(str(value))
        except ValueError:
            self.wrong(key, f"“{value}”不在可选范围：{'、'.join(words)}")
            return default

    def choices(self, key: str, words: type[E], *, default: Iterable[E] | None = None) -> tuple[E, ...]:
        value = self.get(key, required=default is None)
        if value is None:
            return tuple(default or ())
        found = []
        for item in value if isinstance(value, list) else [value]:
            try:
                found.append(words(str(item)))
            except ValueError:
                self.wrong(key, f"“{item}”不在可选范围：{'、'.join(words)}")
        return tuple(found)

    def date(self, key: str, *, required: bool = True) -> date | None:
        value = self.get(key, required=required)
        if value is None:
            return None
        if type(value) is not date:
            self.wrong(key, "要写成日期，如 2026-11-22")
            return None
        return value

    def integer(self, key: str, *, least: int, most: int, default: int | None = None) -> int:
        value = self.get(key, required=default is None)
        if value is None:
            return default if default is not None else least
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.wrong(key, f"要写 {least}–{most} 的整数")
            return least
        return value

    def decimal(
        self,
        key: str,
        *,
        default: Decimal | None = None,
        least: Decimal = Decimal(0),
        most: Decimal = Decimal(10**9),
        places: int = 2,
    ) -> Decimal:
        value = self.get(key, required=default is None)
        if value is None:
            return default if default is not None else least
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(value, bool) or not number.is_finite() or not least <= number <= most:
            self.wrong(key, f"要写 {least}–{most} 的数")
        elif number != round(number, places):
            self.wrong(key, f"最多 {places} 位小数")
        else:
            return number
        return default if default is not None else least

    def boolean(self, key: str, *, default: bool = False) -> bool:
        value = self.get(key, required=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, "要写 true 或 false")
            return default
        return value

    def rows(self, key: str, read: Callable[["Fields"], Any], *, least: int = 1) -> list[Any]:
        """Read a list of mappings with ``read``; one result a row."""
        value = self.get(key, required=least > 0)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) < least:
            self.wrong(key, f"要写成列表，至少 {least} 项")
            return []
        line = getattr(self.raw, "lines", {}).get(key, self.line)
        return [
            read(Fields(row, file=self.file, problems=self.problems, where=f"{key}[{number}]", line=line))
            for number, row in enumerate(value, 1)
        ]

    def no_others(self, *also: str) -> None:
        """Report fields that nobody asked for: most often a typing error."""
        for key in self.raw:
            if key not in self.known and key not in also:
                self.wrong(key, "没有这个字段，是不是写错了")
