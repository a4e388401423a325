"""A folder of scenarios, or single files → scenarios with their golden transcripts, and every problem by line.

``SLUG.yaml`` is a scenario, ``golden/SLUG.yaml`` beside it are its transcripts.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quizzes.rules.dialogue.golden import Golden
from quizzes.rules.dialogue.scenario import Scenario
from trainer.readers.scenario_text import Fault, read_golden_text, read_scenario_text
from trainer.readers.yaml_lines import Problem

GOLDEN = "golden"


@dataclass(frozen=True)
class ScenarioEntry:
    """``data`` and ``golden_data`` are what was written, fit for JSON, ``text`` and ``golden_text`` how it was
    written; ``scenario`` and ``golden`` what it means."""

    file: str
    scenario: Scenario
    data: dict[str, Any]
    golden: tuple[Golden, ...]
    text: str = ""
    golden_data: list[Any] = field(default_factory=list)
    golden_text: str = ""


@dataclass(frozen=True)
class ScenarioFiles:
    """Scenarios without problems, and the problems of the others."""

    entries: tuple[ScenarioEntry, ...]
    problems: tuple[Problem, ...]


def read_scenarios(
    paths: Sequence[Path], *, lessons: Collection[str] | None = None, facts: Collection[str] | None = None
) -> ScenarioFiles:
    """Read files and folders. Never raises for what is written in them."""
    problems = [Problem(str(path), 1, "文件", "没有这个文件或文件夹") for path in paths if not path.exists()]
    entries: list[ScenarioEntry] = []
    for file in _files(paths):
        before = len(problems)
        entry = _read(file, problems, lessons, facts)
        if entry and len(problems) == before:
            entries.append(entry)
    for slug, count in Counter(entry.scenario.slug for entry in entries).items():
        if count > 1:
            problems.append(Problem(slug, 1, "slug", f"有 {count} 个情景叫“{slug}”，要唯一"))
    return ScenarioFiles(tuple(entries), tuple(problems))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.yaml"))
        elif path.exists():
            yield path


def _read(
    path: Path, problems: list[Problem], lessons: Collection[str] | None, facts: Collection[str] | None
) -> ScenarioEntry | None:
    text = _text(path, problems)
    if text is None:
        return None
    read = read_scenario_text(text, lessons=lessons, facts=facts)
    problems += _in_file(path, read.faults)
    if read.faults or read.scenario is None:
        return None
    if read.scenario.slug != path.stem:
        problems.append(Problem(str(path), 1, "slug", f"要和文件名“{path.stem}”一致"))
    beside = path.parent / GOLDEN / path.name
    if not beside.is_file():
        problems.append(Problem(str(beside), 1, "文件", "缺少这个文件：每个情景至少配三份对话"))
        return None
    golden_text = _text(beside, problems)
    if golden_text is None:
        return None
    golden = read_golden_text(golden_text)
    problems += _in_file(beside, golden.faults)
    return ScenarioEntry(str(path), read.scenario, read.data, golden.golden, text, golden.data, golden_text)


def _in_file(path: Path, faults: Iterable[Fault]) -> list[Problem]:
    return [Problem(str(path), one.line, one.where, one.message) for one in faults]


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(str(path), 1, "编码", "请把文件存成 UTF-8"))
        return None
