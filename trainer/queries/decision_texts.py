"""What people are told about decisions, by the code of the notice."""

from django.utils.translation import gettext_lazy as _

DECISION_TEXTS = {
    # to the person it is about
    "decided_early": _("你提前转正了，从 %(day)s 起生效。理由和材料都可以看。"),
    "decided_on_time": _("你按期转正，从 %(day)s 起生效。理由和材料都可以看。"),
    "decided_extend": _("你的试用期延长到 %(day)s。请看理由；不同意可以申诉。"),
    "decided_refuse": _("你的转正结论出来了：不予转正。请看理由和材料；不同意可以申诉。"),
    "appeal_upheld": _("你的申诉有答复了：维持原结论。请看理由。"),
    "appeal_overturned": _("你的申诉有答复了：结论改了。请看新的结论。"),
    # to supervisors and admins
    "decided_early_of": _("%(person)s 提前转正，从 %(day)s 起生效。"),
    "decided_on_time_of": _("%(person)s 按期转正，从 %(day)s 起生效。"),
    "decided_extend_of": _("%(person)s 的试用期延长到 %(day)s。"),
    "decided_refuse_of": _("%(person)s 的结论是不予转正。"),
    "countersign": _("%(by)s 请你复签 %(person)s 的转正结论。"),
    "decision_returned": _("%(by)s 退回了 %(person)s 的转正结论：%(note)s"),
    "decision_appeal": _("%(person)s 对转正结论提出申诉，请在 %(day)s 前答复。"),
    "decision_appeal_closed": _("%(person)s 的申诉已由 %(by)s 答复。"),
    "probation_ends_in": _("%(person)s 的试用期 %(day)s 到期，还没有结论，请准备。"),
    "probation_ends_today": _("%(person)s 的试用期今天（%(day)s）到期，还没有结论，请今天定下来。"),
    "probation_over": _("%(person)s 的试用期 %(day)s 已经到期，我们没有按时给出结论，请马上补上。"),
    "person_joined": _("%(person)s 调到了你的小组，没做完的事也跟着过来。"),
}
