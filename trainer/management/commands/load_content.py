import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.models import Topic
from trainer.commands.bounded_reading import Given, read_all
from trainer.commands.load_confirming import NothingToLoad, NoTopic, confirm_load
from trainer.commands.load_reading import read_load
from trainer.commands.loads import LoadOptions, Upload, start_load
from trainer.management.asked import person_of
from trainer.management.curriculum_folder import CurriculumFolder, is_curriculum
from trainer.management.scenario_folder import ScenarioFolder, is_scenarios
from trainer.management.script_folder import ScriptFolder, is_scripts
from trainer.models import Load, User
from trainer.readers.files import FileRead, Wanted
from trainer.rules.loads import Decision, EntryKind, FileState, LoadKind

COUNTED = ("lessons", "facts", "questions", "held", "removed")


def _mapping(path: str) -> dict[str, Any]:
    try:
        mapping = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ArgumentTypeError(str(error)) from error
    if not isinstance(mapping, dict):
        raise ArgumentTypeError(_("对应关系要写成一个 JSON 对象。"))
    return mapping


class Command(BaseCommand):
    help = (
        "Load content as drafts from files of any kind that a shop has (questions, documents, product sheets), or a "
        "curriculum folder, a folder of scenarios or of scripts at once: all of it or nothing, and twice is once. "
        "Exits with 1 if a file cannot be read."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="files, or folders of files")
        parser.add_argument("--dry-run", action="store_true", help="tell what is in the files, and change nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--kind", choices=list(LoadKind), default=LoadKind.AUTO, help="what the files hold")
        parser.add_argument("--map", type=_mapping, metavar="FILE", help='JSON: {"header": "stem" | "option:1" | …}')
        parser.add_argument("--simplify", action="store_true", help="turn Traditional characters into Simplified ones")
        parser.add_argument("--topic", default="", help="where questions go that name no topic: a slug or a name")
        parser.add_argument("--by", default="", help="the user name of whoever loads; by default the first admin")

    def handle(self, *, paths: list[Path], **options):
        out = (lambda text: None) if options["verbosity"] == 0 else self.stdout.write
        if len(paths) == 1 and is_scenarios(paths[0]):
            status = ScenarioFolder(paths[0], options["dry_run"], out, self.stderr.write).load()
        elif len(paths) == 1 and is_scripts(paths[0]):
            status = ScriptFolder(paths[0], options["dry_run"], out, self.stderr.write).load()
        elif len(paths) == 1 and is_curriculum(paths[0]):
            folder = CurriculumFolder(paths[0], options["dry_run"], options["json"], out, self.stderr.write)
            status = folder.load()
        else:
            files = list(_files(paths))
            status = self._look(files, options) if options["dry_run"] else self._load(files, options)
        if status:
            sys.exit(status)

    # --- looking ---------------------------------------------------------------------------------------------

    def _look(self, paths: list[Path], options: dict[str, Any]) -> int:
        wanted = Wanted(kind=LoadKind(options["kind"]), mapping=options["map"], simplify=options["simplify"])
        reports = []
        for path, read in _read(paths, wanted):
            reports.append(read.to_report(str(path)))
            if not options["json"]:
                self._tell(reports[-1])
        if options["json"]:
            self.stdout.write(json.dumps({"files": reports}, ensure_ascii=False))
        return 1 if any(report["error"] for report in reports) or not reports else 0

    def _tell(self, report: dict[str, Any]) -> None:
        if report["error"]:
            self.stderr.write(f"{report['path']}: {report['error']}")
            return
        counts = {name: len(report[name]) for name in COUNTED}
        self.stdout.write(
            f"{report['path']}: "
            + _("%(questions)d 道题，待确认 %(held)d 处，%(lessons)d 课草稿，%(facts)d 个知识点，清理掉 %(removed)d 处")
            % counts
        )
        for held in report["held"]:
            self.stdout.write(_("  第 %(line)d 行：%(reason)s") % {"line": held["line"], "reason": held["reason"]})

    # --- loading ---------------------------------------------------------------------------------------------

    def _load(self, paths: list[Path], options: dict[str, Any]) -> int:
        missing = [path for path in paths if not path.is_file()]
        large = [p for p in paths if p.is_file() and p.stat().st_size > settings.LARGEST_UPLOAD]
        for path in (*missing, *large):
            self.stderr.write(f"{path}: {_size_problem(path)}")
        if missing or large:
            raise CommandError(_("什么也没有导入。"))
        at = timezone.now()
        by = person_of(options["by"], "trainer.load_content")
        load = start_load(
            token=uuid4(),
            uploads=[Upload(str(path), path.read_bytes()) for path in paths],
            options=LoadOptions(
                kind=LoadKind(options["kind"]),
                topic=_topic(options["topic"]),
                simplify=options["simplify"],
                mapping=options["map"],
            ),
            by=by,
            at=at,
        )
        for name, number in load.files.exclude(earlier=None).values_list("name", "earlier__load"):
            message = _("%(name)s：内容和第 %(number)d 批里的一样，已有的不会再导入一遍。")
            self.stderr.write(message % {"name": name, "number": number})
        read_load(load_id=load.pk)
        load.refresh_from_db()
        self._confirm(load, by, at)
        failed = list(load.files.filter(state=FileState.FAILED))
        self._report(load, options["json"])
        for file in failed:
            self.stderr.write(f"{file.name}: {file.error}")
        return 1 if failed else 0

    def _confirm(self, load: Load, by: User, at: datetime) -> None:
        try:
            confirm_load(load_id=load.pk, by=by, at=at)
        except NoTopic as error:
            message = _("有 %(count)d 道题没有写主题：请加 --topic 再导入一次，或在网站上的导入页里选。")
            self.stderr.write(message % {"count": error.args[0]})
        except NothingToLoad:
            pass

    def _report(self, load: Load, as_json: bool) -> None:
        entries = load.entries.exclude(kind=EntryKind.REMOVED)
        counts = {
            "load": load.pk,
            "taken": entries.filter(decision=Decision.TAKE).count(),
            "open": entries.filter(decision=Decision.OPEN).count(),
            "skipped": entries.filter(decision=Decision.SKIP).count(),
        }
        if as_json:
            self.stdout.write(json.dumps(counts))
        else:
            message = _("第 %(load)d 批：%(taken)d 条成了草稿，%(open)d 条等人确认，%(skipped)d 条已经有了或不导入。")
            self.stdout.write(message % counts)


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and all files of the folders named, hidden ones left out."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                inner
                for inner in path.rglob("*")
                if inner.is_file() and not any(part.startswith(".") for part in inner.relative_to(path).parts)
            )
        else:
            yield path


def _read(paths: list[Path], wanted: Wanted) -> Iterator[tuple[Path, FileRead]]:
    """Each file with what it holds, in order; those that are missing or too large are not opened."""
    sound = [path for path in paths if not _size_problem(path)]
    found = read_all(Given(str(path), path.read_bytes(), wanted) for path in sound)
    for path in paths:
        problem = _size_problem(path)
        yield path, FileRead("", error=problem) if problem else next(found)


def _size_problem(path: Path) -> str:
    if not path.is_file():
        return _("没有这个文件。")
    if path.stat().st_size > settings.LARGEST_UPLOAD:
        most = settings.LARGEST_UPLOAD // 1024 // 1024
        return _("文件太大：最多 %(most)d MB。请拆成几个文件再导入。") % {"most": most}
    return ""


def _topic(word: str) -> Topic | None:
    if not word:
        return None
    topic = Topic.objects.filter(slug=word).first() or Topic.objects.filter(name=word).first()
    if topic is None:
        raise CommandError(_("没有叫“%(word)s”的主题。") % {"word": word})
    return topic
