import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.formats.found import Unreadable
from trainer.commands.people_load import PeopleMoved, confirm_people, upload_people
from trainer.management.asked import person_of
from trainer.queries.people_load import KIND_LABELS, digest_of, known_people, problem_text
from trainer.readers.people_sheet import read_people
from trainer.rules.people.compare import Preview, compare
from trainer.rules.people.known import Kind


class Command(BaseCommand):
    help = (
        "Load people and teams from a sheet, all of it or nothing; loading it again changes nothing. Exits with 1 "
        "where something in it is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="an .xlsx, .xls, .ods or .csv file")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--json", action="store_true", help="say it as JSON")
        parser.add_argument("--by", default="", help="the user name of whoever loads; the first admin by default")

    def handle(self, *, file: Path, dry_run: bool, json: bool, by: str, **options):
        now = timezone.now()
        try:
            data = file.read_bytes()
            found = read_people(data, file.name)
        except OSError as error:
            raise CommandError(_("读不到文件 %(name)s。") % {"name": file}) from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        preview = compare(found, known_people(), today=timezone.localdate(now))
        self._tell(preview, as_json=json)
        if preview.problems:
            raise CommandError(_("有 %(n)d 个问题，一个人都没有导入。") % {"n": len(preview.problems)})
        if dry_run or not preview.changes_anything:
            return
        person = person_of(by, "trainer.add_user")
        load = upload_people(name=file.name, data=data, by=person, at=now)
        try:
            confirm_people(load_id=load.pk, seen=digest_of(preview), by=person, at=now)
        except PeopleMoved as error:
            raise CommandError(_("有人刚改过人员，请再运行一次。")) from error

    def _tell(self, preview: Preview, *, as_json: bool):
        if as_json:
            self.stdout.write(json.dumps(report_of(preview), ensure_ascii=False, indent=1))
            return
        counts = preview.counts
        self.stdout.write(_("，").join(f"{label} {counts[kind.value]}" for kind, label in KIND_LABELS.items()))
        for problem in preview.problems:
            self.stdout.write(_("第 %(row)d 行：%(text)s") % {"row": problem.row, "text": problem_text(problem)})


def report_of(preview: Preview) -> dict:
    """Counts, changes by person and team, and problems, as plain data."""
    return {
        "counts": preview.counts,
        "people": [
            {
                "row": change.row.row,
                "username": change.after.username,
                "kind": change.kind.value,
                "changes": [{"field": f.field, "old": f.old, "new": f.new} for f in change.fields],
            }
            for change in preview.people
            if change.kind in (Kind.NEW, Kind.CHANGED)
        ],
        "teams": [{"name": t.name, "new": t.is_new, "old": t.old, "supervisor": t.new} for t in preview.teams],
        "problems": [{"row": p.row, "code": p.code, "text": problem_text(p)} for p in preview.problems],
    }
