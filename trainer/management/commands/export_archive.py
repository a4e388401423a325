from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.commands.archives import export_archive
from trainer.models import User


class Command(BaseCommand):
    help = "Write one person's whole training archive into a ZIP file: archive.json, and archive.pdf to read."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")

    def handle(self, username: str, out: Path, **options):
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(_("没有用户名是 %(username)s 的人") % {"username": username})
        try:
            with out.open("xb") as file:
                export_archive(person=person, file=file, by=None, at=timezone.now())
        except OSError as error:
            raise CommandError(_("写不了文件 %(file)s") % {"file": out}) from error
        self.stdout.write(_("%(person)s 的培训档案在 %(file)s") % {"person": person, "file": out})
