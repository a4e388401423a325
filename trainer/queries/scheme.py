"""Which assessment scheme holds, and what is said of one that cannot hold."""

from django.utils.translation import gettext as _

from quizzes.models import labels as engine
from quizzes.rules.dialogue.scenario import Dimension
from trainer.models import SchemeVersion
from trainer.models.labels import LABELS
from trainer.rules.assessment import POINTS, Fault, SchemeProblem


def scheme_in_force() -> SchemeVersion | None:
    return SchemeVersion.objects.select_related("published_by").order_by("-number").first()


def scheme_problem_text(problem: SchemeProblem) -> str:
    """One sentence that names the dimension or the figure and says what to do."""
    labels = engine.LABELS if isinstance(problem.of, Dimension) else LABELS
    name = labels[problem.of] if problem.of else ""
    match problem.fault:
        case Fault.DIMENSIONS:
            return _("七个维度要各有一项，不能缺，也不能重复。")
        case Fault.SUM:
            return _("权重加起来要正好 100%%，现在是 %(sum)d%%。") % {"sum": problem.value}
        case Fault.WEIGHT:
            return _("“%(name)s”的权重至少 1%%。") % {"name": name}
        case Fault.METHOD:
            return _("“%(name)s”没有必需的考核办法，至少选一种。") % {"name": name}
        case Fault.TOPICS:
            return _("“%(name)s”要用书面考核，请选它看哪些主题的题。") % {"name": name}
        case Fault.FIGURES if problem.of:
            return _("“%(name)s”要用绩效，请选它看哪些指标。") % {"name": name}
        case Fault.FIGURES:
            return _("六项绩效指标要各有一项，不能缺，也不能重复。")
        case Fault.ANCHORS:
            return _("“%(name)s”的 1 到 %(points)d 分都要写清楚是什么样。") % {"name": name, "points": POINTS}
        case Fault.TIERS:
            return _("“%(name)s”的优秀、达标、要改进要从好到差，不能一样。") % {"name": name}
