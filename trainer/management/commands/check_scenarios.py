import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.models.labels import LABELS
from quizzes.rules.dialogue.criteria import shipped
from quizzes.rules.dialogue.golden import Played, play
from quizzes.rules.dialogue.scoring import Fault, Item
from quizzes.rules.replies.judging import judge
from trainer.readers.curriculum import read_curriculum
from trainer.readers.scenario_files import ScenarioEntry, read_scenarios

FIXTURES = settings.BASE_DIR / "fixtures"
WHO = {"customer": gettext_lazy("顾客"), "agent": gettext_lazy("客服"), "look": gettext_lazy("查看")}


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
        said = _("%(all)d 个情景，%(problems)d 处要改，%(wrong)d 份对话没有对上")
        counts = {"all": len(found.entries), "problems": len(found.problems), "wrong": wrong}
        self.stdout.write(said % counts)
        if found.problems or wrong:
            sys.exit(1)

    def _replay(self, entry: ScenarioEntry, talk: bool, why: bool) -> int:
        self.stdout.write(f"{entry.scenario.slug}（{entry.scenario.title}）")
        wrong = 0
        for golden in entry.golden:
            played = play(entry.scenario, golden, lambda reply: judge(reply).verdicts, shipped())
            self._tell(played)
            for text in played.wrong:
                self.stdout.write(f"      {text}")
            if talk:
                for who, text in played.lines:
                    self.stdout.write(f"      {WHO[who]}：{text}")
            if why:
                self._tell_why(played)
            wrong += bool(played.wrong)
        return wrong

    def _tell(self, played: Played) -> None:
        result = played.score
        said = _("%(name)s：%(ending)s，%(score)s 分，%(outcome)s") % {
            "name": played.golden.name,
            "ending": played.state.ending or _("没有结束"),
            "score": result.total.value,
            "outcome": result.outcome,
        }
        if result.provisional:
            said += _("，暂定 %(low)s–%(high)s") % {"low": result.total.low, "high": result.total.high}
        self.stdout.write(f"  {'✗' if played.wrong else '✓'} {said}")

    def _tell_why(self, played: Played) -> None:
        result = played.score
        for dimension, part in result.dimensions.items():
            self.stdout.write(f"      {LABELS[dimension]} {part.value:.0f}（{part.low:.0f}–{part.high:.0f}）")
            for item in result.items:
                if item.dimension == dimension:
                    self.stdout.write(f"        {_item(item)}")
            for fault in result.faults:
                if fault.dimension == dimension:
                    self.stdout.write(f"        {_fault(fault)}")


def _item(item: Item) -> str:
    credit = item.credit
    text = f"+ {item.source} {item.key} {item.beat} ×{item.weight:g}：{credit.value:.2f}"
    if credit.low < credit.high:
        text += _("（拿不准：%(low).2f–%(high).2f）") % {"low": credit.low, "high": credit.high}
    return text + (_("，第 %(n)d 句") % {"n": item.reply} if item.reply else "")


def _fault(fault: Fault) -> str:
    text = f"− {fault.key}：{fault.loses.value:.2f}" + _("，第 %(n)d 句") % {"n": fault.reply}
    if not fault.sure:
        text += _("（拿不准：%(chance)d%%）") % {"chance": round(100 * fault.probability)}
    return text + (_("，致命") if fault.critical else "")
