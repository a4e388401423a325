"""Telling other systems what happened.

What is to be told is written in the transaction in which it happened and sent afterwards: nothing is told that was
rolled back, and nothing is lost while the other side is down.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from quizzes.models import AuditEntry
from trainer.models import Webhook, WebhookDelivery, WebhookEvent
from trainer.rules.sealing import seal
from trainer.rules.webhooks import DeliveryState, Event

EVENTS_STAY = timedelta(days=30)


class NotWaiting(Exception):
    """The delivery is on its way already."""


def emit(*, event: Event, payload: Mapping[str, Any], at: datetime) -> int:
    """Tell every webhook that wants ``event``; how many there are. Plain data only.

    Call it in the transaction in which it happened. One query and no savepoint where nobody wants to know.
    """
    wanting = [hook for hook in Webhook.objects.filter(is_active=True) if event in hook.events]
    if wanting:
        _write(event, payload, wanting, at)
    return len(wanting)


@transaction.atomic
def _write(event: Event, payload: Mapping[str, Any], hooks: Collection[Webhook], at: datetime) -> None:
    row = WebhookEvent.objects.create(kind=event, payload=dict(payload), at=at)
    WebhookDelivery.objects.bulk_create(
        [WebhookDelivery(event=row, webhook=hook, next_try_at=at) for hook in hooks]
    )


@transaction.atomic
def add_webhook(*, name: str, url: str, events: Collection[str], by, at: datetime) -> tuple[Webhook, str]:
    """A webhook, and the secret that signs what it is sent: shown this once."""
    secret, sealed = _new_secret()
    hook = Webhook.objects.create(
        name=name, url=url, events=sorted(events), sealed_secret=sealed, created_at=at, created_by=by
    )
    _note("add_webhook", hook, by, at, {"url": url, "events": sorted(events)})
    return hook, secret


@transaction.atomic
def change_webhook(
    *, webhook_id: int, name: str, url: str, events: Collection[str], is_active: bool, by, at: datetime
) -> Webhook:
    """Change everything but the secret."""
    hook = Webhook.objects.select_for_update().get(pk=webhook_id)
    hook.name, hook.url, hook.events, hook.is_active = name, url, sorted(events), is_active
    hook.save(update_fields=["name", "url", "events", "is_active"])
    _note("change_webhook", hook, by, at, {"url": url, "events": sorted(events), "is_active": is_active})
    return hook


@transaction.atomic
def renew_secret(*, webhook_id: int, by, at: datetime) -> tuple[Webhook, str]:
    """A new secret in place of the old one, which signs nothing any more."""
    hook = Webhook.objects.select_for_update().get(pk=webhook_id)
    secret, hook.sealed_secret = _new_secret()
    hook.save(update_fields=["sealed_secret"])
    _note("renew_webhook_secret", hook, by, at, {})
    return hook, secret


@transaction.atomic
def ping(*, webhook: Webhook, by, at: datetime) -> None:
    """Send a trial message to one webhook."""
    _write(Event.PING, {"name": webhook.name}, [webhook], at)
    _note("ping_webhook", webhook, by, at, {})


@transaction.atomic
def send_again(*, delivery_id: int, by, at: datetime) -> WebhookDelivery:
    """Send once more what arrived or was given up. Raises ``NotWaiting``."""
    delivery = WebhookDelivery.objects.select_for_update().select_related("webhook").get(pk=delivery_id)
    if delivery.state == DeliveryState.PENDING and delivery.tries == 0:
        raise NotWaiting
    delivery.state, delivery.tries, delivery.next_try_at = DeliveryState.PENDING, 0, at
    delivery.save(update_fields=["state", "tries", "next_try_at"])
    _note("send_webhook_again", delivery.webhook, by, at, {"delivery": delivery.pk})
    return delivery


def forget_old_events(*, at: datetime) -> int:
    """How many events of more than a month ago were deleted, with their deliveries."""
    return WebhookEvent.objects.filter(at__lt=at - EVENTS_STAY).delete()[0]


def _new_secret() -> tuple[str, str]:
    secret = f"whsec_{secrets.token_urlsafe(32)}"
    return secret, seal(secret, [settings.SECRET_KEY])


def _note(action: str, hook: Webhook, by, at: datetime, detail: dict[str, Any]) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"webhook:{hook.pk}", detail=detail)
