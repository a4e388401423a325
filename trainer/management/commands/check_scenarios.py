import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from quizzes.rules.dialogue.criteria import shipped
from quizzes.rules.dialogue.golden import Played, play
from quizzes.rules.replies.judging import judge
from trainer.readers.curriculum import read_curriculum
from trainer.readers.scenario_files import ScenarioEntry, read_scenarios

FIXTURES = settings.BASE_DIR / "fixtures"
WHO = {"customer": "顾客", "agent": "客服", "look": "查看"}


class Command(BaseCommand):
    help = (
        "Check scenario files and replay their golden transcripts with the judge. Needs no database. "
        "Exits with 1 when anything is wrong."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("paths", type=Path, nargs="*", metavar="PATH", default=[FIXTURES / "scenarios"])
        parser.add_argument("--talk", action="store_true", help="print what was said, too")
        parser.add_argument("--why", action="store_true", help="print where the points of the score come from")
        parser.add_argument("--curriculum", type=Path, default=FIXTURES / "curriculum", help="where the lessons are")

    def handle(self, *, paths: list[Path], curriculum: Path, **options):
        taught = read_curriculum(curriculum)
        found = read_scenarios(
            paths,
            lessons={lesson.slug for lesson in taught.lessons},
            facts={fact.key for fact in taught.facts},
        )
        for problem in found.problems:
            self.stdout.write(str(problem))
        wrong = sum(self._replay(entry, options["talk"], options["why"]) for entry in found.entries)
        self.stdout.write(f"{len(found.entries)} 个情景，{len(found.problems)} 处要改，{wrong} 份对话没有对上")
        if found.problems or wrong:
            sys.exit(1)

    def _replay(self, entry: ScenarioEntry, talk: bool, why: bool) -> int:
        self.stdout.write(f"{entry.scenario.slug}（{entry.scenario.title}）")
        wrong = 0
        for golden in entry.golden:
            played = play(entry.scenario, golden, lambda reply: judge(reply).verdicts, shipped())
            result = played.score
            unsure = f"，暂定 {result.total.low}–{result.total.high}" if result.provisional else ""
            self.stdout.write(
                f"  {'✗' if played.wrong else '✓'} {golden.name}：{played.state.ending or '没有结束'}，"
                f"{result.total.value} 分，{result.outcome}{unsure}"
            )
            for text in played.wrong:
                self.stdout.write(f"      {text}")
            if talk:
                self._tell_talk(played)
            if why:
                self._tell_why(played)
            wrong += bool(played.wrong)
        return wrong

    def _tell_talk(self, played: Played) -> None:
        for who, text in played.lines:
            self.stdout.write(f"      {WHO[who]}：{text}")

    def _tell_why(self, played: Played) -> None:
        result = played.score
        for dimension, part in result.dimensions.items():
            self.stdout.write(f"      {dimension} {part.value:.0f}（{part.low:.0f}–{part.high:.0f}）")
            for item in result.items:
                if item.dimension == dimension:
                    credit = item.credit
                    open_ = "" if credit.low == credit.high else f"（拿不准：{credit.low:.2f}–{credit.high:.2f}）"
                    at = f"，第 {item.reply} 句" if item.reply else ""
                    self.stdout.write(
                        f"        {item.source} {item.key} {item.beat} ×{item.weight:g}：{credit.value:.2f}{open_}{at}"
                    )
            for fault in result.faults:
                if fault.dimension == dimension:
                    unsure = "" if fault.sure else "（拿不准）"
                    self.stdout.write(
                        f"        − {fault.key}：第 {fault.reply} 句，扣 {fault.loses.value:.2f}{unsure}"
                        f"{'，致命' if fault.critical else ''}"
                    )
