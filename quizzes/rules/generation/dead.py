"""Is this sentence still a rule to go by? The one form in which dead rules and counter-examples appear.

As many living facts of the same topic are asked in the same words, so that the answer is not always no.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.generation.form import Form, Made, first_fact
from quizzes.rules.generation.pool import DEAD_RULE, Pool, is_dead, ranked
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import explain, nested, plain, platform_mark, statement
from quizzes.rules.questions import TrueFalse
from quizzes.rules.vocabulary import Flag, Kind

NAME = DEAD_RULE


def _stem(fact: Fact) -> str:
    said = plain(statement(fact))
    return f"{platform_mark(fact, said)}“{nested(said)}”这句话，现在可以作为处理和答复的依据。"


def _make(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.dead_to_ask():
        yield _draft(fact, "这句话现在不能这样说，也不能照着做")
    for topic, count in sorted(Counter(fact.topic for fact in pool.dead_to_ask()).items()):
        living = [
            fact
            for fact in pool.in_topic(topic)
            if fact.flag == Flag.CURRENT and fact.type in (FactType.VALUE, FactType.NUMBER)
        ]
        for fact in ranked(living, lambda fact: fact.key, seed, NAME)[:count]:
            yield _draft(fact, "这是现行的规则")


def _draft(fact: Fact, verdict: str) -> Draft:
    return Draft(
        facts=(fact,),
        kind=Kind.TRUE_FALSE,
        stem=_stem(fact),
        data={"answer": not is_dead(fact)},
        explanation=explain(verdict, fact.note),
        difficulty=3,
    )


def _holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return (
        isinstance(asked.content, TrueFalse)
        and asked.stem == _stem(fact)
        and asked.content.answer == (not is_dead(fact))
    )


FORMS = (Form(NAME, _make, _holds),)
