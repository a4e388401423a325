"""Page numbers, running titles and footers: found among the rows and taken out, so that broken lines meet again."""

import re
from collections import defaultdict
from collections.abc import Container, Sequence, Set
from itertools import pairwise

from quizzes.formats.found import Removed
from quizzes.formats.plain.rows import Row
from quizzes.formats.plain.shapes import shape_of

PAGE_NUMBER = "页码"
WEB_BUTTONS = "网页上的按钮"
RUNNING_TITLE = "重复出现的页眉或页脚"

_PAGE = re.compile(
    r"(?:[-·~|]\s{0,3})?(?:第\s{0,3}\d{1,4}\s{0,3}页\s{0,3}[,/、|(]?\s{0,3}(?:共|总|/)?\s{0,3}(?:\d{1,4}|[一二三四五六七八九十]{1,3})?\s{0,3}页?\)?"
    r"|共\s{0,3}\d{1,4}\s{0,3}页\s{0,3}[,/、]?\s{0,3}第\s{0,3}\d{1,4}\s{0,3}页"
    r"|page\s{0,3}\d{1,4}(?:\s{0,3}(?:of|/)\s{0,3}\d{1,4})?|p\.?\s?\d{1,4}|\d{1,4}\s{0,3}/\s{0,3}\d{1,4}(?:\s?页)?|-{1,3}\s{0,3}\d{1,4}\s{0,3}-{1,3}|[·~]\s?\d{1,4}\s?[·~])(?:\s{0,3}[-·~|])?",
    re.I,
)
_IN_LINE = re.compile(
    r"(?:[-|]\s{0,3})?第\s{0,3}\d{1,4}\s{0,3}页\s{0,3}[,/、]?\s{0,3}共\s{0,3}\d{1,4}\s{0,3}页(?:\s{0,3}[-|])?"
)
_WITH_PAGE = re.compile(
    r"^(.{2,40}?)[\s|·-]{1,6}(?:第\s{0,3}\d{1,4}\s{0,3}页.{0,12}|\d{1,4}\s{0,2}/\s{0,2}\d{1,4}|page\s?\d{1,4}.{0,8}|-\s?\d{1,4}\s?-)$|^(?:第\s{0,3}\d{1,4}\s{0,3}页|page\s?\d{1,4})[\s|·-]{1,6}(.{2,40})$",
    re.I,
)
_WORDS = re.compile(
    r"公司|内部|机密|保密|试卷|题库|试题|考试|培训|版权|资料|手册|教材|页眉|页脚|版本|外传|严禁|www\.|https?:|copyright|confidential|©|密封线|姓名|工号",
    re.I,
)
_STRUCTURE = re.compile(r"[?？]$|\(\s{0,6}\)|__|:$|[。!！；;]$")
_BUTTONS = re.compile(
    r"(?:(?:收藏|纠错|上一题|下一题|查看答案|查看解析|显示答案|分享|举报|点赞|展开|收起|登录|注册|返回|反馈|打印|下载|评论|笔记|加入错题本|写笔记)"
    r"(?:本题|题目)?(?:\(\d{0,5}\))?[\s|/·]{0,4}){1,8}"
)
_FIGURES = re.compile(r"^\d{1,4}$")


def without_furniture(rows: Sequence[Row], keep: Set[str] = frozenset()) -> tuple[list[Row], list[Removed]]:
    """The rows that are content, and what was taken away; ``keep`` holds the ids of what is to stay."""
    gone: dict[int, str] = {}
    for place, row in enumerate(rows):
        if not row.text or len(row.shadow) > 60 or row.cells:
            continue
        alone = _PAGE.fullmatch(row.shadow) is not None and not _after_label(rows, place)
        if alone or (_WITH_PAGE.match(row.shadow) and not shape_of(row).label):
            gone[place] = PAGE_NUMBER
        elif _BUTTONS.fullmatch(row.shadow):
            gone[place] = WEB_BUTTONS
    gone |= dict.fromkeys(_bare_numbers(rows, gone), PAGE_NUMBER)
    gone |= dict.fromkeys(_running(rows, gone), RUNNING_TITLE)
    taken = {place: Removed.undoable(rows[place].line, rows[place].source.strip(), why) for place, why in gone.items()}
    gone = {place: why for place, why in gone.items() if taken[place].id not in keep}
    empty = _closed(rows, gone) if gone else set()
    kept: list[Row] = []
    removed: list[Removed] = []
    for place, row in enumerate(rows):
        if place in empty:
            continue
        if place in gone:
            removed.append(taken[place])
            continue
        found = _IN_LINE.search(row.shadow) if "页" in row.shadow else None
        cut = Removed.undoable(row.line, row.text[found.start() : found.end()], PAGE_NUMBER) if found else None
        if found and cut and cut.id not in keep and not row.cells:
            removed.append(cut)
            kept += [piece for piece in (row.cut(0, found.start()), row.cut(found.end())) if piece.text]
            continue
        kept.append(row)
    return kept, removed


def _closed(rows: Sequence[Row], gone: Container[int]) -> set[int]:
    """Empty rows around what was taken out: they belonged to the edge of the page. One stays where a sentence ends."""
    empty: set[int] = set()
    before = ""
    place = 0
    while place < len(rows):
        if rows[place].text and place not in gone:
            before = rows[place].shadow
            place += 1
            continue
        end = place
        while end < len(rows) and (not rows[end].text or end in gone):
            end += 1
        blank = [other for other in range(place, end) if other not in gone]
        if len(blank) < end - place:
            empty.update(blank[1:] if before[-1:] in tuple("。.？?！!;；)") else blank)
        place = end
    return empty


def _after_label(rows: Sequence[Row], place: int) -> bool:
    """A fraction may be what an answer says: 3/12."""
    before = place - 1
    while before >= 0 and not rows[before].text:
        before -= 1
    if before < 0:
        return False
    label = shape_of(rows[before]).label
    return label is not None and label.end >= len(rows[before].text)


def _bare_numbers(rows: Sequence[Row], gone: dict[int, str]) -> list[int]:
    """Rows of figures only that count up one by one, where questions are numbered in another way."""
    places = [
        place
        for place, row in enumerate(rows)
        if row.text and _FIGURES.match(row.shadow) and place not in gone and not _after_label(rows, place)
    ]
    if len(places) < 2 or any(int(rows[b].text) - int(rows[a].text) != 1 for a, b in pairwise(places)):
        return []
    numbered = sum(1 for row in rows if row.text and not _FIGURES.match(row.shadow) and shape_of(row).number)
    return places if numbered >= len(places) else []


def _running(rows: Sequence[Row], gone: dict[int, str]) -> list[int]:
    """Rows that come again: the title, lines at page numbers, lines with the words of titles and footers."""
    same: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if place not in gone and 4 <= len(row.shadow) <= 60 and not row.cells:
            same[re.sub(r"\d+", "0", row.shadow)].append(place)
    title = next((place for place, row in enumerate(rows) if row.text and place not in gone), -1)
    result: list[int] = []
    for places in same.values():
        if len(places) < 2:
            continue
        shape = shape_of(rows[places[0]])
        if not shape.plain or shape.material or shape.notes:
            continue
        alike = {rows[place].shadow for place in places}
        if len(alike) > 1:
            continue
        if places[0] == title and not _STRUCTURE.search(rows[title].shadow):
            result += places[1:]
        elif sum(_at_page(rows, place, gone) for place in places) * 2 > len(places) or (
            len(places) >= 3 and _WORDS.search(rows[places[0]].shadow) and not _STRUCTURE.search(rows[places[0]].shadow)
        ):
            result += places
    return result


def _at_page(rows: Sequence[Row], place: int, gone: dict[int, str]) -> bool:
    for step in (-1, 1):
        other, seen = place + step, 0
        while 0 <= other < len(rows) and seen < 2:
            if other in gone:
                return True
            if rows[other].text:
                seen += 1
            other += step
    return False
