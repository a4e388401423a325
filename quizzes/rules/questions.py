"""The content of a question, one frozen dataclass a kind, and its one JSON shape.

Options, pairs and steps have short ids that come from their text, not from their place, so that neither
the stored order nor the id tells which one is right. An edit keeps ids where it keeps the meaning.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from quizzes.rules.question_fields import (
    InvalidQuestion,
    check_distinct,
    decimal_field,
    flag_field,
    list_field,
    text_field,
)
from quizzes.rules.vocabulary import Kind

GAP = "____"


def id_for(text: str, salt: str = "") -> str:
    """A short stable id for a piece of text: six hexadecimal digits."""
    return hashlib.sha256(f"{salt}\0{text}".encode()).hexdigest()[:6]


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    correct: bool = False
    why: str = ""


@dataclass(frozen=True)
class Part:
    """One text with its id: a step to order, or one side of a pair."""

    id: str
    text: str


@dataclass(frozen=True)
class Pair:
    left: Part
    right: Part


@dataclass(frozen=True)
class RubricLine:
    points: int
    text: str


@dataclass(frozen=True)
class Single:
    options: tuple[Option, ...]
    kind: ClassVar[Kind] = Kind.SINGLE


@dataclass(frozen=True)
class Multiple:
    options: tuple[Option, ...]
    kind: ClassVar[Kind] = Kind.MULTIPLE


@dataclass(frozen=True)
class TrueFalse:
    answer: bool
    kind: ClassVar[Kind] = Kind.TRUE_FALSE


@dataclass(frozen=True)
class Fill:
    """``blanks[i]`` lists every wording that is right in the i-th gap."""

    blanks: tuple[tuple[str, ...], ...]
    kind: ClassVar[Kind] = Kind.FILL


@dataclass(frozen=True)
class Numeric:
    """Right within ``tolerance`` (absolute, in ``unit``) of ``answer``."""

    answer: Decimal
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    kind: ClassVar[Kind] = Kind.NUMERIC


@dataclass(frozen=True)
class Matching:
    """``extra`` are right-hand sides that belong to no left-hand side."""

    pairs: tuple[Pair, ...]
    extra: tuple[Part, ...] = ()
    kind: ClassVar[Kind] = Kind.MATCHING


@dataclass(frozen=True)
class Ordering:
    """``items`` stand in the right order."""

    items: tuple[Part, ...]
    kind: ClassVar[Kind] = Kind.ORDERING


@dataclass(frozen=True)
class Cloze:
    """``gaps[i]`` are the choices of the i-th gap, exactly one of them correct."""

    gaps: tuple[tuple[Option, ...], ...]
    kind: ClassVar[Kind] = Kind.CLOZE


@dataclass(frozen=True)
class FreeText:
    rubric: tuple[RubricLine, ...]
    sample: str = ""
    kind: ClassVar[Kind] = Kind.FREE_TEXT


Content = Single | Multiple | TrueFalse | Fill | Numeric | Matching | Ordering | Cloze | FreeText


# --- reading ---------------------------------------------------------------------------------------------

def content_from_data(kind: Kind, data: Mapping[str, Any], *, stem: str) -> Content:
    """Build and check the content of a question from plain data (YAML or our own JSON).

    Raises ``InvalidQuestion`` naming the field when anything is missing, doubled or without a key.
    """
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            return choice_of(kind, _options(data, "options"))
        case Kind.TRUE_FALSE:
            answer = data.get("answer")
            if not isinstance(answer, bool):
                raise InvalidQuestion("answer", "判断题的 answer 要写 true 或 false")
            return TrueFalse(answer)
        case Kind.FILL:
            return Fill(_blanks(data, stem))
        case Kind.NUMERIC:
            return Numeric(
                decimal_field(data, "answer"),
                decimal_field(data, "tolerance", default=Decimal(0), least=Decimal(0)),
                str(data.get("unit") or ""),
            )
        case Kind.MATCHING:
            return _matching(data)
        case Kind.ORDERING:
            items = _parts(list_field(data, "items", least=3), "items")
            check_distinct((item.text for item in items), "items")
            return Ordering(items)
        case Kind.CLOZE:
            return Cloze(_gaps(data, stem))
        case Kind.FREE_TEXT:
            return FreeText(_rubric(data), str(data.get("sample") or ""))


def choice_of(kind: Kind, options: tuple[Option, ...]) -> Single | Multiple:
    """A choice of these options. Raises ``InvalidQuestion`` where two are the same or the key does not fit the kind."""
    _check_options(options, "options")
    correct = sum(option.correct for option in options)
    if kind == Kind.SINGLE:
        if correct != 1:
            raise InvalidQuestion("options", f"单选题要有且只有一个正确项，现在是 {correct} 个")
        return Single(options)
    if correct == 0:
        raise InvalidQuestion("options", "多选题至少要有一个正确项")
    return Multiple(options)


def _options(data: Mapping[str, Any], key: str) -> tuple[Option, ...]:
    options = []
    for raw in list_field(data, key, least=2):
        if not isinstance(raw, Mapping):
            raise InvalidQuestion(key, "每个选项要写成 text: … 的形式")
        text = text_field(raw, "text", where=key)
        options.append(
            Option(str(raw.get("id") or id_for(text)), text, flag_field(raw, "correct", key), str(raw.get("why") or ""))
        )
    return tuple(options)


def _check_options(options: Sequence[Option], key: str) -> None:
    check_distinct([option.text for option in options], key)
    if len({option.id for option in options}) < len(options):
        check_distinct([option.id for option in options], key)


def _blanks(data: Mapping[str, Any], stem: str) -> tuple[tuple[str, ...], ...]:
    blanks = []
    for raw in list_field(data, "blanks", least=1):
        variants = tuple(str(v).strip() for v in (raw if isinstance(raw, list | tuple) else [raw]))
        if not variants or not all(variants):
            raise InvalidQuestion("blanks", "每个空至少写一个答案，答案不能是空白")
        blanks.append(variants)
    _gaps_match(stem, len(blanks), "blanks")
    return tuple(blanks)


def _gaps(data: Mapping[str, Any], stem: str) -> tuple[tuple[Option, ...], ...]:
    gaps = []
    for number, raw in enumerate(list_field(data, "gaps", least=1)):
        if isinstance(raw, Mapping):
            texts = [(str(raw.get("correct") or "").strip(), True)]
            texts += [(str(text).strip(), False) for text in raw.get("wrong") or []]
            options = [Option(id_for(text, str(number)), text, right) for text, right in texts]
        else:
            options = list(_options({"gap": raw}, "gap"))
            _check_options(options, "gap")
        if len(options) < 2 or not all(option.text for option in options):
            raise InvalidQuestion("gaps", f"第 {number + 1} 空要有 correct 和至少一个 wrong")
        if sum(option.correct for option in options) != 1:
            raise InvalidQuestion("gaps", f"第 {number + 1} 空要有且只有一个正确的词")
        check_distinct((option.text for option in options), "gaps")
        gaps.append(tuple(options))
    _gaps_match(stem, len(gaps), "gaps")
    return tuple(gaps)


def _gaps_match(stem: str, count: int, key: str) -> None:
    found = len(split_stem(stem)) - 1
    if found != count:
        raise InvalidQuestion(key, f"题干里有 {found} 个 {GAP}，答案却有 {count} 个")


def split_stem(stem: str) -> list[str]:
    """The text before, between and after the gaps: one piece more than there are gaps."""
    return re.split(r"_{4,}", stem)


def _matching(data: Mapping[str, Any]) -> Matching:
    pairs = []
    for raw in list_field(data, "pairs", least=2):
        if isinstance(raw, Mapping):
            left, right = _part(raw.get("left"), "pairs", "l"), _part(raw.get("right"), "pairs", "r")
        elif isinstance(raw, list | tuple) and len(raw) == 2:
            left, right = _part(raw[0], "pairs", "l"), _part(raw[1], "pairs", "r")
        else:
            raise InvalidQuestion("pairs", "每一对要写成 [左, 右]")
        pairs.append(Pair(left, right))
    extra = tuple(_part(raw, "extra", "r") for raw in data.get("extra") or [])
    check_distinct((pair.left.text for pair in pairs), "pairs")
    check_distinct([pair.right.text for pair in pairs] + [part.text for part in extra], "pairs")
    return Matching(tuple(pairs), extra)


def _part(raw: Any, key: str, salt: str = "") -> Part:
    if isinstance(raw, Mapping):
        text = text_field(raw, "text", where=key)
        return Part(str(raw.get("id") or id_for(text, salt)), text)
    text = str(raw if raw is not None else "").strip()
    if not text:
        raise InvalidQuestion(key, "有一项是空白")
    return Part(id_for(text, salt), text)


def _parts(raws: Iterable[Any], key: str) -> tuple[Part, ...]:
    return tuple(_part(raw, key) for raw in raws)


def _rubric(data: Mapping[str, Any]) -> tuple[RubricLine, ...]:
    lines = []
    for raw in list_field(data, "rubric", least=1):
        points = raw.get("points") if isinstance(raw, Mapping) else None
        if not isinstance(points, int) or isinstance(points, bool) or points < 1:
            raise InvalidQuestion("rubric", "每条评分点要写 points（正整数）和 text")
        lines.append(RubricLine(points, text_field(raw, "text", where="rubric")))
    return tuple(lines)


# --- writing ---------------------------------------------------------------------------------------------

def content_to_data(content: Content) -> dict[str, Any]:
    """The JSON shape of a question's content; ``content_from_data`` reads it back unchanged."""
    match content:
        case Single(options) | Multiple(options):
            return {"options": [_option_data(option) for option in options]}
        case TrueFalse(answer):
            return {"answer": answer}
        case Fill(blanks):
            return {"blanks": [list(variants) for variants in blanks]}
        case Numeric(answer, tolerance, unit):
            return {"answer": str(answer), "tolerance": str(tolerance), "unit": unit}
        case Matching(pairs, extra):
            return {
                "pairs": [{"left": _part_data(pair.left), "right": _part_data(pair.right)} for pair in pairs],
                "extra": [_part_data(part) for part in extra],
            }
        case Ordering(items):
            return {"items": [_part_data(item) for item in items]}
        case Cloze(gaps):
            return {"gaps": [[_option_data(option) for option in options] for options in gaps]}
        case FreeText(rubric, sample):
            return {"rubric": [{"points": line.points, "text": line.text} for line in rubric], "sample": sample}


def _option_data(option: Option) -> dict[str, Any]:
    data: dict[str, Any] = {"id": option.id, "text": option.text, "correct": option.correct}
    return {**data, "why": option.why} if option.why else data


def _part_data(part: Part) -> dict[str, str]:
    return {"id": part.id, "text": part.text}
