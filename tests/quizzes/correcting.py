"""What the tests of corrections share: exams that were sat, their scores, and another key."""

from copy import deepcopy
from decimal import Decimal

from quizzes.models import Attempt, Mark, Step
from quizzes.rules.marking import mark
from quizzes.rules.vocabulary import MarkingRule
from tests.factories.quizzes import AttemptFactory


def sat(question, answer, other, **attempt):
    """A handed-in exam of ``question`` (answered so) and of ``other`` (answered rightly), marked by its key."""
    attempt = AttemptFactory(submitted=True, items=[question, other], **attempt)
    item = attempt.items.get(version__question=question)
    Step.objects.filter(item=item).update(answer=answer)
    version = item.version
    outcome = mark(version.parsed(), answer, MarkingRule(version.rule))
    if outcome.fraction is not None:
        Mark.objects.filter(item=item).update(
            numerator=outcome.fraction.numerator, denominator=outcome.fraction.denominator
        )
        attempt.score = Decimal(50) + Decimal(50) * outcome.fraction.numerator / outcome.fraction.denominator
        attempt.passed = attempt.score >= attempt.pass_mark
    attempt.save()
    return attempt


def scores():
    return {a.learner.username: (round(a.score, 2), a.passed) for a in Attempt.objects.select_related("learner")}


def with_key(version, number):
    """The content of a single-choice question with option ``number`` as its key."""
    content = deepcopy(version.content)
    for place, option in enumerate(content["options"]):
        option["correct"] = place == number
    return content
