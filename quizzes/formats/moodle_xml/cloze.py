"""Moodle's embedded answers: ``{1:MULTICHOICE:=七~十#说明}`` in the middle of a text."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from quizzes.formats.building import About, Choice, Unsure, build, explained, number
from quizzes.formats.found import FoundQuestion
from quizzes.formats.markup import text_to_html
from quizzes.formats.moodle_xml.fields import Texts
from quizzes.rules.questions import GAP, split_stem
from quizzes.rules.vocabulary import Kind

TYPES = {
    **dict.fromkeys(("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"), "text"),
    **dict.fromkeys(("NUMERICAL", "NM"), "number"),
    **dict.fromkeys(
        (
            *("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"),
            *("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"),
        ),
        "choice",
    ),
    **dict.fromkeys(
        (
            *("MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS"),
            *("ESSAY", "ES", "REGEXP", "RX", "REGEXP_C", "RXC"),
        ),
        "other",
    ),
}
OPENING = re.compile(r"\{\s{0,10}(\d{0,4})\s{0,10}:\s{0,10}([A-Za-z_]{2,20})\s{0,10}:")
SHARE = re.compile(r"%(-?\d{1,3}(?:\.\d{1,9})?)%")
# Within a field these would end it; as HTML's numbers they do not, neither for Moodle nor for us.
MARKS = {ord(char): f"&#{ord(char)};" for char in "{}~#=%\\/:\"*"}
BRACES = {ord(char): MARKS[ord(char)] for char in "{}"}  # in the text around the gaps


@dataclass(frozen=True)
class Gap:
    """An embedded answer: a ``choice`` among the answers, or a ``text`` or ``number`` to write."""

    type: str
    answers: tuple[Choice, ...]


def read_cloze(about: About, html: str, texts: Texts) -> FoundQuestion:
    """The question of an embedded-answers text. Raises ``Unsure``."""
    stem, gaps = _split(html, texts)
    about = replace(about, stem=stem)
    if len(split_stem(stem)) - 1 != len(gaps):
        raise Unsure("题干里除了嵌入的答案还有下划线空格，分不清哪些是空。请改好题干。")
    types = {gap.type for gap in gaps}
    if not gaps:
        raise Unsure("完形题里没有读到嵌入的答案。请检查 {1:SHORTANSWER:=…} 的写法。")
    if "other" in types:
        raise Unsure("完形题里有多选、简答或正则的空，这里不支持。请拆成几道题。")
    if types == {"choice"}:
        return _choices(about, gaps)
    return _texts(about, gaps, mixed="choice" in types)


def _split(html: str, texts: Texts) -> tuple[str, list[Gap]]:
    """The stem with ``____`` for each gap, and the gaps."""
    pieces: list[str] = []
    gaps: list[Gap] = []
    done = 0
    for found in OPENING.finditer(html):
        if found.start() < done or found[2].upper() not in TYPES:
            continue
        end = _end(html, found.end())
        if end is None:
            raise Unsure("完形题里有一处嵌入的答案没有写完，缺少“}”。请补上。")
        pieces += (html[done : found.start()], GAP)
        gaps.append(_gap(TYPES[found[2].upper()], html[found.end() : end], texts))
        done = end + 1
    return texts.html("".join([*pieces, html[done:]])), gaps


def _end(html: str, start: int) -> int | None:
    """Where the closing brace is that no backslash takes back."""
    while (start := html.find("}", start)) >= 0:
        if html[start - 1] != "\\":
            return start
        start += 1
    return None


def _gap(type_: str, inside: str, texts: Texts) -> Gap:
    return Gap(type_, tuple(_answer(type_, part, texts) for part in re.split(r"(?<![\\])~", inside) if part.strip()))


def _answer(type_: str, part: str, texts: Texts) -> Choice:
    part = part.strip()
    share = Decimal(0)
    if part.startswith("="):
        share, part = Decimal(1), part[1:]
    elif found := SHARE.match(part):
        share, part = Decimal(found[1]) / 100, part[found.end() :]
    text, *why = re.split(r"(?<![\\&])#", part, maxsplit=1)
    plain = texts.html(re.sub(r"\\([~}#/\"\\])", r"\1", text))
    return Choice(plain, share, texts.html(re.sub(r"\\([~}#/\"\\])", r"\1", why[0])) if why else "")


def _choices(about: About, gaps: list[Gap]) -> FoundQuestion:
    for index, gap in enumerate(gaps, 1):
        right = [answer.text for answer in gap.answers if answer.share >= 1]
        if len(right) != 1:
            raise Unsure(f"第 {index} 空有 {len(right)} 个正确项，应当有且只有一个。请改好答案。")
    data = {
        "gaps": [
            [{"text": answer.text, "correct": answer.share >= 1, "why": answer.why} for answer in gap.answers]
            for gap in gaps
        ]
    }
    question = build(Kind.CLOZE, about, data)
    if any(0 < answer.share < 1 for gap in gaps for answer in gap.answers):
        raise Unsure("有选项只得一部分分，这里不支持。请确认正确答案。", question)
    return question


def _texts(about: About, gaps: list[Gap], *, mixed: bool) -> FoundQuestion:
    blanks: list[list[str]] = []
    partly = False
    for index, gap in enumerate(gaps, 1):
        right = [answer for answer in gap.answers if answer.share >= 1]
        partly = partly or any(0 < answer.share < 1 for answer in gap.answers)
        if not right:
            raise Unsure(f"第 {index} 空没有满分的答案。请补上正确答案。")
        if gap.type == "number":
            exact = [_value(answer.text) for answer in right]
            blanks.append([value for value, _ in exact])
            partly = partly or any(tolerance for _, tolerance in exact)
        else:
            blanks.append([accepted(answer.text) for answer in right])
    replies = [(answer.text, answer.why) for gap in gaps for answer in gap.answers]
    question = build(Kind.FILL, explained(about, replies), {"blanks": blanks})
    if mixed or partly:
        raise Unsure("完形题里混有选择、误差范围或部分得分，只能按填空题读。请确认每个空的答案。", question)
    return question


def _value(text: str) -> tuple[str, bool]:
    """A number as it stands, and whether it allows for any error."""
    value, _, tolerance = text.partition(":")
    number(value)
    return value.strip(), bool(number(tolerance or "0"))


def accepted(text: str) -> str:
    """A text that is accepted as a short answer. Raises ``Unsure`` where ``*`` stands for anything in it."""
    if re.search(r"(?<!\\)\*", text):
        raise Unsure(f"答案“{text[:60]}”里的 * 代表任意文字，这里不支持。请写出所有算对的说法。")
    return text.replace("\\*", "*")


# --- writing -------------------------------------------------------------------------------------------------

def written(gap: Gap) -> str:
    """One gap in a text that is HTML."""
    type_ = "MULTICHOICE" if gap.type == "choice" else "SHORTANSWER"
    return f"{{1:{type_}:{'~'.join(_written(gap.type, answer) for answer in gap.answers)}}}"


def _written(type_: str, answer: Choice) -> str:
    text = answer.text.replace("*", "\\*") if type_ == "text" else answer.text
    field = ("=" if answer.share >= 1 else "") + escaped(text)
    return f"{field}#{escaped(answer.why)}" if answer.why else field


def escaped(text: str) -> str:
    """``text`` as HTML in which no character means anything to the embedded answers."""
    return text_to_html(text).translate(MARKS)
