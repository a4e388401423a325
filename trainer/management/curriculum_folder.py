"""Loading a curriculum folder from the shell: what is said and printed about it."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.formats.found import FoundQuestion, to_report
from trainer.commands.curriculum import ContentProblems, LoadReport, load_curriculum
from trainer.readers.curriculum import read_curriculum
from trainer.readers.entries import Curriculum

# The generated questions follow from the facts and this number; another one would make other questions.
SEED = 20260101

NAMES = {
    "topics": gettext_lazy("主题"),
    "attributes": gettext_lazy("属性"),
    "lessons": gettext_lazy("课程"),
    "questions": gettext_lazy("手写题"),
    "generated": gettext_lazy("生成题"),
    "blueprints": gettext_lazy("组卷蓝图"),
    "plans": gettext_lazy("转正方案"),
    "scheme": gettext_lazy("考核方案"),
    "prompts": gettext_lazy("面试题"),
    "courses": gettext_lazy("学习路径"),
    "shifts": gettext_lazy("班次"),
}


def is_curriculum(path: Path) -> bool:
    """Whether a path means a curriculum folder, be it one that is not there."""
    if not path.exists():
        return not path.suffix
    return (path / "topics.yaml").is_file() or (path / "lessons").is_dir()


@dataclass(frozen=True)
class CurriculumFolder:
    """One run over one folder; ``out`` and ``err`` take a line of text."""

    path: Path
    dry_run: bool
    as_json: bool
    out: Callable[[str], Any]
    err: Callable[[str], Any]

    def load(self) -> int:
        """Load all of the folder or nothing. Returns the exit status."""
        began = time.monotonic()
        curriculum = read_curriculum(self.path)
        self._say(
            _("读到 %(lessons)d 课、%(facts)d 个知识点、%(questions)d 道手写题，正在导入……")
            % {
                "lessons": len(curriculum.lessons),
                "facts": len(curriculum.facts),
                "questions": len(curriculum.questions),
            }
        )
        try:
            with transaction.atomic():
                report = load_curriculum(curriculum, at=timezone.now(), seed=SEED)
                transaction.set_rollback(self.dry_run)
        except ContentProblems as error:
            return self._refuse(error)
        seconds = round(time.monotonic() - began, 1)
        if self.as_json:
            counts: dict[str, Any] = {name: asdict(found) for name, found in report.counts().items()}
            files = {"files": [_as_file(self.path, curriculum)]} if self.dry_run else {}
            more = {"refused": report.refused, "dry_run": self.dry_run, "seconds": seconds}
            self.out(json.dumps({**files, **counts, **more}, ensure_ascii=False))
        else:
            self._summarise(report, seconds)
        return 0

    def _say(self, text: str) -> None:
        if not self.as_json:
            self.out(text)

    def _refuse(self, error: ContentProblems) -> int:
        for problem in error.problems:
            self.err(f"{problem.file}:{problem.line} {problem.key} {problem.message}")
        message = _("有 %(count)d 处要改，什么也没有导入。") % {"count": len(error.problems)}
        self.err(message)
        if self.as_json and self.dry_run:
            empty: dict[str, list] = {name: [] for name in ("lessons", "facts", "questions", "held", "removed")}
            self.out(
                json.dumps(
                    {"files": [{"path": str(self.path), "format": "curriculum", **empty, "error": message}]},
                    ensure_ascii=False,
                )
            )
        return 1

    def _summarise(self, report: LoadReport, seconds: float) -> None:
        for name, found in report.counts().items():
            self._say(
                _("%(name)s：新增 %(created)d，更新 %(changed)d，不变 %(unchanged)d，停用 %(retired)d")
                % {"name": NAMES[name], **asdict(found)}
            )
        self._say(_("没有通过检查、不出的生成题：%(count)d") % {"count": report.refused})
        self._say((_("试导入，什么也没有改，%s 秒。") if self.dry_run else _("导入完成，%s 秒。")) % seconds)


def _as_file(path: Path, curriculum: Curriculum) -> dict[str, Any]:
    """The folder in the shape that every other file is reported in."""
    questions = [
        FoundQuestion(q.kind, q.stem, q.content, q.line, q.explanation) for q in curriculum.questions
    ]
    return {
        "path": str(path),
        "format": "curriculum",
        "lessons": [{"title": x.title, "kind": x.kind.value, "body": x.body} for x in curriculum.lessons],
        "facts": [
            {
                "subject": fact.subject,
                "attribute": fact.attribute.name if fact.attribute else "",
                "value": str(fact.number) if fact.number is not None else fact.value,
                "unit": fact.unit,
            }
            for fact in curriculum.facts
        ],
        "questions": [to_report(question) for question in questions],
        "held": [],
        "removed": [],
        "error": None,
    }
