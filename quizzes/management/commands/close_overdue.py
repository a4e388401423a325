from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.commands.attempts import close_overdue


class Command(BaseCommand):
    help = "Hand in and mark every attempt past its deadline; run it every few minutes."

    def handle(self, **options):
        closed = close_overdue(at=timezone.now())
        self.stdout.write(_("收了 %d 份到时间的试卷") % closed)
