"""What goes into the gates and what comes out: drafts, questions and refusals."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from quizzes.rules.facts import Fact
from quizzes.rules.questions import Content, content_from_data
from quizzes.rules.vocabulary import RULES_FOR_KIND, Kind, MarkingRule, Platform

MAX_SLUG = 100


class Asked(Protocol):
    """The part of a question, fresh or stored, that its key can be recomputed from."""

    @property
    def form(self) -> str: ...
    @property
    def stem(self) -> str: ...
    @property
    def content(self) -> Content: ...
    @property
    def facts(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Draft:
    """A question as a form words it, before its content is checked.

    ``facts`` are those that the key rests on, the one that is asked about first. ``variant`` tells apart
    the questions that one form makes of the same facts; ``data`` is what ``content_from_data`` reads.
    """

    facts: tuple[Fact, ...]
    kind: Kind
    stem: str
    data: Mapping[str, Any]
    explanation: str
    difficulty: int
    variant: str = ""


@dataclass(frozen=True)
class GeneratedQuestion:
    """A question that rests on ``facts`` (their keys) as they were on the day ``as_of``.

    ``slug`` follows from the form, the facts and the variant, not from the wording or the seed: when a
    fact changes, the question made anew is the next version of the same one.
    """

    slug: str
    form: str
    kind: Kind
    stem: str
    content: Content
    explanation: str
    difficulty: int
    topic: str
    platform: Platform
    lesson: str
    facts: tuple[str, ...]
    as_of: date
    rule: MarkingRule


@dataclass(frozen=True)
class Rejection:
    """Why a question was not made or may not go live. ``gate`` is a code, ``reason`` is for the writer."""

    form: str
    facts: tuple[str, ...]
    gate: str
    reason: str


@dataclass(frozen=True)
class Generated:
    questions: tuple[GeneratedQuestion, ...]
    rejected: tuple[Rejection, ...]


def assemble(form: str, draft: Draft, on: date) -> GeneratedQuestion:
    """The finished question. Raises ``InvalidQuestion`` when its content cannot be asked or marked."""
    asked = draft.facts[0]
    return GeneratedQuestion(
        slug=_slug(form, draft),
        form=form,
        kind=draft.kind,
        stem=draft.stem,
        content=content_from_data(draft.kind, draft.data, stem=draft.stem),
        explanation=draft.explanation,
        difficulty=draft.difficulty,
        topic=asked.topic,
        platform=next(iter(asked.scope)) if len(asked.scope) == 1 else Platform.ALL,
        lesson=asked.lesson,
        facts=tuple(fact.key for fact in draft.facts),
        as_of=on,
        rule=RULES_FOR_KIND[draft.kind][0],
    )


def _slug(form: str, draft: Draft) -> str:
    keys = [fact.key for fact in draft.facts]
    digest = hashlib.sha256("\0".join([form, draft.variant, *sorted(keys)]).encode()).hexdigest()[:8]
    head = f"{form.replace('_', '-')}-{keys[0]}"
    return f"{head[: MAX_SLUG - 9]}-{digest}"
