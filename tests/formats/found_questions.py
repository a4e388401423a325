"""Questions of every kind as readers give them, with texts that are hard on file formats."""

import re
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from quizzes.formats.found import FoundQuestion
from quizzes.rules.question_fields import InvalidQuestion, check_distinct
from quizzes.rules.questions import GAP, content_from_data
from quizzes.rules.vocabulary import Kind, Platform

NASTY = (
    *("{", "}", "=", "~", "#", "####", ":", "::", "\\", "\\n", "\\*", "*", "->", "%50%", "[html]", "[plain]", "//"),
    *("<", ">", "&", "&lt;", "&amp;", "&#65;", "&nbsp;", "]]>", "<![CDATA[", "<p>", "</p>", "<br>", "<img src=x>"),
    *("<!--", "{1:SHORTANSWER:=x}", "[[1]]", "$", "$CATEGORY: x", "ANSWER: A", "A. ", "[tag:x]", "platform:"),
    *("“", "”", "，", "。", "（ ）", "：", "、", "【", "】", "评分点（2 分）：", "参考答案："),
    *("退货", "七天", "顾客", "７", "7", "3.5", "_", "\n", "\n\n", "  ", " ", "\u3000", "'", '"'),
    *("😀", "👨\u200d👩", "\u200b", "é", "T", "F", "|", "/", ";"),
)
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\xa0_\ufffe\uffff")
pieces = st.sampled_from(NASTY) | st.text(CHARACTERS, max_size=3)


def tidy(text: str) -> str:
    """As every reader gives a text: nothing around it. Five underscores would be a gap written long."""
    return re.sub("_{4,}", "_", text).strip()


texts = st.lists(pieces, min_size=1, max_size=6).map("".join).map(tidy).filter(bool)
one_liners = texts.map(lambda text: " ".join(text.split())).filter(bool)


@st.composite
def stems_with_gaps(draw):
    """A stem and the number of its gaps; two gaps side by side would be one."""
    around = st.just("") | texts.map(lambda text: text.replace("_", ""))
    inside = draw(st.lists(around.map(lambda text: text or "和"), max_size=3))
    return GAP.join([draw(around), *inside, draw(around)]).strip(), len(inside) + 1


def distinct(strategy, least, most):
    def told_apart(found: list[str]) -> bool:
        try:
            check_distinct(found, "texts")
        except InvalidQuestion:
            return False
        return True

    return st.lists(strategy, min_size=least, max_size=most).filter(told_apart)


@st.composite
def choices(draw, several: bool):
    options = draw(distinct(texts, 2, 5))
    places = st.integers(0, len(options) - 1)
    right = draw(st.sets(places, min_size=1)) if several else {draw(places)}
    return {
        "options": [
            {"text": text, "correct": index in right, "why": draw(st.just("") | texts)}
            for index, text in enumerate(options)
        ]
    }


@st.composite
def kinds_of_content(draw, kind: Kind):
    """A stem and the plain data of a content."""
    stem = draw(texts)
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            return stem, draw(choices(kind == Kind.MULTIPLE))
        case Kind.TRUE_FALSE:
            return stem, {"answer": draw(st.booleans())}
        case Kind.NUMERIC:
            return stem, {
                "answer": draw(st.decimals(-10_000, 10_000, places=2)),
                "tolerance": draw(st.decimals(0, 10, places=3)),
                "unit": draw(st.sampled_from(["", "元", "%", "天", "m/s", "<kg>", "件 / 天"])),
            }
        case Kind.MATCHING:
            left = draw(distinct(texts, 2, 4))
            right = draw(distinct(texts, len(left), len(left) + 2))
            return stem, {"pairs": [list(pair) for pair in zip(left, right, strict=False)], "extra": right[len(left) :]}
        case Kind.ORDERING:
            return stem, {"items": draw(distinct(texts, 3, 5))}
        case Kind.FREE_TEXT:
            lines = draw(st.lists(st.tuples(st.integers(1, 20), texts), min_size=1, max_size=3))
            rubric = [{"points": points, "text": text} for points, text in lines]
            return stem, {"rubric": rubric, "sample": draw(st.just("") | texts)}
    stem, gaps = draw(stems_with_gaps())
    if kind == Kind.FILL:
        return stem, {"blanks": [draw(st.lists(texts, min_size=1, max_size=3, unique=True)) for _ in range(gaps)]}
    return stem, {"gaps": [draw(choices(several=False))["options"] for _ in range(gaps)]}


@st.composite
def of_kind(draw, kind: Kind):
    stem, data = draw(kinds_of_content(kind))
    return FoundQuestion(
        kind=kind,
        stem=stem,
        content=content_from_data(kind, data, stem=stem),
        line=1,
        explanation=draw(st.just("") | texts),
        marks=draw(st.none() | st.sampled_from([Decimal(1), Decimal("2.5"), Decimal(10)])),
        topic=draw(st.just("") | one_liners.filter(lambda text: not text.startswith(("/", "$")))),
        platform=draw(st.sampled_from(["", *Platform])),
        difficulty=draw(st.none() | st.integers(1, 5)),
        tags=tuple(draw(st.lists(one_liners.filter(_free), max_size=3, unique=True))),
        name=draw(st.just("") | one_liners),
    )


def _free(tag: str) -> bool:
    return not tag.startswith(("platform:", "difficulty:"))


questions = st.sampled_from(list(Kind)).flatmap(of_kind)
several = st.lists(questions, min_size=1, max_size=4)


def without_lines(found) -> list[FoundQuestion]:
    return [replace(question, line=1) for question in found]
