"""What the pages call the training house's own words; the engine's are in ``quizzes.models.labels``."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from trainer.rules.api_scopes import Scope
from trainer.rules.decisions import Contract, DecisionAppealState, DecisionKind, DecisionState, Second
from trainer.rules.loads import Decision, Difference, EntryKind, FileState, LoadKind, LoadState
from trainer.rules.scripts import Category, Situation
from trainer.rules.vocabulary import (
    ChangeKind,
    EmploymentState,
    Figure,
    LessonKind,
    LineState,
    Method,
    Part,
    ProductState,
    RecheckState,
    RequirementKind,
    SheetState,
    Tier,
    Verdict,
)
from trainer.rules.webhooks import DeliveryState, Event

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
    EmploymentState.REFUSED: _("不予转正"),
    EmploymentState.LEFT: _("已离职"),
    ChangeKind.CORRECTION: _("更正，不用复查"),
    ChangeKind.RULE: _("规则变了，要复查"),
    RecheckState.OPEN: _("待复查"),
    RecheckState.PASSED: _("复查通过"),
    RecheckState.EXCUSED: _("免复查"),
    ProductState.ACTIVE: _("在售或待上架"),
    ProductState.WITHDRAWN: _("已下架"),
    Method.EXAM: _("书面考核"),
    Method.ROLEPLAY: _("情景对练"),
    Method.INTERVIEW: _("电话面试"),
    Method.PERFORMANCE: _("绩效"),
    Figure.FIRST_REPLY: _("首次响应"),
    Figure.AVERAGE_REPLY: _("平均响应"),
    Figure.CONVERSION: _("询单转化率"),
    Figure.SATISFACTION: _("满意度"),
    Figure.REFUND_RATE: _("退款率"),
    Figure.COMPLAINT_RATE: _("投诉率"),
    Tier.EXCELLENT: _("优秀"),
    Tier.GOOD: _("达标"),
    Tier.FAIR: _("要改进"),
    Tier.POOR: _("不达标"),
}

SHEET_LABELS = {
    SheetState.PREVIEWED: _("待确认"),
    SheetState.CONFIRMED: _("已导入"),
    SheetState.ROLLED_BACK: _("已撤回"),
    LineState.NEW: _("新的"),
    LineState.CHANGED: _("有变化"),
    LineState.SAME: _("没变"),
    LineState.PROBLEM: _("有问题"),
}

# Apart, too: a script's category "product" is another word than a lesson's.
SCRIPT_LABELS = {
    Category.GREETING: _("问候"),
    Category.BUSY: _("忙碌与离开"),
    Category.PRODUCT: _("商品问答"),
    Category.STOCK: _("缺货与替代"),
    Category.PRICE: _("价格与优惠"),
    Category.PAYMENT: _("付款"),
    Category.LOGISTICS: _("物流"),
    Category.RETURNS: _("退换与退款"),
    Category.GUARANTEE: _("保障"),
    Category.CALMING: _("安抚与道歉"),
    Category.REVIEWS: _("评价"),
    Category.SAFETY: _("守规矩"),
    Category.GOODBYE: _("道别"),
    Situation.OPENING: _("开场"),
    Situation.PRESALE: _("售前"),
    Situation.NUDGE: _("催付"),
    Situation.AFTERSALE: _("售后"),
    Situation.COMPLAINT: _("投诉"),
    Situation.CLOSING: _("收尾"),
}

# Apart from the others: words are equal by their value, and a load is "confirmed" in another sense than a person.
LOAD_LABELS = {
    LoadKind.AUTO: _("自动判断"),
    LoadKind.QUESTIONS: _("试题"),
    LoadKind.DOCUMENT: _("课程文档"),
    LoadKind.PRODUCTS: _("商品表"),
    LoadKind.SCENARIOS: _("对练情景"),
    LoadState.READING: _("正在读"),
    LoadState.PREVIEWED: _("待确认"),
    LoadState.CONFIRMED: _("草稿已入库"),
    LoadState.SCHEDULED: _("定时发布"),
    LoadState.PUBLISHED: _("已发布"),
    LoadState.ROLLED_BACK: _("已撤回"),
    LoadState.FAILED: _("读不出来"),
    FileState.WAITING: _("排队"),
    FileState.READING: _("正在读"),
    FileState.READ: _("读完了"),
    FileState.FAILED: _("读不出来"),
    EntryKind.QUESTION: _("试题"),
    EntryKind.HELD: _("拿不准"),
    EntryKind.LESSON: _("课程"),
    EntryKind.PRODUCT: _("商品"),
    EntryKind.SCENARIO: _("情景"),
    EntryKind.REMOVED: _("去掉的行"),
    Difference.NEW: _("新的"),
    Difference.SAME: _("题库里已有"),
    Difference.CHANGED: _("题库里有，答案或讲解不同"),
    Difference.DUPLICATE: _("这批里重复"),
    Difference.NEAR: _("和题库里的很像"),
    Decision.OPEN: _("待决定"),
    Decision.TAKE: _("导入"),
    Decision.SKIP: _("不导入"),
}

WEBHOOK_LABELS = {
    DeliveryState.PENDING: _("等待发送"),
    DeliveryState.SENT: _("已送到"),
    DeliveryState.DEAD: _("不再重试"),
}
EVENT_LABELS = {
    Event.ATTEMPT_MARKED: _("考试出分"),
    Event.SESSION_ENDED: _("对练结束"),
    Event.ASSIGNMENT_CREATED: _("派课"),
    Event.ASSIGNMENT_ENDED: _("派课免修或撤回"),
    Event.ASSIGNMENT_OVERDUE: _("派课逾期"),
    Event.DECISION_MADE: _("转正结论生效"),
    Event.CERTIFICATE_ISSUED: _("颁发了证书"),
    Event.CERTIFICATE_CHANGED: _("证书暂停、恢复或吊销"),
    Event.PING: _("试发"),
}

DECISION_LABELS = {
    DecisionKind.EARLY: _("提前转正"),
    DecisionKind.ON_TIME: _("按期转正"),
    DecisionKind.EXTEND: _("延长试用"),
    DecisionKind.REFUSE: _("不予转正"),
    DecisionState.PENDING: _("待复签"),
    DecisionState.FINAL: _("已生效"),
    DecisionState.RETURNED: _("已退回"),
    DecisionState.WITHDRAWN: _("已撤回"),
    DecisionAppealState.OPEN: _("申诉处理中"),
    DecisionAppealState.UPHELD: _("维持原结论"),
    DecisionAppealState.OVERTURNED: _("已改结论"),
    Contract.UNDER_ONE_YEAR: _("不满一年"),
    Contract.UNDER_THREE_YEARS: _("一年以上，不满三年"),
    Contract.LONGER: _("三年以上，或无固定期限"),
    Second.NOT_NEEDED: _("不需要"),
    Second.ONLY_MARKER: _("评分的只有决定人一个"),
    Second.SETTING: _("本站要求两人签"),
}

SCOPE_LABELS = {
    Scope.PEOPLE_READ: _("看人员"),
    Scope.PEOPLE_WRITE: _("新建和停用人员"),
    Scope.TEAMS_READ: _("看小组"),
    Scope.ASSIGNMENTS_READ: _("看派课和进度"),
    Scope.ASSIGNMENTS_WRITE: _("派课"),
    Scope.RESULTS_READ: _("看考试和对练成绩"),
    Scope.STANDINGS_READ: _("看转正进度"),
    Scope.DECISIONS_READ: _("看转正结论"),
}

# By the id of the provider, see ``trainer.sso.configured``.
SIGN_IN_LABELS = {"oidc": _("公司账号"), "wecom": _("企业微信"), "dingtalk": _("钉钉"), "feishu": _("飞书")}

# What a plan asks for: apart, for an interview is one thing here and another in the scheme.
PLAN_LABELS = {
    RequirementKind.EXAM_SCORE: _("考试成绩"),
    RequirementKind.ROLEPLAY: _("顾客对练"),
    RequirementKind.LESSONS_DONE: _("必修课程"),
    RequirementKind.COURSE_DONE: _("完成课程"),
    RequirementKind.TYPING: _("打字速度"),
    RequirementKind.PRODUCT_GATES: _("上架考核"),
    RequirementKind.INTERVIEW: _("电话面试"),
    RequirementKind.PERFORMANCE: _("绩效"),
    RequirementKind.DAYS_IN_POST: _("在岗天数"),
    RequirementKind.OBSERVATION: _("现场观察"),
    Part.THEORY: _("理论"),
    Part.PRACTICE: _("实操"),
    Part.NEITHER: _("两边都不算"),
    Verdict.READY: _("可以独立接待"),
    Verdict.ALMOST: _("再带一带就行"),
    Verdict.NOT_YET: _("还要继续带"),
}

ROLE_LABELS = {"trainee": _("学员"), "supervisor": _("主管"), "admin": _("管理员")}  # by the name of the group


def choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    return [(word.value, LABELS[word]) for word in words]


def load_choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    return [(word.value, LOAD_LABELS[word]) for word in words]


def sheet_choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    return [(word.value, SHEET_LABELS[word]) for word in words]


def script_choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    return [(word.value, SCRIPT_LABELS[word]) for word in words]


def decision_choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    return [(word.value, DECISION_LABELS[word]) for word in words]


def plan_choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    return [(word.value, PLAN_LABELS[word]) for word in words]


CERTIFICATE_LABELS = {
    "confirmation": _("转正"),
    "platform": _("平台"),
    "product": _("商品"),
    "valid": _("有效"),
    "suspended": _("暂停"),
    "revoked": _("吊销"),
    "issued": _("颁发"),
    "reinstated": _("恢复"),
}


def certificate_choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    return [(word.value, CERTIFICATE_LABELS[word]) for word in words]
