"""Labelled replies: one JSON object a line, in the codebook's format, and what a person ruled about a reply.

``{"id", "scene": {"platform", "stage", "customer_type", "facts"}, "history": [{"who", "text"}], "reply", "labels"}``.
A label is true, false, or null where it is disputed or was not judged; null is neither learned nor counted. Everything
but the reply may be missing. Labels of checks that are not ours, and lines of the history that are neither the
customer's nor the agent's, are passed over: files of other houses have their own.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quizzes.rules.replies.checks import NAMES


class BadRecord(ValueError):
    """A line that is no record of a labelled reply; the message says which line and what to do."""


@dataclass(frozen=True)
class Turn:
    """``who`` is ``customer`` or ``agent``."""

    who: str
    text: str


@dataclass(frozen=True)
class Reply:
    """One reply of an agent with what it answers; everything but ``text`` may be unknown."""

    text: str
    history: tuple[Turn, ...] = ()
    facts: str = ""
    platform: str = ""
    stage: str = ""


@dataclass(frozen=True)
class Record:
    """A reply and what people said about it. ``source`` is who wrote it: cross-validation never splits one."""

    id: str
    reply: Reply
    labels: Mapping[str, bool | None] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class Ruling:
    """A person's word on one check of one reply; ``record`` is the id of the record."""

    record: str
    check: str
    verdict: bool | None


def parse(lines: Iterable[str], source: str) -> Iterator[Record]:
    """The records of a file's lines; blank lines are passed over. Raises ``BadRecord``."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError, too
            raise BadRecord(f"{source} 第 {number} 行不是 JSON：每行写一个完整的对象。") from error
        try:
            yield _record(row, source)
        except _Wrong as wrong:
            raise BadRecord(f"{source} 第 {number} 行：{wrong}") from wrong


def dump(record: Record) -> str:
    """``record`` as one line of a file that ``parse`` reads back as the same."""
    reply = record.reply
    row = {
        "id": record.id,
        "scene": {"platform": reply.platform, "stage": reply.stage, "facts": reply.facts},
        "history": [{"who": turn.who, "text": turn.text} for turn in reply.history],
        "reply": reply.text,
        "labels": {name: record.labels.get(name) for name in NAMES},
    }
    return json.dumps(row, ensure_ascii=False)


def with_rulings(records: Iterable[Record], rulings: Iterable[Ruling]) -> list[Record]:
    """``records`` with what people ruled in place of the labels; of two rulings on the same check the later holds."""
    said: dict[str, dict[str, bool | None]] = {}
    for ruling in rulings:
        if ruling.check not in NAMES:
            raise ValueError(f"没有叫“{ruling.check}”的质检项。")
        said.setdefault(ruling.record, {})[ruling.check] = ruling.verdict
    return [replace(record, labels={**record.labels, **said.get(record.id, {})}) for record in records]


class _Wrong(Exception):
    pass


def _record(row: Any, source: str) -> Record:
    if not isinstance(row, dict):
        raise _Wrong("应当是一个对象，有 reply 和 labels。")
    text = row.get("reply")
    if not isinstance(text, str):
        raise _Wrong("reply 应当是要评的那句话。")
    scene = row.get("scene") or {}
    if not isinstance(scene, dict):
        raise _Wrong("scene 应当是一个对象，有 platform、stage 和 facts。")
    reply = Reply(
        text=text,
        history=_history(row.get("history") or []),
        facts=str(scene.get("facts") or ""),
        platform=str(scene.get("platform") or ""),
        stage=str(scene.get("stage") or ""),
    )
    return Record(str(row.get("id") or ""), reply, _labels(row.get("labels") or {}), source)


def _history(turns: Any) -> tuple[Turn, ...]:
    if not isinstance(turns, list):
        raise _Wrong("history 应当是一列 {who, text}。")
    found = []
    for turn in turns:
        if not isinstance(turn, dict):
            raise _Wrong("history 里每句应当是 {who, text}，who 写 customer 或 agent。")
        if turn.get("who") in ("customer", "agent"):
            found.append(Turn(turn["who"], str(turn.get("text") or "")))
    return tuple(found)


def _labels(labels: Any) -> dict[str, bool | None]:
    if not isinstance(labels, dict):
        raise _Wrong("labels 应当是一个对象：质检项的名字对 true、false 或 null。")
    known = {name: value for name, value in labels.items() if name in NAMES}
    for name, value in known.items():
        if value is not None and not isinstance(value, bool) and value not in (0, 1):
            raise _Wrong(f"{name} 应当是 true、false 或 null。")
    return {name: None if value is None else bool(value) for name, value in known.items()}
