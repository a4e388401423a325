import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from trainer.management.script_folder import complaints, doubts
from trainer.readers.curriculum import read_curriculum
from trainer.readers.script_files import read_scripts
from trainer.rules.scripts import judge_wording

FIXTURES = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    help = (
        "Run every script of a folder through the judge of replies: no good example may show a violation, and every "
        "bad one has to show what it claims. Needs no database. Exits with 1 when anything is wrong."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, nargs="?", default=FIXTURES / "scripts")
        parser.add_argument("--curriculum", type=Path, default=FIXTURES / "curriculum", help="where the lessons are")

    def handle(self, *, path: Path, curriculum: Path, **options):
        lessons = {lesson.slug for lesson in read_curriculum(curriculum).lessons}
        found = read_scripts(path, lessons=lessons)
        lines = [str(problem) for problem in found.problems]
        unsure = []
        for entry in found.entries:
            verdict = judge_wording(entry.wording)
            lines += complaints(entry, verdict)
            unsure += doubts(entry, verdict)
        for line in (*lines, *unsure):
            self.stdout.write(line)
        said = _("%(all)d 条话术，%(pairs)d 条有反面例子；%(wrong)d 处要改，%(unsure)d 处要人看一眼")
        pairs = sum(bool(entry.bad) for entry in found.entries)
        counts = {"all": len(found.entries), "pairs": pairs, "wrong": len(lines), "unsure": len(unsure)}
        self.stdout.write(said % counts)
        if lines:
            sys.exit(1)
