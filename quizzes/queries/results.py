"""What was earned on a paper that was handed in, by topic and by question."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Prefetch, Q
from django.utils.module_loading import import_string

from quizzes.models import Appeal, Attempt, Mark, PaperItem
from quizzes.models.labels import LABELS
from quizzes.queries.sitting import with_newest_step
from quizzes.rules.feedback import Review, may_review
from quizzes.rules.reviewed import Reviewed, review_of
from quizzes.rules.scoring import Scored, Tally, Totals, totals
from quizzes.rules.vocabulary import Feedback, Kind, Mode


@dataclass(frozen=True)
class TopicResult:
    """The marks of one topic; ``share`` (of 100) and ``lost`` are of what is marked already."""

    slug: str
    name: str
    tally: Tally

    @property
    def share(self) -> int:
        marked = self.tally.available - self.tally.pending
        return int(100 * self.tally.earned / marked) if marked else 0

    @property
    def lost(self) -> Fraction:
        return self.tally.available - self.tally.pending - self.tally.earned


@dataclass(frozen=True)
class Result:
    totals: Totals
    topics: tuple[TopicResult, ...]
    wrong: int
    pending: int


@dataclass(frozen=True)
class ReviewedItem:
    """A question with everything that may be seen after marking. ``fraction`` is ``None`` while it waits."""

    id: int
    position: int
    marks: Decimal
    kind_label: str
    fraction: Fraction | None
    comment: str
    corrected: bool
    review: Reviewed
    explanation: str
    lesson: Any
    appeal: Appeal | None

    @property
    def earned(self) -> Fraction | None:
        return None if self.fraction is None else self.fraction * Fraction(self.marks)

    @property
    def state(self) -> str:
        """``waiting``, ``right``, ``partly`` or ``wrong``."""
        if self.fraction is None:
            return "waiting"
        return "right" if self.fraction == 1 else "partly" if self.fraction else "wrong"


def with_marks(attempt: Attempt):
    """The attempt's items in order, each with ``standing``: a list of its one mark that counts, or of none."""
    marks = Prefetch("mark_rows", Mark.objects.standing().select_related("version"), to_attr="standing")
    return PaperItem.objects.filter(attempt=attempt).order_by("position").prefetch_related(marks)


def result_of(attempt: Attempt) -> Result:
    """The marks of a submitted attempt, with its topics in the order of the curriculum."""
    items = list(with_marks(attempt).select_related("version__topic", "section"))
    fractions = [item.standing[0].fraction if item.standing else None for item in items]
    paper = totals(
        Scored(fraction, item.marks, item.version.topic.slug, str(item.section or ""))
        for item, fraction in zip(items, fractions, strict=True)
    )
    topics = sorted({item.version.topic for item in items}, key=lambda topic: topic.position)
    return Result(
        paper,
        tuple(TopicResult(topic.slug, str(topic), paper.by_topic[topic.slug]) for topic in topics),
        wrong=sum(fraction is not None and fraction < 1 for fraction in fractions),
        pending=sum(fraction is None for fraction in fractions),
    )


def review_state(attempt: Attempt) -> Review:
    """Whether the owner of ``attempt`` may see its key now; practice shows each as soon as it is answered."""
    if attempt.mode == Mode.PRACTICE:
        return Review.ALLOWED
    if attempt.blueprint is None:
        return Review.ALLOWED if attempt.submitted_at else Review.STILL_OPEN
    others = Attempt.objects.filter(learner=attempt.learner_id, blueprint=attempt.blueprint_id).aggregate(
        open=Count("pk", filter=Q(submitted_at=None)),
        used=Count("pk", filter=Q(submitted_at__isnull=False)),
        passed=Count("pk", filter=Q(passed=True)),
    )
    return may_review(
        Feedback(attempt.blueprint.feedback),
        submitted=attempt.submitted_at is not None,
        sitting_again=others["open"] > 0,
        passed_any=others["passed"] > 0,
        used=others["used"],
        max_attempts=attempt.blueprint.max_attempts,
    )


def positions_to_review(attempt: Attempt, *, only_wrong: bool) -> list[int]:
    """The positions of the paper's questions, or of those that did not earn full marks."""
    items = PaperItem.objects.filter(attempt=attempt).order_by("position")
    if only_wrong:
        items = items.filter(mark_rows__superseded=False, mark_rows__numerator__lt=F("mark_rows__denominator"))
    return list(items.values_list("position", flat=True))


def reviewed_items(attempt: Attempt, positions: Sequence[int]) -> list[ReviewedItem]:
    """The questions at ``positions`` with their key, as it stands after corrections."""
    rows = with_newest_step(with_marks(attempt).filter(position__in=positions)).select_related("version", "appeal")
    items = list(rows)
    links = lesson_links(item.version.lesson_key for item in items)
    return [to_reviewed(item, links) for item in items]


def to_reviewed(item: PaperItem, links: dict[str, Any]) -> ReviewedItem:
    """``item`` comes from ``with_newest_step(with_marks(…))`` with its version and appeal."""
    mark = item.standing[0] if item.standing else None
    version = mark.version if mark else item.version
    return ReviewedItem(
        item.pk,
        item.position,
        item.marks,
        LABELS[Kind(version.kind)],
        mark.fraction if mark else None,
        mark.comment if mark else "",
        version.pk != item.version_id,
        review_of(version.parsed(), item.version.stem, item.arrangement, item.answer),
        version.explanation,
        links.get(version.lesson_key),
        getattr(item, "appeal", None),
    )


def note_on(attempt: Attempt) -> Any:
    """What the house around us says beside the score: ``state``, ``text``, ``url`` and ``action``, or ``None``."""
    return import_string(settings.QUIZZES_ATTEMPT_NOTE)(attempt)


def lesson_links(keys) -> dict[str, Any]:
    """By lesson key, what the house around us links to: objects with ``title`` and ``url``. One query."""
    wanted = {key for key in keys if key}
    return import_string(settings.QUIZZES_LESSON_LINKS)(wanted) if wanted else {}
