"""Changing the judge's patterns: every change is a new version, with who, when and why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from quizzes.models import AuditEntry, PatternVersion
from quizzes.queries.patterns import Listed, one_listed
from quizzes.rules.replies.patterns import Where, shipped_rows
from quizzes.rules.replies.shop import Edit, checked

OWN = "shop"  # what the ids of own patterns begin with


class ReasonMissing(ValueError):
    """Whoever changes what people are judged by has to say why."""


class ChangedSince(Exception):
    """Somebody changed this pattern after the page was opened."""


class NothingNew(Exception):
    """The pattern says all that already."""


@transaction.atomic
def add_pattern(*, check: str, row: Mapping[str, Any], decisive: bool, reason: str, by, at: datetime) -> PatternVersion:
    """A pattern of the shop's own. Raises ``BadPattern`` (``ExamplesFail`` names the examples), ``ReasonMissing``."""
    taken = PatternVersion.objects.filter(shipped=False, check_name=check).values("name").distinct().count()
    edit = Edit(f"{OWN}.{check}.{taken + 1}", check, dict(row), True, decisive)
    checked(edit)
    return _write(edit, 1, reason, by, at, "pattern_added")


@transaction.atomic
def change_pattern(
    *, name: str, row: Mapping[str, Any], decisive: bool, reason: str, seen: int, by, at: datetime
) -> PatternVersion:
    """Word a pattern anew. ``seen`` is the number of the version that the writer began with, 0 for a shipped one.

    Raises ``PatternVersion.DoesNotExist``, ``BadPattern``, ``ReasonMissing``, ``ChangedSince`` and ``NothingNew``.
    """
    old = _held(name, seen)
    edit = Edit(name, old.check, dict(row), old.is_on, decisive and not old.shipped)
    checked(edit)
    if _comparable(row) == _comparable(old.row) and edit.decisive == old.decisive:
        raise NothingNew
    back = old.shipped and _comparable(row) == _comparable(shipped_rows()[name])
    return _write(replace(edit, row=None) if back else edit, old.number + 1, reason, by, at, "pattern_changed")


@transaction.atomic
def switch_pattern(*, name: str, on: bool, reason: str, seen: int, by, at: datetime) -> PatternVersion:
    """Switch a pattern off or on again. Raises what ``change_pattern`` raises."""
    old = _held(name, seen)
    if old.is_on is on:
        raise NothingNew
    edit = Edit(name, old.check, old.newest.row if old.newest else None, on, old.decisive)
    return _write(edit, old.number + 1, reason, by, at, "pattern_switched_on" if on else "pattern_switched_off")


def _held(name: str, seen: int) -> Listed:
    old = one_listed(name)
    if old is None:
        raise PatternVersion.DoesNotExist
    if old.number != seen:
        raise ChangedSince
    return old


def _comparable(row: Mapping[str, Any]) -> dict[str, Any]:
    """``row`` without what says nothing, so that the same wording compares as the same."""
    usual = {"where": Where.REPLY, "id": row.get("id")}
    return {
        field: sorted(value) if field == "unless" else value
        for field, value in row.items()
        if value and value != usual.get(field)
    }


def _write(edit: Edit, number: int, reason: str, by, at: datetime, action: str) -> PatternVersion:
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    before = PatternVersion.objects.select_for_update().order_by("-pk").first()
    version = PatternVersion(
        name=edit.id,
        number=number,
        check_name=edit.check,
        shipped=edit.id in shipped_rows(),
        row=edit.row,
        is_on=edit.on,
        decisive=edit.decisive,
        reason=reason,
        by=by,
        at=at,
    )
    said = repr((before.library if before else "", edit, number, at.isoformat()))
    version.library = sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    version.save()
    AuditEntry.objects.create(
        at=at, by=by, action=action, target=f"pattern:{edit.id}",
        detail={"check": edit.check, "version": number, "reason": reason},
    )  # fmt: skip
    return version
