"""What a row comes to: a question's content, or the reason why a person has to look, with a proposal."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from quizzes.rules.question_fields import InvalidQuestion
from quizzes.rules.questions import Content, content_from_data
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


def proposed(kind: Kind, stem: str, data: Mapping[str, Any], displayed: tuple[str, ...] = ()) -> Made | None:
    """As ``make`` for a proposal: nothing where that reading does not hold either."""
    try:
        return make(kind, stem, data, displayed)
    except Unsure:
        return None
