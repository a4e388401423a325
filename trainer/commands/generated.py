"""Putting remade questions into the bank."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from quizzes.commands.questions import QuestionEntry, save_questions, set_states
from quizzes.models import Question
from quizzes.queries.states import put_by_a_person
from quizzes.rules.generation.question import GeneratedQuestion
from quizzes.rules.vocabulary import Origin, QuestionState
from trainer.queries.remaking import REASON, Remaking


@dataclass(frozen=True)
class Replaced:
    """How many questions were made, say something else, and went out of use."""

    new: int = 0
    changed: int = 0
    retired: int = 0


def save_remaking(remaking: Remaking, *, by, at: datetime) -> Replaced:
    """Give the bank what ``remaking`` says; twice is once. Runs inside the caller's transaction.

    A question that somebody took out of use by hand stays out.
    """
    if not remaking.made and not remaking.gone:
        return Replaced()
    entries = [bank_entry_of(question) for question in remaking.made]
    saved = save_questions(
        entries=entries, origin=Origin.GENERATED, state=QuestionState.LIVE, reason=REASON, by=by, at=at
    )
    gone = {question.question.slug for question in remaking.gone}
    retired = set_states(slugs=gone, state=QuestionState.RETIRED, reason=REASON, by=by, at=at)
    back = _back({question.slug for question in remaking.made})
    set_states(slugs=back, state=QuestionState.LIVE, reason=REASON, by=by, at=at)
    return Replaced(len(saved.created) + len(back), len(saved.changed), retired)


def _back(slugs: Collection[str]) -> set[str]:
    out = Question.objects.filter(state=QuestionState.RETIRED, origin=Origin.GENERATED, slug__in=list(slugs))
    retired = set(out.values_list("slug", flat=True))
    return retired - put_by_a_person(retired, QuestionState.RETIRED)


def bank_entry_of(question: GeneratedQuestion) -> QuestionEntry:
    return QuestionEntry(
        slug=question.slug,
        kind=question.kind,
        stem=question.stem,
        content=question.content,
        rule=question.rule,
        explanation=question.explanation,
        topic=question.topic,
        platform=question.platform,
        difficulty=question.difficulty,
        lesson_key=question.lesson,
        facts=question.facts,
        form=question.form,
        as_of=question.as_of,
    )
