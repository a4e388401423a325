"""What the list of customers and a customer's start page read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from quizzes.models import Scenario, Session
from quizzes.queries.results import lesson_links
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.dialogue.scoring import Outcome

SEEDS_TO_PASS = 2  # so many different customers of a type have to be passed by the rules of the exam


@dataclass
class Row:
    """A scenario with one person's talks: in the exam the first, best and latest, and how often they practised."""

    scenario: Scenario
    open: Session | None = None
    first: Session | None = None
    best: Session | None = None
    latest: Session | None = None
    practised: int = 0
    passed: bool = False


@dataclass
class TypeRows:
    """The scenarios of one customer type. ``seeds`` counts the different customers passed by the exam's rules."""

    key: str
    title: str
    url: str
    rows: list[Row] = field(default_factory=list)
    seeds: int = 0

    @property
    def passed(self) -> bool:
        return self.seeds >= SEEDS_TO_PASS


def tested_talks(learners: Iterable[int]) -> list[Session]:
    """The ended talks by the rules of an exam, oldest first, each with its scenario's customer type. One query."""
    return list(
        Session.objects.filter(learner__in=list(learners))
        .tested()
        .ended()
        .select_related("scenario")
        .only("learner", "seed", "level", "outcome", "settled", "started_at", "ended_at", "scenario__customer_type")
        .order_by("started_at", "pk")
    )


def types_passed(talks: Iterable[Session]) -> list[str]:
    """The customer types of which these talks of one person pass enough different customers."""
    customers: dict[str, set[tuple[int, int]]] = {}
    for talk in talks:
        if talk.outcome == Outcome.PASSED and talk.settled:
            customers.setdefault(talk.scenario.customer_type, set()).add((talk.scenario_id, talk.seed))
    return sorted(name for name, seeds in customers.items() if len(seeds) >= SEEDS_TO_PASS)


def roleplay_list(learner, *, platform: str = "", stage: str = "") -> list[TypeRows]:
    """The live scenarios by customer type, with the learner's results. Three queries."""
    scenarios = list(Scenario.objects.live().order_by("customer_type", "minutes", "slug"))
    sessions = list(
        Session.objects.of(learner)
        .filter(scenario__state="live")
        .only("scenario", "seed", "level", "score", "outcome", "settled", "provisional", "started_at", "ended_at")
        .order_by("started_at", "pk")
    )
    links = lesson_links(scenario.customer_type for scenario in scenarios)
    groups: dict[str, TypeRows] = {}
    for scenario in scenarios:
        link = links.get(scenario.customer_type)
        title, url = (link.title, link.url) if link else (scenario.customer_type, "")
        group = groups.setdefault(scenario.customer_type, TypeRows(scenario.customer_type, title, url))
        group.rows.append(row_of(scenario, [one for one in sessions if one.scenario_id == scenario.pk]))
    for group in groups.values():
        mine = {row.scenario.pk for row in group.rows}
        group.seeds = _seeds(session for session in sessions if session.scenario_id in mine)
        group.rows = [
            row
            for row in group.rows
            if (not platform or row.scenario.platform == platform) and (not stage or row.scenario.stage == stage)
        ]
    return [group for group in groups.values() if group.rows]


def row_of(scenario: Scenario, sessions: list[Session]) -> Row:
    """``sessions`` are the person's talks of this scenario, oldest first."""
    row = Row(scenario)
    for session in sessions:
        if session.is_open:
            row.open = session
        elif session.level == Level.PRACTICE:
            row.practised += 1
        else:
            row.first = row.first or session
            row.latest = session
            row.best = session if row.best is None or session.score > row.best.score else row.best
            row.passed = row.passed or (session.outcome == "passed" and session.settled)
    return row


def _seeds(sessions: Iterable[Session]) -> int:
    return len(
        {
            (session.scenario_id, session.seed)
            for session in sessions
            if session.level != Level.PRACTICE and session.outcome == "passed" and session.settled
        }
    )


def quick_phrases(platform: str, stage: str) -> list[Any]:
    """Phrases to start a reply from, in groups: objects with ``title`` and ``phrases``, from the house around us."""
    return import_string(settings.QUIZZES_PHRASES)(platform, stage)
