"""Who is told what about a decision."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from trainer.commands.notices import notify
from trainer.models import Decision, DecisionAppeal, User
from trainer.rules.decisions import DecisionAppealState, DecisionKind


def tell_countersigner(decision: Decision, at: datetime) -> None:
    _tell([decision.asked_id], decision, "countersign", at, by=str(decision.by))


def tell_returned(decision: Decision, at: datetime) -> None:
    _tell(
        [decision.by_id], decision, "decision_returned", at, by=str(decision.closed_by), note=decision.closing_note
    )


def tell_decided(decision: Decision, at: datetime) -> None:
    """The person, and beside them their supervisor and the admins; whoever signed knows it already."""
    kind = DecisionKind(decision.kind)
    day = decision.until or decision.effective_on or timezone.localdate(at)
    person = decision.employment.user_id
    _tell([person], decision, f"decided_{kind}", at, day=day.isoformat())
    _tell(
        concerned(decision) - {person, decision.by_id, decision.countersigned_by_id},
        decision, f"decided_{kind}_of", at, day=day.isoformat(),
    )  # fmt: skip


def tell_appealed(appeal: DecisionAppeal, hearers: list[User], at: datetime) -> None:
    _tell(
        {person.pk for person in hearers}, appeal.decision, "decision_appeal", at,
        day=appeal.answer_until.isoformat(),
    )  # fmt: skip


def tell_answered(appeal: DecisionAppeal, at: datetime) -> None:
    decision = appeal.decision
    person = decision.employment.user_id
    overturned = appeal.state == DecisionAppealState.OVERTURNED
    _tell([person], appeal.result or decision, "appeal_overturned" if overturned else "appeal_upheld", at)
    _tell(
        {decision.by_id, decision.countersigned_by_id} - {None, appeal.decided_by_id},
        decision, "decision_appeal_closed", at, by=str(appeal.decided_by),
    )  # fmt: skip


def concerned(decision: Decision) -> set[int | None]:
    """The present supervisor, if there is one, and the admins."""
    team = decision.employment.team
    people: set[int | None] = set(User.objects.admins().values_list("pk", flat=True))
    return people | ({team.supervisor_id} if team and team.supervisor_id else set())


def _tell(people: Iterable[int | None], decision: Decision, code: str, at: datetime, **params: str) -> None:
    notify(
        people=[person for person in people if person is not None],
        key=f"decision:{decision.pk}:{code}",
        code=code,
        params={"person": str(decision.employment.user), **params},
        url=reverse("trainer:decision", args=[decision.pk]),
        at=at,
    )
