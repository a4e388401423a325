"""Forms over ordered steps: put them in order, find the first or the next, judge which of two is first."""


from collections.abc import Iterator, Mapping

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.generation.form import Form, Made, first_fact, refuse, right_texts, wrong_texts
from quizzes.rules.generation.pool import Pool, ranked, rng_for
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import explain, frame, nested, plain, statement
from quizzes.rules.questions import Ordering, TrueFalse
from quizzes.rules.vocabulary import Kind


def _steps(fact: Fact) -> list[str]:
    return [plain(step) for step in fact.steps]


def _ordering_stem(fact: Fact) -> str:
    return frame(f"请把“{nested(plain(fact.subject))}”的步骤按先后排好。", fact)


def _make_ordering(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.STEPS):
        yield Draft(
            facts=(fact,),
            kind=Kind.ORDERING,
            stem=_ordering_stem(fact),
            data={"items": _steps(fact)},
            explanation=explain(statement(fact), fact.note),
            difficulty=3 if len(fact.steps) < 6 else 4,
        )


def _ordering_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return (
        isinstance(asked.content, Ordering)
        and asked.stem == _ordering_stem(fact)
        and [item.text for item in asked.content.items] == _steps(fact)
    )


# --- first, next -------------------------------------------------------------------------------------------

def _choice(form: str, fact: Fact, stem: str, place: int, seed: int, shown: int) -> Draft:
    """Choose step number ``place`` (from 0) among the steps from number ``shown`` on or before it."""
    steps = _steps(fact)
    others = [n for n in range(len(steps)) if n != place and n != shown]
    wrong = ranked(others, lambda n: steps[n], seed, form, fact.key)[:3]
    options: list[dict[str, object]] = [{"text": steps[place], "correct": True}]
    options += [{"text": steps[n], "why": f"这是第 {n + 1} 步。"} for n in wrong]
    return Draft(
        facts=(fact,),
        kind=Kind.SINGLE,
        stem=frame(stem, fact),
        data={"options": options},
        explanation=explain(statement(fact), fact.note),
        difficulty=2 if place == 0 else 3,
        variant=str(place),
    )


def _first_stem(fact: Fact) -> str:
    return f"{plain(fact.subject)}，第一步该做什么？"


def _make_first(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.STEPS):
        yield _choice("first_step", fact, _first_stem(fact), 0, seed, shown=-1)


def _first_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return asked.stem == frame(_first_stem(fact), fact) and right_texts(asked.content) == _steps(fact)[:1]


def _make_next(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.STEPS):
        steps = _steps(fact)
        if len(steps) < 4:
            yield refuse("next_step", fact, "步骤少于 4 个，干扰项不足")
            continue
        done = rng_for(seed, "next_step", fact.key).randrange(len(steps) - 1)
        stem = f"{plain(fact.subject)}，做完“{nested(steps[done])}”，下一步该做什么？"
        yield _choice("next_step", fact, stem, done + 1, seed, shown=done)


def _next_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact, steps = first_fact(asked, facts), _steps(first_fact(asked, facts))
    place = _place(asked, fact)
    return place is not None and place + 1 < len(steps) and right_texts(asked.content) == [steps[place + 1]]


def _place(asked: Asked, fact: Fact) -> int | None:
    steps = _steps(fact)
    for place, step in enumerate(steps):
        if asked.stem == frame(f"{plain(fact.subject)}，做完“{nested(step)}”，下一步该做什么？", fact):
            return place
    return None


def _unproved(asked: Asked, pool: Pool) -> str | None:
    steps = _steps(pool.by_key[asked.facts[0]])
    strangers = [text for text in wrong_texts(asked.content) if text not in steps]
    return f"“{strangers[0]}”不在步骤里" if strangers else None


# --- which of two is first ---------------------------------------------------------------------------------

def _before_stem(fact: Fact, one: str, other: str) -> str:
    return frame(f"{plain(fact.subject)}，要先做“{nested(one)}”，再做“{nested(other)}”。", fact)


def _make_before(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.STEPS):
        steps = _steps(fact)
        rng = rng_for(seed, "step_before", fact.key)
        early, late = sorted(rng.sample(range(len(steps)), 2))
        truth = rng.random() < 0.5
        one, other = (early, late) if truth else (late, early)
        yield Draft(
            facts=(fact,),
            kind=Kind.TRUE_FALSE,
            stem=_before_stem(fact, steps[one], steps[other]),
            data={"answer": truth},
            explanation=explain("" if truth else "先后说反了", statement(fact), fact.note),
            difficulty=2,
        )


def _before_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact, steps = first_fact(asked, facts), _steps(first_fact(asked, facts))
    for one, first in enumerate(steps):
        for other, second in enumerate(steps):
            if one != other and asked.stem == _before_stem(fact, first, second):
                return isinstance(asked.content, TrueFalse) and asked.content.answer == (one < other)
    return False


FORMS = (
    Form("ordering", _make_ordering, _ordering_holds),
    Form("first_step", _make_first, _first_holds, _unproved),
    Form("next_step", _make_next, _next_holds, _unproved),
    Form("step_before", _make_before, _before_holds),
)
