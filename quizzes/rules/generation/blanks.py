"""Forms that leave the value out of the sentence: write it, or choose it in place."""

from collections.abc import Iterator, Mapping

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.generation.attributes import (
    FEWEST_DISTRACTORS,
    NO_DISTRACTORS,
    distractors,
    options,
    prove_values,
)
from quizzes.rules.generation.form import Form, Made, first_fact, refuse, right_texts
from quizzes.rules.generation.pool import Pool
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import explain, frame, plain, state, statement
from quizzes.rules.questions import GAP, Cloze, Fill
from quizzes.rules.vocabulary import Kind

LONGEST = 8


def _stem(fact: Fact) -> str:
    return frame(state(fact, GAP), fact)


def _variants(fact: Fact) -> list[str]:
    return list(dict.fromkeys(plain(text) for text in (fact.value, *fact.accept)))


def _is_term(fact: Fact) -> bool:
    """Whether a reader who knows the answer will also hit its wording: a term, not a turn of phrase."""
    value = plain(fact.value)
    return len(value) <= LONGEST and (
        len(value) <= 4
        or bool(fact.accept)
        or any(c.isdigit() for c in value)
        or bool(fact.attribute and fact.attribute.siblings)
    )


def _make_fill(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.VALUE):
        if _is_term(fact):
            yield Draft(
                facts=(fact,),
                kind=Kind.FILL,
                stem=_stem(fact),
                data={"blanks": [_variants(fact)]},
                explanation=explain(statement(fact), fact.note),
                difficulty=3,
            )


def _fill_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return (
        isinstance(asked.content, Fill)
        and asked.stem == _stem(fact)
        and asked.content.blanks == (tuple(_variants(fact)),)
    )


def _make_cloze(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.VALUE):
        if len(plain(fact.value)) > LONGEST:
            continue
        wrong = distractors(pool, fact, seed, "cloze")
        if len(wrong) < FEWEST_DISTRACTORS:
            yield refuse("cloze", fact, NO_DISTRACTORS)
            continue
        yield Draft(
            facts=(fact,),
            kind=Kind.CLOZE,
            stem=_stem(fact),
            data={"gaps": [options(plain(fact.value), wrong)]},
            explanation=explain(statement(fact), fact.note),
            difficulty=1,
        )


def _cloze_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return (
        isinstance(asked.content, Cloze)
        and asked.stem == _stem(fact)
        and right_texts(asked.content) == [plain(fact.value)]
    )


FORMS = (
    Form("fill_blank", _make_fill, _fill_holds),
    Form("cloze", _make_cloze, _cloze_holds, prove_values),
)
