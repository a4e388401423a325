"""Answers that a person might give: the right one, and a slip such as people make. For demonstrations."""

from random import Random

from quizzes.rules.answers import Answer
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
    Single,
    TrueFalse,
)


def right_answer(content: Content) -> Answer:
    """The answer that earns full marks; for a free text its sample, which may be empty."""
    match content:
        case Single(options):
            return _correct(options)[0]
        case Multiple(options):
            return _correct(options)
        case TrueFalse(answer):
            return answer
        case Fill(blanks):
            return [variants[0] for variants in blanks]
        case Numeric(answer):
            return str(answer)
        case Matching(pairs):
            return {pair.left.id: pair.right.id for pair in pairs}
        case Ordering(items):
            return [item.id for item in items]
        case Cloze(gaps):
            return [_correct(options)[0] for options in gaps]
        case FreeText(_, sample):
            return sample


def slip(content: Content, rng: Random) -> Answer:
    """An answer that does not earn full marks: another option, one choice too few, two steps exchanged."""
    match content:
        case Single(options):
            return rng.choice(_wrong(options))
        case Multiple(options):
            chosen = _correct(options)
            if len(chosen) > 1:
                chosen.remove(rng.choice(chosen))
                return chosen
            return [*chosen, *_wrong(options)[:1]] if _wrong(options) else []
        case TrueFalse(answer):
            return not answer
        case Fill(blanks):
            return ["", *(variants[0] for variants in blanks[1:])]
        case Numeric(answer, tolerance):
            return str(answer + tolerance + 1)
        case Matching(pairs):
            (one, other), rest = pairs[:2], pairs[2:]
            crossed = {one.left.id: other.right.id, other.left.id: one.right.id}
            return crossed | {pair.left.id: pair.right.id for pair in rest}
        case Ordering(items):
            ids = [item.id for item in items]
            at = rng.randrange(len(ids) - 1)
            ids[at], ids[at + 1] = ids[at + 1], ids[at]
            return ids
        case Cloze(gaps):
            return [_wrong(gaps[0])[0], *(_correct(options)[0] for options in gaps[1:])]
        case FreeText():
            return ""


def _correct(options: tuple[Option, ...]) -> list[str]:
    return [option.id for option in options if option.correct]


def _wrong(options: tuple[Option, ...]) -> list[str]:
    return [option.id for option in options if not option.correct]
