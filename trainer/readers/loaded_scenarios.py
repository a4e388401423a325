"""A YAML file of a load → a scenario or golden transcripts, or what is wrong with it, by line."""

import re
from pathlib import PurePath

from quizzes.formats.found import Held, Unreadable
from trainer.readers.scenario_text import Fault, read_golden_text, read_scenario_text
from trainer.rules.loaded_scenarios import LoadedScenario, Part

ENDINGS = (".yaml", ".yml")
_SUFFIX = re.compile(r"[._-]golden\Z")
_LIST = re.compile(r"(?:\s*(?:#[^\n]*)?\n)*(?:---[^\n]*\n)?(?:\s*(?:#[^\n]*)?\n)*- ")


def read_loaded_scenario(data: bytes, name: str) -> tuple[tuple[LoadedScenario, ...], tuple[Held, ...]]:
    """What the file holds, and its problems. Raises ``Unreadable`` where it is no text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("情景文件要存成 UTF-8。请在编辑器里另存为 UTF-8 再试。") from error
    stem = _SUFFIX.sub("", PurePath(name).stem)
    if _LIST.match(text):
        golden = read_golden_text(text)
        found = LoadedScenario(Part.GOLDEN, stem, f"配套对话：{stem}", text, len(golden.golden))
        return _sound(found, golden.faults, text)
    read = read_scenario_text(text)
    if read.scenario is None:
        return (), held(read.faults, text)
    scenario = LoadedScenario(
        Part.SCENARIO, read.scenario.slug, read.scenario.title, text, len(read.scenario.beats)
    )
    return _sound(scenario, read.faults, text)


def _sound(
    found: LoadedScenario, faults: tuple[Fault, ...], text: str
) -> tuple[tuple[LoadedScenario, ...], tuple[Held, ...]]:
    return ((), held(faults, text)) if faults else ((found,), ())


def held(faults: tuple[Fault, ...], text: str) -> tuple[Held, ...]:
    """Each problem with the line it is about."""
    lines = text.splitlines()
    return tuple(
        Held(fault.line, lines[fault.line - 1] if fault.line <= len(lines) else "", f"{fault.where}：{fault.message}")
        for fault in faults
    )
