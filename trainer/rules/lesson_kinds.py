"""What a draft is about, by its words: the kind of lesson and the platforms. A guess, always with its reason."""

from collections.abc import Mapping

from quizzes.rules.text import fold
from quizzes.rules.vocabulary import Platform
from trainer.rules.vocabulary import LessonKind

# Words by kind and how strongly each speaks for it.
_WORDS: Mapping[LessonKind, Mapping[str, int]] = {
    LessonKind.CUSTOMER_TYPE: {
        "顾客类型": 4, "客户类型": 4, "买家类型": 4, "型客户": 4, "型顾客": 4, "型买家": 4, "难缠": 3, "威逼利诱": 3,
        "特征": 1, "对策": 1,
    },
    LessonKind.PLATFORM_RULE: {
        "平台规则": 4, "天猫规则": 4, "淘宝规则": 4, "抖音规则": 4, "售后管理制度": 3, "规则": 2, "处罚": 2, "扣分": 3,
        "违规": 2, "无理由": 2, "售后服务有哪些": 3, "退换货政策": 2, "不支持": 1, "假一赔": 2, "赔付": 2,
    },
    LessonKind.SCRIPT: {
        "话术": 4, "快捷短语": 4, "用语": 2, "开场白": 3, "欢迎语": 2, "回复模板": 4, "亲，您好": 2, "亲，": 1,
    },
    LessonKind.CASE: {"案例": 4, "经历": 4, "举例": 2, "情景": 3, "有一次": 2},
    LessonKind.METRIC: {
        "考核": 3, "指标": 3, "kpi": 4, "绩效": 3, "dsr": 2, "转化率": 2, "满意度": 1, "响应时间": 2, "评分": 1,
    },
    LessonKind.PRODUCT: {
        "产品知识": 3, "商品知识": 4, "尺码表": 4, "材质": 2, "sku": 3, "规格": 1, "成分": 2, "面料": 2, "保质期": 2,
    },
    LessonKind.DUTY: {
        "职责": 4, "岗位": 2, "任职": 3, "规章制度": 4, "管理制度": 3, "排班": 3, "请假": 2, "迟到": 2, "工作内容": 3,
        "奖惩": 3, "罚款": 2, "主管工作": 3, "上班": 1, "制度": 2, "工休": 3, "工作安排": 3, "执行表": 2, "素质": 2,
    },
    LessonKind.PLAYBOOK: {
        "流程": 4, "步骤": 3, "处理": 2, "怎么办": 2, "技巧": 3, "应对": 2, "接待": 2, "沟通": 2, "安抚": 2,
        "退换货": 1, "标准": 1, "规范": 2, "售后": 1,
    },
}
_TITLE_WEIGHT = 8
_MOST = 4  # times that one word counts in a body
_SAMPLE = 6_000  # characters of a body that are looked at

_PLATFORMS: Mapping[Platform, tuple[str, ...]] = {
    Platform.TMALL: ("天猫",),
    Platform.TAOBAO: ("淘宝",),
    Platform.DOUYIN: ("抖音", "抖店"),
    Platform.VIP: ("唯品会",),
}
_MENTIONS = 2  # a platform named only once in a long body may be an example


def guess_kind(title: str, body: str) -> tuple[LessonKind, str]:
    """The likeliest kind and the words that speak for it, in Chinese, for the person who decides."""
    named, text = fold(title), fold(body[:_SAMPLE])
    scores: dict[LessonKind, int] = {}
    reasons: dict[LessonKind, str] = {}
    for kind, words in _WORDS.items():
        in_title = {word: weight for word, weight in words.items() if fold(word) in named}
        counts = {word: min(text.count(fold(word)), _MOST) for word in words}
        scores[kind] = sum(in_title.values()) * _TITLE_WEIGHT + sum(words[word] * counts[word] for word in words)
        if in_title:
            reasons[kind] = f"标题里有“{max(in_title, key=lambda word: in_title[word])}”"
        else:
            loudest = max(words, key=lambda word: words[word] * counts[word])
            reasons[kind] = f"正文里有“{loudest}”{counts[loudest]} 处" if counts[loudest] else ""
    best = max(scores, key=lambda kind: scores[kind])
    if not scores[best]:
        return LessonKind.PLAYBOOK, "看不出类别，先归在售后流程，请确认"
    return best, reasons[best]


def guess_platforms(*texts: str) -> tuple[Platform, ...]:
    """The platforms that the first of ``texts`` names which names any, most telling first; ``ALL`` where none does.

    The first text is short (a title); in later ones a platform has to be named more than once.
    """
    for position, text in enumerate(texts):
        folded = fold(text[:_SAMPLE])
        least = _MENTIONS if position and len(folded) > 200 else 1
        found = tuple(
            platform
            for platform, names in _PLATFORMS.items()
            if sum(folded.count(fold(name)) for name in names) >= least
        )
        if found:
            return found
    return (Platform.ALL,)
