"""Which scripts are judged otherwise with another pattern library: asked by the engine before a pattern is saved."""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.models.labels import CHECK_LABELS
from quizzes.rules.replies.effect import Touches
from quizzes.rules.replies.judging import judge
from quizzes.rules.replies.shop import Library
from trainer.models import Script
from trainer.rules.scripts import Verdict, judge_wording


@dataclass(frozen=True)
class ScriptChange:
    title: str
    url: str
    says: str


def scripts_judged_otherwise(touches: Touches, before: Library, after: Library) -> list[ScriptChange]:
    """The live scripts of which the judge would say something else. One query."""
    found = []
    for script in Script.objects.live().order_by("position", "slug"):
        if not touches(script.good) and not touches(script.bad):
            continue
        wording = script.wording()
        old, new = (judge_wording(wording, partial(judge, library=library)) for library in (before, after))
        if _told(old) != _told(new):
            found.append(ScriptChange(script.title, reverse("trainer:script", args=[script.slug]), _told(new)))
    return found


def _told(verdict: Verdict) -> str:
    """What the judge says of a script, in a sentence."""
    if verdict.refused:
        return _("正面例子判有：%(checks)s") % {"checks": _checks(verdict.refused)}
    if verdict.praised:
        return _("反面例子看不出错在哪里")
    if verdict.unsure:
        return _("正面例子拿不准：%(checks)s") % {"checks": _checks(verdict.unsure)}
    return _("没有问题")


def _checks(found) -> str:
    return _("、").join(str(CHECK_LABELS[one.check]) for one in found)
