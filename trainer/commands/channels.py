"""The robots of group chats: set, changed and switched off."""

from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.db import transaction

from quizzes.models import AuditEntry
from trainer.models import Channel, Team
from trainer.rules.course_words import ChannelKind
from trainer.rules.robots import is_robot
from trainer.rules.sealing import seal


class NoRobot(Exception):
    """The address is not one of this vendor's robots."""


@dataclass(frozen=True)
class ChannelTerms:
    """``webhook`` and ``secret`` empty: as before."""

    kind: ChannelKind
    webhook: str
    secret: str
    is_on: bool
    quiet_from: time
    quiet_until: time


@transaction.atomic
def save_channel(*, team: Team, terms: ChannelTerms, by, at: datetime) -> Channel:
    """Set a team's channel of a kind. Its address and secret go into no audit row. Raises ``NoRobot``."""
    channel = Channel.objects.filter(team=team, kind=terms.kind).first()
    if channel is None:
        channel = Channel(team=team, kind=terms.kind, created_at=at, created_by=by)
    if terms.webhook or not channel.sealed_webhook:
        if not is_robot(terms.webhook, terms.kind, test_hosts=settings.ROBOT_TEST_HOSTS):
            raise NoRobot
        channel.sealed_webhook = seal(terms.webhook, [settings.SECRET_KEY])
    if terms.secret:
        channel.sealed_secret = seal(terms.secret, [settings.SECRET_KEY])
    channel.is_on, channel.quiet_from, channel.quiet_until = terms.is_on, terms.quiet_from, terms.quiet_until
    channel.save()
    detail = {"kind": str(terms.kind), "on": terms.is_on, "changed": bool(terms.webhook or terms.secret)}
    AuditEntry.objects.create(at=at, by=by, action="save_channel", target=f"team:{team.pk}", detail=detail)
    return channel


@transaction.atomic
def delete_channel(*, channel: Channel, by, at: datetime) -> None:
    """Forget a channel with its address and secret; what was sent by it stays on file."""
    AuditEntry.objects.create(
        at=at, by=by, action="delete_channel", target=f"team:{channel.team_id}", detail={"kind": channel.kind}
    )
    channel.delete()
