"""``courses.yaml`` and ``shifts.yaml`` → entries."""

import re
from collections.abc import Mapping, Set
from datetime import time
from typing import Any

from quizzes.rules.vocabulary import Platform
from trainer.readers.entries import CourseEntry, ShiftEntry, UnitEntry
from trainer.readers.lesson_files import read_slug
from trainer.readers.yaml_lines import Fields, Problem
from trainer.rules.course_words import CourseRole, UnitKind
from trainer.rules.courses import bar_of, circle

DRILLS = (UnitKind.TYPING, UnitKind.SORTING)
KEY = re.compile(r"[\w-]{1,100}\Z", re.ASCII)
FILES = {UnitKind.LESSON: "lessons", UnitKind.EXAM: "blueprints.yaml", UnitKind.PRACTICE: "topics.yaml"}
SETTINGS = {
    UnitKind.PRACTICE: ("questions",),
    UnitKind.SCENARIO: ("level",),
    UnitKind.TYPING: ("per_minute", "accuracy"),
    UnitKind.SORTING: ("accuracy",),
}
TIME = re.compile(r"(\d{1,2}):(\d{2})\Z")

Known = Mapping[UnitKind, Set[str]]


def read_course(fields: Fields, known: Known) -> CourseEntry:
    """``known`` are the slugs that a unit may name, by kind; of other kinds any may be named."""
    entry = CourseEntry(
        slug=read_slug(fields, ""),
        name=fields.text("name", longest=60),
        name_en=fields.text("name_en", longest=120),
        summary=fields.text("summary", longest=200),
        summary_en=fields.text("summary_en", longest=300),
        role=fields.choice("role", CourseRole, default=CourseRole.BOTH) or CourseRole.BOTH,
        platform=fields.choice("platform", Platform, default=Platform.ALL) or Platform.ALL,
        days=fields.integer("days", least=1, most=180),
        units=tuple(unit for unit in fields.rows("units", lambda row: _read_unit(row, known)) if unit is not None),
        line=fields.line,
    )
    fields.no_others()
    _check_units(fields, entry)
    return entry


def _read_unit(fields: Fields, known: Known) -> UnitEntry | None:
    kinds = [kind for kind in UnitKind if kind in fields.raw]
    if len(kinds) != 1:
        fields.wrong("", f"要写明一种内容，而且只能一种：{'、'.join(UnitKind)}")
        return None
    kind = kinds[0]
    target = ""
    if kind in DRILLS:
        if not fields.boolean(kind):
            fields.wrong(kind, "要写 true")
    else:
        target = fields.text(kind, longest=120)
        if target and kind in known and target not in known[kind]:
            fields.wrong(kind, f"{FILES[kind]} 里没有“{target}”")
    key = fields.text("key", required=False, longest=100) or target or str(kind)
    if not KEY.match(key):
        fields.wrong("key", "只能用英文、数字、连字符和下划线，最多 100 个")
    unit = UnitEntry(
        key=key,
        kind=kind,
        target=target,
        day=fields.integer("day", least=1, most=180, default=1),
        after=fields.texts("after", required=False),
        params=_params(fields, kind),
        line=fields.line,
    )
    fields.no_others()
    return unit


def _params(fields: Fields, kind: UnitKind) -> dict[str, Any]:
    params = {name: value for name in SETTINGS.get(kind, ()) if (value := fields.get(name, required=False)) is not None}
    try:
        bar_of(kind, params)
    except ValueError as problem:
        fields.wrong(next(iter(params)), f"数值不对（{problem}）")
        return {}
    return params


def _check_units(fields: Fields, entry: CourseEntry) -> None:
    lines = {unit.key: unit.line for unit in reversed(entry.units)}

    def wrong(line: int, key: str, message: str) -> None:
        fields.problems.append(Problem(fields.file, line, f"{entry.slug}.{key}", message))

    for unit in entry.units:
        if unit.line != lines[unit.key]:
            wrong(unit.line, unit.key, f"“{unit.key}”在这条路径里用过了，请另写 key")
        for key in unit.after:
            if key not in lines:
                wrong(unit.line, unit.key, f"要先完成“{key}”，但这条路径里没有它")
        if unit.day > entry.days:
            wrong(unit.line, unit.key, f"排在第 {unit.day} 天，路径只有 {entry.days} 天")
    if found := circle({unit.key: unit.after for unit in entry.units}):
        wrong(lines[found[0]], found[0], f"先后次序绕成了圈：{' → '.join((*found, found[0]))}")


def read_shift(fields: Fields) -> ShiftEntry:
    shift = ShiftEntry(
        slug=read_slug(fields, ""),
        name=fields.text("name", longest=40),
        name_en=fields.text("name_en", longest=60),
        starts=_time(fields, "starts"),
        ends=_time(fields, "ends"),
    )
    fields.no_others()
    return shift


def _time(fields: Fields, key: str) -> time:
    text = fields.text(key, longest=5)
    found = TIME.match(text)
    hour, minute = (int(part) for part in found.groups()) if found else (24, 0)
    if hour > 23 or minute > 59:
        if text:
            fields.wrong(key, '要写成带引号的时间，如 "9:00"')
        return time(0)
    return time(hour, minute)
