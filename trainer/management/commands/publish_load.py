from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.commands.load_publishing import PastDay, SecondPersonNeeded, publish_load, schedule_load
from trainer.commands.loads import NotNow
from trainer.management.asked import load_of, person_of


class Command(BaseCommand):
    help = (
        "Publish what a load brought in as drafts, now or when a day begins; twice is once. Exits with 1 if that "
        "cannot be done."
    )

    def add_arguments(self, parser):
        parser.add_argument("load", type=int, metavar="ID", help="the number of the load")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day to publish on: 2026-12-31")
        parser.add_argument("--by", required=True, help="the user name of whoever publishes")

    def handle(self, *, load: int, on: date | None, by: str, **options):
        found = load_of(load)
        person, now = person_of(by, "trainer.publish_lesson"), timezone.now()
        try:
            if on is None:
                publish_load(load_id=found.pk, by=person, at=now)
            else:
                schedule_load(load_id=found.pk, on=on, by=person, at=now)
        except NotNow as error:
            message = _("第 %(number)d 批现在是“%(state)s”，不能发布。")
            raise CommandError(message % {"number": found.pk, "state": found.get_state_display()}) from error
        except SecondPersonNeeded as error:
            raise CommandError(_("这里要两个人复核：确认的人不能自己发布，请另一位管理员来发布。")) from error
        except PastDay as error:
            raise CommandError(_("发布日期要写明天或以后的一天。")) from error
        if on is None:
            self.stdout.write(_("第 %(number)d 批已发布，现在起可以组卷、练习。") % {"number": found.pk})
        else:
            self.stdout.write(_("第 %(number)d 批到 %(day)s 零点自动发布。") % {"number": found.pk, "day": on})
