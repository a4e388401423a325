from django.core.management.base import BaseCommand

from trainer.catalogs import compile_all


class Command(BaseCommand):
    help = "Compile the translations that changed. Needs no gettext."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        for path in compile_all():
            self.stdout.write(f"compiled {path.parent.parent.name}")
