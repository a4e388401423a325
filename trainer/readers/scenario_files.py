"""A folder of scenarios, or single files → scenarios with their golden transcripts, and every problem by line.

``SLUG.yaml`` is a scenario, ``golden/SLUG.yaml`` beside it are its transcripts.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quizzes.rules.dialogue import checking, plain
from quizzes.rules.dialogue.golden import Golden, read_golden, unmatched
from quizzes.rules.dialogue.reading import read_scenario
from quizzes.rules.dialogue.scenario import Scenario
from trainer.readers.yaml_lines import LocatedDict, Problem, load_yaml

GOLDEN = "golden"


@dataclass(frozen=True)
class ScenarioEntry:
    """``data`` is what was written, fit for JSON; ``scenario`` what it means."""

    file: str
    scenario: Scenario
    data: dict[str, Any]
    golden: tuple[Golden, ...]


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
    raw = _load(path, problems)
    if raw is None:
        return None
    data = _storable(raw)
    scenario, found = read_scenario(data)
    found = found or checking.check(scenario, lessons=lessons, facts=facts)
    problems += [Problem(str(path), _line(raw, one.path), one.where, one.message) for one in found]
    if found:
        return None
    if scenario.slug != path.stem:
        problems.append(Problem(str(path), _line(raw, ("slug",)), "slug", f"要和文件名“{path.stem}”一致"))
    for key in unmatched(scenario):
        problems.append(Problem(str(path), 1, key, "所有 better 里没有一句说到这个要点：补一句，或改它的句式"))
    return ScenarioEntry(str(path), scenario, data, _golden(path.parent / GOLDEN / path.name, problems))


def _golden(path: Path, problems: list[Problem]) -> tuple[Golden, ...]:
    if not path.is_file():
        problems.append(Problem(str(path), 1, "文件", "缺少这个文件：每个情景至少配三份对话"))
        return ()
    raw = _load(path, problems)
    if raw is None:
        return ()
    golden, found = read_golden(_storable(raw))
    problems += [Problem(str(path), _line(raw, one.path), one.where, one.message) for one in found]
    return golden


def _load(path: Path, problems: list[Problem]) -> Any:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(str(path), 1, "编码", "请把文件存成 UTF-8"))
        return None
    before = len(problems)
    raw = load_yaml(text, file=str(path), problems=problems)
    if raw is None and len(problems) == before:
        problems.append(Problem(str(path), 1, "YAML", "文件是空的"))
    return raw


def _storable(value: Any) -> Any:
    """``value`` as JSON can hold it: dates become texts."""
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _line(raw: Any, path: plain.Path) -> int:
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
