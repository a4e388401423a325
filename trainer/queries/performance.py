"""Monthly figures for pages: their trends, a team's month, the sheets they came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from trainer.models import PerformanceMonth, PerformanceSheet, User
from trainer.queries.assessment import performance_of
from trainer.queries.scheme import scheme_in_force
from trainer.rules.assessment import FigureTerms, Scheme
from trainer.rules.performance_trend import Trend, trend_of
from trainer.rules.vocabulary import Figure, LineState, Tier


def trends_of(scheme: Scheme, months: Sequence[PerformanceMonth]) -> list[Trend]:
    """The figures that were measured at all, in the order of the scheme; ``months`` are the oldest first."""
    found = []
    for terms in scheme.figures:
        series = [(month.month, month.figures[terms.key]) for month in months if terms.key in month.figures]
        if trend := trend_of(terms, series):
            found.append(trend)
    return found


@dataclass(frozen=True)
class FigureCell:
    terms: FigureTerms
    value: Decimal | None
    tier: Tier | None


@dataclass(frozen=True)
class MonthLine:
    """One person's month; ``row`` is ``None`` where there are no figures."""

    person: User | None
    month: date
    row: PerformanceMonth | None
    cells: tuple[FigureCell, ...]


def own_lines(months: Sequence[PerformanceMonth], scheme: Scheme) -> list[MonthLine]:
    """One person's months, the newest first."""
    return [MonthLine(None, row.month, row, _cells(row, scheme)) for row in reversed(months)]


@dataclass(frozen=True)
class OwnPerformance:
    """One person's figures for a page: the trends, and all months, the newest first."""

    scheme: Scheme
    trends: list[Trend]
    months: list[MonthLine]


def own_performance(learner) -> OwnPerformance | None:
    """``None`` while there is no scheme, or nothing was measured yet. Two queries."""
    version = scheme_in_force()
    months = performance_of([learner.pk]).get(learner.pk, []) if version else []
    if version is None or not months:
        return None
    scheme = version.to_rule()
    return OwnPerformance(scheme, trends_of(scheme, months), own_lines(months, scheme))


class PerformanceSort(StrEnum):
    TEAM = "team"
    NAME = "name"


def people_of_month(
    reach: QuerySet[User], month: date, *, have: str = "", sort: PerformanceSort = PerformanceSort.TEAM
) -> QuerySet[User]:
    """Those in ``reach`` who have figures of a month (``have`` is ``yes``) or lack them (``no``), or both (empty)."""
    measured = PerformanceMonth.objects.filter(month=month).values("learner")
    if have:
        reach = reach.filter(pk__in=measured) if have == "yes" else reach.exclude(pk__in=measured)
    first = () if sort is PerformanceSort.NAME else ("employment__team__name",)
    return reach.select_related("employment__team").order_by(*first, "display_name", "pk")


def month_lines(people: Sequence[User], month: date, scheme: Scheme) -> list[MonthLine]:
    """The figures of these people in a month. One query, however many they are."""
    rows = {
        row.learner_id: row
        for row in PerformanceMonth.objects.filter(learner__in=people, month=month).select_related("sheet")
    }
    return [MonthLine(person, month, rows.get(person.pk), _cells(rows.get(person.pk), scheme)) for person in people]


def _cells(row: PerformanceMonth | None, scheme: Scheme) -> tuple[FigureCell, ...]:
    figures = row.figures if row else {}
    return tuple(
        FigureCell(terms, figures.get(terms.key), terms.tier(figures[terms.key]) if terms.key in figures else None)
        for terms in scheme.figures
    )


def sheets_for(user) -> QuerySet[PerformanceSheet]:
    """The sheets that this person may look at: their own, for an admin all; with how many lines of each state."""
    sheets = PerformanceSheet.objects.select_related("created_by", "confirmed_by", "rolled_back_by")
    if not user.has_perm("trainer.load_content"):
        sheets = sheets.filter(created_by=user)
    return sheets.annotate(
        **{state.value: Count("lines", filter=Q(lines__state=state)) for state in LineState}
    )


@dataclass(frozen=True)
class Difference:
    """One figure of a line: what stood there, what the line says."""

    figure: Figure
    before: str
    after: str


def differences(line) -> list[Difference]:
    """Every figure that the line names, in the order of the scheme."""
    before = (line.before or {}).get("figures", {})
    return [
        Difference(figure, before.get(figure, ""), line.figures[figure])
        for figure in Figure
        if figure in line.figures
    ]
