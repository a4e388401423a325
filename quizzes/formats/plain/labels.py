"""Words that say what follows: 答案, 解析, 难度 and the like, at the beginning of a line or inside it."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    ANSWER = "answer"
    EXPLANATION = "explanation"
    DIFFICULTY = "difficulty"
    TOPIC = "topic"
    MARKS = "marks"
    KIND = "kind"
    FOREIGN = "foreign"  # somebody's own answer, copied along from a results page


@dataclass(frozen=True)
class Labelled:
    """``start`` is where the label begins, ``end`` where what it says begins. ``word`` is the label's own text."""

    label: Label
    start: int
    end: int
    word: str
    firm: bool = True


_ANSWER = (
    r"(?:(?:本题|试题|该题|此题|本章|本节|本单元|本课|本部分|本套题?|课后题?|章节)?(?:的)?(?:正确|参考|标准|推荐|示例|最佳|样例|范例)?(?:的)?"
    r"(?:答\s{0,2}案|选项(?=[:\s)])|解答|答复要点|答题要点|作答要点|评分要点|得分要点)"
    r"(?:要点|示例|选项|为|是)?(?:\(参考\)|\(仅供参考\))?|correct answers?|answers?|ans\.?|key)"
)
_EXPLANATION = (
    r"(?:(?:答\s{0,2}案|试题|题目|本题|参考)?(?:的)?(?:解\s{0,2}析|详解|解释|解题思路|思路点拨|思路|点拨|点评|答\s{0,2}案说明|解答说明|题解|说明"
    r"|理由|依据|出处)|explanation|rationale|feedback|考点|考查点|易错点|备注|提示)"
)
_OTHER = {
    Label.DIFFICULTY: r"(?:难度系数|难易程度|难度|难易度|difficulty)",
    Label.TOPIC: r"(?:知识点|所属章节|章节|分类|类别|标签|模块|主题|考核点|topic|tags?)",
    Label.MARKS: r"(?:分值|本题分值|分数|满分|points?|marks?)",
    Label.KIND: r"(?:题型|题目类型|试题类型|类型|type)",
    Label.FOREIGN: r"(?:(?:我的|你的|您的|学生|学员|考生)答\s{0,2}案|作答|得分|您的回答|回答正确率|正确率)",
}
_SIGN = r"(?:\s{0,3}[:]\s{0,4})"


def _at_start(words: str) -> re.Pattern[str]:
    return re.compile(rf"[(]\s?({words})\s?[)]{_SIGN}?|({words}){_SIGN}", re.I)


_STARTS = [
    (Label.FOREIGN, _at_start(_OTHER[Label.FOREIGN])),
    (Label.EXPLANATION, _at_start(_EXPLANATION)),
    (Label.ANSWER, _at_start(_ANSWER)),
    *((label, _at_start(_OTHER[label])) for label in (Label.DIFFICULTY, Label.TOPIC, Label.MARKS, Label.KIND)),
]
_REPLY = re.compile(r"\(?答\)?\s{0,2}:\s{0,4}")
_SCORE = re.compile(r"\d{1,3}(?:\.\d{1,2})?\s?分")
_BARE_ANSWER = re.compile(
    r"\(?(?:正确|参考|标准)?答\s{0,2}案(?:是|为|选)?\)?\s{0,4}(?=[(]?\s?(?:(?-i:[A-Ha-h](?![a-z]))|[√×]|[①-⑩]|对\s*$|错\s*$|正确\s*$|错误\s*$|[TF]\s*$))"
    r"|(?:故|应|本题)?选[:\s]{0,2}(?=[A-H、,\s]{1,15}$)",
    re.I,
)
_ALONE = re.compile(rf"[(]?\s?({_ANSWER})\s?[)]?\s{{0,2}}[:.。]?", re.I)
_ALONE_EXPLANATION = re.compile(rf"[(]?\s?({_EXPLANATION})\s?[)]?\s{{0,2}}[:.。]?", re.I)
_PARENTHESIS = re.compile(rf"[(]\s?({_ANSWER}){_SIGN}([^()]{{1,60}})[)]\s{{0,3}}[.。]?$", re.I)

_INSIDE_ANSWER = re.compile(
    rf"[(]\s?({_ANSWER})\s?[)]{_SIGN}?|(?:(?<=[\s。.?？!！;；,，)）”\"\t])|(?<=[)]))({_ANSWER}){_SIGN}(?=\S)", re.I
)
_INSIDE_EXPLANATION = re.compile(
    rf"[(]\s?({_EXPLANATION})\s?[)]{_SIGN}?|(?:(?<=[\s。.?？!！;；,，)）A-Ha-h√×对错TF])|^)({_EXPLANATION}){_SIGN}",
    re.I,
)


def label_in(shadow: str) -> Labelled | None:
    """The label that a row begins with."""
    for label, pattern in _STARTS:
        found = pattern.match(shadow)
        if found and not (label == Label.ANSWER and _is_question(shadow, found.end())):
            return Labelled(label, 0, found.end(), found[1] or found[2])
    if _SCORE.fullmatch(shadow):
        return Labelled(Label.FOREIGN, 0, len(shadow), "得分")
    found = _REPLY.match(shadow)
    if found:
        return Labelled(Label.ANSWER, 0, found.end(), "答")
    found = _BARE_ANSWER.match(shadow)
    if found:
        return Labelled(Label.ANSWER, 0, found.end(), "答案")
    if len(shadow) <= 20:
        for label, pattern in ((Label.ANSWER, _ALONE), (Label.EXPLANATION, _ALONE_EXPLANATION)):
            found = pattern.fullmatch(shadow)
            if found and found[1].lower() not in ("key", "提示", "备注", "说明", "选项", "理由", "依据", "出处"):
                return Labelled(label, 0, len(shadow), found[1], firm=False)
    return None


def _is_question(shadow: str, end: int) -> bool:
    """正确答案：（ ） asks for the answer instead of giving it."""
    return re.fullmatch(r"\(\s*\)[.。?？]?|_+[.。?？]?", shadow[end:]) is not None


def answer_inside(shadow: str) -> tuple[int, int, int] | None:
    """Where a label for the key stands inside a row: its start, and start and end of what it says."""
    if "答" not in shadow and "选" not in shadow and "nswer" not in shadow.lower():
        return None
    found = _PARENTHESIS.search(shadow, max(0, len(shadow) - 100))
    if found and found.start():
        return found.start(), found.start(2), found.end(2)
    for found in _INSIDE_ANSWER.finditer(shadow):
        if found.start() and not _is_question(shadow, found.end()) and found.end() < len(shadow):
            return found.start(), found.end(), len(shadow)
    return None


def explanation_inside(shadow: str) -> tuple[int, int] | None:
    """Where a label for the explanation stands inside what an answer says: its start and its end."""
    found = _INSIDE_EXPLANATION.search(shadow)
    return found.span() if found else None
