"""Sending what waits for other systems, and trying again what did not arrive."""

import json
import logging
import socket
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import certifi
import urllib3
from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django_tasks import task
from urllib3.util import Timeout

from trainer.models import WebhookDelivery
from trainer.rules.sealing import Unsealable, unseal
from trainer.rules.webhooks import DeliveryState, is_public, signature, wait_after

log = logging.getLogger(__name__)
AT_ONCE = 100
CONNECT_SECONDS, ANSWER_SECONDS = 3, 8
LEASE = timedelta(minutes=2)  # longer than one sending may take


class NotSent(Exception):
    """Why a message did not arrive; ``status`` is what the other side answered, if it did."""

    def __init__(self, reason: str, status: int | None = None):
        super().__init__(reason)
        self.reason, self.status = reason, status


@task()
def send_later() -> None:
    send_waiting(now=timezone.now)


def send_due_webhooks(*, at: datetime) -> bool:
    """Have what is due sent, apart from the clock, which no slow receiver may stop; whether there was anything."""
    due = WebhookDelivery.objects.due(at).exists()
    if due:
        send_later.enqueue()
    return due


def send_waiting(*, now) -> int:
    """Send what is due; how many arrived. ``now`` is asked again for each, since sending takes time.

    A webhook that fails is left alone until the next run: the others do not wait for it.
    """
    arrived = 0
    failed: set[int] = set()
    for pk, webhook in list(WebhookDelivery.objects.due(now()).values_list("pk", "webhook")[:AT_ONCE]):
        if webhook in failed or not _claim(pk, now()):
            continue
        delivery = WebhookDelivery.objects.select_related("event", "webhook").get(pk=pk)
        try:
            _record(delivery, send(delivery, at=now()), "", at=now())
            arrived += 1
        except NotSent as problem:
            failed.add(webhook)
            _record(delivery, problem.status, problem.reason, at=now())
    return arrived


def _claim(pk: int, at: datetime) -> bool:
    """Take a delivery for one try: two workers never send the same one."""
    waiting = WebhookDelivery.objects.filter(pk=pk, state=DeliveryState.PENDING, next_try_at__lte=at)
    return bool(waiting.update(next_try_at=at + LEASE, tries=F("tries") + 1))


def _record(delivery: WebhookDelivery, status: int | None, problem: str, *, at: datetime) -> None:
    wait = wait_after(delivery.tries) if problem else None
    state = DeliveryState.SENT if not problem else DeliveryState.PENDING if wait else DeliveryState.DEAD
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        state=state, next_try_at=at + wait if wait else None, last_tried_at=at, status=status, problem=problem[:200]
    )


def send(delivery: WebhookDelivery, *, at: datetime) -> int:
    """Send one message; the status that was answered, 200 to 299. Raises ``NotSent``."""
    try:
        keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
        secret = unseal(delivery.webhook.sealed_secret, keys)
    except Unsealable as error:
        raise NotSent("no_secret") from error
    event = delivery.event
    body = json.dumps(
        {"id": str(event.uid), "event": event.kind, "at": event.at.isoformat(), "data": event.payload},
        ensure_ascii=False, separators=(",", ":"),
    ).encode()  # fmt: skip
    timestamp = int(at.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "training-house-webhooks/1",
        "X-Training-Event": event.kind,
        "X-Training-Id": str(event.uid),
        "X-Training-Timestamp": str(timestamp),
        "X-Training-Signature": signature(secret, timestamp, body),
    }
    status = post(delivery.webhook.url, body=body, headers=headers, private=settings.WEBHOOKS_PRIVATE)
    if not 200 <= status < 300:
        raise NotSent("refused", status)
    return status


def post(url: str, *, body: bytes, headers: dict[str, str], private: bool) -> int:
    """POST to ``url``; the status of the answer, whose body is not read. Redirects are not followed.

    Unless ``private`` is allowed, only https to addresses of the public internet: the name is looked up once, and the
    address that was checked is the one that is spoken to. Raises ``NotSent``.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotSent("bad_address") from error
    if parts.scheme not in ("https", "http") or not host or parts.username is not None:
        raise NotSent("bad_address")
    if parts.scheme == "http" and not private:
        raise NotSent("not_https")
    address = _address(host, port or (443 if parts.scheme == "https" else 80), private=private)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _pool(parts.scheme, address, port, host) as pool:
            answer = pool.urlopen(
                "POST", path, body=body, headers={**headers, "Host": parts.netloc}, retries=False, redirect=False,
                preload_content=False,
            )  # fmt: skip
            answer.close()
    except urllib3.exceptions.NewConnectionError as error:  # which urllib3 takes for a kind of timeout
        raise NotSent("no_connection") from error
    except urllib3.exceptions.TimeoutError as error:
        raise NotSent("too_slow") from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        log.info("A webhook did not arrive: %s", type(error).__name__)
        raise NotSent("no_connection") from error
    return answer.status


def _address(host: str, port: int, *, private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent("unknown_host") from error
    addresses = [str(info[4][0]).partition("%")[0] for info in found]
    if not private and not all(is_public(address) for address in addresses):
        raise NotSent("private_address")
    return addresses[0]


def _pool(scheme: str, address: str, port: int | None, host: str) -> urllib3.HTTPConnectionPool:
    """A connection to ``address`` whose certificate has to be that of ``host``."""
    timeout = Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
    if scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, timeout=timeout, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        address, port, timeout=timeout, maxsize=1, cert_reqs="CERT_REQUIRED", ca_certs=certifi.where(),
        server_hostname=host, assert_hostname=host,
    )  # fmt: skip
