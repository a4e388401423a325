"""What a word for a kind of question means: 单选题, 判断, essay."""

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from quizzes.rules.text import fold
from quizzes.rules.vocabulary import Kind


class Loose(StrEnum):
    """Words that leave the kind open: the key decides."""

    CHOICE = "choice"
    SUM = "sum"  # 计算题: a number if the answer is one, else written out


Said = Kind | Loose

# In this order: 选词填空 before 填空, 数值填空 before 填空, 不定项 before 选择.
_WORDS: tuple[tuple[str, Said], ...] = (
    (r"选词|完形|完型|下拉|cloze|dropdown", Kind.CLOZE),
    (r"判断|是非|对错|正误|truefalse|true/false|t/f|^tf$|judg", Kind.TRUE_FALSE),
    (r"匹配|配对|连线|连连看|match", Kind.MATCHING),
    (r"排序|排列|顺序|order|sort|sequence", Kind.ORDERING),
    (r"不定项|多选|多项|复选|multipleresponse|multipleanswer|multi-?select|checkbox|^multiple$|^multi$", Kind.MULTIPLE),
    (r"单选|单项|唯一|single|radio|^onechoice$", Kind.SINGLE),
    (r"选择|multiplechoice|choice|^mcq$", Loose.CHOICE),
    (r"数值|数字|numeric|number", Kind.NUMERIC),
    (r"计算", Loose.SUM),
    (r"填空|填充|fill|blank|shortanswer", Kind.FILL),
    (r"简答|问答|论述|主观|案例|分析|名词解释|情景|话术|实操|开放|essay|freetext|free_text|open", Kind.FREE_TEXT),
)
_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in _WORDS)
_LONGEST = 40

NAMES = {
    Kind.SINGLE: "单选题",
    Kind.MULTIPLE: "多选题",
    Kind.TRUE_FALSE: "判断题",
    Kind.FILL: "填空题",
    Kind.NUMERIC: "数值题",
    Kind.MATCHING: "配对题",
    Kind.ORDERING: "排序题",
    Kind.CLOZE: "选词填空题",
    Kind.FREE_TEXT: "简答题",
}
MAYBE_ONE = "不定项选择题"

_EXACT: dict[str, Said] = {kind.value.replace("_", ""): kind for kind in Kind}
_CHINESE_NUMBER = r"[一二三四五六七八九十百0-9]{1,4}"
_SECTION = re.compile(
    rf"^(?:第?{_CHINESE_NUMBER}(?:部分|大题|[、.．，,:：)）])|[（(]{_CHINESE_NUMBER}[)）])?\s*"
    r"(?P<kind>[^\s（(：:，,。]{2,14}题)\s*(?P<rest>[（(：:，,。].{0,80})?$"
)
_EACH = re.compile(r"每[小]?[题空]\s*(\d{1,3}(?:\.\d{1,2})?)\s*分")


@lru_cache(maxsize=4096)
def kind_of(text: str) -> Said | None:
    """The kind that ``text`` names, or ``None`` where it names none."""
    if not text or len(text) > _LONGEST:
        return None
    word = fold(text).replace(" ", "")
    if known := _EXACT.get(re.sub(r"[_\-]", "", word)):
        return known
    return next((kind for pattern, kind in _PATTERNS if pattern.search(word)), None)


def section(text: str) -> tuple[Said, Decimal | None] | None:
    """The kind and the marks of each question that a heading like 一、单选题（每题 2 分） announces."""
    if len(text) > 120 or not (found := _SECTION.match(text.strip())):
        return None
    kind = kind_of(found["kind"])
    each = _EACH.search(found["rest"] or "")
    return (kind, Decimal(each[1]) if each else None) if kind else None
