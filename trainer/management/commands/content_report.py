import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.models.labels import LABELS as ENGINE_LABELS
from trainer.models.labels import LABELS
from trainer.queries.content_report import content_report, read_ids

IDS = settings.BASE_DIR / "fixtures" / "curriculum" / "fact_ids.txt"
WORDS = {str(word): label for words in (ENGINE_LABELS, LABELS) for word, label in words.items()}


class Command(BaseCommand):
    help = "Tell what there is to learn and to ask, and what is past its review date."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--ids", type=Path, default=IDS, help="a file of the ids that facts must cover")

    def handle(self, ids: Path, **options):
        wanted = read_ids(ids.read_text(encoding="utf-8")) if ids.is_file() else []
        report = content_report(timezone.localdate(), ids=wanted)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self._tell(report, len(wanted))

    def _tell(self, report: dict[str, Any], ids: int):
        lessons, facts, questions = report["lessons"], report["facts"], report["questions"]
        say = self.stdout.write
        say(_("课程 %(count)d（必修 %(required)d，停用 %(retired)d）") % lessons)
        say(f"  {_line(lessons['by_kind'])}")
        say(f"  {_line(lessons['by_platform'])}")
        say(_("知识点 %(count)d") % facts)
        say(f"  {_line(facts['by_flag'])}")
        say("  " + _("依据编号：覆盖 %(covered)d / %(all)d") % {"covered": len(facts["covered"]), "all": ids})
        if facts["missing"]:
            say("  " + _("还没有写进知识点：%s") % "、".join(facts["missing"]))
        say(_("试题 %(count)d，已上线 %(live)d（互不相同 %(distinct_live)d），其中情景题 %(cases)d") % questions)
        for name in ("by_kind", "by_state", "by_origin"):
            say(f"  {_line(questions[name])}")
        say(_("过了复核期限：%d 课") % len(lessons["past_review"]))
        for late in lessons["past_review"]:
            say(f"  {late['review_by']} {late['title']} ({late['slug']})")


def _line(counts: dict[str, int]) -> str:
    return " · ".join(f"{WORDS.get(word, word)} {count}" for word, count in counts.items())
