"""Keeping the script library: nothing goes live that the judge sees a violation in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from quizzes.models import AuditEntry
from quizzes.queries.patterns import shop_judge
from quizzes.rules.vocabulary import QuestionState
from trainer.models import Script
from trainer.models.scripts import PLATFORM_FIELDS
from trainer.readers.script_files import ScriptEntry
from trainer.rules.scripts import Verdict, judge_wording

FIELDS = (
    "title", "category", "situation", "asked", "good", "bad", "bad_check", "why",
    *(f"on_{platform}" for platform in PLATFORM_FIELDS),
)  # fmt: skip


class NotSound(Exception):
    """The judge is sure of a violation in the good example, or sees nothing wrong in the bad one."""

    def __init__(self, verdict: Verdict):
        super().__init__(verdict)
        self.verdict = verdict


class NotFromHere(Exception):
    """The script is not in a state from which this can be done, perhaps since another tab did it."""


class OwnWork(Exception):
    """Two people are asked for, and this one wrote it."""


@transaction.atomic
def save_script(*, script_id: int | None, fields: dict[str, Any], by, at: datetime) -> Script:
    """Write a new script or change one; either is a draft until it is approved. ``fields`` are those of ``FIELDS``.

    The same words again change nothing. Raises ``Script.DoesNotExist``.
    """
    if script_id is None:
        script = Script(slug=f"script-{uuid4().hex[:10]}")
        before = None
    else:
        script = Script.objects.select_for_update().get(pk=script_id)
        before = {name: getattr(script, name) for name in FIELDS}
        if before == {name: fields[name] for name in FIELDS}:
            return script
    for name in FIELDS:
        setattr(script, name, fields[name])
    script.state, script.checked, script.remark = QuestionState.DRAFT, False, ""
    script.approved_at = script.approved_by = None
    script.changed_at, script.changed_by = at, by
    script.save()
    _note("script_saved", script, at, by, {"before": before})
    return script


@transaction.atomic
def submit_script(*, script_id: int, by, at: datetime) -> Script:
    """Ask for review. Raises ``NotSound``, ``NotFromHere``, ``Script.DoesNotExist``."""
    script = _locked(script_id, QuestionState.DRAFT, QuestionState.RETIRED)
    _must_be_sound(script)
    return _moved(script, QuestionState.REVIEW, by, at, remark="")


@transaction.atomic
def approve_script(*, script_id: int, by, at: datetime) -> Script:
    """Put a reviewed script live. Whoever approves has seen what the judge doubts.

    Raises ``OwnWork`` where the settings ask for two people, ``NotSound``, ``NotFromHere``, ``Script.DoesNotExist``.
    """
    script = _locked(script_id, QuestionState.REVIEW)
    if settings.CONTENT_REVIEW_BY_TWO and script.changed_by_id == by.pk:
        raise OwnWork
    doubts = _must_be_sound(script).unsure
    return _moved(
        script, QuestionState.LIVE, by, at, checked=bool(doubts), approved_at=at, approved_by=by,
        noted=[found.check for found in doubts],
    )  # fmt: skip


@transaction.atomic
def send_back_script(*, script_id: int, remark: str, by, at: datetime) -> Script:
    """Give a reviewed script back to its writer with a word. Raises ``NotFromHere``, ``Script.DoesNotExist``."""
    script = _locked(script_id, QuestionState.REVIEW)
    return _moved(script, QuestionState.DRAFT, by, at, remark=remark)


@transaction.atomic
def retire_script(*, script_id: int, by, at: datetime) -> Script:
    """Take a script out of the library. Raises ``NotFromHere``, ``Script.DoesNotExist``."""
    script = _locked(script_id, QuestionState.LIVE)
    return _moved(script, QuestionState.RETIRED, by, at)


def _locked(script_id: int, *states: QuestionState) -> Script:
    script = Script.objects.select_for_update().get(pk=script_id)
    if script.state not in states:
        raise NotFromHere
    return script


def _must_be_sound(script: Script) -> Verdict:
    verdict = judge_wording(script.wording(), shop_judge())
    if not verdict.sound:
        raise NotSound(verdict)
    return verdict


def _moved(script: Script, state: QuestionState, by, at: datetime, *, noted: list[str] | None = None, **changes):
    before, script.state = script.state, state
    for name, value in changes.items():
        setattr(script, name, value)
    script.save(update_fields=["state", *changes])
    _note("script_state", script, at, by, {"from": before, "to": state, "doubts": noted or []})
    return script


def _note(action: str, script: Script, at: datetime, by, detail: dict[str, Any]) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"script:{script.slug}", detail=detail)


# --- loading -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unsound:
    """An entry of a file that cannot be taught, with what the judge says."""

    entry: ScriptEntry
    verdict: Verdict


class UnsoundScripts(ValueError):
    """Nothing was loaded: ``found`` are the scripts that cannot be taught."""

    def __init__(self, found: tuple[Unsound, ...]):
        super().__init__(found)
        self.found = found


@dataclass(frozen=True)
class ScriptsLoaded:
    """``review``: how many wait for a person, since the judge doubts them and the file does not say ``checked``."""

    changed: int
    review: int
    kept: int


@transaction.atomic
def load_scripts(*, entries: Iterable[ScriptEntry], at: datetime) -> ScriptsLoaded:
    """Load all scripts or none; the same again changes nothing. Raises ``UnsoundScripts``.

    What a person has changed or retired here since stays as it is: ``kept`` counts those. Files are judged by the
    shipped patterns, as ``check_scripts`` does: a pattern of the shop's own must not stop an update.
    """
    judged = [(entry, judge_wording(entry.wording)) for entry in entries]
    unsound = tuple(Unsound(entry, verdict) for entry, verdict in judged if not verdict.sound)
    if unsound:
        raise UnsoundScripts(unsound)
    there = {script.slug: script for script in Script.objects.select_for_update()}
    changed = review = kept = 0
    for position, (entry, verdict) in enumerate(judged, start=1):
        script = there.get(entry.slug)
        if script and (script.changed_by_id or script.state == QuestionState.RETIRED):
            kept += 1
            continue
        sure = entry.checked or not verdict.unsure
        wanted = {**_fields_of(entry), "lesson": entry.lesson}
        same = bool(script) and all(getattr(script, name) == value for name, value in wanted.items())
        if script and same and not (sure and script.state == QuestionState.REVIEW):
            continue  # its words are here already, approved or still waiting for a person
        script = script or Script(slug=entry.slug)
        for name, value in wanted.items():
            setattr(script, name, value)
        script.position, script.checked = position, entry.checked
        script.state = QuestionState.LIVE if sure else QuestionState.REVIEW
        script.approved_at = at if sure else None
        script.changed_at = at
        script.save()
        changed += 1
        review += not sure
        _note("script_loaded", script, at, None, {"state": script.state})
    return ScriptsLoaded(changed, review, kept)


def _fields_of(entry: ScriptEntry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "category": entry.category,
        "situation": entry.situation,
        "asked": entry.asked,
        "good": entry.good,
        "bad": entry.bad,
        "bad_check": entry.shows,
        "why": entry.why,
        **{f"on_{platform}": platform in entry.platforms for platform in PLATFORM_FIELDS},
    }
