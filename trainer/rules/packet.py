"""The packet: what was known of a person when somebody decided about them, as plain data.

It is made of dicts, lists, texts, whole numbers, truth values and nothing; figures are texts, people are ids: names
come from the rows, so that a name can be taken away later without touching what was signed. The keys:

* ``format``, ``at``, ``person``, ``employment``, ``period``, ``team``, ``supervisor``, ``state``, ``hired_on``,
  ``probation_ends_on``, ``contract``, ``days_left``;
* ``plan`` (``slug``, ``name``, ``name_en``, ``version``), ``all_met``, ``parts``;
* ``requirements``: each with ``slug``, titles, ``kind``, ``state``, ``certainty``, ``value``, ``target``, ``margin``,
  ``lack``, ``missing``, ``names`` and its ``evidence``: what it rests on, by ``kind`` and ``id``;
* ``rechecks``: those that are open; ``statement``: the trainee's own, by number and hash; ``markers``: whose judgement
  went in, by person and by what they judged.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

FORMAT = 1
# Counted by the calendar: another day alone does not make a packet stale.
BY_THE_DAY = "days_in_post"


class ChangeCode(StrEnum):
    PLAN = "plan"
    PROBATION = "probation"
    TEAM = "team"
    ADDED = "added"  # a requirement
    DROPPED = "dropped"
    STATE = "state"
    VALUE = "value"
    EVIDENCE = "evidence"
    REMARKED = "remarked"
    GONE = "gone"
    RECHECK = "recheck"
    RECHECK_DONE = "recheck_done"
    STATEMENT = "statement"


@dataclass(frozen=True)
class Change:
    """One thing that differs between two packets. ``requirement`` and ``evidence`` are the entries of the newer one,
    or of the older where the newer has none; ``before`` and ``after`` are what changed in them."""

    code: ChangeCode
    before: Any = None
    after: Any = None
    requirement: Mapping[str, Any] | None = None
    evidence: Mapping[str, Any] | None = None


def canonical(packet: Mapping[str, Any]) -> bytes:
    """The one form in which equal packets are the same bytes: keys sorted, UTF-8, no blanks.

    Raises ``TypeError`` where something in it is not plain: a float would not come back the same from every database.
    """
    _plain(packet)
    return json.dumps(packet, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(packet: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return sha256(canonical(packet)).hexdigest()


def text_digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def markers(packet: Mapping[str, Any]) -> frozenset[int]:
    """Everybody whose own judgement went into the evidence, by id."""
    return frozenset(int(person) for person in packet.get("markers", {}))


def unmet(packet: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The requirements that are not met, in the plan's order."""
    return [requirement for requirement in packet.get("requirements", []) if requirement["state"] != "met"]


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """What has changed from ``old`` to ``new``, the weightiest first; empty when both say the same.

    The time of day, the days that are left and another day in post are no changes by themselves.
    """
    return (*_frame(old, new), *_requirements(old, new), *_rechecks(old, new), *_statement(old, new))


def _frame(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if old.get("plan") != new.get("plan"):
        yield Change(ChangeCode.PLAN, old.get("plan"), new.get("plan"))
    if old.get("probation_ends_on") != new.get("probation_ends_on"):
        yield Change(ChangeCode.PROBATION, old.get("probation_ends_on"), new.get("probation_ends_on"))
    if (old.get("team"), old.get("supervisor")) != (new.get("team"), new.get("supervisor")):
        yield Change(ChangeCode.TEAM, old.get("supervisor"), new.get("supervisor"))


def _requirements(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = {requirement["slug"]: requirement for requirement in old.get("requirements", [])}
    for requirement in new.get("requirements", []):
        was = before.pop(requirement["slug"], None)
        if was is None:
            yield Change(ChangeCode.ADDED, requirement=requirement)
            continue
        if _stands(was) != _stands(requirement):
            yield Change(ChangeCode.STATE, was, requirement, requirement)
        elif requirement["kind"] != BY_THE_DAY and _figure(was) != _figure(requirement):
            yield Change(ChangeCode.VALUE, was, requirement, requirement)
        yield from _evidence(was, requirement)
    for requirement in before.values():
        yield Change(ChangeCode.DROPPED, requirement=requirement)


def _evidence(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = {(one["kind"], one["id"]): one for one in old.get("evidence", [])}
    for one in new.get("evidence", []):
        was = before.pop((one["kind"], one["id"]), None)
        if was is None:
            yield Change(ChangeCode.EVIDENCE, None, one["value"], new, one)
        elif _said(was) != _said(one):
            yield Change(ChangeCode.REMARKED, was["value"], one["value"], new, one)
    for one in before.values():
        yield Change(ChangeCode.GONE, one["value"], None, new, one)


def _rechecks(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = {recheck["id"]: recheck for recheck in old.get("rechecks", [])}
    for recheck in new.get("rechecks", []):
        if before.pop(recheck["id"], None) is None:
            yield Change(ChangeCode.RECHECK, evidence=recheck)
    for recheck in before.values():
        yield Change(ChangeCode.RECHECK_DONE, evidence=recheck)


def _statement(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if old.get("statement") != new.get("statement"):
        yield Change(ChangeCode.STATEMENT, old.get("statement"), new.get("statement"))


def _stands(requirement: Mapping[str, Any]) -> tuple:
    return requirement["state"], requirement["certainty"]


def _said(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """What a piece of evidence says by itself: whether the requirement rests on it follows from the others."""
    return {key: value for key, value in evidence.items() if key != "counts"}


def _figure(requirement: Mapping[str, Any]) -> tuple:
    return requirement["value"], requirement["target"], requirement.get("margin")


def _plain(value: Any) -> None:
    match value:
        case None | str() | bool() | int():
            return
        case dict():
            for key, inner in value.items():
                if not isinstance(key, str):
                    raise TypeError(f"{key!r}: keys of a packet are texts")
                _plain(inner)
        case list():
            for inner in value:
                _plain(inner)
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a packet")
