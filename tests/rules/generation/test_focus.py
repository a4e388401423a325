"""After a change only what it may have changed is asked anew, and that as if everything had been."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.facts import FactType
from quizzes.rules.generation.generate import generate
from quizzes.rules.generation.pool import focus_of
from tests.rules.generation.made import handfuls

ON = date(2026, 11, 26)


def changed(fact, how):
    """Another edition of a fact, ``None`` when it is gone."""
    if how == "gone":
        return None
    if how == "number" and fact.number is not None:
        return replace(fact, number=fact.number + Decimal(1))
    if how == "value" and fact.type == FactType.VALUE:
        return replace(fact, value=f"{fact.value}改")
    return replace(fact, subject=f"{fact.subject}甲")


@given(handfuls(), st.data(), st.integers(1, 3))
def test_asking_anew_within_the_focus_is_asking_everything_anew(facts, data, seed):
    fact = data.draw(st.sampled_from(facts))
    edition = changed(fact, data.draw(st.sampled_from(["gone", "number", "value", "subject"])))
    after = [edition if other is fact else other for other in facts]
    after = [other for other in after if other is not None]
    focus = focus_of([fact] + ([edition] if edition else []), after)
    known = {other.key: other for other in [*facts, *after]}

    def reached(questions):
        return {q.slug: q for q in questions if focus.reaches(q.form, [known[key] for key in q.facts])}

    before, everything = generate(facts, seed=seed, on=ON).questions, generate(after, seed=seed, on=ON).questions
    others = [q for q in before if q.slug not in reached(before)]
    part = generate(after, seed=seed, on=ON, focus=focus).questions

    if no_twins(before) and no_twins(everything):
        assert {q.slug: q for q in part} == reached(everything)
        assert others == [q for q in everything if q.slug not in reached(everything)]


def no_twins(questions):
    """Whether none of them was refused for reading like another: then the order in which they are made decides."""
    return len({q.stem for q in questions}) == len(questions)
