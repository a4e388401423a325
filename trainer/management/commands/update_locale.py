from django.core.management.base import BaseCommand

from trainer.catalogs import catalogue, messages_in, update


class Command(BaseCommand):
    help = "Add what templates and code ask for to locale/en, and drop what nothing asks for any more."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        missing = update(catalogue("en"), messages_in())
        self.stdout.write(f"{missing} messages wait for their English" if missing else "every message has its English")
