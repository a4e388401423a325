"""What waits for a supervisor: checks the machine was unsure of, objections of trainees, and replies to rate blind."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.db.models import Exists, OuterRef, QuerySet

from quizzes.models import CheckAppeal, CheckResult, Ruling, SecondOpinion, Turn, TurnKind
from quizzes.models.labels import CHECK_LABELS
from quizzes.rules.agreement import Agreement, agreement
from quizzes.rules.replies.checks import CHECKS


@dataclass(frozen=True)
class Waiting:
    """A check to rule on, with what the customer had said just before."""

    result: CheckResult
    asked: tuple[str, ...]
    words: tuple[str, ...]
    appeal: CheckAppeal | None
    opinion: SecondOpinion | None

    @property
    def likely(self) -> int:
        """The machine's probability of a yes, in per cent."""
        return round(100 * self.result.probability)


class CheckWhy(StrEnum):
    ANY = "any"
    OBJECTED = "objected"
    UNSURE = "unsure"


class CheckSort(StrEnum):
    QUEUE = "queue"  # objections first, then the longest waiting
    NEWEST = "newest"
    CHECK = "check"


ORDERS = {
    CheckSort.QUEUE: ("-objected", "turn__session__ended_at", "pk"),
    CheckSort.NEWEST: ("-turn__session__ended_at", "-pk"),
    CheckSort.CHECK: ("check_name", "turn__session__ended_at", "pk"),
}


def waiting_checks(
    reach: QuerySet, *, check: str = "", why: CheckWhy = CheckWhy.ANY, sort: CheckSort = CheckSort.QUEUE
) -> QuerySet[CheckResult]:
    """Open checks and open objections of the people in ``reach``, of one check or of all."""
    objected = CheckAppeal.objects.filter(result=OuterRef("pk"), ruling=None)
    found = CheckResult.objects.filter(check_name=check) if check else CheckResult.objects.all()
    found = (
        found.filter(turn__session__learner__in=reach)
        .annotate(objected=Exists(objected))
        .exclude(objected=False, open=None)
        .select_related("turn__session__learner", "turn__session__scenario", "turn__session__version")
        .select_related("appeal", "open", "opinion")
        .order_by(*ORDERS[sort])
    )
    return found if why is CheckWhy.ANY else found.filter(objected=why is CheckWhy.OBJECTED)


def in_context(results: Iterable[CheckResult]) -> list[Waiting]:
    """The checks with what they answer. One query."""
    results = list(results)
    before: dict[int, list[Turn]] = {}
    turns = Turn.objects.filter(session__in={result.turn.session_id for result in results}).exclude(says=[])
    for turn in turns.only("session", "number", "says"):
        before.setdefault(turn.session_id, []).append(turn)
    return [
        Waiting(
            result,
            next(
                (
                    tuple(turn.says)
                    for turn in reversed(before.get(result.turn.session_id, []))
                    if turn.number < result.turn.number
                ),
                (),
            ),
            tuple(result.turn.text[start:end] for start, end in result.evidence),
            getattr(result, "appeal", None),
            getattr(result, "opinion", None),
        )
        for result in results
    ]


def next_to_rate_blind(reach: QuerySet, rater) -> Turn | None:
    """The newest reply in ``reach`` that somebody ruled on and ``rater`` has not rated; else the newest of all."""
    mine = Ruling.objects.filter(result__turn=OuterRef("pk"), by=rater)
    others = Ruling.objects.filter(result__turn=OuterRef("pk"), blind=True)
    replies = Turn.objects.filter(kind=TurnKind.SAY, session__learner__in=reach, session__ended_at__isnull=False)
    return (
        replies.annotate(mine=Exists(mine), others=Exists(others))
        .filter(mine=False, checks__stated=False)
        .distinct()
        .order_by("-others", "-at", "-pk")
        .first()
    )


@dataclass(frozen=True)
class CheckAgreement:
    """For one check: machine against blind raters, and two people who rated the same reply."""

    label: str
    violation: bool
    machine: Agreement
    raters: Agreement


def calibration(reach: QuerySet) -> list[CheckAgreement]:
    """Agreement per check, over the talks of the people in ``reach``. One query.

    The machine is compared with blind ratings only: the checks that come to a person otherwise are chosen for being
    hard, and those who rule on them see what the machine said.
    """
    machine: dict[str, list[tuple[bool, bool]]] = {}
    said: dict[int, dict[int, tuple[str, bool]]] = {}
    rows = Ruling.objects.filter(result__turn__session__learner__in=reach).order_by("at", "pk")
    for check, result, by, verdict, by_machine, blind in rows.values_list(
        "result__check_name", "result", "by", "verdict", "machine", "blind"
    ):
        if blind:
            machine.setdefault(check, []).append((by_machine, verdict))
        said.setdefault(result, {})[by] = (check, verdict)
    raters: dict[str, list[tuple[bool, bool]]] = {}
    for people in said.values():
        verdicts = list(people.values())
        for (check, first), (_same, second) in pairwise(verdicts):
            raters.setdefault(check, []).append((first, second))
    return [
        CheckAgreement(
            str(CHECK_LABELS[check.name]),
            check.violation,
            agreement(machine.get(check.name, [])),
            agreement(raters.get(check.name, [])),
        )
        for check in CHECKS
    ]
