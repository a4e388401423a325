from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.commands.load_publishing import roll_back_load
from trainer.commands.loads import NotNow
from trainer.management.asked import load_of, person_of


class Command(BaseCommand):
    help = "Take back all that a load did, the answers given stay; twice is once. Exits with 1 if that cannot be done."

    def add_arguments(self, parser):
        parser.add_argument("load", type=int, metavar="ID", help="the number of the load")
        parser.add_argument("--by", required=True, help="the user name of whoever takes it back")

    def handle(self, *, load: int, by: str, **options):
        found = load_of(load)
        who = person_of(by, "trainer.load_content")
        try:
            done = roll_back_load(load_id=found.pk, by=who, at=timezone.now())
        except NotNow as error:
            raise CommandError(_("第 %(number)d 批还在读，读完才能撤回。") % {"number": found.pk}) from error
        if said := done.summary():
            self.stdout.write(_("已整批撤回：%(said)s。已经答过的记录都留着。") % {"said": said})
        else:
            self.stdout.write(_("已撤回，没有内容受影响。"))
        if done.left:
            self.stderr.write(
                _("有 %(left)d 道题在导入以后又有人改过，没有动，请到题库里看一看。") % {"left": done.left}
            )
