"""Forms over rules: which conduct breaks one, which keeps it, and whether a single piece of conduct does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.generation.form import Form, Made, all_options, first_fact, refuse
from quizzes.rules.generation.pool import Pool, covers, is_dead, ranked, rng_for
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import (
    explain,
    frame,
    nested,
    plain,
    platform_mark,
    sentence,
    shop_prefix,
    verify_suffix,
)
from quizzes.rules.questions import TrueFalse
from quizzes.rules.vocabulary import Flag, Kind


@dataclass(frozen=True)
class Shape:
    """One way of mixing conduct: how many break, how many keep, and which of them are to be marked."""

    form: str
    kind: Kind
    breaks: int
    keeps: int
    marks_breaks: bool
    alone: str  # the stem when every option is about the fact itself
    mixed: str
    difficulty: int


SHAPES = (
    Shape("breaks_rule", Kind.SINGLE, 1, 3, True,
          "关于“{subject}”，下面哪一种做法违反了规则？", "下面几种做法，哪一种违反了规则？", 3),
    Shape("keeps_rule", Kind.SINGLE, 3, 1, False,
          "关于“{subject}”，下面哪一种做法符合规则？", "下面几种做法，哪一种是符合规则的？", 2),
    Shape("breaks_rule_multiple", Kind.MULTIPLE, 2, 3, True,
          "关于“{subject}”，下面哪些做法违反了规则？（多选）", "下面几种做法，哪些违反了规则？（多选）", 4),
)  # fmt: skip


def _fellows(pool: Pool, fact: Fact, seed: int, form: str) -> list[Fact]:
    """Rules of the same topic that hold wherever this one does and are as sure as it is."""
    fellows = [
        other
        for other in pool.in_topic(fact.topic)
        if other.type == FactType.RULE
        and other.key != fact.key
        and covers(other, fact)
        and other.flag in (Flag.CURRENT, fact.flag)
    ]
    return ranked(fellows, lambda other: other.key, seed, form, fact.key)


def _sayings(fact: Fact, keeps: bool, seed: int, form: str) -> list[tuple[Fact, str]]:
    return [(fact, plain(s)) for s in ranked(fact.keeps if keeps else fact.breaks, str, seed, form, fact.key)]


def _gather(
    pool: Pool, fact: Fact, shape: Shape, seed: int, keeps: bool, count: int
) -> list[tuple[Fact, str]]:
    """``count`` pieces of conduct, this fact's own first, then one of each fellow's."""
    found = _sayings(fact, keeps, seed, shape.form)
    for other in _fellows(pool, fact, seed, shape.form):
        found += _sayings(other, keeps, seed, shape.form)[:1]
    return found[:count]


def _inconspicuous(own: list[tuple[Fact, str]], others: list[tuple[Fact, str]]) -> list[tuple[Fact, str]]:
    """The one that is to be found, of a length that does not give it away if there is such a one."""
    lengths = [len(text) for _, text in others]
    fitting = [pair for pair in own if lengths and min(lengths) <= len(pair[1]) <= max(lengths)]
    return (fitting or own)[:1]


def _stem(shape: Shape, facts: list[Fact]) -> str:
    template = shape.mixed if len(facts) > 1 else shape.alone
    return frame(template.replace("{subject}", nested(plain(facts[0].subject))), *facts)


def _reason(fact: Fact, breaks: bool) -> str:
    return f"{'违反' if breaks else '符合'}“{nested(plain(fact.value))}”。"


def _make_choice(shape: Shape, pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.RULE):
        breaks = _gather(pool, fact, shape, seed, False, shape.breaks)
        keeps = _gather(pool, fact, shape, seed, True, shape.keeps)
        if shape.breaks == 1:
            breaks = _inconspicuous(_sayings(fact, False, seed, shape.form), keeps)
        if shape.keeps == 1:
            keeps = _inconspicuous(_sayings(fact, True, seed, shape.form), breaks)
        if len(breaks) < shape.breaks or len(keeps) < shape.keeps:
            yield refuse(shape.form, fact, "同一主题里可用的做法不够")
            continue
        facts = list(dict.fromkeys([fact, *(owner for owner, _ in breaks + keeps)]))
        options = [
            {
                "text": text,
                "correct": broken == shape.marks_breaks,
                # The explanation gives the note of the fact itself.
                "why": _reason(owner, broken) + ("" if owner is fact else sentence(owner.note)),
            }
            for said, broken in ((breaks, True), (keeps, False))
            for owner, text in said
        ]
        yield Draft(
            facts=tuple(facts),
            kind=shape.kind,
            stem=_stem(shape, facts),
            data={"options": options},
            explanation=explain(f"规则：{plain(fact.value)}", fact.note),
            difficulty=shape.difficulty,
        )


def _choice_holds(shape: Shape, asked: Asked, facts: Mapping[str, Fact]) -> bool:
    owners = [facts[key] for key in asked.facts]
    if asked.stem != _stem(shape, owners):
        return False
    broken = {plain(text) for fact in owners for text in fact.breaks}
    kept = {plain(text) for fact in owners for text in fact.keeps}
    for option in all_options(asked.content):
        if (option.text in broken) == (option.text in kept):
            return False
        if option.correct != ((option.text in broken) == shape.marks_breaks):
            return False
    return True


def _unproved(asked: Asked, pool: Pool) -> str | None:
    """Every rule in force for these platforms must agree on each option."""
    fact = pool.by_key[asked.facts[0]]
    for key in asked.facts[1:]:
        if not covers(pool.by_key[key], fact) or is_dead(pool.by_key[key]):
            return f"{key} 不适用于同一平台或不是现行规则"
    for option in all_options(asked.content):
        verdicts = pool.verdicts(option.text, fact)
        if len(verdicts) != 1:
            return f"“{option.text}”是否违规，知识点没有一致的说法"
    return None


def _choice_form(shape: Shape) -> Form:
    return Form(
        shape.form,
        lambda pool, seed: _make_choice(shape, pool, seed),
        lambda asked, facts: _choice_holds(shape, asked, facts),
        _unproved,
    )


# --- judge one piece of conduct ----------------------------------------------------------------------------

# The claim → whether it says that the rule is kept.
CLAIMS = {"这样做符合规则。": True, "这样做违反规则。": False}


def _judge_stem(fact: Fact, said: str, claim: str) -> str:
    text = f"{sentence(said)}{shop_prefix(said, fact)}{claim}"
    return f"{platform_mark(fact, text)}{text}{verify_suffix(fact)}"


def _make_judge(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.RULE):
        for keeps in (True, False):
            variant = "keeps" if keeps else "breaks"
            rng = rng_for(seed, "conduct_judged", f"{fact.key}:{variant}")
            said = ranked(fact.keeps if keeps else fact.breaks, str, seed, "conduct_judged", fact.key)[:1]
            claim = rng.choice(list(CLAIMS))
            for text in said:
                yield Draft(
                    facts=(fact,),
                    kind=Kind.TRUE_FALSE,
                    stem=_judge_stem(fact, text, claim),
                    data={"answer": CLAIMS[claim] == keeps},
                    explanation=explain(_reason(fact, not keeps), fact.note),
                    difficulty=2,
                    variant=variant,
                )


def _judged(asked: Asked, fact: Fact) -> tuple[str, str, bool] | None:
    """The conduct, the claim and whether the conduct keeps the rule."""
    for sentences, keeps in ((fact.keeps, True), (fact.breaks, False)):
        for said in sentences:
            for claim in CLAIMS:
                if asked.stem == _judge_stem(fact, said, claim):
                    return said, claim, keeps
    return None


def _judge_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    found = _judged(asked, first_fact(asked, facts))
    if found is None or not isinstance(asked.content, TrueFalse):
        return False
    _, claim, keeps = found
    return asked.content.answer == (CLAIMS[claim] == keeps)


def _judge_unproved(asked: Asked, pool: Pool) -> str | None:
    fact = pool.by_key[asked.facts[0]]
    found = _judged(asked, fact)
    if found and len(pool.verdicts(found[0], fact)) != 1:
        return f"“{found[0]}”是否违规，知识点没有一致的说法"
    return None


FORMS = (
    *(_choice_form(shape) for shape in SHAPES),
    Form("conduct_judged", _make_judge, _judge_holds, _judge_unproved),
)
