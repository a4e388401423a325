"""What an item of QTI 2 and 3 expects as answers: its response declarations and its response processing."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from quizzes.formats.building import Unsure, number
from quizzes.formats.trees import attribute, child, child_text, children, descendants, local


@dataclass(frozen=True)
class Declared:
    """One response variable. ``mapping`` gives each mapped answer its points."""

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[str, ...]
    mapping: dict[str, Decimal]

    @property
    def several(self) -> bool:
        return self.cardinality == "multiple"

    @property
    def is_number(self) -> bool:
        return self.base_type in ("integer", "float")

    def right(self) -> tuple[str, ...]:
        """The values of the right answer: as declared, else those that the mapping gives points for."""
        return self.correct or tuple(key for key, points in self.mapping.items() if points > 0)

    def shares(self, values: Iterable[str]) -> list[Decimal]:
        """What choosing each value is worth, from 0 to 1."""
        most = max(self.mapping.values(), default=Decimal(0))
        if self.correct:
            correct = set(self.correct)
            return [Decimal(value in correct) for value in values]
        return [self.mapping.get(value, Decimal(0)) / most if most > 0 else Decimal(0) for value in values]

    def accepted(self) -> dict[str, Decimal]:
        """Texts with their share; what the mapping leaves out is worth all when it is declared correct."""
        most = max(self.mapping.values(), default=Decimal(0))
        found = {text: points / most for text, points in self.mapping.items() if most > 0}
        missing = {text: Decimal(1) for text in self.correct if text not in found}
        return {**missing, **found}


def declared(item: etree._Element) -> dict[str, Declared]:
    found = {}
    for element in children(item, "responseDeclaration"):
        identifier = attribute(element, "identifier")
        mapping = {}
        for entry in children(child(element, "mapping"), "mapEntry"):
            mapping[attribute(entry, "mapKey").strip()] = _points(attribute(entry, "mappedValue"))
        correct = [_text(value) for value in children(child(element, "correctResponse"), "value")]
        found[identifier] = Declared(
            identifier,
            attribute(element, "cardinality", "single"),
            attribute(element, "baseType", "string"),
            tuple(correct) or _by_processing(item, identifier),
            mapping,
        )
    return found


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def _points(raw: str) -> Decimal:
    try:
        value = Decimal(raw.strip() or "0")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Unsure(f"得分“{raw[:20]}”不是数字。请确认哪个答案正确。")
    return value


def _by_processing(item: etree._Element, identifier: str) -> tuple[str, ...]:
    """The key where only the response processing tells it: the values that the first winning condition asks for."""
    processing = child(item, "responseProcessing")
    if processing is None or child(processing, "mapResponse") is not None:
        return ()
    for condition in descendants(processing, "responseIf", "responseElseIf"):
        asked = {attribute(variable, "identifier") for variable in descendants(condition, "variable")}
        if asked == {identifier} and _wins(condition):
            return tuple(_text(value) for value in descendants(condition, "baseValue") if _is_asked(value, condition))
    return ()


def _wins(condition: etree._Element) -> bool:
    for outcome in children(condition, "setOutcomeValue"):
        if attribute(outcome, "identifier") in ("SCORE", "MAXSCORE", "score"):
            value = child_text(outcome, "baseValue")
            try:
                return Decimal(value) > 0
            except InvalidOperation:
                return False
    return False


def _is_asked(value: etree._Element, condition: etree._Element) -> bool:
    """Neither set as an outcome nor excluded."""
    for parent in value.iterancestors():
        if parent is condition:
            return True
        if local(parent) in ("setOutcomeValue", "not"):
            return False
    return False


def number_and_tolerance(item: etree._Element, response: Declared) -> tuple[Decimal, Decimal]:
    """The value that is right and the absolute tolerance. Raises ``Unsure`` where they cannot be told."""
    low, high = _bounds(item, response.identifier)
    if low is not None and high is not None:
        return (low + high) / 2, abs(high - low) / 2
    right = response.right()
    if len(right) != 1:
        raise Unsure(f"数值题写了 {len(right)} 个正确的数，应当有且只有一个。请确认答案。")
    value = number(right[0])
    for test in descendants(item, "equal"):
        mode = attribute(test, "toleranceMode", "exact")
        margins = [number(part) for part in attribute(test, "tolerance").split()]
        if mode == "exact" or not margins:
            return value, Decimal(0)
        if len(set(margins)) > 1:
            raise Unsure("数值题上下允许的误差不一样，这里只能一样。请确认误差。")
        return value, abs(value) * margins[0] / 100 if mode == "relative" else margins[0]
    if descendants(item, "equalRounded"):
        raise Unsure("数值题按四舍五入判分，这里不支持。请改写成误差。")
    return value, Decimal(0)


def _bounds(item: etree._Element, identifier: str) -> tuple[Decimal | None, Decimal | None]:
    """From ``gte`` and ``lte`` comparisons of the response with numbers."""
    found: dict[str, Decimal] = {}
    for test in descendants(item, "gte", "lte"):
        if {attribute(variable, "identifier") for variable in children(test, "variable")} == {identifier}:
            found[local(test)] = number(child_text(test, "baseValue"))
    return found.get("gte"), found.get("lte")
