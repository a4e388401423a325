import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from quizzes.management.commands.train_replies import read
from quizzes.rules.replies.figures import Report, measure
from quizzes.rules.replies.judging import judge


class Command(BaseCommand):
    help = "How well the shipped model judges labelled replies: per check, and of what it would decide alone."
    requires_system_checks = []  # it reads files and needs no site

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.jsonl", help="records in the codebook's format")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, file: Path, **options):
        records = read(file)
        if not any(label is not None for record in records for label in record.labels.values()):
            self.stderr.write(_("%s 里没有一个可以比的标注，下面的数都是 0") % file.name)
        report = measure((record, judge(record.reply)) for record in records)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        else:
            self._tell(report)

    def _tell(self, report: Report) -> None:
        say = self.stdout.write
        say(f"{'':<20}{'precision':>10}{'recall':>8}{'F1':>8}{'support':>9}")
        for name, tally in report.checks.items():
            say(f"{name:<20}{tally.precision:>10.3f}{tally.recall:>8.3f}{tally.f1:>8.3f}{tally.support:>9d}")
        means = {"all": report.f1(), "good": report.f1(violation=False), "bad": report.f1(violation=True)}
        say(_("平均 F1 %(all).3f，良好表现 %(good).3f，违规 %(bad).3f") % means)
        decided = report.as_json()["decided"]
        shares = {name: 100 * share for name, share in decided.items()}
        say(
            _(
                "可以自己定的占 %(coverage).1f%%，其中对的 %(accuracy).1f%%；"
                "漏掉的违规 %(missed_violations).1f%%，误报的违规 %(false_violations).1f%%"
            )
            % shares
        )
