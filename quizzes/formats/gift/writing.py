"""Questions → GIFT."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from quizzes.formats.building import labels, plain_number
from quizzes.formats.found import FoundQuestion
from quizzes.formats.gift.blocks import label
from quizzes.formats.gift.escapes import escaped, written, written_left, written_short
from quizzes.formats.guides import guide_text
from quizzes.rules.questions import (
    Cloze,
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


def write_gift(questions: Sequence[FoundQuestion]) -> str:
    """A text that Moodle imports and ``read_gift`` reads back as the same questions."""
    pieces: list[str] = []
    topic = ""
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            pieces.append("$CATEGORY: $course$/top" + (f"/{topic.replace('/', '//')}" if topic else ""))
        pieces.append(_question(question))
    return "\n\n".join(pieces) + "\n"


def _question(question: FoundQuestion) -> str:
    notes = [label("tag", tag) for tag in labels(question)]
    if question.marks is not None:
        notes.append(label("marks", plain_number(question.marks)))
    more, answers = _content(question)
    if question.explanation:
        answers.append(f"####{written(question.explanation)}")
    inside = "".join(f"\n\t{answer}" for answer in answers) + ("\n" if answers else "")
    title = f"::{escaped(question.name)}::" if question.name else ""
    comments = [f"// {note}" for note in [*notes, *more]]
    return "\n".join([*comments, f"{title}{written(question.stem)}{{{inside}}}"])


def _content(question: FoundQuestion) -> tuple[list[str], list[str]]:
    """The notes that the kind needs, and the lines between the braces."""
    match question.content:
        case Single(options):
            return [], _options(options)
        case Multiple(options):
            # As with us, a wrong choice costs as much as a right one earns.
            share = f"{Decimal(100) / sum(option.correct for option in options):.5f}".rstrip("0").rstrip(".")
            return [], [
                f"~%{share if option.correct else f'-{share}'}%{_text_and_why(option)}" for option in options
            ]
        case TrueFalse(answer):
            return [], ["TRUE" if answer else "FALSE"]
        case Fill(blanks) if len(blanks) == 1:
            accepted = _accepted(blanks[0])
            return [label("kind", "fill")] if any("->" in text for text in accepted) else [], accepted
        case Fill(blanks):
            gaps = [" ".join(_accepted(blank)) for blank in blanks]
            return _several("fill", gaps), _gap_pairs(blank[0] for blank in blanks)
        case Numeric(value, tolerance, unit):
            return [label("unit", unit)] if unit else [], [f"#{plain_number(value)}:{plain_number(tolerance)}"]
        case Matching(pairs, extra):
            sides = [(written_left(pair.left.text), pair.right.text) for pair in pairs]
            return [], _pairs([*sides, *(("", part.text) for part in extra)])
        case Ordering(items):
            return [label("kind", "ordering")], _pairs((str(place), item.text) for place, item in enumerate(items, 1))
        case Cloze(gaps) if len(gaps) == 1:
            return [label("kind", "cloze")], _options(gaps[0])
        case Cloze(gaps):
            right = [next(option.text for option in gap if option.correct) for gap in gaps]
            return _several("cloze", [" ".join(_options(gap)) for gap in gaps]), _gap_pairs(right)
        case FreeText() as content:
            return [label("guide", guide_text(content))], []


def _options(options: Iterable[Option]) -> list[str]:
    return [f"{'=' if option.correct else '~'}{_text_and_why(option)}" for option in options]


def _text_and_why(option: Option) -> str:
    return written(option.text) + (f"#{written(option.why)}" if option.why else "")


def _accepted(variants: Iterable[str]) -> list[str]:
    return ["=" + written_short(text).replace("*", "\\*") for text in variants]


def _several(kind: str, gaps: Iterable[str]) -> list[str]:
    return [label("kind", kind), *(label("gap", f"{place}:{gap}") for place, gap in enumerate(gaps, 1))]


def _gap_pairs(right: Iterable[str]) -> list[str]:
    return _pairs((f"第 {place} 空", text) for place, text in enumerate(right, 1))


def _pairs(sides: Iterable[tuple[str, str]]) -> list[str]:
    """A right side has no format: other systems read it as it stands."""
    return [f"={left} -> {escaped(right)}" for left, right in sides]
