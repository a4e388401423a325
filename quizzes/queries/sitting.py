"""What the pages of an open attempt read: the cards of one page, and how far the paper is answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from quizzes.models import Attempt, PaperItem, Step
from quizzes.models.labels import LABELS
from quizzes.rules.cards import Card, card_of, field_name, nothing_in
from quizzes.rules.vocabulary import Kind

PER_PAGE = 10


@dataclass(frozen=True)
class Cell:
    """A question's number in the navigator."""

    item_id: int
    position: int
    answered: bool
    flagged: bool


@dataclass(frozen=True)
class Asked:
    """A question on the page: ``sequence`` is the newest saved step's, 0 before the first."""

    id: int
    position: int
    marks: Decimal
    kind_label: str
    sequence: int
    flagged: bool
    card: Card

    @property
    def name(self) -> str:
        return field_name(self.id)


def with_newest_step(items: QuerySet[PaperItem]) -> QuerySet[PaperItem]:
    """Items with ``sequence`` and ``answer`` of their newest step, both ``None`` before the first."""
    newest = Step.objects.filter(item=OuterRef("pk")).order_by("-sequence")
    return items.annotate(
        sequence=Subquery(newest.values("sequence")[:1]), answer=Subquery(newest.values("answer")[:1])
    )


def cells(attempt: Attempt) -> list[Cell]:
    """The whole paper in the order of its questions, without saying what they are."""
    flagged = set(attempt.flagged)
    rows = with_newest_step(PaperItem.objects.filter(attempt=attempt)).order_by("position")
    return [
        Cell(pk, position, not nothing_in(answer), position in flagged)
        for pk, position, answer in rows.values_list("pk", "position", "answer")
    ]


def asked(attempt: Attempt, page: int) -> list[Asked]:
    """The questions of a page, from 1, without any key."""
    first = (page - 1) * PER_PAGE
    items = with_newest_step(PaperItem.objects.filter(attempt=attempt)).select_related("version").order_by("position")
    return [to_asked(item, attempt.flagged) for item in items[first : first + PER_PAGE]]


def to_asked(item: PaperItem, flagged: Iterable[int] = ()) -> Asked:
    """``item`` comes from ``with_newest_step`` with its version."""
    version = item.version
    return Asked(
        item.pk,
        item.position,
        item.marks,
        LABELS[Kind(version.kind)],
        item.sequence or 0,
        item.position in flagged,
        card_of(version.parsed(), version.stem, item.arrangement, item.answer),
    )


def answers_as_seen(attempt: Attempt, sequences: Mapping[int, int]) -> dict[int, tuple[PaperItem, Any]]:
    """Items of the attempt with the answer that each had at the sequence named for it; none at sequence 0.

    ``sequences`` maps item ids to what a page had loaded; ids of other attempts are left out.
    """
    items = PaperItem.objects.filter(attempt=attempt, pk__in=sequences).select_related("version").order_by("position")
    wanted = Q(pk=None)
    for item_id, sequence in sequences.items():
        wanted |= Q(item_id=item_id, sequence=sequence)
    answers = dict(Step.objects.filter(wanted, item__attempt=attempt).values_list("item_id", "answer"))
    return {item.pk: (item, answers.get(item.pk)) for item in items}
