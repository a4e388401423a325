"""What Monday's meeting agrees on: actions with an owner and a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trainer.models import Action, Team, User


class NotOfTheTeam(ValueError):
    """The owner is neither in the team nor its supervisor."""


class DueBefore(ValueError):
    """The day has passed already."""


@transaction.atomic
def add_action(*, team: Team, text: str, owner: User, due_on: date, by: User, at: datetime) -> Action:
    """Note what somebody of the team does until a day. The same again is noted once.

    Raises ``NotOfTheTeam``, ``DueBefore``.
    """
    if due_on < timezone.localdate(at):
        raise DueBefore
    if owner.pk != team.supervisor_id and owner.pk != by.pk and not owner_of(team, owner):
        raise NotOfTheTeam
    text = " ".join(text.split())
    there = team.actions.open().filter(text=text, owner=owner, due_on=due_on).first()
    return there or Action.objects.create(team=team, text=text, owner=owner, due_on=due_on, made_by=by, made_at=at)


def owner_of(team: Team, person: User) -> bool:
    return User.objects.trainees().filter(pk=person.pk, employment__team=team).exists()


@transaction.atomic
def settle_action(*, action_id: int, done: bool, result: str, by: User, at: datetime) -> Action:
    """Tick an action off, or take the tick back. Ticking twice is ticking once: the first stays."""
    action = Action.objects.select_for_update().get(pk=action_id)
    if done == (action.done_at is not None):
        return action
    action.done_at, action.done_by, action.result = (at, by, result.strip()) if done else (None, None, "")
    action.save(update_fields=["done_at", "done_by", "result"])
    return action
