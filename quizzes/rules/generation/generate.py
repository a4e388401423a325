"""From facts to questions: every form over every fact, each question through every gate."""

from collections.abc import Collection, Sequence
from datetime import date

from quizzes.rules.facts import Fact
from quizzes.rules.generation.gates import fingerprint, first_failure
from quizzes.rules.generation.pool import Focus, Pool
from quizzes.rules.generation.question import Draft, Generated, GeneratedQuestion, Rejection, assemble
from quizzes.rules.generation.registry import FORMS
from quizzes.rules.questions import InvalidQuestion


def generate(
    facts: Sequence[Fact],
    *,
    seed: int,
    on: date,
    existing: Collection[str] = (),
    focus: Focus | None = None,
) -> Generated:
    """Every question that the facts in force on the day ``on`` yield, and why others were refused.

    The same facts and seed give the same questions, in whatever order the facts come; another fact leaves
    most of them as they are. ``existing`` are the fingerprints of the questions in the bank that these must
    not repeat (so not of an earlier generation from the same facts, which these replace by slug).

    With a ``focus`` only what it names is asked: then ``existing`` holds the other generated questions, too.

    Raises ``ValueError`` when two facts have the same key.
    """
    pool = Pool(facts, on, focus)
    questions: list[GeneratedQuestion] = []
    rejected: list[Rejection] = []
    taken = set(existing)
    for form in FORMS.values():
        for made in form.make(pool, seed):
            checked = _check(form.name, made, pool, taken) if isinstance(made, Draft) else made
            if isinstance(checked, Rejection):
                rejected.append(checked)
            else:
                questions.append(checked)
                taken.add(fingerprint(checked.stem, checked.content))
    return Generated(tuple(questions), tuple(rejected))


def _check(form: str, draft: Draft, pool: Pool, taken: set[str]) -> GeneratedQuestion | Rejection:
    try:
        question = assemble(form, draft, pool.on)
    except InvalidQuestion as error:
        return Rejection(form, tuple(fact.key for fact in draft.facts), "content", error.message)
    if failure := first_failure(question, pool, taken):
        return Rejection(form, question.facts, failure.gate, failure.reason)
    return question
