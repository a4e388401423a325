"""What a row comes to: a question's content, or the reason why a person has to look, with a proposal."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quizzes.rules.question_fields import InvalidQuestion
from quizzes.rules.questions import Content, Option, choice_of, content_from_data, id_for
from quizzes.rules.vocabulary import Kind


class Made(NamedTuple):
    kind: Kind
    stem: str
    content: Content
    displayed: tuple[str, ...] = ()


class Unsure(Exception):
    """``reason`` says in Chinese what is unsure and what to do; ``proposal`` is the likeliest reading."""

    def __init__(self, reason: str, proposal: Made | None = None):
        super().__init__(reason)
        self.reason = reason
        self.proposal = proposal


def make(kind: Kind, stem: str, data: Mapping[str, Any], displayed: tuple[str, ...] = ()) -> Made:
    """Raises ``Unsure`` where the content is none of its kind."""
    try:
        return Made(kind, stem, content_from_data(kind, data, stem=stem), displayed)
    except InvalidQuestion as error:
        raise Unsure(f"{error.message}，请改好") from None


def make_choice(kind: Kind, stem: str, texts: Sequence[str], right: Sequence[int], whys: Sequence[str] = ()) -> Made:
    """As ``make`` for a single or multiple choice: the texts of its options and the places of the right ones."""
    reasons = whys or ("",) * len(texts)
    options = tuple([Option(id_for(text), text, n in right, reasons[n]) for n, text in enumerate(texts)])
    try:
        return Made(kind, stem, choice_of(kind, options))
    except InvalidQuestion as error:
        raise Unsure(f"{error.message}，请改好") from None


def proposed(kind: Kind, stem: str, data: Mapping[str, Any], displayed: tuple[str, ...] = ()) -> Made | None:
    """As ``make`` for a proposal: nothing where that reading does not hold either."""
    try:
        return make(kind, stem, data, displayed)
    except Unsure:
        return None
