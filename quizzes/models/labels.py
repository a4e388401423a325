"""What the pages call the words of ``rules.vocabulary``."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

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
}


def choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    """Django choices for one closed set of words."""
    return [(word.value, LABELS[word]) for word in words]
