"""Forms over one number: type it, or choose it among wrong ones."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.generation.attributes import FEWEST_DISTRACTORS, NO_DISTRACTORS, options, tells_bound
from quizzes.rules.generation.falsehood import parse_number, why_number_not_false, wrong_numbers
from quizzes.rules.generation.form import Form, Made, first_fact, refuse, right_texts, wrong_texts
from quizzes.rules.generation.pool import Pool, ranked
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import ask, bound_word, bounded, explain, frame, state, statement
from quizzes.rules.questions import Numeric
from quizzes.rules.vocabulary import Kind


def _question(fact: Fact) -> str:
    """The attribute's sentence turned into a question: ``…是至少多少天？``."""
    asked = "百分之多少" if fact.unit == "%" else f"多少{fact.unit}"
    return frame(state(fact, f"{bound_word(fact)}{asked}").rstrip("。") + "？", fact)


def _make_numeric(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.NUMBER):
        yield Draft(
            facts=(fact,),
            kind=Kind.NUMERIC,
            stem=_question(fact),
            data={"answer": str(fact.number), "unit": fact.unit},
            explanation=explain(statement(fact), fact.note),
            difficulty=3,
        )


def _numeric_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return (
        isinstance(asked.content, Numeric)
        and asked.stem == _question(fact)
        and asked.content.answer == fact.number
        and asked.content.unit == fact.unit
        and asked.content.tolerance == Decimal(0)
    )


def _make_choice(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.NUMBER):
        wrong = ranked(wrong_numbers(fact), str, seed, "number_choice", fact.key)[:3]
        if len(wrong) < FEWEST_DISTRACTORS or fact.number is None:
            yield refuse("number_choice", fact, NO_DISTRACTORS)
            continue
        yield Draft(
            facts=(fact,),
            kind=Kind.SINGLE,
            stem=frame(ask(fact), fact),
            data={"options": options(bounded(fact, fact.number), [(bounded(fact, n), "") for n in wrong])},
            explanation=explain(statement(fact), fact.note),
            difficulty=2,
        )


def _choice_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return (
        asked.stem == frame(ask(fact), fact)
        and fact.number is not None
        and right_texts(asked.content) == [bounded(fact, fact.number)]
    )


def _unproved(asked: Asked, pool: Pool) -> str | None:
    fact = pool.by_key[asked.facts[0]]
    for text in wrong_texts(asked.content):
        claim = parse_number(text)
        if claim is None:
            return f"“{text}”里没有数"
        reason = why_number_not_false(pool, fact, claim, bound_told=tells_bound(asked.stem + text))
        if reason:
            return reason
    return None


FORMS = (
    Form("numeric_limit", _make_numeric, _numeric_holds),
    Form("number_choice", _make_choice, _choice_holds, _unproved),
)
