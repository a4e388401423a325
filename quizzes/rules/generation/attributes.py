"""Forms over one value of an attribute: choose it, or judge a sentence that states it."""

from collections.abc import Iterator, Mapping

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.generation.falsehood import (
    loose,
    parse_number,
    why_not_false,
    why_number_not_false,
    wrong_numbers,
)
from quizzes.rules.generation.form import Form, Made, first_fact, refuse, wrong_texts
from quizzes.rules.generation.pool import Pool, ranked, rng_for
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import (
    BOUND_WORDS,
    LIMIT_WORDS,
    ask,
    bounded,
    explain,
    frame,
    nested,
    plain,
    state,
    statement,
    unframe,
)
from quizzes.rules.questions import Single, TrueFalse
from quizzes.rules.vocabulary import Kind

DISTRACTORS, FEWEST_DISTRACTORS = 3, 2
NO_DISTRACTORS = "证明为错的干扰项不足两个"


def distractors(pool: Pool, fact: Fact, seed: int, form: str) -> list[tuple[str, str]]:
    """False values with the reason of each where there is one: the writer's own first, then siblings'."""
    own = ranked(fact.wrong, str, seed, form, fact.key)
    kin = ranked(pool.siblings(fact), lambda other: other.key, seed, form, fact.key)
    if len(own) >= FEWEST_DISTRACTORS:
        kin = [other for other in kin if other.topic == fact.topic]  # from afar they only amuse
    candidates = [(plain(text), "") for text in own]
    candidates += [(plain(other.value), f"这说的是“{nested(plain(other.subject))}”。") for other in kin]
    found: dict[str, tuple[str, str]] = {}
    for text, why in candidates:
        if text and why_not_false(pool, fact, text) is None:
            found.setdefault(loose(text), (text, why))
    return _as_long(list(found.values()), len(plain(fact.value)))


def _as_long(found: list[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    """The first few, one of them at least ``length`` long if any is: the right one must not stand out."""
    chosen, spare = found[:DISTRACTORS], [pair for pair in found[DISTRACTORS:] if len(pair[0]) >= length]
    if spare and all(len(text) < length for text, _ in chosen):
        chosen[-1] = spare[0]
    return chosen


def options(right: str, wrong: list[tuple[str, str]], why: str = "") -> list[dict[str, object]]:
    return [{"text": right, "correct": True, "why": why}] + [{"text": text, "why": w} for text, w in wrong]


def prove_values(asked: Asked, pool: Pool) -> str | None:
    fact = pool.by_key[asked.facts[0]]
    reasons = (why_not_false(pool, fact, text) for text in wrong_texts(asked.content))
    return next((reason for reason in reasons if reason), None)


# --- choose the value --------------------------------------------------------------------------------------

def _make_choice(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.VALUE):
        wrong = distractors(pool, fact, seed, "attribute_choice")
        if len(wrong) < FEWEST_DISTRACTORS:
            yield refuse("attribute_choice", fact, NO_DISTRACTORS)
            continue
        yield Draft(
            facts=(fact,),
            kind=Kind.SINGLE,
            stem=frame(ask(fact), fact),
            data={"options": options(plain(fact.value), wrong)},
            explanation=explain(statement(fact), fact.note),
            difficulty=2,
        )


def _choice_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    return (
        isinstance(asked.content, Single)
        and asked.stem == frame(ask(fact), fact)
        and all(option.text == plain(fact.value) for option in asked.content.options if option.correct)
    )


# --- judge the sentence ------------------------------------------------------------------------------------

def _false_values(pool: Pool, fact: Fact, seed: int) -> list[tuple[str, str]]:
    if fact.type == FactType.NUMBER:
        return [(bounded(fact, value), "") for value in wrong_numbers(fact)]
    if fact.type == FactType.SET:
        return [(plain(text), "") for text in fact.wrong if why_not_false(pool, fact, text) is None]
    return distractors(pool, fact, seed, "true_false")


def _true_values(fact: Fact) -> list[str]:
    if fact.type == FactType.NUMBER and fact.number is not None:
        return [bounded(fact, fact.number)]
    return [plain(text) for text in (fact.items if fact.type == FactType.SET else (fact.value,))]


def _make_true_false(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.VALUE, FactType.NUMBER, FactType.SET):
        rng = rng_for(seed, "true_false", fact.key)
        false = _false_values(pool, fact, seed)
        truth = rng.random() < 0.5 or not false
        said = rng.choice(_true_values(fact)) if truth else rng.choice(false)[0]
        yield Draft(
            facts=(fact,),
            kind=Kind.TRUE_FALSE,
            stem=frame(state(fact, said), fact),
            data={"answer": truth},
            explanation=explain("" if truth else "这句话不对", statement(fact), fact.note),
            difficulty=1 if fact.type == FactType.SET else 2,
        )


def said_value(asked: Asked, fact: Fact) -> str | None:
    """The value that a stem states of the fact, read back through the attribute's template."""
    mark = "\0"
    head, _, tail = state(fact, mark).partition(mark)
    text = unframe(asked.stem)
    tail = tail if text.endswith(tail) else tail.removesuffix("。")
    if not (text.startswith(head) and text.endswith(tail) and len(text) > len(head) + len(tail)):
        return None
    return text[len(head) : len(text) - len(tail)].strip()


def _true_false_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact = first_fact(asked, facts)
    said = said_value(asked, fact)
    if said is None or not isinstance(asked.content, TrueFalse):
        return False
    return asked.content.answer == (loose(said) in {loose(text) for text in _true_values(fact)})


def _prove_true_false(asked: Asked, pool: Pool) -> str | None:
    fact = pool.by_key[asked.facts[0]]
    if not isinstance(asked.content, TrueFalse) or asked.content.answer:
        return None
    said = said_value(asked, fact) or ""
    if fact.type == FactType.NUMBER:
        claim = parse_number(said)
        if claim is None:
            return f"“{said}”里没有数"
        return why_number_not_false(pool, fact, claim, bound_told=tells_bound(asked.stem))
    return why_not_false(pool, fact, said)


def tells_bound(text: str) -> bool:
    """Whether the text says that its number is a limit."""
    return bool(LIMIT_WORDS.search(text)) or any(word in text for word in BOUND_WORDS.values())


FORMS = (
    Form("attribute_choice", _make_choice, _choice_holds, prove_values),
    Form("true_false", _make_true_false, _true_false_holds, _prove_true_false),
)
