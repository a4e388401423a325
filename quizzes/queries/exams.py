"""The exams that somebody may sit, and how they stand with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.utils.module_loading import import_string

from quizzes.models import Accommodation, Attempt, Blueprint
from quizzes.rules.timing import Start, StartCheck, may_start


@dataclass(frozen=True)
class Standing:
    """One exam as one person sees it. ``left`` is the attempts still to be had, ``None`` for any number."""

    blueprint: Blueprint
    open_attempt: Attempt | None
    handed_in: tuple[Attempt, ...]
    check: StartCheck
    left: int | None

    @property
    def state(self) -> str:
        """``open``, ``passed``, ``waiting`` for a mark, ``cooling_down``, ``used_up``, ``again`` or ``new``."""
        if self.open_attempt:
            return "open"
        if self.passed:
            return "passed"
        if self.newest and self.newest.score is None:
            return "waiting"
        if self.check.reason != Start.ALLOWED:
            return "cooling_down" if self.check.reason == Start.COOLING_DOWN else "used_up"
        return "again" if self.handed_in else "new"

    @property
    def newest(self) -> Attempt | None:
        return self.handed_in[0] if self.handed_in else None

    @property
    def passed(self) -> bool:
        return any(attempt.passed for attempt in self.handed_in)

    @property
    def best(self) -> Decimal | None:
        return max((attempt.score for attempt in self.handed_in if attempt.score is not None), default=None)

    @property
    def may_begin(self) -> bool:
        return self.blueprint.is_open and (self.open_attempt is not None or self.check.reason == Start.ALLOWED)


def counted(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Those of these attempts that count for their learner: the house around the engine says so."""
    return attempts.filter(import_string(settings.QUIZZES_COUNTED)("started_at"))


def standing(blueprint: Blueprint, attempts: Sequence[Attempt], at: datetime) -> Standing:
    """How the owner of ``attempts`` (at this exam, newest first) stands with it at ``at``."""
    handed_in = tuple(attempt for attempt in attempts if attempt.submitted_at)
    most = blueprint.max_attempts or None
    check = may_start(
        used=len(attempts),
        max_attempts=most,
        last_submitted_at=max((attempt.submitted_at for attempt in handed_in), default=None),
        cool_down=timedelta(hours=blueprint.cooldown_hours),
        at=at,
    )
    return Standing(
        blueprint,
        next((attempt for attempt in attempts if attempt.submitted_at is None), None),
        handed_in,
        check,
        None if most is None else max(most - len(attempts), 0),
    )


def exam_list(learner, at: datetime) -> list[Standing]:
    """Every open exam that is listed, and others that this person sat: those in progress first, passed ones last."""
    attempts: dict[int, list[Attempt]] = {}
    for attempt in counted(Attempt.objects.of(learner).exams()).order_by("-started_at", "-pk"):
        attempts.setdefault(attempt.blueprint_id, []).append(attempt)
    offered = Q(is_open=True, is_listed=True)
    blueprints = Blueprint.objects.exams().filter(offered | Q(pk__in=attempts)).order_by("pk")
    rows = [standing(blueprint, attempts.get(blueprint.pk, []), at) for blueprint in blueprints]
    ranks = {"open": 0, "new": 1, "again": 1, "passed": 3}
    return sorted(rows, key=lambda row: ranks.get(row.state, 2))


def exam_for(learner, blueprint: Blueprint, at: datetime) -> Standing:
    attempts = counted(Attempt.objects.of(learner).filter(blueprint=blueprint)).order_by("-started_at", "-pk")
    return standing(blueprint, list(attempts), at)


def extra_minutes(learner, blueprint: Blueprint) -> int:
    """The minutes that this person gets beyond the blueprint's: all grants together."""
    grants = Accommodation.objects.filter(Q(blueprint=blueprint) | Q(blueprint=None), learner=learner)
    return grants.aggregate(minutes=Sum("extra_minutes"))["minutes"] or 0
