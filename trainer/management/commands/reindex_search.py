from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.commands.search import reindex


class Command(BaseCommand):
    help = "重建课程内容和试题的检索索引。"

    def handle(self, **options):
        made = reindex(at=timezone.now(), whole=True)
        self.stdout.write(_("已收录 %(count)d 条") % {"count": made})
