"""Reading single fields of a question's plain data, so that what is wrong is told by name."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any


class InvalidQuestion(ValueError):
    """The content cannot be asked or marked. ``key`` names the field; the message is for the writer."""

    def __init__(self, key: str, message: str):
        super().__init__(message)
        self.key = key
        self.message = message


def flag_field(raw: Mapping[str, Any], name: str, key: str) -> bool:
    value = raw.get(name, False)
    if not isinstance(value, bool):
        raise InvalidQuestion(key, f"{name} 要写 true 或 false")
    return value


def list_field(data: Mapping[str, Any], key: str, *, least: int) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list | tuple) or len(value) < least:
        raise InvalidQuestion(key, f"{key} 要写成列表，至少 {least} 项")
    return list(value)


def text_field(raw: Mapping[str, Any], name: str, *, where: str) -> str:
    text = str(raw.get(name) if raw.get(name) is not None else "").strip()
    if not text:
        raise InvalidQuestion(where, f"{name} 不能是空白")
    return text


def decimal_field(
    data: Mapping[str, Any], key: str, *, default: Decimal | None = None, least: Decimal | None = None
) -> Decimal:
    raw = data.get(key, default)
    try:
        value = Decimal(str(raw))
    except InvalidOperation:
        raise InvalidQuestion(key, f"{key} 要写一个数") from None
    if not value.is_finite() or isinstance(raw, bool) or (least is not None and value < least):
        raise InvalidQuestion(key, f"{key} 要写一个合理的数")
    return value


def check_distinct(texts: Iterable[str], key: str) -> None:
    told = list(texts)
    folded = ["".join(text.split()).lower() for text in told]
    if len(set(folded)) < len(folded):
        twice = next(text for n, text in enumerate(told) if folded[n] in folded[:n])
        raise InvalidQuestion(key, f"“{twice}”出现了两次")
