import json
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.commands.performance_sheets import NothingNew, TooLarge, UnreadableSheet, confirm_sheet, preview_sheet
from trainer.management.asked import person_of
from trainer.models import PerformanceSheet
from trainer.permissions import learners_in_reach
from trainer.rules.performance import BadValue, month_of
from trainer.rules.vocabulary import LineState


def _month(text: str) -> date:
    try:
        return month_of(text)
    except BadValue as wrong:
        raise ArgumentTypeError(str(wrong)) from wrong


class Command(BaseCommand):
    help = (
        "Load monthly performance figures from sheets: each file whole or not at all, and twice is once. Exits with 1 "
        "if a file cannot be read or has a line that is not understood; then nothing of it is loaded."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="Excel, WPS or CSV")
        parser.add_argument("--month", type=_month, help="2026-10: the month of lines that name none")
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--by", default="", help="the user name of whoever loads; by default the first admin")

    def handle(self, *, files: list[Path], **options):
        by = person_of(options["by"], "trainer.enter_performance" if options["by"] else "trainer.load_content")
        reports = [self._load(path, by, options) for path in files]
        if options["json"]:
            self.stdout.write(json.dumps({"files": reports}, ensure_ascii=False))
        if any(report["error"] or report["problems"] for report in reports):
            sys.exit(1)

    def _load(self, path: Path, by, options: dict[str, Any]) -> dict[str, Any]:
        report: dict[str, Any] = {
            "path": str(path), "error": None, "problems": [], "notes": [],
            **{state.value: 0 for state in LineState if state != LineState.PROBLEM},
        }  # fmt: skip
        try:
            with transaction.atomic():
                self._confirm(path, by, options["month"], report)
                transaction.set_rollback(options["dry_run"] or bool(report["problems"]))
        except (OSError, UnreadableSheet) as error:
            report["error"] = str(error)
        except TooLarge:
            report["error"] = _("文件太大，请拆小再传。")
        if not options["json"] and options["verbosity"]:
            self._tell(report)
        return report

    def _confirm(self, path: Path, by, month: date | None, report: dict[str, Any]) -> None:
        reach, at = learners_in_reach(by), timezone.now()
        sheet = preview_sheet(
            token=uuid4(), name=path.name, data=path.read_bytes(), month=month, reach=reach, by=by, at=at
        )
        self._count(sheet, report)
        if report["problems"]:
            return
        try:
            confirm_sheet(sheet_id=sheet.pk, reach=reach, by=by, at=at)
        except NothingNew:
            sheet.delete()  # nothing came of it: a second run leaves no trace

    def _count(self, sheet: PerformanceSheet, report: dict[str, Any]) -> None:
        report["notes"] = sheet.notes
        for line in sheet.lines.all():
            if line.state == LineState.PROBLEM:
                report["problems"] += [{"line": line.line, "text": text} for text in line.problems]
            else:
                report[line.state] += 1

    def _tell(self, report: dict[str, Any]) -> None:
        if report["error"]:
            self.stderr.write(f"{report['path']}: {report['error']}")
            return
        self.stdout.write(
            f"{report['path']}: "
            + _("新增 %(new)d 行，修改 %(changed)d 行，没有变化 %(same)d 行。")
            % {state: report[state] for state in ("new", "changed", "same")}
        )
        for note in report["notes"]:
            self.stdout.write(f"  {note}")
        for problem in report["problems"]:
            self.stderr.write(_("  第 %(line)d 行：%(text)s") % problem)
        if report["problems"]:
            self.stderr.write(_("这个文件什么也没有导入。"))
