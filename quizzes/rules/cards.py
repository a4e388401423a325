"""A question as a page shows it to the person answering: the shuffled parts with the answer so far filled in.

Nothing here tells the key: a card is made from ``arrangement.shown`` and the person's own answer only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from quizzes.rules.arrangement import (
    ShownCloze,
    ShownFill,
    ShownFreeText,
    ShownMatching,
    ShownNumeric,
    ShownOptions,
    ShownOrdering,
    shown,
)
from quizzes.rules.questions import Content, split_stem
from quizzes.rules.vocabulary import Kind


@dataclass(frozen=True)
class Row:
    """An option to tick. ``letter`` counts in the order of this page: A, B, C …"""

    id: str
    letter: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Gap:
    """The text before a gap, and what stands in it: ``rows`` to choose from (cloze) or ``text`` typed (fill)."""

    before: str
    number: int
    text: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Left:
    """A left-hand side with the id of the right-hand side chosen for it, or an empty one."""

    id: str
    text: str
    chosen: str


@dataclass(frozen=True)
class Step:
    """A step to order; ``place`` is its number in the answer, from 1, and ``None`` before the first move."""

    id: str
    text: str
    place: int | None


@dataclass(frozen=True)
class Card:
    """``answered`` is false while nothing was given. Which of the other fields are filled depends on ``kind``."""

    kind: Kind
    stem: str
    answered: bool
    options: tuple[Row, ...] = ()
    gaps: tuple[Gap, ...] = ()
    after: str = ""
    lefts: tuple[Left, ...] = ()
    rights: tuple[Row, ...] = ()
    steps: tuple[Step, ...] = ()
    text: str = ""
    unit: str = ""
    limit: int = 0


def field_name(item_id: int) -> str:
    """What the inputs of an item are called in a form."""
    return f"a-{item_id}"


def card_of(content: Content, stem: str, arrangement: dict[str, Any], answer: Any = None) -> Card:
    """The card of a question. A stored answer of another shape than the question's shows as none."""
    answered = not nothing_in(answer)
    view = shown(content, arrangement)
    match view:
        case ShownOptions(kind, options):
            chosen = _chosen(answer)
            rows = tuple(
                Row(option.id, letter, option.text, option.id in chosen)
                for letter, option in zip(ascii_uppercase, options, strict=False)
            )
            return Card(kind, stem, answered, options=rows)
        case ShownFill() | ShownCloze():
            pieces = split_stem(stem)
            return Card(
                view.kind,
                stem,
                answered,
                gaps=_gaps(view, pieces, answer),
                after=pieces[-1],
                limit=getattr(view, "limit", 0),
            )
        case ShownNumeric(unit, limit):
            return Card(view.kind, stem, answered, text=_text(answer), unit=unit, limit=limit)
        case ShownMatching(lefts, rights):
            pairs = answer if isinstance(answer, Mapping) else {}
            return Card(
                view.kind,
                stem,
                answered,
                lefts=tuple(Left(left.id, left.text, str(pairs.get(left.id, ""))) for left in lefts),
                rights=tuple(
                    Row(right.id, letter, right.text, False)
                    for letter, right in zip(ascii_uppercase, rights, strict=False)
                ),
            )
        case ShownOrdering():
            return Card(view.kind, stem, answered, steps=_steps(view, answer))
        case ShownFreeText(limit):
            return Card(view.kind, stem, answered, text=_text(answer), limit=limit)


def nothing_in(answer: Any) -> bool:
    """Whether a stored answer is empty, for pages that do not have the question at hand."""
    match answer:
        case str():
            return not answer.strip()
        case list():
            return not any(str(part).strip() for part in answer)
        case dict():
            return not any(answer.values())
    return answer is None


def order_by_places(ids: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """All ``ids`` by the numbers that a person gave some of them; those without one follow as they stood.

    Empty when no number was given: the question was left open.
    """
    if not any(id_ in places for id_ in ids):
        return []
    last = max(places.values()) + 1
    return sorted(ids, key=lambda id_: places.get(id_, last))


def _gaps(view: ShownFill | ShownCloze, pieces: list[str], answer: Any) -> tuple[Gap, ...]:
    given = [str(part) for part in answer] if isinstance(answer, list) else []
    given += [""] * (len(pieces) - len(given))
    if isinstance(view, ShownFill):
        return tuple(Gap(pieces[n], n + 1, text=given[n]) for n in range(view.blanks))
    return tuple(
        Gap(pieces[n], n + 1, rows=tuple(Row(choice.id, "", choice.text, choice.id == given[n]) for choice in choices))
        for n, choices in enumerate(view.gaps)
    )


def _steps(view: ShownOrdering, answer: Any) -> tuple[Step, ...]:
    items = {item.id: item for item in view.items}
    order = answer if isinstance(answer, list) and sorted(map(str, answer)) == sorted(items) else []
    if not order:
        return tuple(Step(item.id, item.text, None) for item in view.items)
    return tuple(Step(id_, items[id_].text, place) for place, id_ in enumerate(order, start=1))


def _chosen(answer: Any) -> set[str]:
    match answer:
        case bool():
            return {"true" if answer else "false"}
        case str():
            return {answer}
        case list():
            return {str(part) for part in answer}
    return set()


def _text(answer: Any) -> str:
    return answer if isinstance(answer, str) else ""

