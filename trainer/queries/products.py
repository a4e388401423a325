"""Who may serve which product: whoever passed its gate quiz and has no open re-check of its lesson."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.models import Attempt
from trainer.models import Product, Recheck, Team, User
from trainer.queries.confirmation import SHELF_SOON
from trainer.queries.periods import this_period


class GateState(StrEnum):
    MAY_SERVE = "may_serve"
    RECHECK = "recheck"  # passed, but a rule of the product has changed since
    TRIED = "tried"
    NOT_YET = "not_yet"


GATE_WORDS = {
    GateState.MAY_SERVE: _("可以接待"),
    GateState.RECHECK: _("待复查"),
    GateState.TRIED: _("考过，没通过"),
    GateState.NOT_YET: _("还没考"),
}


class GateShow(StrEnum):
    ALL = "all"
    MISSING = "missing"
    MAY_SERVE = "may_serve"
    RECHECK = "recheck"
    TRIED = "tried"
    NOT_YET = "not_yet"

    def holds(self, state: GateState) -> bool:
        """Whether people of this state are shown."""
        if self is GateShow.MISSING:
            return state is not GateState.MAY_SERVE
        return self is GateShow.ALL or self.value == state.value


class ProductShow(StrEnum):
    ALL = "all"
    MISSING = "missing"
    SOON = "soon"


class ProductSort(StrEnum):
    SHELF = "shelf"
    NEWEST = "newest"
    NAME = "name"


ORDERS = {
    ProductSort.SHELF: ("shelf_on", "sku"),
    ProductSort.NEWEST: ("-shelf_on", "sku"),
    ProductSort.NAME: ("name", "sku"),
}


@dataclass(frozen=True)
class Served:
    """One person at one gate. ``passed_at`` is the first pass; ``best`` the best score of 100, if any."""

    person: User
    state: GateState
    passed_at: datetime | None = None
    best: Decimal | None = None

    @property
    def word(self):
        return GATE_WORDS[self.state]


@dataclass(frozen=True)
class TeamGate:
    team: Team | None
    people: tuple[Served, ...]

    @property
    def may_serve(self) -> list[Served]:
        return [row for row in self.people if row.state == GateState.MAY_SERVE]

    @property
    def not_yet(self) -> list[Served]:
        return [row for row in self.people if row.state != GateState.MAY_SERVE]


@dataclass(frozen=True)
class ProductLine:
    """A product in a list, with how many of the people in reach may serve it."""

    product: Product
    days_left: int
    may_serve: int
    people: int

    @property
    def soon(self) -> bool:
        """Whether it is about to go on the shelf, or is there, with somebody missing."""
        return self.days_left <= SHELF_SOON.days and self.may_serve < self.people

    def shows_under(self, show: ProductShow) -> bool:
        match show:
            case ProductShow.MISSING:
                return self.may_serve < self.people
            case ProductShow.SOON:
                return self.soon
        return True


def product_list(
    reach: QuerySet[User], *, on: date, q: str = "", show=ProductShow.ALL, sort=ProductSort.SHELF
) -> list[ProductLine]:
    """The products that are sold and have ``q`` in their name or number. Three queries."""
    found = Product.objects.sold().order_by(*ORDERS[sort])
    if q:
        found = found.filter(Q(name__icontains=q) | Q(sku__icontains=q))
    return [line for line in product_lines(reach, on=on, products=found) if line.shows_under(show)]


def gate_of(product: Product, reach: QuerySet[User]) -> list[TeamGate]:
    """Everybody in reach, by team, with how they stand at the product's gate. Three queries."""
    people = list(reach.select_related("employment__team").order_by("employment__team__name", "display_name", "pk"))
    tries = _tries([product], people)
    rechecks = set(_rechecks([product], people).values_list("learner", flat=True))
    teams: dict[Team | None, list[Served]] = {}
    for person in people:
        passed_at, best = tries.get((product.blueprint_id, person.pk), (None, None))
        state = _state(passed_at, best, person.pk in rechecks)
        teams.setdefault(person.employment.team, []).append(Served(person, state, passed_at, best))
    return [TeamGate(team, tuple(rows)) for team, rows in teams.items()]


def own_gate(product: Product, person: User) -> Served:
    """How one person stands at the product's gate. Two queries."""
    passed_at, best = _tries([product], [person]).get((product.blueprint_id, person.pk), (None, None))
    again = _rechecks([product], [person]).exists()
    return Served(person, _state(passed_at, best, again), passed_at, best)


def product_lines(reach: QuerySet[User], *, on: date, products: QuerySet[Product]) -> list[ProductLine]:
    """Products with how many of these people may serve each. Three queries, however many there are."""
    rows = list(products.select_related("lesson", "blueprint"))
    people = list(reach.values_list("pk", flat=True))
    tries = _tries(rows, people)
    again = set(_rechecks(rows, people).values_list("version__lesson", "learner"))
    return [
        ProductLine(
            product,
            product.days_left(on),
            sum(
                (tries.get((product.blueprint_id, person)) or (None,))[0] is not None
                and (product.lesson_id, person) not in again
                for person in people
            ),
            len(people),
        )
        for product in rows
    ]


def not_yet_by_team(product: Product) -> dict[int, list[User]]:
    """By team, the trainees who may not serve the product yet."""
    found: dict[int, list[User]] = {}
    for gate in gate_of(product, User.objects.trainees()):
        if gate.team and gate.not_yet:
            found[gate.team.pk] = [row.person for row in gate.not_yet]
    return found


def _tries(products: Sequence[Product], people: Iterable) -> dict[tuple[int, int], tuple]:
    """By quiz and person, when it was first passed and the best score."""
    quizzes = [product.blueprint_id for product in products if product.blueprint_id]
    sat = Attempt.objects.submitted().filter(this_period("started_at"), blueprint__in=quizzes, learner__in=list(people))
    rows = (
        sat.order_by()
        .values_list("blueprint", "learner")
        .annotate(first=Min("submitted_at", filter=Q(passed=True)), best=Max("score"), n=Count("pk"))
    )
    return {(quiz, learner): (first, best) for quiz, learner, first, best, _n in rows}


def _rechecks(products: Sequence[Product], people: Iterable) -> QuerySet[Recheck]:
    lessons = [product.lesson_id for product in products]
    return Recheck.objects.open().filter(version__lesson__in=lessons, learner__in=list(people))


def _state(passed_at: datetime | None, best: Decimal | None, again: bool) -> GateState:
    if passed_at:
        return GateState.RECHECK if again else GateState.MAY_SERVE
    return GateState.NOT_YET if best is None else GateState.TRIED
