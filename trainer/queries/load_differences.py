"""What questions that were read are against the bank and against each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.formats.found import FoundQuestion
from quizzes.models import Question
from quizzes.rules.generation.gates import fingerprint
from quizzes.rules.questions import content_from_data
from quizzes.rules.vocabulary import Kind, QuestionState
from trainer.rules.loads import Difference, key_of

PART = 500


@dataclass(frozen=True)
class Compared:
    """``twin`` is the id of the question in the bank that it was compared with, ``fingerprint`` how it reads."""

    difference: Difference
    fingerprint: str
    twin: int | None = None


def compare_questions(questions: Sequence[FoundQuestion]) -> list[Compared]:
    """One answer for each question, in their order. Retired questions of the bank count as not there."""
    prints = [fingerprint(question.stem, question.content) for question in questions]
    twins = _twins(set(prints))
    seen: set[str] = set()
    compared = []
    for question, print_ in zip(questions, prints, strict=True):
        if print_ in seen:
            compared.append(Compared(Difference.DUPLICATE, print_))
        elif print_ in twins:
            pk, key, explanation = twins[print_]
            same = key == (question.kind, key_of(question.content)) and question.explanation in ("", explanation)
            compared.append(Compared(Difference.SAME if same else Difference.CHANGED, print_, pk))
        else:
            compared.append(Compared(Difference.NEW, print_))
        seen.add(print_)
    return compared


def _twins(prints: set[str]) -> dict[str, tuple[int, tuple, str]]:
    """Id, kind with key, and explanation of the questions that read like one of ``prints``."""
    found = {}
    ordered = sorted(prints)
    there = Question.objects.exclude(state=QuestionState.RETIRED).order_by("-pk")  # of twins the oldest stands
    for start in range(0, len(ordered), PART):
        rows = there.filter(current__fingerprint__in=ordered[start : start + PART]).values_list(
            "pk", "current__fingerprint", "current__kind", "current__stem", "current__content", "current__explanation"
        )
        for pk, print_, kind, stem, content, explanation in rows:
            key = key_of(content_from_data(Kind(kind), content, stem=stem))
            found[print_] = (pk, (Kind(kind), key), explanation)
    return found
