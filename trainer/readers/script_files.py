"""A folder of scripts (``*.scripts.yaml``) → entries, and every problem by line."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizzes.rules.replies.checks import VIOLATIONS
from quizzes.rules.vocabulary import Platform
from trainer.readers.yaml_lines import LocatedDict, Problem, load_yaml
from trainer.rules.scripts import Category, Situation, Wording

ENDING = "*.scripts.yaml"
PLATFORMS = (Platform.TMALL, Platform.TAOBAO, Platform.DOUYIN, Platform.VIP)
REQUIRED = ("slug", "title", "category", "situation", "platforms", "good")
KEYS = (*REQUIRED, "asked", "bad", "shows", "why", "lesson", "checked")
LONGEST = {"slug": 60, "title": 60, "asked": 300, "good": 600, "bad": 600, "why": 400, "lesson": 80}


@dataclass(frozen=True)
class ScriptEntry:
    """``shows`` is the violation that the bad example claims; ``checked``: a person read what the judge doubts."""

    file: str
    line: int
    slug: str
    title: str
    category: Category
    situation: Situation
    platforms: tuple[Platform, ...]
    asked: str
    good: str
    bad: str
    shows: str
    why: str
    lesson: str
    checked: bool

    @property
    def wording(self) -> Wording:
        return Wording(self.asked, self.good, self.bad, self.shows, self.platforms[0], self.situation)


@dataclass(frozen=True)
class ScriptFiles:
    """Scripts without problems in the order of the files, and the problems of the others."""

    entries: tuple[ScriptEntry, ...]
    problems: tuple[Problem, ...]


def read_scripts(folder: Path, *, lessons: Collection[str] | None = None) -> ScriptFiles:
    """Read all files of a folder. Never raises for what is written in them. ``lessons``: the slugs that there are."""
    problems: list[Problem] = []
    entries: list[ScriptEntry] = []
    for path in sorted(folder.glob(ENDING)):
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            problems.append(Problem(str(path), 1, "编码", "请把文件存成 UTF-8"))
            continue
        rows = load_yaml(text, file=str(path), problems=problems)
        if not isinstance(rows, list):
            problems.append(Problem(str(path), 1, "文件", "要写成一个列表，每条话术一项"))
            continue
        for row in rows:
            before = len(problems)
            entry = _entry(str(path), row, problems, lessons)
            if entry and len(problems) == before:
                entries.append(entry)
    for slug, count in Counter(entry.slug for entry in entries).items():
        if count > 1:
            problems.append(Problem(str(folder), 1, slug, f"有 {count} 条话术叫“{slug}”，要唯一"))
    return ScriptFiles(tuple(entries), tuple(problems))


def _entry(
    file: str, row: Any, problems: list[Problem], lessons: Collection[str] | None
) -> ScriptEntry | None:
    if not isinstance(row, LocatedDict):
        problems.append(Problem(file, 1, "话术", "每一项要写成“名称: 内容”"))
        return None

    def wrong(key: str, message: str) -> None:
        problems.append(Problem(file, row.lines.get(key, row.line), key, message))

    for key in REQUIRED:
        if not row.get(key):
            wrong(key, "必须填写")
    for key in row:
        if key not in KEYS:
            wrong(key, f"没有这一项；可以写 {'、'.join(KEYS)}")
    for key, most in LONGEST.items():
        value = row.get(key, "")
        if not isinstance(value, str):
            wrong(key, "要写成文字")
        elif len(value) > most:
            wrong(key, f"最多 {most} 个字，现在 {len(value)} 个")
    if row.get("category") and row["category"] not in list(Category):
        wrong("category", f"没有这个类别；可以写 {'、'.join(Category)}")
    if row.get("situation") and row["situation"] not in list(Situation):
        wrong("situation", f"没有这个场合；可以写 {'、'.join(Situation)}")
    if row.get("bad") and not row.get("why"):
        wrong("bad", "有反面例子就要写 why：为什么不能这样说")
    if row.get("shows") and (row["shows"] not in list(VIOLATIONS) or not row.get("bad")):
        wrong("shows", "要写质检手册里的违规项，并且要有反面例子")
    if lessons is not None and row.get("lesson") and row["lesson"] not in list(lessons):
        wrong("lesson", f"没有叫“{row['lesson']}”的课程")
    platforms = _platforms(row.get("platforms"))
    if row.get("platforms") and not platforms:
        wrong("platforms", "写成列表：all，或者 tmall、taobao、douyin、vip 里的几个")
    if any(problem.file == file and problem.line >= row.line for problem in problems):
        return None
    texts = {key: row.get(key, "") for key in ("slug", "title", "asked", "good", "bad", "shows", "why", "lesson")}
    return ScriptEntry(
        file=file, line=row.line, category=Category(row["category"]), situation=Situation(row["situation"]),
        platforms=platforms, checked=row.get("checked") is True, **texts,
    )  # fmt: skip


def _platforms(value: Any) -> tuple[Platform, ...]:
    if value == [Platform.ALL]:
        return PLATFORMS
    if not isinstance(value, list) or not all(one in PLATFORMS for one in value):
        return ()
    return tuple(platform for platform in PLATFORMS if platform in value)
