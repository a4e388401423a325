"""What the pages call the training house's own words; the engine's are in ``quizzes.models.labels``."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from trainer.rules.vocabulary import (
    ChangeKind,
    EmploymentState,
    LessonKind,
    ProductState,
    RecheckState,
    RequirementKind,
)

LABELS = {
    LessonKind.PLATFORM_RULE: _("平台规则"),
    LessonKind.PLAYBOOK: _("售后流程"),
    LessonKind.CUSTOMER_TYPE: _("顾客类型"),
    LessonKind.CASE: _("情景案例"),
    LessonKind.SCRIPT: _("话术"),
    LessonKind.PRODUCT: _("商品"),
    LessonKind.METRIC: _("指标"),
    LessonKind.DUTY: _("岗位职责"),
    EmploymentState.PROBATION: _("试用期"),
    EmploymentState.CONFIRMED_EARLY: _("提前转正"),
    EmploymentState.CONFIRMED: _("已转正"),
    EmploymentState.EXTENDED: _("延长试用"),
    EmploymentState.LEFT: _("已离职"),
    RequirementKind.EXAM_SCORE: _("考试成绩"),
    RequirementKind.LESSONS_DONE: _("必修课程"),
    RequirementKind.DAYS_IN_POST: _("在岗天数"),
    ChangeKind.CORRECTION: _("更正，不用复查"),
    ChangeKind.RULE: _("规则变了，要复查"),
    RecheckState.OPEN: _("待复查"),
    RecheckState.PASSED: _("复查通过"),
    RecheckState.EXCUSED: _("免复查"),
    ProductState.ACTIVE: _("在售或待上架"),
    ProductState.WITHDRAWN: _("已下架"),
}

ROLE_LABELS = {"trainee": _("学员"), "supervisor": _("主管"), "admin": _("管理员")}  # by the name of the group


def choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    return [(word.value, LABELS[word]) for word in words]
