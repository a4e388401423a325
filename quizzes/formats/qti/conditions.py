"""The response processing of QTI 1.2: which answers win which points, and what is said to them."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from quizzes.formats.building import Unsure, number
from quizzes.formats.trees import child, children, local

TESTS = {"varequal", "vargte", "varlte", "vargt", "varlt", "varsubset", "varsubstring", "varinside", "durequal"}


@dataclass(frozen=True)
class Test:
    """One comparison: ``name`` as QTI calls it, of the answer to ``response`` with ``value``."""

    name: str
    response: str
    value: str
    negated: bool
    index: int


@dataclass(frozen=True)
class Condition:
    """One ``respcondition``. ``points`` are what it gives, ``None`` where it sets no score."""

    tests: tuple[Test, ...]
    points: Decimal | None
    feedback: tuple[str, ...]

    def asked(self, response: str) -> list[str]:
        """The values that the answer to ``response`` has to have."""
        return [test.value for test in self.tests if test.response == response and not test.negated]


@dataclass
class Conditions:
    """All conditions of an item, in order."""

    all: list[Condition] = field(default_factory=list)

    def winning(self, response: str) -> list[Condition]:
        """Those that give points for an answer to ``response``, and ask something of it."""
        return [one for one in self.all if one.points is not None and one.points > 0 and one.asked(response)]

    def shares(self, response: str) -> dict[str, Decimal]:
        """What each value is worth, from 0 to 1."""
        winning = self.winning(response)
        most = max((one.points or Decimal(0) for one in winning), default=Decimal(0))
        found: dict[str, Decimal] = {}
        for one in winning:
            for value in one.asked(response):
                found[value] = max(found.get(value, Decimal(0)), (one.points or Decimal(0)) / most)
        return found

    def in_order(self, response: str) -> list[str]:
        """The values of an ordered response, by the index that they are compared at."""
        for one in self.winning(response):
            tests = [test for test in one.tests if test.response == response and not test.negated]
            return [test.value for test in sorted(tests, key=lambda test: test.index)]
        return []

    def replies(self, response: str) -> dict[str, str]:
        """Feedback → the one value of the answer that it is shown for."""
        found = {}
        for one in self.all:
            asked = one.asked(response)
            if len(asked) == 1 and len(one.tests) == 1:
                found.update(dict.fromkeys(one.feedback, asked[0]))
        return found


def conditions(item: etree._Element) -> Conditions:
    found = Conditions()
    for processing in children(item, "resprocessing"):
        for element in children(processing, "respcondition"):
            tests: list[Test] = []
            variables = child(element, "conditionvar")
            if variables is not None:
                _collect(variables, tests)
            feedback = [each.get("linkrefid") or "" for each in children(element, "displayfeedback")]
            found.all.append(Condition(tuple(tests), _points(element), tuple(feedback)))
    return found


def _collect(variables: etree._Element, tests: list[Test]) -> None:
    for element in variables.iter(etree.Element):
        name = local(element)
        if name not in TESTS:
            continue
        inside = list(element.iterancestors())
        negations = sum(local(parent) == "not" for parent in inside[: inside.index(variables)])
        index = element.get("index") or ""
        place = int(index) if re.fullmatch("[0-9]{1,4}", index) else len(tests)
        value = "".join(element.itertext()).strip()
        tests.append(Test(name, element.get("respident") or "", value, bool(negations % 2), place))


def _points(condition: etree._Element) -> Decimal | None:
    """Blackboard writes ``SCORE.max`` instead of a number."""
    best: Decimal | None = None
    for element in children(condition, "setvar"):
        raw = "".join(element.itertext()).strip()
        if raw.lower().endswith(".max"):
            value = Decimal(100)
        else:
            try:
                value = Decimal(raw)
            except InvalidOperation:
                continue
        if value.is_finite():
            best = value if best is None else max(best, value)
    return best


def number_and_tolerance(found: Conditions, response: str) -> tuple[Decimal, Decimal]:
    """The value that is right and the absolute tolerance. Raises ``Unsure`` where they cannot be told."""
    winning = found.winning(response)
    if not winning:
        raise Unsure("数值题没有写正确答案。请补上。")
    if len({one.tests for one in winning}) > 1:
        raise Unsure("数值题有几个算对的数，这里只能有一个。请确认答案和误差。")
    tests = [test for test in winning[0].tests if test.response == response and not test.negated]
    exact = {number(test.value) for test in tests if test.name == "varequal"}
    low = {number(test.value) for test in tests if test.name in ("vargte", "vargt")}
    high = {number(test.value) for test in tests if test.name in ("varlte", "varlt")}
    if len(low) == 1 and len(high) == 1:
        (least,), (most,) = low, high
        middle, margin = (least + most) / 2, abs(most - least) / 2
        if exact - {middle}:
            raise Unsure("数值题上下允许的误差不一样，这里只能一样。请确认误差。")
        return middle, margin
    if len(exact) != 1 or low or high:
        raise Unsure("数值题的答案和范围读不出来。请确认答案和误差。")
    return next(iter(exact)), Decimal(0)
