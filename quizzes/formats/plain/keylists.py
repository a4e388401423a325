"""Keys that stand apart from their questions, at the end of a chapter or file: found and read as entries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizzes.formats.plain.blocks import KeyList
from quizzes.formats.plain.headings import ORDINAL, Heading, heading_in
from quizzes.formats.plain.labels import Label, explanation_inside, label_in
from quizzes.formats.plain.numbering import Style, number_in
from quizzes.formats.plain.rows import Row
from quizzes.formats.plain.shapes import KEY_ONLY, KEY_ROW

_LIST_HEADING = re.compile(
    r"(?P<before>[^。?？,，;；!！]{0,50}?)(?:的)?\s?(?:参考|标准|正确)?答\s{0,2}案"
    r"(?:及|与|和|部分|区|页|汇总|汇编|一览|如下|表|卷|速查|解析|详解|评分标准|评分要点|附后|\(教师用\)|\s)*[:]?"
)
_OF_MANY = re.compile(
    r"试题|试卷|题库|测试|考试|练习|习题|考核|测验|[章节单元卷套]|部分|附|模拟|《|(?:选择|判断|填空|简答|问答|题)$"
)
_SIMPLE = re.compile(r"[(]?\s?(?:参考|标准|正确)?答\s{0,2}案\s?[)]?\s?[:]?")
_SIGNS = r"[A-H√×对错TF]"
_TOKENS = re.compile(
    r"(?:[A-Ha-h]{1,60}|[√×○对错是否TFYN]{1,60}|正确|错误)(?:[\s,、;|。]{1,6}(?:[A-Ha-h]{1,60}|[√×○对错是否TFYN]{1,60}|正确|错误)){0,2000}[。.]?"
)
_TOKEN = re.compile(r"正确|错误|[A-Ha-h]+|[√×○对错是否TFYN]+")
_RANGE = re.compile(
    r"(?:第\s?)?(\d{1,4})\s?[-~至到]{1,2}\s?(\d{1,4})\s?题?\s{0,3}[.、:)]?\s{0,4}((?:[A-Ha-h√×○对错是否TFYN]{1,60}[\s,、;|]{0,6}){1,60})"
)
_PAIR = re.compile(
    r"(?:第\s?)?\(?(\d{1,4})\)?\s?题?\s{0,3}[.、:)]{0,2}\s{0,4}\(?([A-Ha-h](?:[,、]?\s?[A-Ha-h]){0,7}(?![a-zA-Z])|[√×○]|正确|错误|[对错是否]|[TFYNtf](?![a-zA-Z]))\)?[\s,、;|。.]{0,6}"
)
_KIND_PREFIX = re.compile(
    r"\(?((?:单项?选择|多项?选择|不定项选择|单选|多选|选择|判断|是非|填空|简答|问答|论述|排序|连线|匹配|计算)题?)(?:部分)?(?:参考)?(?:答案)?\)?\s?(?:\([^()]{0,60}\))?\s?[:]?\s{0,4}"
)


@dataclass
class Entry:
    """The key of one question: its number, or None where only the order tells. ``rows`` say it."""

    number: int | None
    rows: list[Row]
    explanation: list[Row] = field(default_factory=list)


@dataclass
class Group:
    """Entries below one heading. ``text`` is what the heading says, in the spelling of structure."""

    heading: Heading | None = None
    entries: list[Entry] = field(default_factory=list)
    loose: list[Row] = field(default_factory=list)


def is_list_heading(row: Row) -> bool:
    """Whether a row announces keys of several questions, and not of the one above it."""
    shadow = row.shadow.strip().strip("()").strip()
    if "答" not in shadow or len(shadow) > 60:
        return False
    found = _LIST_HEADING.fullmatch(shadow)
    if not found:
        return False
    before = found["before"].strip(" :、.")
    if before:
        return bool(_OF_MANY.search(before))
    return 0 < row.heading < 4 or not _SIMPLE.fullmatch(shadow)


def says_list(shadow: str, waiting: int) -> bool:
    """Whether ``shadow`` holds the keys of several questions: pairs, ranges, or as many signs as questions wait."""
    if KEY_ROW.fullmatch(shadow):
        return True
    if group_start(shadow):
        return True
    tokens = tokens_in(shadow)
    signs = [sign for token in _single(tokens) for sign in token]
    if waiting < 2 or len(signs) < 2:
        return False
    return waiting in (len(tokens), len(signs)) or len(set(signs)) < len(signs)  # one key never says a sign twice


def tokens_in(shadow: str) -> list[str]:
    """``A B AC √ ×`` → its signs in their order; none where the row says anything else."""
    return _TOKEN.findall(shadow) if _TOKENS.fullmatch(shadow.strip()) else []


def _single(tokens: Sequence[str]) -> list[list[str]]:
    return [[token] if token in ("正确", "错误") else list(token) for token in tokens]


def fitting(tokens: Sequence[str], count: int) -> list[str] | None:
    """The tokens as ``count`` keys: as they stand, or sign by sign. None where neither gives that many."""
    if len(tokens) == count:
        return list(tokens)
    signs = [sign for token in _single(tokens) for sign in token]
    return signs if len(signs) == count else None


def group_start(shadow: str, *, texts: bool = False) -> tuple[Heading, int] | None:
    """一、单选题：1.A 2.B … : the heading, and where the keys begin. ``texts`` allows 1. 七天 2. 十五天, too."""
    ordinal = ORDINAL.match(shadow)
    start = ordinal.end() if ordinal else 0
    kind = _KIND_PREFIX.match(shadow, start)
    if kind:
        start = kind.end()
    rest = shadow[start:].strip()
    said = KEY_ROW.fullmatch(rest) or sum(map(len, tokens_in(rest))) > 1
    if not start or not (said or (texts and kind and re.match(r"\(?1\s?[.、)]", rest))):
        return None
    title = shadow[:start].strip(" :")
    heading = heading_in(Row(0, title + ("题" if kind and not kind[1].endswith("题") else "")))
    return heading or Heading(title, next((part for part in ordinal.groups() if part), "") if ordinal else ""), start


def read_list(keys: KeyList) -> list[Group]:
    """The entries of a list of keys, group by group. The row that announced the list says nothing by itself."""
    groups = [Group()]
    style: Style | None = None
    for place, (row, heading) in enumerate(keys.rows):
        shadow = row.shadow
        if place == 0 or _SIMPLE.match(shadow):
            label = label_in(shadow)
            if label and label.label == Label.ANSWER:
                row = row.cut(label.end)
                shadow = row.shadow
                if not shadow or (not says_list(shadow, 2) and place == 0 and not tokens_in(shadow)):
                    if shadow:
                        groups[-1].loose.append(row)
                    continue
        start = group_start(shadow, texts=True)
        if start:
            groups.append(Group(start[0]))
            row = row.cut(start[1])
            shadow = row.shadow
        elif is_list_heading(row) or heading is not None:
            found = heading or heading_in(row) or (Heading(row.text) if place else None)
            if found and not (place == 0 and not found.names_kind):
                groups.append(Group(found))
            continue
        style = _take(row, groups[-1], style)
    return [group for group in groups if group.entries or group.loose or group.heading]


def _take(row: Row, group: Group, style: Style | None) -> Style | None:
    """Put one row into its group; gives the style in which entries are numbered."""
    shadow = row.shadow
    if KEY_ROW.fullmatch(shadow):
        group.entries += _pairs(row)
        return style or Style.DOT
    number = number_in(shadow)
    if number and (style in (None, number.style) or KEY_ONLY.fullmatch(shadow[number.end :])):
        last = next((entry.number for entry in reversed(group.entries) if entry.number is not None), 0)
        if number.value == last + 1 or number.value > last or last == 0 or KEY_ONLY.fullmatch(shadow[number.end :]):
            group.entries += _several(row, number.value, number.end)
            return number.style
    tokens = tokens_in(shadow)
    if tokens and all(entry.number is None for entry in group.entries):
        group.entries += [Entry(None, [Row(row.line, token, source=token)]) for token in tokens]
    elif group.entries:
        _extend(group.entries[-1], row)
    else:
        group.loose.append(row)
    return style


def _pairs(row: Row) -> list[Entry]:
    entries: list[Entry] = []
    place, shadow = 0, row.shadow
    while place < len(shadow):
        found = _RANGE.match(shadow, place)
        if found:
            first, last = int(found[1]), int(found[2])
            keys = fitting(_TOKEN.findall(found[3]), last - first + 1) if last >= first else None
            if keys is None:
                entries.append(Entry(first, [row.cut(found.start(), found.end())]))
            else:
                entries += [
                    Entry(first + step, [Row(row.line, key, source=f"{first + step}.{key}")])
                    for step, key in enumerate(keys)
                ]
        else:
            found = _PAIR.match(shadow, place)
            if not found:
                break
            entries.append(Entry(int(found[1]), [Row(row.line, found[2], source=found[0].strip())]))
        place = found.end()
    return entries


def _several(row: Row, number: int, end: int) -> list[Entry]:
    """1. 七天 2. 十五天 …: the row cut before each number that follows the one before it."""
    entries, start = [], end
    while True:
        following = re.compile(
            rf"(?<=[\s;,。]){number + 1}\s?[.、)](?!\d)\s{{0,3}}|(?<=[\s;,。])\({number + 1}\)\s{{0,3}}"
        ).search(row.shadow, start)
        entry = Entry(number, [])
        _extend(entry, row.cut(start, following.start() if following else None))
        entries.append(entry)
        if following is None:
            return entries
        number, start = number + 1, following.end()


def _extend(entry: Entry, row: Row) -> None:
    """Add a row to an entry: its key, or its explanation once that has begun."""
    label = label_in(row.shadow)
    if label and label.label == Label.ANSWER:
        row = row.cut(label.end)
    elif label and label.label == Label.EXPLANATION:
        entry.explanation.append(row.cut(label.end))
        return
    if entry.explanation:
        entry.explanation.append(row)
        return
    inside = explanation_inside(row.shadow)
    if inside:
        entry.rows.append(row.cut(0, inside[0]))
        entry.explanation.append(row.cut(inside[1]))
    elif row.text:
        entry.rows.append(row)
