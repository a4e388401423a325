"""What has changed from one packet to another, in words."""

from collections.abc import Iterable

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from trainer.queries.packet_words import (
    Names,
    doubt_words,
    figure_words,
    plan_words,
    recheck_words,
    short,
    titled,
)
from trainer.rules.packet import Change, ChangeCode


def change_words(changed: Iterable[Change], names: Names) -> list[str]:
    return [_said(change, names) for change in changed]


def _said(change: Change, names: Names) -> str:
    about = titled(change.requirement) if change.requirement else ""
    match change.code:
        case ChangeCode.PLAN:
            return gettext("转正方案从“%(before)s”换成“%(after)s”") % _pair(
                plan_words(change.before) or gettext("没有方案"), plan_words(change.after) or gettext("没有方案")
            )
        case ChangeCode.PROBATION:
            return gettext("试用期截止从 %(before)s 改到 %(after)s") % _pair(_day(change.before), _day(change.after))
        case ChangeCode.TEAM:
            return gettext("换了小组：主管从%(before)s变成%(after)s") % _pair(
                names.of(change.before) or gettext("没有"), names.of(change.after) or gettext("没有")
            )
        case ChangeCode.ADDED:
            return gettext("新增要求：%(title)s") % {"title": about}
        case ChangeCode.DROPPED:
            return gettext("不再要求：%(title)s") % {"title": about}
        case ChangeCode.STATE:
            return gettext("%(title)s：从“%(before)s”变成“%(after)s”") % {
                "title": about,
                **_pair(_state(change.before), _state(change.after)),
            }
        case ChangeCode.VALUE:
            return gettext("%(title)s：%(before)s → %(after)s") % {
                "title": about,
                **_pair(figure_words(change.before), figure_words(change.after)),
            }
        case ChangeCode.RECHECK:
            return recheck_words(change.evidence or {})
        case ChangeCode.RECHECK_DONE:
            return gettext("《%(title)s》的复查做完了") % {"title": titled(change.evidence or {})}
        case ChangeCode.STATEMENT:
            if change.after is None:
                return gettext("本人收回了自述")
            return gettext("本人改了自述") if change.before else gettext("本人写了自述")
    return _evidence(change, about)


def _evidence(change: Change, about: str) -> str:
    one = change.evidence or {}
    name = titled(one) or about
    if change.code is ChangeCode.EVIDENCE:
        return gettext("%(title)s：新增 %(name)s") % {"title": about, "name": _with_score(name, change.after)}
    if change.code is ChangeCode.GONE:
        return gettext("%(title)s：%(name)s 不再算数") % {"title": about, "name": _with_score(name, change.before)}
    if change.before != change.after:
        return gettext("%(name)s 的分数变了：%(before)s → %(after)s") % {
            "name": name,
            **_pair(short(change.before) or gettext("待批改"), short(change.after) or gettext("待批改")),
        }
    if one.get("unsettled"):
        return gettext("%(name)s 依据的规则变了或还在复核") % {"name": name}
    return gettext("%(name)s 的记录有改动，分数没变") % {"name": name}


def _with_score(name: str, value: str | None) -> str:
    return f"{name} {short(value)}" if value and value[0].isdigit() else name


def _state(requirement) -> str:
    words = {
        "met": pgettext("requirement", "已达成"),
        "near": pgettext("requirement", "快到了"),
        "missing": pgettext("requirement", "未达成"),
    }
    doubt = doubt_words(requirement)
    said = words[requirement["state"]]
    return gettext("%(state)s（%(doubt)s）") % {"state": said, "doubt": doubt} if doubt else said


def _day(text: str | None) -> str:
    day = parse_date(text or "")
    return date_format(day) if day else ""


def _pair(before: str, after: str) -> dict[str, str]:
    return {"before": before, "after": after}
