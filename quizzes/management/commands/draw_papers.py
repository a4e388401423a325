import json
from statistics import mean

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from quizzes.models import Blueprint
from quizzes.queries.sample_papers import SamplePapers, sample_papers
from quizzes.rules.drawing import ImpossibleBlueprint


class Command(BaseCommand):
    help = "Draw papers of a blueprint without assigning them: how hard, how alike, and what they use of the bank."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the blueprint, e.g. rules-exam")
        parser.add_argument("--count", type=int, default=10, help="how many papers (default 10)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same papers (default 1)")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, slug: str, count: int, seed: int, **options):
        if count < 1:
            raise CommandError(_("--count 至少是 1"))
        blueprint = Blueprint.objects.filter(slug=slug).first()
        if blueprint is None:
            there = _("、").join(Blueprint.objects.values_list("slug", flat=True))
            raise CommandError(_("没有叫“%(slug)s”的组卷蓝图，有的是：%(there)s") % {"slug": slug, "there": there})
        try:
            found = sample_papers(blueprint, count=count, seed=seed)
        except ImpossibleBlueprint as error:
            lacks = [
                _("“%(title)s”还差 %(lacking)d 道") % {"title": s.title, "lacking": s.lacking} for s in error.shortages
            ]
            raise CommandError(_("题库不够抽：%s") % "；".join(lacks)) from error
        report = _report(blueprint, found, count, seed)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self._tell(report)

    def _tell(self, report):
        say = self.stdout.write
        say(_("%(title)s：抽了 %(count)d 份，种子 %(seed)d") % report)
        for section in report["sections"]:
            say("  " + _("%(title)s：%(count)d 题 × %(marks)s 分，可抽 %(pool)d 道") % section)
        say(_("预期得分 %(min).2f–%(max).2f，目标 %(target).2f") % report["expected"])
        shares = {name: 100 * share for name, share in report["overlap"].items()}
        say(_("两份卷相同的题：平均 %(mean).1f%%，最多 %(max).1f%%") % shares)
        say(_("用到 %(distinct)d / %(bank)d 道题，同一道最多出现在 %(most)d 份里") % report["exposure"])


def _report(blueprint: Blueprint, found: SamplePapers, count: int, seed: int) -> dict:
    scores = [paper.expected for paper in found.papers]
    return {
        "blueprint": blueprint.slug,
        "title": str(blueprint),
        "count": count,
        "seed": seed,
        "sections": [
            {"title": section.title, "count": section.count, "marks": str(section.marks), "pool": pool}
            for section, pool in zip(found.sections, found.pools, strict=True)
        ],
        "expected": {
            "target": found.papers[0].target, "min": min(scores), "mean": mean(scores), "max": max(scores),
        },
        "overlap": {"mean": found.mean_overlap, "max": max(found.overlaps, default=0.0)},
        "exposure": {"distinct": found.exposure.distinct, "most": found.exposure.most, "bank": found.bank},
        "papers": [
            {"expected": paper.expected, "questions": [found.slugs[item.candidate.id] for item in paper.items]}
            for paper in found.papers
        ],
    }  # fmt: skip
