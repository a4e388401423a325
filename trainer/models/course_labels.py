"""What the pages call the words of courses, rosters, reminders and attendance.

Apart from ``trainer.models.labels``: words are equal by their value, and some values are used in both.
"""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from trainer.rules.course_words import (
    AssignmentState,
    Cadence,
    ChannelKind,
    CourseRole,
    CourseState,
    DayKind,
    DeliveryOutcome,
    Presence,
    UnitKind,
)

COURSE_LABELS = {
    CourseRole.PRE_SALES: _("售前"),
    CourseRole.AFTER_SALES: _("售后"),
    CourseRole.BOTH: _("售前和售后"),
    CourseState.DRAFT: _("草稿"),
    CourseState.OPEN: _("可派"),
    CourseState.CLOSED: _("不再派"),
    UnitKind.LESSON: _("课程内容"),
    UnitKind.EXAM: _("考试"),
    UnitKind.PRACTICE: _("主题练习"),
    UnitKind.SCENARIO: _("对练"),
    UnitKind.TYPING: _("打字"),
    UnitKind.SORTING: _("工单分类"),
    UnitKind.GATE: _("上架考核"),
    AssignmentState.GIVEN: _("已派"),
    AssignmentState.EXCUSED: _("免修"),
    AssignmentState.WITHDRAWN: _("已撤回"),
    AssignmentState.REPLACED: _("已重派"),
    Cadence.MONTHLY: _("每月"),
    Cadence.CAMPAIGN: _("活动期间"),
    DayKind.REST: _("休息"),
    DayKind.WORK: _("上班"),
    ChannelKind.WECOM: _("企业微信"),
    ChannelKind.DINGTALK: _("钉钉"),
    ChannelKind.FEISHU: _("飞书"),
    DeliveryOutcome.SENT: _("已发出"),
    DeliveryOutcome.FAILED: _("没发出去"),
    Presence.PRESENT: _("到了"),
    Presence.LATE: _("迟到"),
    Presence.ABSENT: _("没来"),
}

# How an assignment stands: see ``queries.courses.CourseLine.state``.
STANDING_LABELS = {
    "done": _("学完了"),
    "overdue": _("过了期限"),
    "soon": _("快到期"),
    "open": _("在学"),
    "excused": _("免修"),
    "withdrawn": _("已撤回"),
    "replaced": _("已重派"),
}


def course_choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    return [(word.value, COURSE_LABELS[word]) for word in words]
