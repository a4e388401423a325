"""What the page of a packet shows: the evidence of today, in words, beside what it was when last looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from trainer.models import Decision, Employment, Statement, User
from trainer.queries.confirmation import Confirmation, confirmation_of
from trainer.queries.decision_page import decisions_of
from trainer.queries.packet_changes import change_words
from trainer.queries.packet_links import reader_of
from trainer.queries.packet_words import Names, PacketWords, in_words, people_in
from trainer.queries.packets import Packet, packet_from, statement_of
from trainer.rules.decisions import (
    Contract,
    DecisionKind,
    DecisionState,
    Second,
    Signatures,
    last_day_allowed,
    open_kinds,
    second_needed,
)
from trainer.rules.packet import changes, markers


@dataclass(frozen=True)
class PacketPage:
    """``since`` is the decision that ``changed`` counts from; ``stale`` is what changed while the form was open.

    ``limits``: by length of contract, the last day to which probation may run.
    """

    employment: Employment
    confirmation: Confirmation
    packet: Packet
    words: PacketWords
    statement: Statement | None
    since: Decision | None
    changed: tuple[str, ...]
    stale: tuple[str, ...]
    history: list[Decision]
    pending: Decision | None
    standing: Decision | None
    kinds: tuple[DecisionKind, ...]
    second: Second
    limits: tuple[tuple[Contract, date], ...]
    at: datetime

    @property
    def open(self) -> bool:
        """Whether something can be decided now."""
        return self.confirmation.on_probation and self.pending is None


def packet_page(
    employment: Employment, *, by: User, at: datetime, seen: Mapping[str, Any] | None = None
) -> PacketPage:
    """The page for ``by``; ``seen`` is the packet of their form where the evidence has changed since."""
    confirmation = confirmation_of(employment, at=at)
    packet = packet_from(confirmation)
    history = decisions_of(employment)
    ours = [one for one in history if one.period == employment.period]
    since = Decision.objects.filter(pk=ours[0].pk).get() if ours else None
    names = Names(people_in(packet, seen or {}, since.packet if since else {}))
    left = (employment.probation_ends_on - timezone.localdate(at)).days
    return PacketPage(
        employment=employment,
        confirmation=confirmation,
        packet=packet,
        words=in_words(packet, names, reader=reader_of(by, employment.user_id)),
        statement=statement_of(employment),
        since=since,
        changed=tuple(change_words(changes(since.packet, packet), names)) if since else (),
        stale=tuple(change_words(changes(seen, packet), names)) if seen else (),
        history=history,
        pending=next((one for one in ours if one.is_pending), None),
        standing=next((one for one in ours if one.state == DecisionState.FINAL and not one.superseded), None),
        kinds=open_kinds(left),
        second=second_needed(Signatures(by.pk, markers(packet), settings.DECISION_BY_TWO)),
        limits=tuple((contract, last_day_allowed(employment.hired_on, contract)) for contract in Contract),
        at=at,
    )
