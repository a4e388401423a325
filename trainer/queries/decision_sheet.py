"""The list of decisions as a table to take away."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.models import Decision, DecisionAppeal, Employment
from trainer.queries.decision_list import DecisionList, Show


def table_of(found: DecisionList) -> tuple[list[str], Iterator[list[Any]]]:
    """The head, and one line for each row of the list."""
    if found.wanted.show in (Show.READY, Show.ENDING):
        return _due_head(), _due(found)
    if found.wanted.show is Show.APPEALS:
        return _appeal_head(), _appeals(found.rows())
    return _decision_head(), _decisions(found.rows())


def _due_head() -> list[str]:
    return [_("姓名"), _("小组"), _("入职日期"), _("试用期截止"), _("剩余天数"), _("总进度（%）"), _("合同期限")]


def _due(found: DecisionList) -> Iterator[list[Any]]:
    rows: Iterable[Employment] = found.rows()
    for due in found.due(rows):
        employment = due.employment
        yield [
            str(employment.user),
            str(employment.team or ""),
            employment.hired_on,
            employment.probation_ends_on,
            due.days_left,
            due.percent,
            str(employment.get_contract_display()),
        ]


def _decision_head() -> list[str]:
    return [
        _("姓名"), _("小组"), _("结论"), _("状态"), _("延长到"), _("决定人"), _("决定时间"), _("复签人"), _("生效日期"),
        _("理由"), _("申诉"), _("材料摘要"),
    ]  # fmt: skip


def _decisions(rows: Iterable[Decision]) -> Iterator[list[Any]]:
    for row in rows:
        appeal = getattr(row, "appeal", None)
        yield [
            str(row.employment.user),
            str(row.team or ""),
            str(row.get_kind_display()),
            _("已被取代") if row.superseded else str(row.get_state_display()),
            row.until,
            str(row.by),
            timezone.localtime(row.at),
            str(row.countersigned_by or ""),
            row.effective_on,
            row.reasons,
            appeal and str(appeal.get_state_display()),
            row.digest,
        ]


def _appeal_head() -> list[str]:
    return [_("姓名"), _("小组"), _("结论"), _("决定人"), _("申诉理由"), _("提出时间"), _("答复期限")]


def _appeals(rows: Iterable[DecisionAppeal]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            str(row.decision.employment.user),
            str(row.decision.employment.team or ""),
            str(row.decision.get_kind_display()),
            str(row.decision.by),
            row.reason,
            timezone.localtime(row.filed_at),
            row.answer_until,
        ]
