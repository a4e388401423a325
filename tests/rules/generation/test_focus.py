"""After a change only what it may have changed is asked anew, and that as if everything had been."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from quizzes.rules.facts import FactType
from quizzes.rules.generation.generate import generate
from quizzes.rules.generation.pool import focus_of
from trainer.readers.curriculum import read_curriculum

ON, SEED = date(2026, 11, 26), 7
CURRICULUM = Path(__file__).parents[3] / "fixtures" / "curriculum"
TOPICS = ("returns", "customers", "platform-rules")
# One of each type, with and without siblings, and a rule that must not be followed.
CHANGED = (
    "sdw-window", "sdw-start", "sdw-confirm", "sdw-noreason", "sdw-law", "sde-four", "sde-custom", "a16-steps",
    "a16-freight", "cu-abusive-strategy", "cu-agitated-telltale", "rfo-mean",
)  # fmt: skip


@pytest.fixture(scope="module")
def facts():
    return [fact for fact in read_curriculum(CURRICULUM).facts if fact.topic in TOPICS or fact.key in CHANGED]


@pytest.fixture(scope="module")
def before(facts):
    return generate(facts, seed=SEED, on=ON).questions


def edition(fact, how):
    """The fact as it will be; ``None`` when it is gone."""
    if how == "gone":
        return None
    if fact.type == FactType.VALUE:
        return replace(fact, value="换了一种说法")
    if fact.type == FactType.RULE:
        return replace(fact, keeps=("客服小陈先登记再答复", *fact.keeps[1:]))
    return replace(fact, number=fact.number + 1) if fact.number else replace(fact, subject=f"{fact.subject}（新）")


@pytest.mark.parametrize("how", ["other", "gone"])
@pytest.mark.parametrize("key", CHANGED)
def test_asking_anew_within_the_focus_is_asking_everything_anew(facts, before, key, how):
    fact = next(fact for fact in facts if fact.key == key)
    becomes = edition(fact, how)
    after = [becomes if other is fact else other for other in facts]
    after = [other for other in after if other is not None]
    focus = focus_of([fact, *([becomes] if becomes else [])], after)
    known = {other.key: other for other in [*facts, *after]}

    def split(questions):
        """By slug: the questions within the focus, and the others."""
        reached, others = {}, {}
        for question in questions:
            within = focus.reaches(question.form, [known[key] for key in question.facts])
            (reached if within else others)[question.slug] = question
        return reached, others

    reached, others = split(generate(after, seed=SEED, on=ON).questions)

    assert {q.slug: q for q in generate(after, seed=SEED, on=ON, focus=focus).questions} == reached
    assert others == split(before)[1]
    assert len(reached) < len(others)
