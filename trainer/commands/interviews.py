"""Telephone interviews: opened with drawn questions, saved as one goes, handed in once, put right only by a new one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction
from django.urls import reverse

from quizzes.models import AuditEntry
from quizzes.rules.dialogue.scenario import Dimension
from trainer.commands.notices import notify
from trainer.models import Interview, InterviewPrompt, InterviewScore, SchemeVersion
from trainer.queries.interviews import SEE, seen_by
from trainer.queries.scheme import scheme_in_force
from trainer.rules.interviews import Answer, Prompt, answer_from_data, draw_prompts

SEEDS = 2**31


class Oneself(Exception):
    """Nobody interviews themselves."""


class NothingToAsk(Exception):
    """There is no assessment scheme yet, or no question in the bank."""


class SameRater(Exception):
    """The second rater of an interview is another person than the first."""


class HasSecond(Exception):
    """Somebody else is the second rater already."""


class Seen(Exception):
    """Whoever has seen the first rater's scores cannot rate blind any more."""


class Final(Exception):
    """The form was handed in before, perhaps from another tab."""


class Stale(Exception):
    """The draft was saved from another page since; ``args[0]`` is the interview as it stands."""


class Incomplete(Exception):
    """Some dimensions have neither a score nor a reason; ``args[0]`` are they."""


class AlreadyCorrected(Exception):
    """A correction of this form is there, or under way."""


@transaction.atomic
def start_interview(*, learner, rater, chance: Random, at: datetime) -> Interview:
    """A draft with questions that this person was not asked before; the rater's open draft where there is one.

    Raises ``Oneself`` and ``NothingToAsk``.
    """
    if learner.pk == rater.pk:
        raise Oneself
    if open_draft := Interview.objects.open().filter(learner=learner, rater=rater).first():
        return open_draft
    scheme = _scheme()
    bank = [
        Prompt(prompt.slug, Dimension(prompt.dimension), prompt.text, prompt.listen)
        for prompt in InterviewPrompt.objects.filter(retired_at=None)
    ]
    seed = chance.randrange(SEEDS)
    drawn = draw_prompts(bank, seed=seed, asked=_asked_before(learner))
    if not drawn:
        raise NothingToAsk
    prompts = {
        dimension.value: [{"slug": p.slug, "text": p.text, "listen": p.listen} for p in those]
        for dimension, those in drawn.items()
    }
    # Two clicks at once: the constraint lets one of them in, and both get its draft.
    made, created = Interview.objects.get_or_create(
        learner=learner,
        rater=rater,
        finished_at=None,
        defaults={"scheme": scheme, "seed": seed, "prompts": prompts, "held_at": at},
    )
    if created:
        _note(made, "start_interview", rater, at)
    return made


@transaction.atomic
def start_second(*, interview_id: int, rater, at: datetime) -> Interview:
    """A second rater's own form of the same interview, with the same questions and without the first one's scores.

    Raises ``Oneself``, ``SameRater``, ``HasSecond`` and ``Seen``; again by the same rater it is the form they have.
    """
    first = Interview.objects.select_for_update(of=("self",)).select_related("second").get(pk=interview_id)
    if first.learner_id == rater.pk:
        raise Oneself
    if first.rater_id == rater.pk or first.beside_id or first.corrects_id:
        raise SameRater
    second = getattr(first, "second", None)
    if second and second.rater_id != rater.pk:
        raise HasSecond
    if second:
        return second
    if Interview.objects.open().filter(learner=first.learner_id, rater=rater).exists():
        raise HasSecond
    if first.pk in seen_by(rater, [first.pk]):
        raise Seen
    made = Interview.objects.create(
        learner_id=first.learner_id,
        rater=rater,
        scheme_id=first.scheme_id,
        seed=first.seed,
        prompts=first.prompts,
        held_at=at,
        beside=first,
    )
    _note(made, "start_interview", rater, at, beside=first.pk)
    return made


@transaction.atomic
def save_draft(
    *,
    interview_id: int,
    rater,
    answers: Mapping[Dimension, Answer],
    comment: str,
    private_notes: str,
    revision: int,
    at: datetime,
) -> Interview:
    """Keep what the page says. ``revision`` is the one that the page was made from.

    The same content again is saved once. Raises ``Final`` and ``Stale``.
    """
    interview = _own_open(interview_id, rater)
    data = {dimension.value: answer.to_data() for dimension, answer in answers.items()}
    if (interview.answers, interview.comment, interview.private_notes) == (data, comment, private_notes):
        return interview
    if interview.revision != revision:
        raise Stale(interview)
    interview.answers, interview.comment, interview.private_notes = data, comment, private_notes
    interview.revision += 1
    interview.saved_at = at
    interview.save(update_fields=["answers", "comment", "private_notes", "revision", "saved_at"])
    return interview


@transaction.atomic
def finish_interview(*, interview_id: int, rater, at: datetime) -> Interview:
    """Hand the draft in: its scores are final and the trainee is told. Raises ``Final`` and ``Incomplete``."""
    interview = _own_open(interview_id, rater)
    answers = {Dimension(key): answer_from_data(interview.answers.get(key, {})) for key in interview.prompts}
    if lacking := [dimension for dimension, answer in answers.items() if not answer.is_complete]:
        raise Incomplete(lacking)
    InterviewScore.objects.bulk_create(
        InterviewScore(interview=interview, dimension=dimension, score=answer.score, not_asked=answer.not_asked)
        for dimension, answer in answers.items()
    )
    interview.finished_at = at
    interview.save(update_fields=["finished_at"])
    _note(interview, "finish_interview", rater, at, scores={d.value: answer.score for d, answer in answers.items()})
    notify(
        people=[interview.learner_id],
        code="interview_final",
        key=f"interview:{interview.pk}",
        params={"rater": str(rater)},
        url=reverse("trainer:interview", args=[interview.pk]),
        at=at,
    )
    return interview


@transaction.atomic
def correct_interview(*, interview_id: int, rater, reason: str, at: datetime) -> Interview:
    """A new draft that starts from a form that was handed in and replaces it once it is handed in itself.

    Again it is the draft that is there. Raises ``AlreadyCorrected``, and ``SameRater`` for another person's form.
    """
    old = Interview.objects.select_for_update(of=("self",)).select_related("correction").get(pk=interview_id)
    if old.rater_id != rater.pk or not old.is_final or not reason:
        raise SameRater
    there = getattr(old, "correction", None)
    if there and there.is_final:
        raise AlreadyCorrected
    if there:
        return there
    if Interview.objects.open().filter(learner=old.learner_id, rater=rater).exists():
        raise AlreadyCorrected
    made = Interview.objects.create(
        learner_id=old.learner_id,
        rater=rater,
        scheme_id=old.scheme_id,
        seed=old.seed,
        prompts=old.prompts,
        held_at=old.held_at,
        answers=old.answers,
        comment=old.comment,
        private_notes=old.private_notes,
        corrects=old,
        reason=reason,
    )
    _note(made, "correct_interview", rater, at, corrects=old.pk, reason=reason)
    return made


@transaction.atomic
def note_seen(*, interviews: Iterable[int], by, at: datetime) -> None:
    """Remember that somebody has seen the scores of these interviews."""
    wanted = set(interviews)
    for pk in sorted(wanted - seen_by(by, wanted)):
        AuditEntry.objects.create(at=at, by=by, action=SEE, target=f"interview:{pk}")


def _own_open(interview_id: int, rater) -> Interview:
    interview = Interview.objects.select_for_update().get(pk=interview_id, rater=rater)
    if interview.is_final:
        raise Final
    return interview


def _scheme() -> SchemeVersion:
    scheme = scheme_in_force()
    if scheme is None:
        raise NothingToAsk
    return scheme


def _asked_before(learner) -> set[str]:
    asked = Interview.objects.filter(learner=learner).values_list("prompts", flat=True)
    return {prompt["slug"] for prompts in asked for those in prompts.values() for prompt in those}


def _note(interview: Interview, action: str, by, at: datetime, **detail: Any) -> None:
    detail = {"learner": interview.learner_id, **detail}
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"interview:{interview.pk}", detail=detail)
