"""What speaks for one person by the assessment scheme: exams, role-play, interviews and the figures of their work."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import fmean

from django.utils import timezone

from quizzes.models import Attempt, Mark, Session, Turn
from quizzes.queries.talks import replies_of, results_of, rulings_of, score_of, standing, verdicts_by_turn
from quizzes.rules.dialogue.scenario import Dimension
from trainer.models import PerformanceMonth
from trainer.queries.interviews import InterviewResult, interviews_of
from trainer.rules.assessment import Matrix, Piece, Scale, Scheme, matrix_of
from trainer.rules.vocabulary import Figure, Method

__all__ = ["assessment_of", "interviews_of", "performance_of"]

EXAMS, TALKS, INTERVIEWS = 3, 5, 2  # how many of the newest count


def performance_of(learners: Iterable[int]) -> dict[int, list[PerformanceMonth]]:
    """The monthly figures of these people, the oldest first. One query, however many they are."""
    found: dict[int, list[PerformanceMonth]] = defaultdict(list)
    for month in PerformanceMonth.objects.filter(learner__in=list(learners)).order_by("learner", "month"):
        found[month.learner_id].append(month)
    return dict(found)


def assessment_of(
    learner,
    scheme: Scheme,
    *,
    interviews: Sequence[InterviewResult],
    months: Sequence[PerformanceMonth],
    veiled: Container[int] = (),
) -> Matrix:
    """The matrix of one person, from what ``interviews_of`` and ``performance_of`` say of them and from exams and
    talks. ``veiled`` are the interviews whose scores are not shown. Six queries, however much there is."""
    pieces = [
        *_exams(learner, scheme),
        *_talks(learner),
        *_interviews(interviews, veiled),
        *_performance(months, scheme),
    ]
    return matrix_of(scheme, pieces)


def _exams(learner, scheme: Scheme) -> Iterator[Piece]:
    """Each of the newest exams, by the share of the marks of the questions whose topic speaks for a dimension."""
    attempts = list(
        Attempt.objects.exams()
        .filter(learner=learner, score__isnull=False, submitted_at__isnull=False)
        .order_by("-submitted_at")[:EXAMS]
    )
    marks: dict[int, list[Mark]] = defaultdict(list)
    for mark in (
        Mark.objects.standing().filter(item__attempt__in=attempts).select_related("item", "item__version__topic")
    ):
        marks[mark.item.attempt_id].append(mark)
    for attempt in attempts:
        for terms in scheme.dimensions:
            own = [mark for mark in marks[attempt.pk] if mark.item.version.topic.slug in terms.topics]
            whole = sum((Fraction(mark.item.marks) for mark in own), Fraction(0))
            if not whole:
                continue
            earned = sum((mark.fraction * Fraction(mark.item.marks) for mark in own), Fraction(0))
            share = Decimal(str(round(float(earned / whole * 100), 1)))
            day = timezone.localdate(attempt.submitted_at)
            yield Piece(terms.key, Method.EXAM, Scale.PERCENT, share, day, len(own), attempt.pk)


def _talks(learner) -> Iterator[Piece]:
    """The mean of the newest talks by the rules of the exam whose outcome no open check can change."""
    sessions = list(
        Session.objects.of(learner)
        .tested()
        .ended()
        .filter(settled=True)
        .select_related("version")
        .order_by("-ended_at")[:TALKS]
    )
    turns: dict[int, list[Turn]] = defaultdict(list)
    for turn in Turn.objects.filter(session__in=sessions).order_by("session", "number"):
        turns[turn.session_id].append(turn)
    replies = {session.pk: replies_of(standing(turns[session.pk])) for session in sessions}
    together = [turn for those in replies.values() for turn in those]
    verdicts = verdicts_by_turn(results_of(together), rulings_of(together)) if together else {}
    by_dimension: dict[Dimension, list[tuple[float, Session]]] = defaultdict(list)
    for session in sessions:
        score = score_of(session, [(turn, verdicts.get(turn.pk, {})) for turn in replies[session.pk]])
        for dimension, part in score.dimensions.items():
            by_dimension[dimension].append((part.value, session))
    for dimension, parts in by_dimension.items():
        newest = parts[0][1]
        mean = Decimal(str(round(fmean(value for value, _ in parts), 1)))
        day = timezone.localdate(newest.ended_at)
        yield Piece(dimension, Method.ROLEPLAY, Scale.SCORE, mean, day, len(parts), newest.pk)


def _interviews(results: Sequence[InterviewResult], veiled: Container[int]) -> Iterator[Piece]:
    for result in results[:INTERVIEWS]:
        day = timezone.localdate(result.first.held_at)
        for dimension, mean in result.means.items():
            raters = sum(score.score is not None for score in result.scores[dimension])
            value = None if result.first.pk in veiled else mean
            yield Piece(dimension, Method.INTERVIEW, Scale.POINTS, value, day, raters, result.first.pk)


def _performance(months: Sequence[PerformanceMonth], scheme: Scheme) -> Iterator[Piece]:
    """Of each figure that speaks for a dimension the newest month in which it was measured."""
    newest: dict[Figure, tuple[PerformanceMonth, Decimal]] = {}
    for month in months:
        newest |= {figure: (month, value) for figure, value in month.figures.items()}
    for terms in scheme.dimensions:
        for figure in terms.figures:
            if figure in newest:
                month, value = newest[figure]
                tier = scheme.figure(figure).tier(value)
                yield Piece(
                    terms.key, Method.PERFORMANCE, Scale.FIGURE, value, month.month, figure=figure, tier=tier
                )
