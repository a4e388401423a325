"""Where people stand with their drills, and what the pages of a drill read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quizzes.models import SortingRun, TypingRun
from quizzes.rules.sorting import Confusion, Result, Sorted, Ticket, TicketClass, Urgency, result

CHARTED = 20  # the newest results are drawn
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 292, 14, 84  # the room for the line in a drawing of 300 × 100


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


@dataclass(frozen=True)
class BestDrills:
    """The best result of each drill of one person; ``None`` where there is none that counts."""

    typing: TypingRun | None
    sorting: SortingRun | None

    def __bool__(self) -> bool:
        return bool(self.typing or self.sorting)


def best_drills(learner) -> BestDrills:
    """Two queries."""
    return BestDrills(best_typing([learner.pk]).get(learner.pk), best_sorting([learner.pk]).get(learner.pk))


@dataclass(frozen=True)
class Point:
    """One result in the drawing; ``label`` is what it says in words."""

    x: int
    y: int
    label: str


@dataclass(frozen=True)
class Chart:
    """Results over time in a drawing of 300 × 100, with the height of the bar that is asked for."""

    points: tuple[Point, ...]
    bar: int
    bar_label: str

    @property
    def last(self) -> Point:
        return self.points[-1]


def chart_of(values: Sequence[Decimal], bar: float, form: str) -> Chart | None:
    """The oldest value first; ``None`` when there are fewer than two. ``form`` writes a value, as ``"{:.0f}"``."""
    if len(values) < 2:
        return None
    shown = values[-CHARTED:]
    most = max(float(max(shown)), bar) * 1.1
    step = (_RIGHT - _LEFT) / (len(shown) - 1)
    return Chart(
        tuple(Point(round(_LEFT + place * step), _height(float(value), most), form.format(value))
              for place, value in enumerate(shown)),
        _height(bar, most),
        form.format(bar),
    )  # fmt: skip


def _height(value: float, most: float) -> int:
    return round(_BOTTOM - (_BOTTOM - _TOP) * value / most)


def sorting_result(run: SortingRun) -> Result:
    """What a run's answers come to. One query."""
    return result(tickets_of(run), _answers(run), run.started_at)


def tickets_of(run: SortingRun) -> list[Ticket]:
    return [Ticket.from_data(data) for data in run.tickets]


def _answers(run: SortingRun) -> list[Sorted]:
    return [
        Sorted(answer.position, TicketClass(answer.ticket_class), Urgency(answer.urgency), answer.at)
        for answer in run.answers.all()
    ]


@dataclass(frozen=True)
class Line:
    """One ticket of a finished run. ``given`` is ``None`` where it was not sorted, ``seconds`` then, too."""

    position: int
    ticket: Ticket
    given: Sorted | None
    seconds: float | None

    @property
    def class_right(self) -> bool:
        return self.given is not None and self.given.ticket_class == self.ticket.ticket_class

    @property
    def urgency_right(self) -> bool:
        return self.given is not None and self.given.urgency == self.ticket.urgency

    @property
    def right(self) -> bool:
        return self.class_right and self.urgency_right


@dataclass(frozen=True)
class Cell:
    """How often; ``level`` 0–4 is its shade, ``right`` says that it lies on the diagonal."""

    count: int
    level: int
    right: bool


@dataclass(frozen=True)
class Row:
    """What the tickets that are ``word`` were called; ``accuracy`` is ``None`` where there were none."""

    word: Any
    cells: tuple[Cell, ...]
    unanswered: int
    accuracy: float | None


def matrix(confusion: Confusion) -> list[Row]:
    rows = []
    for place, word in enumerate(confusion.words):
        total = sum(confusion.counts[place]) + confusion.unanswered[place]
        cells = tuple(
            Cell(count, _shade(count, total, place == other), place == other)
            for other, count in enumerate(confusion.counts[place])
        )
        rows.append(Row(word, cells, confusion.unanswered[place], confusion.accuracy_of(word)))
    return rows


def _shade(count: int, total: int, right: bool) -> int:
    """Right ones from pale to dark, wrong ones in the colour of a warning, none without colour."""
    if not count:
        return 0
    if not right:
        return 1
    return 2 + (count * 2 >= total) + (count == total)


@dataclass(frozen=True)
class SortingReview:
    result: Result
    lines: tuple[Line, ...]

    @property
    def wrong(self) -> list[Line]:
        return [line for line in self.lines if not line.right]

    @property
    def classes(self) -> list[Row]:
        return matrix(self.result.classes)

    @property
    def urgencies(self) -> list[Row]:
        return matrix(self.result.urgencies)


def review_sorting(run: SortingRun) -> SortingReview:
    """A finished run with every ticket. One query."""
    answers = _answers(run)
    found = result(tickets_of(run), answers, run.started_at)
    in_order = sorted(answers, key=lambda answer: answer.at)
    took = {answer.position: seconds for answer, seconds in zip(in_order, found.seconds, strict=True)}
    given = {answer.position: answer for answer in answers}
    return SortingReview(
        found,
        tuple(
            Line(position, ticket, given.get(position), took.get(position))
            for position, ticket in enumerate(tickets_of(run), start=1)
        ),
    )
