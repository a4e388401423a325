"""What the page of a decision shows: the packet as it was, whether it is whole, and what has changed since."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from trainer.models import Decision, DecisionAppeal, Employment, Statement, User
from trainer.queries.deciders import hearers
from trainer.queries.packet_changes import change_words
from trainer.queries.packet_links import reader_of
from trainer.queries.packet_words import Names, PacketWords, in_words, people_in
from trainer.queries.packets import Packet, packet_of
from trainer.rules.decisions import DecisionAppealState
from trainer.rules.packet import Change, ChangeCode, changes, digest, text_digest


@dataclass(frozen=True)
class FrozenStatement:
    """The trainee's own words as they were; ``whole`` says whether they are what was signed."""

    text: str
    whole: bool


@dataclass(frozen=True)
class DecisionPage:
    """``whole``: the packet is what was signed; ``changed``: what is different today, in words."""

    decision: Decision
    packet: PacketWords
    whole: bool
    statement: FrozenStatement | None
    exceptions: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    now: Packet | None
    appeal: DecisionAppeal | None


def decision_rows() -> QuerySet[Decision]:
    return Decision.objects.select_related(
        "employment__user", "employment__team__supervisor", "by", "asked", "countersigned_by", "closed_by",
        "team", "supervisor", "supersedes", "superseded_by", "appeal__decided_by", "appeal__result", "came_from",
    )  # fmt: skip


def decision_page(decision: Decision, *, at: datetime, by: User) -> DecisionPage:
    """The page for ``by``, who may see the decision."""
    employment, frozen = decision.employment, decision.packet
    now = packet_of(employment, at=at) if decision.period == employment.period else None
    names = Names(people_in(frozen, now or {}))
    words = in_words(frozen, names, reader=reader_of(by, employment.user_id))
    titles = {one.slug: one.title for one in words.requirements}
    return DecisionPage(
        decision=decision,
        packet=words,
        whole=digest(frozen) == decision.digest,
        statement=frozen_statement(decision),
        exceptions=tuple((titles.get(slug, slug), text) for slug, text in decision.exceptions.items()),
        changed=tuple(change_words(_since(decision, now), names)) if now else (),
        now=now,
        appeal=getattr(decision, "appeal", None),
    )


def _since(decision: Decision, now: Packet) -> list[Change]:
    """What has changed beside what the decision itself has done: moving the end of probation."""
    own = decision.until and decision.until.isoformat()
    return [
        change
        for change in changes(decision.packet, now)
        if not (change.code is ChangeCode.PROBATION and change.after == own)
    ]


def frozen_statement(decision: Decision) -> FrozenStatement | None:
    signed = decision.packet.get("statement")
    if not signed:
        return None
    row = Statement.objects.filter(
        employment=decision.employment, period=decision.period, number=signed["number"]
    ).first()
    text = row.text if row else ""
    return FrozenStatement(text, text_digest(text) == signed["sha256"])


def may_see(user: User, decision: Decision, reach: QuerySet[Employment]) -> bool:
    """The person themselves, once it is final; who has them in reach; who was asked to sign; who hears the appeal."""
    if decision.employment.user_id == user.pk:
        return decision.is_final
    if not user.has_perm("trainer.decide_confirmation"):
        return False
    if user.pk == decision.asked_id or reach.filter(pk=decision.employment_id).exists():
        return True
    return may_hear_appeal(user, decision)


def may_hear_appeal(user: User, decision: Decision) -> bool:
    """Whether there is an appeal that this person is to answer, or has answered."""
    appeal = getattr(decision, "appeal", None)
    if appeal is None:
        came_from = getattr(decision, "came_from", None)
        return bool(came_from and came_from.decided_by_id == user.pk)
    if appeal.state != DecisionAppealState.OPEN:
        return appeal.decided_by_id == user.pk
    return user in hearers(appeal)


def decisions_of(employment: Employment) -> list[Decision]:
    """All that was decided or proposed about one person, the newest first, earlier periods included."""
    return list(
        Decision.objects.filter(employment=employment)
        .select_related("by", "countersigned_by")
        .defer("packet")
        .order_by("-at", "-pk")
    )


def final_decisions_of(user: User) -> list[Decision]:
    """What a trainee sees of the decisions about them, the newest first."""
    rows = Decision.objects.final().filter(Q(employment__user=user))
    return list(rows.select_related("by", "appeal").defer("packet").order_by("-closed_at", "-pk"))
