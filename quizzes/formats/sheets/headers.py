"""Finding the header row of a sheet and what each of its columns means."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.content_guess import guess_by_content, is_kind_column, longest_column
from quizzes.formats.sheets.mapping import IGNORED, Column, Field, Mapping
from quizzes.rules.text import fold

FIRST_ROWS = 40  # titles and instructions above a header are seldom longer
LONGEST_HEADER = 60

# The clearest word first: of two columns with words for one field, the clearer wins.
WORDS: dict[Field, str] = {
    Field.KIND: "题型 试题类型 题目类型 试题题型 问题类型 考题类型 题型名称 题类 类型 题目类别 kind questiontype "
    "type qtype",
    Field.STEM: "题干 试题内容 题目内容 试题题干 题干内容 题目 试题 问题内容 问题描述 题目描述 试题描述 题面 问题 考题 "
    "试题题目 题目名称 试题名称 题目标题 试题标题 考题内容 题干正文 stem questiontext question questiontitle 内容",
    Field.OPTIONS: "选项 选项内容 备选答案 备选项 候选项 候选答案 全部选项 可选项 选项列表 答案选项 options choices",
    Field.ANSWER: "正确答案 标准答案 答案 参考答案 试题答案 题目答案 正确选项 正确项 本题答案 答案内容 正确答案选项 "
    "correctanswer correct answer key rightanswer answerkey 答",
    Field.EXPLANATION: "解析 答案解析 试题解析 题目解析 答题解析 解答 详解 讲解 解释 答案说明 解析内容 explanation "
    "analysis feedback 说明",
    Field.RUBRIC: "评分点 评分标准 评分要点 得分点 采分点 给分标准 评分细则 rubric",
    Field.UNIT: "单位 unit",
    Field.TOLERANCE: "允许误差 误差 容差 误差范围 tolerance",
    Field.MARKS: "分值 分数 题目分值 试题分值 每题分值 默认分值 本题分值 本题分数 题目分数 试题分数 满分 得分 分 "
    "score marks mark points",
    Field.DIFFICULTY: "难度 难易度 难易程度 难度等级 难度级别 试题难度 题目难度 难易 difficulty level",
    Field.TOPIC: "知识点 考点 章节 所属章节 主题 分类 试题分类 题目分类 所属分类 所属知识点 知识点分类 题库分类 类别 "
    "模块 科目 题库 目录 课程 topic category chapter",
    Field.PLATFORM: "平台 适用平台 所属平台 platform 渠道",
    Field.TAGS: "标签 题目标签 试题标签 标记 tags tag labels",
    Field.NAME: "编号 题目编号 试题编号 题目id 试题id id 代号 code name slug 题目编码 试题编码",
    Field.IGNORE: "序号 题号 no number 行号 选项数 选项个数 选项数量 备注 难度系数 创建时间 创建人 更新时间 状态 "
    "出题人 remark remarks index",
}
_RANK = {word: (field, rank) for field, words in WORDS.items() for rank, word in enumerate(words.split())}
_LOOSE_KINDS = frozenset({"类型", "题目类别", "题类", "type"})
_STEMS = frozenset(WORDS[Field.STEM].split())

_PLACE = r"(?P<place>[a-z]|[0-9]{1,2}|[一二三四五六七八九十])"
_OPTION = re.compile(
    rf"(?:选项|备选答案|备选项|候选项|可选项|答案选项|选择项?|option|choice|opt)?[-_.:]?{_PLACE}(?:选项|项|\.)?"
)
_WHY = re.compile(rf"(?:选项)?{_PLACE}(?:选项)?的?(?:说明|解析|理由|解释)")
_ANSWER = re.compile(rf"(?:答案|正确答案|参考答案|填空答案|第|空|填空|answer|blank)[-_.]?{_PLACE}(?:空|空答案|答案)?")
_ASIDE = re.compile(r"\([^()]*\)|[*★※:#\"]|必填项?|选填项?|可选填")
_HAN_NUMBERS = "一二三四五六七八九十"


@lru_cache(maxsize=8192)
def word_of(text: str) -> str:
    """A header as it is looked up: folded, without brackets, stars and notes."""
    if not text or len(text) > LONGEST_HEADER:
        return ""
    folded = fold(text)
    return _ASIDE.sub("", folded) or folded


def column_of(text: str) -> Column | None:
    """What a header means, or ``None`` where it is none that we know."""
    word = word_of(text)
    if not word:
        return None
    if known := _RANK.get(word):
        return Column(known[0])
    for pattern, field in ((_WHY, Field.WHY), (_OPTION, Field.OPTION), (_ANSWER, Field.ANSWER)):
        if found := pattern.fullmatch(word):
            return Column(field, _place(found["place"]))
    return None


def _place(text: str) -> int:
    if text.isdigit():
        return int(text) or 1
    return _HAN_NUMBERS.index(text) + 1 if text in _HAN_NUMBERS else ord(text) - 96


def says_stem(text: str) -> bool:
    """Whether a cell is the header of stems: a header row may come again further down."""
    return len(text) < 12 and word_of(text) in _STEMS


def guess(sheet: Sheet) -> Mapping:
    """How to read a sheet. Where no header is found, what stands in the columns decides, and nothing is sure."""
    best: tuple[int, Row, Row | None] | None = None
    for row, below in _pairs(sheet.rows[:FIRST_ROWS]):
        score = _score(header_columns(_joined(row, below)))
        if score > (best[0] if best else 0):
            best = (score, row, below if _is_second_line(below) else None)
    if best is None:
        return guess_by_content(sheet)
    _, row, below = best
    headers = _joined(row, below)
    first_below = (below or row).number
    body = [other for other in sheet.rows if other.number > first_below]
    return mapping_for(sheet.name, first_below, headers, body)


def mapping_for(name: str, header: int, headers: tuple[str, ...], body: Sequence[Row]) -> Mapping:
    """The mapping by a known header row; the rows below it settle what words leave open."""
    columns = list(header_columns(headers))
    _settle_kind(columns, headers, body)
    _spread_options(columns, headers, body)
    sure = True
    if not any(column.field == Field.STEM for column in columns):
        free = [n for n, text in enumerate(headers) if column_of(text) is None]
        if (place := longest_column(body, free)) is not None:
            columns[place] = Column(Field.STEM)
            sure = False
    return Mapping(name, header, headers, tuple(columns), sure)


def _settle_kind(columns: list[Column], headers: tuple[str, ...], body: Sequence[Row]) -> None:
    """类型 may be a topic, and 分类 may be the kind: what stands below decides."""
    now = next((n for n, column in enumerate(columns) if column.field == Field.KIND), None)
    if now is not None and (word_of(headers[now]) not in _LOOSE_KINDS or is_kind_column(body, now)):
        return
    named = [n for n, column in enumerate(columns) if column.field == Field.TOPIC]
    fitting = next((n for n in named if is_kind_column(body, n)), None)
    if fitting is not None:
        columns[fitting] = Column(Field.KIND)
    if now is not None and any(row.cell(now) for row in body):
        columns[now] = IGNORED if any(column.field == Field.TOPIC for column in columns) else Column(Field.TOPIC)


def _spread_options(columns: list[Column], headers: tuple[str, ...], body: Sequence[Row]) -> None:
    """Several columns under one header 选项, said again or merged: each holds one option."""
    first = next((n for n, column in enumerate(columns) if column.field == Field.OPTIONS), None)
    if first is None:
        return
    word = word_of(headers[first])
    width = max([len(columns), *(len(row.cells) for row in body[:FIRST_ROWS])])
    columns += [IGNORED] * (width - len(columns))
    last = first + 1
    while last < width and columns[last] == IGNORED and any(row.cell(last) for row in body[:FIRST_ROWS]):
        if last < len(headers) and headers[last] and word_of(headers[last]) != word:
            break
        last += 1
    for place, n in enumerate(range(first, last), 1) if last > first + 1 else ():
        columns[n] = Column(Field.OPTION, place)


def header_columns(headers: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns that the words alone tell; of two for one field the clearer word, then the first, wins."""
    said = [column_of(text) for text in headers]
    keyed = any(column == Column(Field.ANSWER) for column in said)
    taken: dict[Column, int] = {}
    columns: list[Column] = []
    for place, column in enumerate(said):
        if column is None:
            columns.append(IGNORED)
            continue
        if column.field == Field.ANSWER and column.place and keyed and re.search(r"[a-z0-9]$", word_of(headers[place])):
            column = Column(Field.OPTION, column.place)  # 答案A … 答案D beside 正确答案 are the options
        if column.field != Field.IGNORE and column in taken:
            rival = taken[column]
            if column.field == Field.ANSWER:
                column = Column(Field.ANSWER, 1 + sum(known.field == Field.ANSWER for known in columns))
            elif _rank(headers[place]) < _rank(headers[rival]):
                columns[rival] = IGNORED
                taken[column] = place
            else:
                column = IGNORED
        if column.field != Field.IGNORE:
            taken.setdefault(column, place)
        columns.append(column)
    return tuple(columns)


def _rank(text: str) -> int:
    known = _RANK.get(word_of(text))
    return known[1] if known else 99


def _score(columns: tuple[Column, ...]) -> int:
    """How much a row looks like a header: its known columns, 0 where the necessary ones are not there."""
    fields = [column.field for column in columns if column.field != Field.IGNORE]
    options = fields.count(Field.OPTION)
    asked = Field.STEM in fields
    keyed = Field.ANSWER in fields or Field.OPTIONS in fields or options >= 2
    if (asked and (keyed or Field.KIND in fields)) or (keyed and options >= 2 and Field.ANSWER in fields):
        return len(fields) + (20 if asked else 0)
    return 0


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Row, Row | None]]:
    for place, row in enumerate(rows):
        yield row, rows[place + 1] if place + 1 < len(rows) else None


def _is_second_line(row: Row | None) -> bool:
    """Whether a row only names options (A B C D), as below a merged header 选项."""
    if row is None:
        return False
    named = [column_of(text) for text in row.cells if text]
    return len(named) >= 2 and all(column is not None and column.field == Field.OPTION for column in named)


def _joined(row: Row, below: Row | None) -> tuple[str, ...]:
    if below is None or not _is_second_line(below):
        return row.cells
    width = max(len(row.cells), len(below.cells))
    return tuple(below.cell(n) or row.cell(n) for n in range(width))
