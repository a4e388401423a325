"""Nothing is lost: the words of a question's lines are looked for in what was made of them."""

import re
from collections.abc import Iterable

from quizzes.formats.found import FoundQuestion
from quizzes.formats.plain.blocks import Block
from quizzes.formats.plain.rows import Row, shadow_of
from quizzes.rules.questions import Cloze, Fill, FreeText, Matching, Multiple, Numeric, Ordering, Single

_WORD = re.compile("[\u4e00-\u9fff]")
# Words that tell what stands beside them and are no part of it
_STRUCTURE = re.compile(
    "正确|错误|不对|不是|答案|参考|标准|解析|详解|解释|说明|理由|思路|点拨|点评|题解|要点|示例|评分|得分|分值|满分|分数|本题|每题|小题|题目|题干|试题|题型|题号"
    "|序号|编号|类型|单项|多项|不定项|单选|多选|选择|判断|是非|对错|改错|填空|简答|问答|论述|名词|术语|案例|材料|分析|计算|数值|排序|排列|连线|匹配|配对|选词"
    "|完形|综合|应用|情景|场景|主观|客观|难度|系数|难易|程度|容易|简单|中等|一般|困难|较[易难]|知识点|章节|分类|标签|模块|备选|词语|可选|供选|选项|左列|右列"
    "|误差|允许|范围|不超过|我的|你的|您的|学员|学生|考生|作答|对应|内容|第[一二三四五六七八九十]+题|[答对错是否题分选项空第问共各为约元易中难故应即左右列栏]"
)


def lost_words(block: Block, question: FoundQuestion) -> str:
    """Words of the block that ``question`` does not hold, or nothing."""
    rows = [*block.source, *(block.end_key or []), *block.end_explanation]
    given = shadow_of("\n".join(dict.fromkeys(_given(rows, block))))
    kept = shadow_of("\n".join(_texts(question)))
    if len(_WORD.findall(_STRUCTURE.sub("", given))) <= len(_WORD.findall(_STRUCTURE.sub("", kept))):
        return ""
    kept = "".join(_WORD.findall(kept))
    pairs = {kept[place : place + 2] for place in range(len(kept) - 1)}
    for run in re.findall("[\u4e00-\u9fff]{2,}", re.sub("或[者是]?", " ", given)):
        missing = [run[place : place + 2] not in pairs for place in range(len(run) - 1)]
        for found in re.finditer("1+", "".join("1" if one else "0" for one in missing)):
            piece = _STRUCTURE.sub("", run[found.start() : found.end() + 1])
            if len(piece) >= 2:
                return run[found.start() : found.end() + 1]
    return ""


def _given(rows: Iterable[Row], block: Block) -> Iterable[str]:
    """The lines of the question; a line that lists keys of several questions counts only with its own."""
    own = {id(row) for row in block.source}
    for row in rows:
        yield row.source if id(row) in own else row.text


def _texts(question: FoundQuestion) -> Iterable[str]:
    yield question.stem
    yield question.explanation
    yield question.topic
    yield from question.displayed
    match question.content:
        case Single(options) | Multiple(options):
            yield from (option.text for option in options)
        case Fill(blanks):
            yield from (text for variants in blanks for text in variants)
        case Numeric(_, _, unit):
            yield unit
        case Ordering(items):
            yield from (item.text for item in items)
        case Matching(pairs, extra):
            yield from (text for pair in pairs for text in (pair.left.text, pair.right.text))
            yield from (part.text for part in extra)
        case Cloze(gaps):
            yield from (option.text for gap in gaps for option in gap)
        case FreeText(_, sample):
            yield sample
