"""What the pages call the words of ``rules.vocabulary``."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.dialogue.mood import Mood
from quizzes.rules.dialogue.scenario import Critical, Dimension, EndingKind, Stage
from quizzes.rules.dialogue.scoring import Outcome
from quizzes.rules.replies.clauses import Scope
from quizzes.rules.replies.patterns import Means, Where
from quizzes.rules.sorting import TicketClass, Urgency
from quizzes.rules.typing import Doubt
from quizzes.rules.vocabulary import Feedback, Flag, Kind, MarkingRule, Mode, Origin, Platform, QuestionState

LABELS = {
    Kind.SINGLE: _("单选题"),
    Kind.MULTIPLE: _("多选题"),
    Kind.TRUE_FALSE: _("判断题"),
    Kind.FILL: _("填空题"),
    Kind.NUMERIC: _("数值题"),
    Kind.MATCHING: _("配对题"),
    Kind.ORDERING: _("排序题"),
    Kind.CLOZE: _("选词填空"),
    Kind.FREE_TEXT: _("简答题"),
    MarkingRule.ALL_OR_NOTHING: _("全对才得分"),
    MarkingRule.NET: _("对一个加、错一个减，不低于 0"),
    MarkingRule.PER_PART: _("每空（每对）分别给分"),
    MarkingRule.ADJACENT: _("相邻两步次序对就得分"),
    MarkingRule.RUBRIC: _("按评分点给分"),
    Platform.ALL: _("全平台"),
    Platform.TMALL: _("天猫"),
    Platform.TAOBAO: _("淘宝"),
    Platform.DOUYIN: _("抖音"),
    Platform.VIP: _("唯品会"),
    QuestionState.DRAFT: _("草稿"),
    QuestionState.REVIEW: _("待审核"),
    QuestionState.LIVE: _("已上线"),
    QuestionState.RETIRED: _("已停用"),
    Origin.HANDWRITTEN: _("手写"),
    Origin.GENERATED: _("由知识点生成"),
    Flag.CURRENT: _("现行"),
    Flag.SHOP_POLICY: _("本店规定"),
    Flag.VERIFY: _("以平台现行规则为准"),
    Flag.COUNTER_EXAMPLE: _("反面例子"),
    Flag.OUTDATED: _("已过时"),
    Mode.PRACTICE: _("练习"),
    Mode.EXAM: _("考试"),
    Feedback.AFTER_SUBMISSION: _("交卷后就能看解析"),
    Feedback.AFTER_PASS_OR_LAST_ATTEMPT: _("通过后或用完次数后能看解析"),
    Feedback.MARKS_ONLY: _("只公布得分"),
    Stage.PRESALE: _("售前"),
    Stage.AFTERSALE: _("售后"),
    Stage.COMPLAINT: _("投诉"),
    Mood.CALM: _("平静"),
    Mood.UNEASY: _("有点急"),
    Mood.ANNOYED: _("不耐烦"),
    Mood.ANGRY: _("很生气"),
    EndingKind.SOLVED_SATISFIED: _("解决了，满意"),
    EndingKind.SOLVED_SOUR: _("解决了，不痛快"),
    EndingKind.HANDED_OVER: _("转交给了该管的人"),
    EndingKind.LOST_SALE: _("丢了单"),
    EndingKind.BAD_REVIEW: _("差评"),
    EndingKind.COMPLAINT: _("投诉"),
    EndingKind.WRONG_MONEY: _("赔错了、答应错了"),
    Dimension.ATTITUDE: _("服务态度"),
    Dimension.COMMUNICATION: _("沟通"),
    Dimension.KNOWLEDGE: _("业务知识"),
    Dimension.PROBLEM_SOLVING: _("解决问题"),
    Dimension.FEEDBACK: _("反馈跟进"),
    Dimension.EFFICIENCY: _("效率"),
    Dimension.TEAMWORK: _("团队协作"),
    Critical.OFFLINE_PAYMENT: _("引导站外交易"),
    Critical.PAID_PRAISE: _("利诱好评"),
    Critical.DATA_LEAK: _("泄露信息"),
    Critical.ABUSE: _("辱骂或威胁"),
    Critical.BEYOND_AUTHORITY: _("越权承诺"),
    Critical.UNVERIFIED_ORDER: _("没核实就办"),
    Critical.DENIED_RIGHT: _("否认应有权利"),
    Outcome.PASSED: _("通过"),
    Outcome.CRITICAL: _("犯了致命项"),
    Outcome.POLITE_UNSOLVED: _("客气，但没解决"),
    Outcome.UNSOLVED: _("没有解决"),
    Outcome.BELOW: _("解决了，分数不够"),
    Doubt.UNFINISHED: _("没有打完就结束了"),
    Doubt.NO_KEYS: _("文字不是在页面里一个个打出来的"),
    Doubt.BURST: _("一次进来了一大段文字"),
    Doubt.TOO_FAST: _("快得不像手打的"),
    TicketClass.LOGISTICS: _("物流"),
    TicketClass.PAYMENT: _("支付/退款"),
    TicketClass.PRODUCT: pgettext_lazy("ticket", "商品"),
    TicketClass.PROMOTION: _("优惠/促销"),
    Urgency.BOTH: _("重要且紧急"),
    Urgency.URGENT: _("紧急不重要"),
    Urgency.IMPORTANT: _("重要不紧急"),
    Urgency.NEITHER: _("不重要不紧急"),
}

CHECK_LABELS = {  # what the codebook of replies calls its checks
    "greets": _("问候"),
    "empathises": _("共情或致歉"),
    "respectful": _("称呼与语气得体"),
    "asks_order": _("核对订单"),
    "asks_evidence": _("请顾客举证"),
    "offers_options": _("给出选择"),
    "seeks_consent": _("征求意见"),
    "gives_time": _("给出时限"),
    "closes_politely": _("礼貌收尾"),
    "review_inducement": _("利诱好评"),
    "offline_payment": _("引导站外交易或联系"),
    "privacy_leak": _("泄露信息"),
    "refuses_flatly": _("生硬拒绝"),
    "blames_customer": _("指责顾客"),
    "shirks": _("推诿"),
    "uncivil": _("辱骂或威胁"),
    "overpromises": _("过度承诺"),
    "denies_right": _("否认应有权利"),
    "misleads_reason": _("误导操作"),
    "perfunctory": _("敷衍"),
}

PATTERN_LABELS = {  # what the pages call the words of pattern files
    Means.SHOWS: _("说明有"),
    Means.CLEARS: _("说明没有"),
    Means.CUE: _("只是线索"),
    Where.REPLY: _("客服的回复"),
    Where.CUSTOMER: _("顾客的话"),
    Where.FACTS: _("订单情况"),
    Scope.NEGATED: _("前面有否定（不能加微信）"),
    Scope.DENIED: _("后面有否定（微信加不了）"),
    Scope.QUOTED: _("在引号里"),
    Scope.CONDITION: _("在假设里（如果……的话）"),
    Scope.REPORTED: _("转述别人的话"),
    Scope.WARNED: _("在提醒、警告里"),
    Scope.QUESTION: _("在问句里"),
}


TALK_LEVELS = [(Level.PRACTICE.value, _("练习")), (Level.EXAM.value, _("考核")), (Level.SEVERAL.value, _("同时接待"))]


def choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    """Django choices for one closed set of words."""
    return [(word.value, LABELS[word]) for word in words]
