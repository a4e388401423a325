"""What people are told, in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trainer.models import Notice
from trainer.models.course_labels import COURSE_LABELS
from trainer.queries.decision_texts import DECISION_TEXTS
from trainer.rules.course_words import ChannelKind

TEXTS = {
    "certificate_issued": _("你拿到了证书：%(title)s。"),
    "certificate_suspended": _("证书“%(title)s”暂停了：%(reason)s"),
    "certificate_reinstated": _("证书“%(title)s”恢复了。"),
    "certificate_revoked": _("证书“%(title)s”被吊销了：%(reason)s"),
    "reminded": _("%(by)s 提醒你：%(text)s"),
    "interview_final": _("%(rater)s 交了你的电话面试评分，去看看结果和评语。"),
    "review_soon": _("《%(lesson)s》要在 %(day)s 前复核。"),
    "review_due": _("《%(lesson)s》的复核期限 %(day)s 到了，请核对以后出新版，或者改期限。"),
    "recheck_assigned": _("《%(lesson)s》的规则变了：%(note)s 请在 %(day)s 前做一次简短的复查。"),
    "recheck_failed_twice": _("%(person)s 的复查两次没有全对：《%(lesson)s》。找 %(person)s 讲一讲，再考就有把握。"),
    "change_applied": _("《%(lesson)s》第 %(number)d 版从 %(day)s 起生效，试题已经换好，复查已布置给 %(people)d 人。"),
    "course_assigned": _("派给你一门课：“%(course)s”，%(day)s 下班前学完。"),
    "course_excused": _("“%(course)s”不用学了：%(reason)s"),
    "course_withdrawn": _("“%(course)s”撤回了：%(reason)s"),
    "course_moved": _("“%(course)s”的期限顺延到 %(day)s：原来那天你休息。"),
    "course_soon": _("“%(course)s”%(day)s 下班前要学完，还差 %(left)d 个单元。"),
    "course_overdue": _("“%(course)s”过了期限（%(day)s），还差 %(left)d 个单元。先做下一个就好，有难处告诉主管。"),
    "proposal_to_script": _("%(by)s 采纳了你在《%(lesson)s》里写的话术，已经建成草稿，上线前还要审一遍。谢谢你。"),
    "proposal_to_correction": _("%(by)s 采纳了你对《%(lesson)s》的更正，已经转给写课程的人。谢谢你。"),
    "proposal_declined": _("你对《%(lesson)s》的建议这次没有采纳。%(by)s 说：%(reason)s"),
    "channel_failing": _("“%(team)s”的%(robot)s群机器人连续 %(count)d 次没有发出去，请核对地址和密钥。"),
    "rules_ended": _("%(day)s 有知识点到期或换版，%(questions)d 道手写题转为待审核，请去看看。"),
    **DECISION_TEXTS,
}


@dataclass(frozen=True)
class Told:
    """A notice with its text in the reader's language."""

    notice: Notice
    text: str


def notices_of(person) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person)


def reminded_on(people: Collection[int], day: date) -> set[int]:
    """Those of these people (ids) whom somebody reminded of something by hand on that day."""
    rows = Notice.objects.filter(code="reminded", person__in=people, created_at__date=day)
    return set(rows.values_list("person", flat=True))


def in_words(notices) -> list[Told]:
    return [Told(notice, text_of(notice)) for notice in notices]


def text_of(notice: Notice) -> str:
    """What the notice says; a code that no release knows any more gives an empty text."""
    params = {name: _shown(name, value) for name, value in notice.params.items()}
    if "course_en" in params and get_language() == "en":
        params["course"] = params["course_en"] or params["course"]
    if notice.code == "courses_overdue":
        return _overdue(params)
    if notice.code == "gate_soon":
        return _gate(params)
    text = TEXTS.get(notice.code)
    return str(text) % params if text else ""


def _overdue(params: dict) -> str:
    named = gettext("、").join(params["names"])
    if params["count"] > len(params["names"]):
        named = gettext("%(names)s等") % {"names": named}
    text = ngettext(
        "%(count)d 人的课过了期限：%(names)s。看看卡在哪里，能不能帮一把。",
        "%(count)d 人的课过了期限：%(names)s。看看卡在哪里，能不能帮一把。",
        params["count"],
    )
    return text % {**params, "names": named}


def _gate(params: dict) -> str:
    named = gettext("、").join(params["names"])
    more = params["count"] - len(params["names"])
    if more > 0:
        named = gettext("%(names)s等") % {"names": named}
    text = ngettext(
        "“%(product)s”%(day)s 上架，还有 %(count)d 人没通过考核：%(names)s。",
        "“%(product)s”%(day)s 上架，还有 %(count)d 人没通过考核：%(names)s。",
        params["count"],
    )
    return text % {**params, "names": named}


def _shown(name: str, value):
    if name == "robot":
        return COURSE_LABELS[ChannelKind(value)]
    day = parse_date(value) if name == "day" and isinstance(value, str) else None
    return date_format(day) if day else value
