"""Out of a note into the house: somebody proposes, a supervisor promotes or declines, and who proposed is told."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from quizzes.models import AuditEntry
from trainer.commands.notices import notify
from trainer.commands.scripts import save_script
from trainer.models import Lesson, NoteProposal


class AlreadyProposed(Exception):
    """One proposal of this kind is open for this lesson already."""


class AlreadyDecided(Exception):
    """Somebody decided about it, or settled it, meanwhile."""


@transaction.atomic
def propose_note(*, learner, lesson: Lesson, kind: str, text: str, at: datetime) -> NoteProposal:
    """Raises ``AlreadyProposed``."""
    try:
        with transaction.atomic():
            proposal = NoteProposal.objects.create(
                learner=learner, lesson=lesson, kind=kind, text=text, proposed_at=at
            )
    except IntegrityError as error:
        raise AlreadyProposed from error
    _note("note_proposed", proposal, learner, at)
    return proposal


@transaction.atomic
def promote_to_script(*, proposal_id: int, fields: dict[str, Any], by, at: datetime) -> NoteProposal:
    """Make a draft script of it, with the ``fields`` of ``commands.scripts``. Raises ``AlreadyDecided``."""
    proposal = _open(proposal_id, NoteProposal.SCRIPT)
    proposal.script = save_script(script_id=None, fields=fields, by=by, at=at)
    return _decided(proposal, NoteProposal.PROMOTED, by, at)


@transaction.atomic
def promote_to_correction(*, proposal_id: int, by, at: datetime) -> NoteProposal:
    """Lay it beside the lesson for those who write its next version. Raises ``AlreadyDecided``."""
    return _decided(_open(proposal_id, NoteProposal.CORRECTION), NoteProposal.PROMOTED, by, at)


@transaction.atomic
def decline_proposal(*, proposal_id: int, reason: str, by, at: datetime) -> NoteProposal:
    """Raises ``AlreadyDecided``."""
    return _decided(_open(proposal_id), NoteProposal.DECLINED, by, at, reason)


@transaction.atomic
def settle_correction(*, proposal_id: int, by, at: datetime) -> NoteProposal:
    """Note that the lesson says it now, or need not. Raises ``AlreadyDecided``."""
    proposal = NoteProposal.objects.select_for_update().get(pk=proposal_id)
    if (proposal.kind, proposal.state) != (NoteProposal.CORRECTION, NoteProposal.PROMOTED) or proposal.settled_at:
        raise AlreadyDecided
    proposal.settled_by, proposal.settled_at = by, at
    proposal.save(update_fields=["settled_by", "settled_at"])
    _note("correction_settled", proposal, by, at)
    return proposal


def _open(proposal_id: int, *kinds: str) -> NoteProposal:
    proposal = NoteProposal.objects.select_for_update(of=("self",)).select_related("lesson").get(pk=proposal_id)
    if proposal.state != NoteProposal.OPEN or (kinds and proposal.kind not in kinds):
        raise AlreadyDecided
    return proposal


def _decided(proposal: NoteProposal, state: str, by, at: datetime, reason: str = "") -> NoteProposal:
    proposal.state, proposal.decided_by, proposal.decided_at, proposal.reason = state, by, at, reason
    proposal.save(update_fields=["state", "decided_by", "decided_at", "reason", "script"])
    _note(f"proposal_{state}", proposal, by, at, reason=reason)
    code = "proposal_declined" if state == NoteProposal.DECLINED else f"proposal_to_{proposal.kind}"
    title = proposal.lesson.versions.order_by("-number").values_list("title", flat=True).first()
    notify(
        people=[proposal.learner_id],
        key=f"proposal:{proposal.pk}",
        code=code,
        params={"by": str(by), "lesson": title or proposal.lesson.slug, "reason": reason},
        url=reverse("trainer:notes"),
        at=at,
    )
    return proposal


def _note(action: str, proposal: NoteProposal, by, at: datetime, **detail: Any) -> None:
    detail |= {"kind": proposal.kind, "learner": proposal.learner_id}
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"proposal:{proposal.pk}", detail=detail)
