"""Loading a folder of scripts from the shell: what is said about it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.models.labels import CHECK_LABELS
from trainer.commands.scripts import UnsoundScripts, load_scripts
from trainer.models import Lesson
from trainer.readers.script_files import ENDING, ScriptEntry, read_scripts
from trainer.rules.scripts import Found, Verdict


def is_scripts(path: Path) -> bool:
    return path.is_dir() and any(path.glob(ENDING))


@dataclass(frozen=True)
class ScriptFolder:
    """One run over one folder; ``out`` and ``err`` take a line of text."""

    path: Path
    dry_run: bool
    out: Callable[[str], Any]
    err: Callable[[str], Any]

    def load(self) -> int:
        """Load and publish all scripts of the folder, or nothing. Returns the exit status."""
        found = read_scripts(self.path, lessons=set(Lesson.objects.values_list("slug", flat=True)))
        for problem in found.problems:
            self.err(str(problem))
        if found.problems:
            self.err(_("有 %(count)d 处要改，什么也没有导入。") % {"count": len(found.problems)})
            return 1
        try:
            with transaction.atomic():
                loaded = load_scripts(entries=found.entries, at=timezone.now())
                transaction.set_rollback(self.dry_run)
        except UnsoundScripts as error:
            for unsound in error.found:
                for line in complaints(unsound.entry, unsound.verdict):
                    self.err(line)
            self.err(_("有 %(count)d 条话术不能教，什么也没有导入。") % {"count": len(error.found)})
            return 1
        said = _("话术：读到 %(all)d 条，新增或更新 %(changed)d 条，其中 %(review)d 条等人审核")
        self.out(said % {"all": len(found.entries), "changed": loaded.changed, "review": loaded.review})
        return 0


def complaints(entry: ScriptEntry, verdict: Verdict) -> list[str]:
    """What the judge has against a script, a line each."""
    where = {"file": entry.file, "line": entry.line, "slug": entry.slug}
    lines = [
        _("%(file)s 第 %(line)d 行，%(slug)s：正面例子里有“%(check)s”：%(words)s")
        % {**where, "check": CHECK_LABELS[found.check], "words": _words(found)}
        for found in verdict.refused
    ]
    if verdict.praised:
        lines.append(_("%(file)s 第 %(line)d 行，%(slug)s：反面例子看不出错在哪里") % where)
    return lines


def doubts(entry: ScriptEntry, verdict: Verdict) -> list[str]:
    """What the judge is unsure of and nobody has said to have read, a line each."""
    if entry.checked:
        return []
    return [
        _("%(slug)s：拿不准有没有“%(check)s”：%(words)s")
        % {"slug": entry.slug, "check": CHECK_LABELS[found.check], "words": _words(found)}
        for found in verdict.unsure
    ]


def _words(found: Found) -> str:
    return "、".join(f"“{span.text}”" for span in found.spans) or "—"
