"""What somebody has to review today, and when the next is due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from quizzes.models import ReviewCard
from quizzes.rules.reviews import AT_ONCE


@dataclass(frozen=True)
class ReviewState:
    """``due`` questions are to be reviewed by today; ``next_on`` is the day of the next one after that, if any."""

    due: int
    next_on: date | None

    @property
    def at_once(self) -> int:
        """How many of them one run takes."""
        return min(self.due, AT_ONCE)


def review_state(learner, on: date) -> ReviewState:
    """One query."""
    cards = ReviewCard.objects.of(learner).in_use()
    return ReviewState(
        **cards.aggregate(
            due=Count("pk", filter=Q(due_on__lte=on)), next_on=Min("due_on", filter=Q(due_on__gt=on))
        )
    )


def questions_due(learner, on: date) -> list[int]:
    """Up to ``AT_ONCE`` questions that are due, the most overdue first. One query."""
    cards = ReviewCard.objects.of(learner).in_use().filter(due_on__lte=on).order_by("due_on", "stability", "pk")
    return list(cards.values_list("question", flat=True)[:AT_ONCE])
