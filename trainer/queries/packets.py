"""The packet of one person as it is now: what ``rules.packet`` describes, made from the rows."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from trainer.models import Decision, Employment, Recheck, Statement
from trainer.queries.confirmation import Confirmation, Line, confirmation_of
from trainer.queries.packet_evidence import Entry, PacketEvidence
from trainer.rules.packet import FORMAT, text_digest

Packet = dict[str, Any]


def packet_of(employment: Employment, *, at: datetime) -> Packet:
    """What is known of this person at ``at``. A fixed number of queries, whatever the person has done."""
    return packet_from(confirmation_of(employment, at=at))


def packet_from(confirmation: Confirmation) -> Packet:
    employment, version = confirmation.employment, confirmation.version
    evidence = PacketEvidence(confirmation)
    return {
        "format": FORMAT,
        "at": confirmation.at.isoformat(),
        "person": employment.user_id,
        "employment": employment.pk,
        "period": employment.period,
        "team": employment.team_id,
        "supervisor": employment.team and employment.team.supervisor_id,
        "state": str(employment.state),
        "hired_on": employment.hired_on.isoformat(),
        "probation_ends_on": employment.probation_ends_on.isoformat(),
        "contract": str(employment.contract),
        "days_left": confirmation.days_left,
        "plan": version
        and {
            "slug": version.plan.slug,
            "name": version.plan.name,
            "name_en": version.plan.name_en,
            "version": version.number,
        },
        "all_met": confirmation.standing.all_met,
        "parts": [
            {"part": str(part.part), "left": part.left, "weight": part.weight, "needed": part.needed}
            for part in confirmation.standing.parts
        ],
        "requirements": [_requirement(line, evidence.of(line)) for line in confirmation.lines],
        "rechecks": [
            {
                "id": recheck.pk,
                "title": recheck.version.title,
                "title_en": recheck.version.title_en,
                "due_on": recheck.due_on.isoformat(),
            }
            for recheck in Recheck.objects.open().filter(learner=employment.user_id).select_related("version")
        ],
        "statement": _statement(statement_of(employment)),
        "markers": {str(person): sorted(what) for person, what in sorted(evidence.markers.items())},
    }


def statement_of(employment: Employment, number: int | None = None) -> Statement | None:
    """The newest version of this period, or that of this number."""
    rows = Statement.objects.filter(employment=employment, period=employment.period)
    return rows.filter(number=number).first() if number else rows.order_by("-number").first()


def last_decision(employment: Employment) -> Decision | None:
    """The newest of this period, whatever became of it: what a packet is compared with."""
    return Decision.objects.filter(employment=employment, period=employment.period).order_by("-at", "-pk").first()


def _requirement(line: Line, evidence: list[Entry]) -> dict[str, Any]:
    requirement, judgement = line.requirement, line.judgement
    return {
        "slug": requirement.slug,
        "title": requirement.title,
        "title_en": requirement.title_en,
        "kind": str(requirement.kind),
        "params": {name: _figure(v) if isinstance(v, float) else v for name, v in requirement.params.items()},
        "part": str(requirement.part),
        "weight": requirement.weight,
        "state": str(judgement.state),
        "certainty": str(judgement.certainty),
        "value": _figure(judgement.value),
        "target": _figure(judgement.target),
        "margin": _figure(judgement.margin),
        "lack": str(judgement.lack),
        "missing": _figure(judgement.missing),
        "names": list(judgement.names or judgement.lessons),
        "evidence": evidence,
    }


def _statement(statement: Statement | None) -> dict[str, Any] | None:
    if statement is None or not statement.text:
        return None
    return {
        "number": statement.number,
        "at": statement.at.isoformat(),
        "sha256": text_digest(statement.text),
    }


def _figure(value: Decimal | float | None) -> str | None:
    """A figure as text, without a tail of noughts."""
    if value is None:
        return None
    number = round(Decimal(value), 4).normalize()
    return f"{number:f}"
