"""A question after it was marked: what was answered, what is right and why. Only for pages that may show the key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from quizzes.rules.cards import nothing_in
from quizzes.rules.marking import mark
from quizzes.rules.questions import (
    Cloze,
    Content,
    Fill,
    FreeText,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    RubricLine,
    Single,
    TrueFalse,
    split_stem,
)
from quizzes.rules.vocabulary import RULES_FOR_KIND, Kind


@dataclass(frozen=True)
class OptionReview:
    """``right`` says that the option belongs to the key, ``chosen`` that the person ticked it."""

    letter: str
    text: str
    chosen: bool
    right: bool
    why: str


@dataclass(frozen=True)
class GapReview:
    """``accepted`` lists what is right in the gap, the first being the usual wording."""

    before: str
    given: str
    accepted: tuple[str, ...]
    met: bool


@dataclass(frozen=True)
class PairReview:
    left: str
    given: str
    right: str
    met: bool


@dataclass(frozen=True)
class Reviewed:
    """Which fields are filled depends on ``kind``; ``answered`` is false when nothing was given.

    ``given`` and ``key`` are the typed and the right text of numeric, the sample answer being the key of free
    text. ``given_order`` is empty when the steps were left as they lay.
    """

    kind: Kind
    stem: str
    answered: bool
    options: tuple[OptionReview, ...] = ()
    gaps: tuple[GapReview, ...] = ()
    after: str = ""
    pairs: tuple[PairReview, ...] = ()
    given_order: tuple[str, ...] = ()
    key_order: tuple[str, ...] = ()
    given: str = ""
    key: str = ""
    rubric: tuple[RubricLine, ...] = ()


def review_of(content: Content, stem: str, arrangement: Mapping[str, Any], answer: Any) -> Reviewed:
    """The review of a question by the key of ``content``, options in the order in which the person saw them.

    ``content`` may be a later version than the paper's, after a correction: what ``arrangement`` does not name
    follows at the end, and ids that are gone are left out.
    """
    answered = not nothing_in(answer)
    kind = content.kind
    match content:
        case Single(options) | Multiple(options):
            return Reviewed(kind, stem, answered, options=_options(options, arrangement.get("options", ()), answer))
        case TrueFalse(key):
            rows = tuple(
                OptionReview(letter, text, answer is value, key is value, "")
                for letter, text, value in (("A", "正确", True), ("B", "错误", False))
            )
            return Reviewed(kind, stem, answered, options=rows)
        case Fill() | Cloze():
            pieces = split_stem(stem)
            return Reviewed(kind, stem, answered, gaps=_gaps(content, pieces, answer), after=pieces[-1])
        case Numeric(key, tolerance, unit):
            given = answer.strip() if isinstance(answer, str) else ""
            return Reviewed(kind, stem, answered, given=given, key=_number(key, tolerance, unit))
        case Matching(pairs):
            rights = {pair.right.id: pair.right.text for pair in pairs} | {part.id: part.text for part in content.extra}
            chosen = answer if isinstance(answer, Mapping) else {}
            reviews = tuple(
                PairReview(
                    pair.left.text,
                    rights.get(str(chosen.get(pair.left.id, "")), ""),
                    pair.right.text,
                    chosen.get(pair.left.id) == pair.right.id,
                )
                for pair in pairs
            )
            return Reviewed(kind, stem, answered, pairs=reviews)
        case Ordering(items):
            texts = {item.id: item.text for item in items}
            order = answer if isinstance(answer, list) else []
            return Reviewed(
                kind,
                stem,
                answered,
                given_order=tuple(texts[id_] for id_ in order if id_ in texts),
                key_order=tuple(texts.values()),
            )
        case FreeText(rubric, sample):
            given = answer if isinstance(answer, str) else ""
            return Reviewed(kind, stem, answered, given=given, key=sample, rubric=rubric)


def _options(options: Sequence[Option], seen: Sequence[str], answer: Any) -> tuple[OptionReview, ...]:
    chosen = {answer} if isinstance(answer, str) else set(map(str, answer)) if isinstance(answer, list) else set()
    places = {id_: place for place, id_ in enumerate(seen)}
    ordered = sorted(options, key=lambda option: places.get(option.id, len(places)))
    return tuple(
        OptionReview(letter, option.text, option.id in chosen, option.correct, option.why)
        for letter, option in zip(ascii_uppercase, ordered, strict=False)
    )


def _gaps(content: Fill | Cloze, pieces: list[str], answer: Any) -> tuple[GapReview, ...]:
    met = mark(content, answer, RULES_FOR_KIND[content.kind][0]).parts
    given = [str(part) for part in answer] if isinstance(answer, list) else []
    given += [""] * (len(met) - len(given))
    if isinstance(content, Fill):
        return tuple(
            GapReview(before, text, accepted, right)
            for before, text, accepted, right in zip(pieces, given, content.blanks, met, strict=False)
        )
    return tuple(
        GapReview(
            before,
            next((option.text for option in gap if option.id == choice), ""),
            tuple(option.text for option in gap if option.correct),
            right,
        )
        for before, choice, gap, right in zip(pieces, given, content.gaps, met, strict=False)
    )


def _number(key: Decimal, tolerance: Decimal, unit: str) -> str:
    text = f"{display_number(key)} {unit}".strip()
    return f"{text}（±{display_number(tolerance)}）" if tolerance else text


def display_number(number: Decimal) -> str:
    """A number as people write it: no exponent, no idle zeros."""
    return f"{number.normalize():f}"
