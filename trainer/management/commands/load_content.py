import json
import time
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trainer.commands.curriculum import ContentProblems, LoadReport, load_curriculum
from trainer.queries.remaking import SEED
from trainer.readers.curriculum import read_curriculum

NAMES = {
    "topics": gettext_lazy("主题"),
    "attributes": gettext_lazy("属性"),
    "lessons": gettext_lazy("课程"),
    "questions": gettext_lazy("手写题"),
    "generated": gettext_lazy("生成题"),
    "blueprints": gettext_lazy("组卷蓝图"),
    "plans": gettext_lazy("转正方案"),
}


class Command(BaseCommand):
    help = "Load a curriculum folder: lessons, facts, questions, blueprints and plans; all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="the folder, e.g. fixtures/curriculum")
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, path: Path, dry_run: bool, **options):
        say = (lambda text: None) if options["json"] or options["verbosity"] == 0 else self.stdout.write
        began = time.monotonic()
        curriculum = read_curriculum(path)
        say(
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
                transaction.set_rollback(dry_run)
        except ContentProblems as error:
            self._refuse(error)
        seconds = round(time.monotonic() - began, 1)
        if options["json"]:
            counts = {name: asdict(found) for name, found in report.counts().items()}
            self.stdout.write(json.dumps({**counts, "refused": report.refused, "dry_run": dry_run, "seconds": seconds}))
        else:
            self._summarise(report, say, dry_run, seconds)

    def _refuse(self, error: ContentProblems):
        for problem in error.problems:
            self.stderr.write(f"{problem.file}:{problem.line} {problem.key} {problem.message}")
        self.stderr.write(_("有 %(count)d 处要改，什么也没有导入。") % {"count": len(error.problems)})
        raise SystemExit(1)

    def _summarise(self, report: LoadReport, say, dry_run: bool, seconds: float):
        for name, found in report.counts().items():
            say(
                _("%(name)s：新增 %(created)d，更新 %(changed)d，不变 %(unchanged)d，停用 %(retired)d")
                % {"name": NAMES[name], **asdict(found)}
            )
        say(_("没有通过检查、不出的生成题：%(count)d") % {"count": report.refused})
        say((_("试导入，什么也没有改，%s 秒。") if dry_run else _("导入完成，%s 秒。")) % seconds)
