"""What a form of question is: how it is made, how its key is found again, why its distractors are false."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from quizzes.rules.facts import Fact
from quizzes.rules.generation.pool import Pool
from quizzes.rules.generation.question import Asked, Draft, Rejection
from quizzes.rules.questions import Cloze, Content, Multiple, Option, Single

Made = Draft | Rejection


def _nothing_to_prove(asked: Asked, pool: Pool) -> str | None:
    return None


@dataclass(frozen=True)
class Form:
    """``make(pool, seed)`` gives drafts, or rejections where the facts do not yield one.

    ``holds(question, facts)`` works the key out again from stem and facts and tells whether it is the one
    that is marked; it may raise ``KeyError`` for a fact that is gone. ``unproved(question, pool)`` says
    which distractor is not proved false, ``None`` when all are.
    """

    name: str
    make: Callable[[Pool, int], Iterator[Made]]
    holds: Callable[[Asked, Mapping[str, Fact]], bool]
    unproved: Callable[[Asked, Pool], str | None] = _nothing_to_prove


def refuse(form: str, fact: Fact, reason: str) -> Rejection:
    """The facts do not yield a question of this form."""
    return Rejection(form, (fact.key,), "material", reason)


def first_fact(asked: Asked, facts: Mapping[str, Fact]) -> Fact:
    return facts[asked.facts[0]]


def all_options(content: Content) -> tuple[Option, ...]:
    """The options of a choice or of every gap; none for the other kinds."""
    match content:
        case Single(options) | Multiple(options):
            return options
        case Cloze(gaps):
            return tuple(option for gap in gaps for option in gap)
    return ()


def wrong_texts(content: Content) -> list[str]:
    return [option.text for option in all_options(content) if not option.correct]


def right_texts(content: Content) -> list[str]:
    return [option.text for option in all_options(content) if option.correct]
