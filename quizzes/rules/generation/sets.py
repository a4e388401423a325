"""Forms over a set: which of these belong to it, and which one does not."""

from collections.abc import Iterator, Mapping

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.generation.attributes import prove_values
from quizzes.rules.generation.falsehood import loose, why_not_false
from quizzes.rules.generation.form import Form, Made, all_options, first_fact, refuse, right_texts
from quizzes.rules.generation.pool import Pool, ranked
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import ask, explain, frame, plain, statement
from quizzes.rules.vocabulary import Kind

MOST_ITEMS, MOST_WRONG = 4, 3


def _parts(pool: Pool, fact: Fact, seed: int, form: str) -> tuple[list[str], list[str]]:
    items = [plain(text) for text in ranked(fact.items, str, seed, form, fact.key)]
    wrong = [plain(text) for text in ranked(fact.wrong, str, seed, form, fact.key)]
    return items, [text for text in wrong if why_not_false(pool, fact, text) is None]


def _multiple_stem(fact: Fact) -> str:
    question = ask(fact)
    if "哪些" not in question:
        question = f"{question}请选出下面所有正确的。"
    return frame(f"{question}（多选）", fact)


def _odd_stem(fact: Fact) -> str:
    name = fact.attribute.name if fact.attribute else ""
    part = "" if name.startswith("包括") else name
    return frame(f"{plain(fact.subject)}，{part}不包括下面哪一项？", fact)


def _make_multiple(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.SET):
        items, wrong = _parts(pool, fact, seed, "set_choice")
        if len(wrong) < 2:
            yield refuse("set_choice", fact, "证明不属于这一组的干扰项不足两个")
            continue
        yield _draft(fact, Kind.MULTIPLE, _multiple_stem(fact), items[:MOST_ITEMS], wrong[:MOST_WRONG], 4)


def _make_odd(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.SET):
        items, wrong = _parts(pool, fact, seed, "set_odd")
        if not wrong or len(items) < 2:
            yield refuse("set_odd", fact, "没有证明不属于这一组的项，或这一组不足两项")
            continue
        yield _draft(fact, Kind.SINGLE, _odd_stem(fact), wrong[:1], items[:3], 2)


def _draft(fact: Fact, kind: Kind, stem: str, right: list[str], wrong: list[str], difficulty: int) -> Draft:
    options = [{"text": text, "correct": True} for text in right] + [{"text": text} for text in wrong]
    return Draft((fact,), kind, stem, {"options": options}, explain(statement(fact), fact.note), difficulty)


def _holds(asked: Asked, fact: Fact, stem: str, marks_members: bool) -> bool:
    members = {loose(text) for text in fact.items}
    return asked.stem == stem and all(
        option.correct == ((loose(option.text) in members) == marks_members)
        for option in all_options(asked.content)
    )


def _multiple_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return _holds(asked, fact, _multiple_stem(fact), True)


def _odd_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return _holds(asked, fact, _odd_stem(fact), False)


def _odd_unproved(asked: Asked, pool: Pool) -> str | None:
    fact = pool.by_key[asked.facts[0]]
    reasons = (why_not_false(pool, fact, text) for text in right_texts(asked.content))
    return next((reason for reason in reasons if reason), None)


FORMS = (
    Form("set_choice", _make_multiple, _multiple_holds, prove_values),
    Form("set_odd", _make_odd, _odd_holds, _odd_unproved),
)
