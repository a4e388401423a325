"""What every generated question must pass before it may go live.

In order: ``facts`` (all there, in force, none dead outside its form), ``key`` (computed again from the
facts), ``distractors`` (proved false for this scope and date), ``options`` (none reads like another),
``reading`` (good Chinese), ``duplicate`` (nothing like it in the bank).
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from quizzes.rules.facts import Fact
from quizzes.rules.generation import dead
from quizzes.rules.generation.falsehood import loose
from quizzes.rules.generation.form import Form
from quizzes.rules.generation.pool import Pool, is_dead
from quizzes.rules.generation.question import Asked
from quizzes.rules.generation.reading import texts, why_unreadable
from quizzes.rules.generation.registry import FORMS
from quizzes.rules.questions import Cloze, Content, Matching
from quizzes.rules.text import fold


@dataclass(frozen=True)
class Failure:
    """``gate`` is a code from this module's list; ``reason`` tells the writer what to mend."""

    gate: str
    reason: str


def fingerprint(stem: str, content: Content) -> str:
    """The same for two questions that read the same, whatever the order and the spelling of their options."""
    parts = [loose(stem), *sorted(loose(text) for text in texts(content))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def recompute(question: Asked, facts_by_key: Mapping[str, Fact], on: date) -> bool:
    """Whether the marked key is still what the facts give on the day ``on``, for the same wording.

    A fact that has changed so much that the question cannot be worded from it gives ``False``. Raises
    ``KeyError`` when a fact or the form does not exist any more.
    """
    form = FORMS[question.form]
    if any(not facts_by_key[key].holds_on(on) for key in question.facts):
        return False
    try:
        return form.holds(question, facts_by_key)
    except ValueError:
        return False


def first_failure(question: Asked, pool: Pool, taken: Collection[str] = ()) -> Failure | None:
    """The first gate that the question does not pass, ``None`` when it may go live.

    ``taken`` are the fingerprints of the other questions in the bank.
    """
    return next(_failures(question, pool, taken), None)


def _failures(question: Asked, pool: Pool, taken: Collection[str]) -> Iterator[Failure]:
    form = FORMS.get(question.form)
    reason = _why_facts_fail(question, form, pool)
    if form is None or reason:
        yield Failure("facts", reason or f"没有叫“{question.form}”的题型")
        return
    if not recompute(question, pool.by_key, pool.on):
        yield Failure("key", "由知识点重新算出的答案与题目标的不同")
    if unproved := form.unproved(question, pool):
        yield Failure("distractors", unproved)
    if alike := _alike(question.content):
        yield Failure("options", f"“{alike[0]}”和“{alike[1]}”读起来一样")
    if stumble := why_unreadable(question.stem, question.content):
        yield Failure("reading", stumble)
    if fingerprint(question.stem, question.content) in taken:
        yield Failure("duplicate", "题库里已有一样的题")


def _why_facts_fail(question: Asked, form: Form | None, pool: Pool) -> str | None:
    if not question.facts:
        return "没有依据的知识点"
    for key in question.facts:
        fact = pool.by_key.get(key)
        if fact is None:
            return f"没有知识点“{key}”"
        if not fact.holds_on(pool.on):
            return f"知识点“{key}”在 {pool.on} 不生效"
        if is_dead(fact) and form is not None and form.name != dead.NAME:
            return f"“{key}”是反例或旧规，不能当现行规则来考"
    return None


def _alike(content: Content) -> tuple[str, str] | None:
    for group in _groups(content):
        seen: dict[str, str] = {}
        for text in group:
            for spelling in {fold(text), loose(text)}:
                if spelling in seen and seen[spelling] != text:
                    return seen[spelling], text
            if text in seen.values():
                return text, text
            seen |= {fold(text): text, loose(text): text}
    return None


def _groups(content: Content) -> list[list[str]]:
    """The texts that stand beside each other to be chosen from."""
    match content:
        case Cloze(gaps):
            return [[option.text for option in gap] for gap in gaps]
        case Matching(pairs, extra):
            rights = [pair.right.text for pair in pairs] + [part.text for part in extra]
            return [[pair.left.text for pair in pairs], rights]
    return [texts(content)]
