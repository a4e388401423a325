from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from quizzes.rules.replies import model
from quizzes.rules.replies.records import BadRecord, Record, parse


class Command(BaseCommand):
    help = "Make the model that judges replies anew from labelled replies; each file counts as one writer."
    requires_system_checks = []  # it reads files and needs no site

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl", help="records of labelled replies")
        parser.add_argument(
            "--beside",
            nargs="+",
            type=Path,
            default=[],
            metavar="FILE.jsonl",
            help="records to learn from that say nothing about how sure the judge may be, such as fixtures/replies",
        )
        parser.add_argument("--out", type=Path, help="where the model goes (default: the one that is shipped)")

    def handle(self, files: list[Path], beside: list[Path], out: Path | None, **options):
        from quizzes.rules.replies.training import TooFewRecords, train  # numpy is needed here only

        records = [record for file in files for record in read(file)]
        others = [record for file in beside for record in read(file)]
        try:
            content = model.dump(train(records, others))
        except TooFewRecords as error:
            raise CommandError(str(error)) from error
        out = out or Path(model.__file__).parent / "model.bin"
        out.write_bytes(content)
        told = {"records": len(records) + len(others), "size": len(content) // 1024, "file": out.name}
        self.stdout.write(_("学了 %(records)d 条，模型 %(file)s 有 %(size)d KB") % told)


def read(file: Path) -> list[Record]:
    """The records of one file, which is their source."""
    try:
        with file.open(encoding="utf-8-sig") as lines:  # some editors put a mark before the first line
            return list(parse(lines, file.stem))
    except BadRecord as error:
        raise CommandError(str(error)) from error
    except UnicodeDecodeError as error:
        raise CommandError(_("%s 不是 UTF-8 编码的文本，请另存为 UTF-8 再试") % file.name) from error
    except OSError as error:
        raise CommandError(_("读不了 %(file)s：%(why)s") % {"file": file, "why": error.strerror}) from error
