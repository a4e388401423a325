"""Where people stand with their drills."""

from collections.abc import Iterable

from quizzes.models import SortingRun, TypingRun


def best_typing(learners: Iterable[int]) -> dict[int, TypingRun]:
    """By learner, the counted test that passed with the highest speed, else the fastest counted one. One query."""
    best: dict[int, TypingRun] = {}
    for run in TypingRun.objects.counted().filter(learner__in=set(learners)).defer("text", "typed", "inputs"):
        other = best.get(run.learner_id)
        if other is None or _rank(run) > _rank(other):
            best[run.learner_id] = run
    return best


def _rank(run: TypingRun):
    return run.passed, run.correct_per_minute, run.accuracy


def best_sorting(learners: Iterable[int]) -> dict[int, SortingRun]:
    """By learner, the run that passed, else the one with the best shares; of equal ones the newest. One query."""
    best: dict[int, SortingRun] = {}
    runs = SortingRun.objects.finished().filter(learner__in=set(learners)).defer("tickets")
    for run in runs.order_by("started_at", "pk"):
        other = best.get(run.learner_id)
        if other is None or _shares(run) >= _shares(other):
            best[run.learner_id] = run
    return best


def _shares(run: SortingRun):
    return run.passed, run.class_accuracy + run.urgency_accuracy
