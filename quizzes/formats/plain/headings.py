"""What a heading or a mark in a stem says: the kind of the questions below and what each is worth."""

import re
from dataclasses import dataclass
from decimal import Decimal

from quizzes.formats.plain.rows import Row
from quizzes.rules.vocabulary import Kind

# The first word that is found counts; longer and rarer words stand before the words that they contain.
_WORDS: tuple[tuple[str, Kind | None], ...] = (
    ("选词填空|完形填空|完型填空|选填题", Kind.CLOZE),
    ("不定项选择|不定项|多项选择|多选题?|多选|复选", Kind.MULTIPLE),
    ("单项选择|单选|单项", Kind.SINGLE),
    ("判断改错|判断说理|判断|是非|对错|辨析", Kind.TRUE_FALSE),
    ("填空", Kind.FILL),
    ("排序|顺序|排列", Kind.ORDERING),
    ("连线|匹配|配对|配伍|搭配|对应", Kind.MATCHING),
    ("数值|计算", Kind.NUMERIC),
    ("选择|客观", None),
    ("简答|简述|问答|论述|名词解释|术语解释|主观|开放|话术|写作|作文|分析|案例|材料|情景|情境|场景|综合|应用|实操|操作|处理|阅读|思考",
     Kind.FREE_TEXT),
    ("single choice|single", Kind.SINGLE),
    ("multiple choice|multiple|multi", Kind.MULTIPLE),
    ("true.{0,5}false", Kind.TRUE_FALSE),
    ("fill|blank", Kind.FILL),
    ("essay|short answer", Kind.FREE_TEXT),
)  # fmt: skip
_SOFT = re.compile("案例|材料|情景|情境|场景|综合|应用|实操|操作|处理|分析|阅读|客观|主观|思考|话术")
_KIND = [(re.compile(words, re.I), kind) for words, kind in _WORDS]
_ANY = "|".join(words for words, _ in _WORDS[:10])

_CHINESE = "一二三四五六七八九十百"
ORDINAL = re.compile(
    rf"(?:([甲乙丙丁戊己])部\s{{0,3}}[、.:]?\s{{0,3}}|第?\s?\(?([{_CHINESE}]{{1,4}})\)?\s?(?:部分|大题|题组)?[、.,:：．\s)]{{1,2}}|第\s?([{_CHINESE}\d]{{1,4}})\s?(?:部分|大题|单元|章|节|篇|卷|模块|关|讲|课)[、.:：\s]{{0,2}}"
    r"|(?-i:(I{1,3}|IV|V|VI{0,3}|[ⅠⅡⅢⅣⅤⅥⅦⅧ])[、.:：\s]{1,2})|(?:part|section)\s?(\d{1,2}|[A-H]|[IVX]{1,4})[.:：\s]{0,2})",
    re.I,
)
_NUMERAL = re.compile(r"(\d{1,2})[、.．)\s]{1,2}")
_BRACKETED = re.compile(r"\(([^()]{0,120})\)")
_KIND_LINE = re.compile(
    rf"\(?(?:(?:{_ANY})(?:分析|应用|简述|选择|填空|解释|问答)?(?:题|部分|类|型)*(?:和|与|及|、|/|,|或)?){{1,4}}(?:题|部分|区|集|汇总)?\)?"
    r"[:：.。]?",
    re.I,
)
_KIND_ALONE = re.compile("单选|多选|单项选择|多项选择|判断|填空|选词填空|简答|排序|连线")
_INSTRUCTION = re.compile(
    r"(?:共|总计|合计|每|本|请|下列|以下|在|将|把|从|对的|正确的|根据|阅读|满分|计|\d|单选|多选|只有|至少|用|选出|判断)"
    r".{0,80}(?:题|分|括|横线|√|选项|答案|填|选|打)"
)
_NAMES_KIND = re.compile(rf"(?:{_ANY})\S{{0,4}}题")
_EACH = re.compile(
    r"每(?:小|道|个|1|一)?(?:题|空)(?:各|为|计)?\s?(\d{1,3}(?:\.\d{1,2})?)\s?分|(?:1|一)\s?(?:题|空)\s?(\d{1,3}(?:\.\d)?)\s?分"
)
_WORTH = re.compile(
    r"\((?:本题|本小题|每题|每小题|共|满分|分值|总分)?[:：]?\s{0,2}(\d{1,3}(?:\.\d{1,2})?)\s{0,2}分\s{0,2}\)"
)
_MARK = re.compile(
    rf"\(\s?(?:题型[:：])?((?:{_ANY})(?:选择|填空|分析|问答|解释)?题?)\s?(?:[,，、;:\s]\s?(?:本题|每题)?(\d{{1,3}}(?:\.\d{{1,2}})?)\s?分)?\s?\)",
    re.I,
)
_BARE_MARK = re.compile(
    rf"((?:{_ANY})(?:选择|填空|分析|问答|解释)?题)\s{{0,2}}(?:[:：]\s{{0,2}}|\s(?=\S)|(?=\d{{1,3}}[.、．:：]))", re.I
)


@dataclass(frozen=True)
class Heading:
    """``ordinal`` is its number as written, ``rest`` the words after it, in the spelling of structure.

    ``kind`` is what it says of the questions below; ``soft`` where that bends to what they look like (a case may
    come with options). ``names_kind`` tells that it speaks of a kind at all: 选择题 does and leaves it open.
    """

    title: str
    ordinal: str = ""
    rest: str = ""
    kind: Kind | None = None
    soft: bool = False
    names_kind: bool = False
    marks: Decimal | None = None
    note: str = ""


def kind_in(words: str) -> tuple[Kind | None, bool, bool]:
    """The kind that ``words`` name, whether it is soft, and whether they name any."""
    found = [(match.start(), kind) for pattern, kind in _KIND if (match := pattern.search(words))]
    if not found:
        return None, False, False
    kinds = {kind for _, kind in found}
    if Kind.CLOZE in kinds:
        return Kind.CLOZE, False, True
    if Kind.SINGLE in kinds and Kind.MULTIPLE in kinds:
        return None, False, True
    hard = [(start, kind) for start, kind in found if kind not in (None, Kind.FREE_TEXT)]
    if hard:
        return min(hard)[1], False, True
    kind = Kind.FREE_TEXT if Kind.FREE_TEXT in kinds else None
    return kind, bool(_SOFT.search(words)), True


def heading_in(row: Row) -> Heading | None:
    """The row read as a heading, as far as its shape tells. What stands around it is not looked at."""
    shadow = row.shadow
    if not shadow or len(shadow) > 160:
        return None
    ordinal = ORDINAL.match(shadow)
    start = ordinal.end() if ordinal else 0
    name = next((part for part in ordinal.groups() if part), "") if ordinal else ""
    rest = shadow[start:].strip()
    words = _BRACKETED.sub(" ", rest).strip() if len(rest) > 2 else rest
    words = words.strip(" :：.。、-")
    note = " ".join(_BRACKETED.findall(rest))
    if not words and note:  # 【单选题】 stands in brackets as a whole
        words = note.split(",")[0].strip()
    if not ordinal:
        numeral = _NUMERAL.match(words)
        if numeral and _KIND_LINE.fullmatch(words[numeral.end() :]):
            name, words = numeral[1], words[numeral.end() :]
    marks = _marks_each(rest)
    head, _, tail = re.sub(r"[:：,，;。\s]{1,3}", "\0", words, count=1).partition("\0")
    plain = re.sub(r"(?:共|每).*$", "", head) or head
    alone = rest == words and _KIND_ALONE.fullmatch(rest)
    whole = rest[:1] == "(" and rest[-1:] == ")"
    said = bool(re.search("题|部分", plain)) or (
        not _SOFT.search(plain) and bool(ordinal or row.heading or whole or alone)
    )
    if said and _KIND_LINE.fullmatch(plain) and (not tail or _INSTRUCTION.match(tail)):
        kind, soft, _ = kind_in(plain)
        return Heading(row.text, name, rest, kind, soft, True, marks, note)
    if (ordinal or row.heading) and _NAMES_KIND.search(words) and len(words) <= 40 and words[-1] not in "?？":
        kind, soft, _ = kind_in(words)
        return Heading(row.text, name, rest, kind, soft, True, marks, note)
    if ordinal or row.heading:
        return Heading(row.text, name, rest, marks=marks, note=note)
    return None


def _marks_each(text: str) -> Decimal | None:
    found = _EACH.search(text)
    return Decimal(found[1] or found[2]) if found else None


@dataclass(frozen=True)
class StemMark:
    """What brackets at the ends of a stem say: ``spans`` are their places."""

    kind: Kind | None = None
    soft: bool = False
    names_kind: bool = False
    marks: Decimal | None = None
    spans: tuple[tuple[int, int], ...] = ()


def marks_in_stem(shadow: str) -> StemMark:
    """（单选题）, 【多选】, （2 分）: looked for where they are no part of the sentence, at its beginning or end."""
    kind, soft, names, marks, spans = None, False, False, None, []
    bare = _BARE_MARK.match(shadow)
    if bare:
        kind, soft, names = kind_in(bare[1])
        spans.append((0, bare.end()))
    for found in _MARK.finditer(shadow):
        if not names and _at_an_end(shadow, found):
            kind, soft, names = kind_in(found[1])
            marks = Decimal(found[2]) if found[2] else marks
            spans.append(found.span())
    for found in _WORTH.finditer(shadow):
        if marks is None and _at_an_end(shadow, found):
            marks = Decimal(found[1])
            spans.append(found.span())
    return StemMark(kind, soft, names, marks, tuple(sorted(spans)))


def _at_an_end(shadow: str, found: re.Match[str]) -> bool:
    before, after = shadow[: found.start()], shadow[found.end() :]
    return not re.search(r"[^\s()\d.、:：分题]", before[-40:]) or not re.search(
        r"[^\s()._。?？:：!！A-H√×]", after[:40]
    )
