"""A sample paper of a blueprint as it is printed."""

from random import Random

from django.utils.translation import gettext as _

from quizzes.formats.printing import Paper, Part, printed
from quizzes.models import Blueprint
from quizzes.queries.blueprints import Sample, SampleItem


def printed_paper(blueprint: Blueprint, sample: Sample) -> Paper:
    """The paper of that seed; printed again it is the same, options in the same order."""
    questions = sum(len(items) for _section, items in sample.parts)
    note = _("共 %(questions)d 题，时间 %(minutes)d 分钟，%(mark)s 分及格") % {
        "questions": questions,
        "minutes": blueprint.minutes,
        "mark": f"{blueprint.pass_mark.normalize():f}",
    }
    parts = tuple(
        Part(str(section), section.marks, tuple(_printed(item, sample.seed) for item in items))
        for section, items in sample.parts
    )
    return Paper(str(blueprint), note, f"{blueprint} · {sample.seed}", parts)


def _printed(item: SampleItem, seed: int):
    version = item.version
    rng = Random(f"{seed}:{version.pk}")  # noqa: S311 - must come out the same again
    return printed(version.parsed(), version.stem, explanation=version.explanation, rng=rng)
