"""People × topics: how well each person of a team knows each topic, and how sure that is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.models import Mastery, Topic
from quizzes.rules.mastery import Level, Tally, joined
from trainer.models import Employment
from trainer.queries.people import by_pinyin

# Level → step of the heat scale, word
WORDS = {
    Level.FEW: (0, _("题还少")),
    Level.WEAK: (1, _("弱")),
    Level.UNSTEADY: (2, _("不稳")),
    Level.STRONG: (4, _("稳")),
}
WEAKEST_SHOWN = 3


class HeatSort(StrEnum):
    WEAKEST = "weakest"
    NAME = "name"


@dataclass(frozen=True)
class Cell:
    """``figure`` and ``spread`` are per cent; ``figure`` is ``None`` while there are too few answers."""

    tally: Tally
    topic: Topic | None = None
    level: Level = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "level", self.tally.level)

    @property
    def figure(self) -> int | None:
        return None if self.level is Level.FEW else round(100 * self.tally.mean)

    @property
    def spread(self) -> int:
        return round(100 * self.tally.spread)

    @property
    def heat(self) -> int:
        return WORDS[self.level][0]

    @property
    def word(self):
        return WORDS[self.level][1]


@dataclass(frozen=True)
class PersonRow:
    employment: Employment
    cells: tuple[Cell, ...]
    overall: Cell

    @cached_property
    def weakest(self) -> list[Cell]:
        """The topics to begin with, the weakest first; none that too few answers speak of."""
        sure = [cell for cell in self.cells if cell.level in (Level.WEAK, Level.UNSTEADY)]
        return sorted(sure, key=lambda cell: cell.tally.mean)[:WEAKEST_SHOWN]


@dataclass(frozen=True)
class HeatMap:
    """``columns`` are the topics with what the people together know of each."""

    columns: tuple[Cell, ...]
    rows: tuple[PersonRow, ...]


def heat_map(reach: QuerySet, *, at: datetime, sort: HeatSort = HeatSort.WEAKEST) -> HeatMap:
    """The people in ``reach``. Three queries, however many they are."""
    people = list(Employment.objects.filter(user__in=reach).select_related("user", "team"))
    topics = list(Topic.objects.all())
    known = _tallies([person.user_id for person in people])
    nothing = Tally(0.0, 0.0, at)
    rows = []
    for person in people:
        mine = known[person.user_id]
        cells = tuple(Cell(mine[topic.pk].aged(at) if topic.pk in mine else nothing, topic) for topic in topics)
        rows.append(PersonRow(person, cells, _together(cells, at)))
    columns = tuple(_together([row.cells[place] for row in rows], at, topic) for place, topic in enumerate(topics))
    return HeatMap(columns, tuple(_in_order(rows, sort)))


def _tallies(learners: Sequence[int]) -> dict[int, dict[int, Tally]]:
    found: dict[int, dict[int, Tally]] = defaultdict(dict)
    rows = Mastery.objects.filter(learner__in=learners).order_by()
    for learner, topic, weight, credit, as_of in rows.values_list("learner", "topic", "weight", "credit", "as_of"):
        found[learner][topic] = Tally(weight, credit, as_of)
    return found


def _together(cells: Iterable[Cell], at: datetime, topic: Topic | None = None) -> Cell:
    return Cell(joined((cell.tally for cell in cells), at), topic)


def _in_order(rows: list[PersonRow], sort: HeatSort) -> list[PersonRow]:
    def name(row: PersonRow) -> bytes:
        return by_pinyin(row.employment.user)

    if sort is HeatSort.NAME:
        return sorted(rows, key=name)
    return sorted(rows, key=lambda row: (row.overall.level is Level.FEW, row.overall.tally.mean, name(row)))
