import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from quizzes.queries.labelled import ruled_replies
from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.records import dump


class Command(BaseCommand):
    help = "Write what people ruled about replies as labelled replies, which train_replies takes. No personal data."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.jsonl", help="where the records go")
        parser.add_argument("--json", action="store_true", help="print how many there are as JSON")

    def handle(self, file: Path, **options):
        records = ruled_replies()
        try:
            file.write_text("".join(f"{dump(record)}\n" for record in records), encoding="utf-8")
        except OSError as error:
            raise CommandError(_("写不了 %(file)s：%(why)s") % {"file": file, "why": error.strerror}) from error
        labels = {name: [record.labels.get(name) for record in records] for name in NAMES}
        counts = {name: {"yes": said.count(True), "no": said.count(False)} for name, said in labels.items()}
        if options["json"]:
            self.stdout.write(json.dumps({"records": len(records), "labels": counts}, ensure_ascii=False, indent=2))
        else:
            told = {"records": len(records), "labels": sum(sum(one.values()) for one in counts.values())}
            self.stdout.write(_("写出 %(records)d 句回复，%(labels)d 个人工结论") % told)
