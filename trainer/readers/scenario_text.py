"""The YAML of one scenario, or of its golden transcripts, as a person typed it → what it means, and every problem by
line, with the beat or ending in which it is."""

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

import yaml

from quizzes.rules.dialogue import checking, plain
from quizzes.rules.dialogue.golden import Golden, read_golden, unmatched
from quizzes.rules.dialogue.reading import read_scenario
from quizzes.rules.dialogue.scenario import Scenario
from trainer.readers.yaml_lines import LocatedDict, Problem, load_yaml

LONGEST = 120_000  # characters: some ten times the longest that anybody wrote
DEEPEST = 20
MOST_NODES = 20_000
_NUMBER = 10**15
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend. ``beat`` is the beat or ending it is in; empty where it is in none."""

    line: int
    where: str
    message: str
    beat: str = ""

    def __str__(self) -> str:
        return f"第 {self.line} 行，{self.where}：{self.message}"


@dataclass(frozen=True)
class ScenarioRead:
    """``scenario`` as far as it can be read, ``None`` where the text is no mapping at all; ``data`` fit for JSON."""

    scenario: Scenario | None
    data: dict[str, Any]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class GoldenRead:
    """``data`` is what was written, fit for JSON."""

    golden: tuple[Golden, ...]
    data: list[Any]
    faults: tuple[Fault, ...]


def read_scenario_text(
    text: str, *, lessons: Collection[str] | None = None, facts: Collection[str] | None = None
) -> ScenarioRead:
    """Read and check a scenario. Takes any text and never raises; ``lessons`` and ``facts`` are the names there are."""
    raw, faults = _load(text)
    if faults:
        return ScenarioRead(None, {}, faults)
    data = storable(raw)
    scenario, found = read_scenario(data)
    found = found or checking.check(scenario, lessons=lessons, facts=facts)
    faults = _located(raw, found)
    if not faults:
        faults = tuple(
            Fault(_line_of_key(text, key), key, "所有 better 里没有一句说到这个要点：补一句，或改它的句式")
            for key in unmatched(scenario)
        )
    if not isinstance(data, dict):
        return ScenarioRead(None, {}, faults)
    return ScenarioRead(scenario, data, faults)


def read_golden_text(text: str) -> GoldenRead:
    """Read golden transcripts. Takes any text and never raises."""
    raw, faults = _load(text)
    if faults:
        return GoldenRead((), [], faults)
    data = storable(raw)
    golden, found = read_golden(data)
    return GoldenRead(golden, data if isinstance(data, list) else [], _located(raw, found))


def sample_text() -> str:
    """A small scenario that can be played, to begin a new one from."""
    return resources.files("trainer.readers").joinpath("new_scenario.yaml").read_text(encoding="utf-8")


def _load(text: str) -> tuple[Any, tuple[Fault, ...]]:
    if len(text) > LONGEST:
        return None, (Fault(1, "文件", f"太长：{len(text)} 字，最多 {LONGEST} 字"),)
    if not text.strip():
        return None, (Fault(1, "文件", "是空的"),)
    if fault := _refused(text):
        return None, (fault,)
    problems: list[Problem] = []
    raw = load_yaml(text, file="", problems=problems)
    if raw is None and not problems:
        return None, (Fault(1, "文件", "是空的"),)
    return raw, tuple(Fault(problem.line, problem.key, problem.message) for problem in problems)


def _refused(text: str) -> Fault | None:
    """What would be far more than it looks: repeated parts (a few lines of them fill any memory), endless nesting."""
    depth = nodes = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1  # type: ignore[union-attr]
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                return Fault(line, "YAML", "不能用 & 和 * 引用别处的内容，请直接写出来")
            if getattr(event, "tag", None):
                return Fault(line, "YAML", "不能用 ! 标签；带感叹号的文字放进双引号")
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth += 1
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
            nodes += 1
            if depth > DEEPEST or nodes > MOST_NODES:
                return Fault(line, "YAML", "套得太深，或内容太多，不像一个情景")
    except (yaml.YAMLError, ValueError, RecursionError):
        return None  # the loader says where
    return None


def storable(value: Any) -> Any:
    """``value`` as JSON can hold it: dates and other things become texts."""
    if isinstance(value, dict):
        return {str(key): storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [storable(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int) and abs(value) < _NUMBER:
        return value
    return value if isinstance(value, float) and math.isfinite(value) else str(value)


def _located(raw: Any, problems: Iterable[plain.Problem]) -> tuple[Fault, ...]:
    return tuple(
        sorted(Fault(line_of(raw, one.path), one.where, one.message, _beat(one.path)) for one in problems)
    )


def _beat(path: plain.Path) -> str:
    return str(path[1]) if len(path) > 1 and path[0] in ("beats", "endings") else ""


def line_of(raw: Any, path: plain.Path) -> int:
    """The line on which the part of ``raw`` at ``path`` was written, or of the nearest part around it."""
    line = 1
    for step in path:
        if isinstance(raw, LocatedDict):
            line = raw.lines.get(str(step), raw.line)
            raw = raw.get(str(step))
        elif isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
        if isinstance(raw, LocatedDict) and isinstance(step, int):
            line = raw.line
    return line


def _line_of_key(text: str, key: str) -> int:
    """The line on which a point is written that is known by its key alone."""
    found = re.search(rf"\bkey: *[\"']?{re.escape(key)}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
