from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.utils.translation import gettext as _

from trainer.models import Lesson

CURRICULUM = settings.BASE_DIR / "fixtures" / "curriculum"
SCENARIOS = settings.BASE_DIR / "fixtures" / "scenarios"
SCRIPTS = settings.BASE_DIR / "fixtures" / "scripts"
# What decides which lessons and questions there are: the files, and the code that reads and makes them.
CODE = ("quizzes/rules", "trainer/readers", "trainer/commands")
SOURCES = (CURRICULUM, SCENARIOS, SCRIPTS, *(settings.BASE_DIR / path for path in CODE))


class Command(BaseCommand):
    help = "Make the site ready to look around in: tables, languages, the curriculum when it changed, demo people."

    def handle(self, *args, **options):
        self.stdout.write(_("正在建表，第一次要十几秒……"))
        call_command("migrate", interactive=False, verbosity=0)
        call_command("compile_locale")
        name = sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
        loaded, wanted = settings.VAR_DIR / f"curriculum-{name}.sha256", fingerprint(SOURCES)
        if not Lesson.objects.exists() or not loaded.exists() or loaded.read_text() != wanted:
            call_command("load_content", str(CURRICULUM))
            call_command("load_content", str(SCENARIOS))
            call_command("load_content", str(SCRIPTS))
            loaded.write_text(wanted)
        self.stdout.write(_("正在准备演示人员……"))
        call_command("load_demo")


def fingerprint(folders: tuple[Path, ...]) -> str:
    """One hash over the names and the bytes of all files under ``folders``."""
    digest = sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
