"""Telling other systems: written with what happened, signed, sent, tried again, given up, sent once more."""

import json
import socket
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt, AuditEntry
from quizzes.signals import attempt_marked
from tests.factories.interfaces import WebhookDeliveryFactory, WebhookFactory
from tests.factories.quizzes import AttemptFactory
from trainer.commands import webhook_sending
from trainer.commands.due import run_due
from trainer.commands.webhook_sending import NotSent, post, send_waiting
from trainer.commands.webhooks import add_webhook, emit, forget_old_events, ping, renew_secret
from trainer.models import Webhook, WebhookDelivery, WebhookEvent
from trainer.rules.webhooks import MOST_TRIES, DeliveryState, Event, signature

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def hooked(server, admin):
    """A webhook that wants to know of marked exams, on this machine; its secret."""
    server.asked.clear()
    server.answers = {"/hooks": {"ok": True}}
    hook, secret = add_webhook(
        name="人事", url=f"{server.url}/hooks?from=school", events=[Event.ATTEMPT_MARKED], by=admin, at=NOW
    )
    return hook, secret


def send(at=NOW):
    return send_waiting(now=lambda: at)


def test_what_happened_arrives_signed(server, hooked, admin):
    _hook, secret = hooked
    emit(event=Event.ATTEMPT_MARKED, payload={"person": 1, "exam": "规则"}, at=NOW)

    assert send() == 1

    asked = server.last("/hooks")
    timestamp = asked.headers["X-Training-Timestamp"]
    assert asked.headers["X-Training-Signature"] == signature(secret, int(timestamp), asked.raw)
    assert timestamp == str(int(NOW.timestamp()))
    said = json.loads(asked.raw)
    event = WebhookEvent.objects.get()
    assert said == {
        "id": str(event.uid), "event": "attempt.marked", "at": NOW.isoformat(), "data": {"person": 1, "exam": "规则"},
    }  # fmt: skip
    assert asked.query == {"from": "school"}
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status, delivery.tries, delivery.next_try_at) == (DeliveryState.SENT, 200, 1, None)
    assert send() == 0, "once is enough"


def test_what_is_rolled_back_is_not_told(hooked):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        emit(event=Event.ATTEMPT_MARKED, payload={}, at=NOW)
        raise ZeroDivisionError

    assert not WebhookEvent.objects.exists()


def test_nobody_is_told_what_they_did_not_ask_for(hooked, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert emit(event=Event.SESSION_ENDED, payload={}, at=NOW) == 0

    assert not WebhookEvent.objects.exists()


def test_a_marked_exam_is_told_and_a_practice_run_is_not(hooked, trainee):
    exam, practice = AttemptFactory(learner=trainee, submitted=True), AttemptFactory(learner=trainee, practice=True)

    for attempt in (exam, practice):
        attempt_marked.send(Attempt, attempt=attempt, at=NOW)

    assert WebhookEvent.objects.get().payload["person"] == trainee.pk


@pytest.mark.parametrize(("answer", "status"), [((500, {}), 500), ((302, {}), 302), ((404, {}), 404)])
def test_what_is_refused_is_tried_again_later_and_later(server, hooked, answer, status):
    server.answers["/hooks"] = answer
    emit(event=Event.ATTEMPT_MARKED, payload={}, at=NOW)

    send()
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status, delivery.problem) == (DeliveryState.PENDING, status, "refused")
    assert delivery.next_try_at == NOW + timedelta(minutes=1)
    assert send() == 0 and len(server.asked) == 1, "not before its time"
    send(NOW + timedelta(minutes=1))
    assert WebhookDelivery.objects.get().next_try_at == NOW + timedelta(minutes=3)

    server.answers["/hooks"] = {"ok": True}
    assert send(NOW + timedelta(minutes=3)) == 1


def test_in_the_end_it_is_given_up_and_can_be_sent_once_more(client, server, hooked, admin):
    server.answers["/hooks"] = (500, {})
    emit(event=Event.ATTEMPT_MARKED, payload={}, at=NOW)
    WebhookDelivery.objects.update(tries=MOST_TRIES - 1)

    send()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.next_try_at) == (DeliveryState.DEAD, None)
    server.answers["/hooks"] = {"ok": True}
    client.force_login(admin)
    client.post(reverse("trainer:webhook_again", args=[delivery.pk]))
    assert send(timezone.now()) == 1
    assert AuditEntry.objects.filter(action="send_webhook_again").exists()


def test_a_receiver_that_is_slow_or_away_keeps_no_other_waiting(server, hooked, admin, monkeypatch):
    monkeypatch.setattr(webhook_sending, "ANSWER_SECONDS", 1)
    slow = socket.create_server(("127.0.0.1", 0))  # takes the call and never answers
    port = slow.getsockname()[1]
    add_webhook(name="慢", url=f"http://127.0.0.1:{port}/", events=[Event.ATTEMPT_MARKED], by=admin, at=NOW)
    add_webhook(name="没有", url="http://127.0.0.1:1/", events=[Event.ATTEMPT_MARKED], by=admin, at=NOW)
    for _ in range(2):
        emit(event=Event.ATTEMPT_MARKED, payload={}, at=NOW)

    assert send() == 2

    told = {(row.webhook.name, row.problem, row.tries) for row in WebhookDelivery.objects.select_related("webhook")}
    assert told == {
        ("人事", "", 1), ("慢", "too_slow", 1), ("慢", "", 0), ("没有", "no_connection", 1), ("没有", "", 0),
    }  # fmt: skip
    slow.close()


def test_two_workers_never_send_the_same_one(server, hooked):
    emit(event=Event.ATTEMPT_MARKED, payload={}, at=NOW)
    pk = WebhookDelivery.objects.get().pk

    assert webhook_sending._claim(pk, NOW)
    assert not webhook_sending._claim(pk, NOW)
    assert send() == 0


def test_the_clock_has_what_is_due_sent(server, hooked, settings):
    emit(event=Event.ATTEMPT_MARKED, payload={}, at=timezone.now())

    done = run_due(at=timezone.now())

    assert done["send_due_webhooks"] is True
    assert WebhookDelivery.objects.get().state == DeliveryState.SENT


def test_one_that_is_switched_off_waits(hooked):
    emit(event=Event.ATTEMPT_MARKED, payload={}, at=NOW)
    Webhook.objects.update(is_active=False)

    assert send() == 0
    assert WebhookDelivery.objects.get().tries == 0


# --- where nothing is sent -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.com/", "not_https"),
        ("ftp://example.com/", "bad_address"),
        ("https://user:password@example.com/", "bad_address"),
        ("https://", "bad_address"),
        ("https://127.0.0.1/", "private_address"),
        ("https://[::1]/", "private_address"),
        ("https://169.254.169.254/latest/meta-data/", "private_address"),
        ("https://2130706433/", "private_address"),
        ("https://no-such-host.invalid/", "unknown_host"),
    ],
)
def test_our_own_network_is_out_of_reach(url, why):
    with pytest.raises(NotSent) as refused:
        post(url, body=b"{}", headers={}, private=False)

    assert refused.value.reason == why


def test_a_name_that_leads_to_our_own_network_is_refused(monkeypatch):
    """One public address among them does not help: any of them could be the one that is spoken to."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("8.8.8.8", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    with pytest.raises(NotSent, match="private_address"):
        post("https://evil.example/", body=b"{}", headers={}, private=False)


def test_a_redirect_is_not_followed(server):
    server.asked.clear()
    server.answers = {"/moved": (307, {})}

    assert post(f"{server.url}/moved", body=b"{}", headers={}, private=True) == 307
    assert len(server.asked) == 1


# --- secrets and pages -----------------------------------------------------------------------------------


def test_a_secret_is_kept_sealed_and_shown_once(client, admin, server):
    client.force_login(admin)
    data = {"name": "人事", "url": "https://hr.example.com/hooks", "events": ["attempt.marked"]}

    shown = client.post(reverse("trainer:webhooks"), data)

    secret = shown.context["secret"]
    assert secret.startswith("whsec_") and secret in shown.content.decode()
    hook = Webhook.objects.get()
    assert secret not in hook.sealed_secret
    for url in (reverse("trainer:webhooks"), reverse("trainer:webhook", args=[hook.pk])):
        assert secret not in client.get(url).content.decode()
    assert secret not in json.dumps(list(AuditEntry.objects.values("detail")))


def test_a_new_secret_signs_from_now_on(server, hooked, admin):
    hook, old = hooked
    _hook, new = renew_secret(webhook_id=hook.pk, by=admin, at=NOW)
    ping(webhook=hook, by=admin, at=NOW)

    send()

    asked = server.last("/hooks")
    assert asked.headers["X-Training-Signature"] == signature(new, int(NOW.timestamp()), asked.raw)
    assert new != old


def test_with_another_key_of_the_site_nothing_is_sent_unsigned(server, hooked, settings):
    settings.SECRET_KEY = "another-key-of-the-site-" * 3
    emit(event=Event.ATTEMPT_MARKED, payload={}, at=NOW)

    assert send() == 0
    assert WebhookDelivery.objects.get().problem == "no_secret"
    assert not server.asked


def test_plain_http_is_refused_by_the_form_in_service(client, admin, settings):
    settings.WEBHOOKS_PRIVATE = False
    client.force_login(admin)

    page = client.post(
        reverse("trainer:webhooks"), {"name": "人事", "url": "http://hr.example.com/", "events": ["attempt.marked"]}
    )

    assert page.status_code == 422
    assert "https://" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_deliveries_costs_the_same_for_any_length(client, admin, count, django_assert_max_num_queries):
    hook = WebhookFactory()
    WebhookDeliveryFactory.create_batch(count, webhook=hook)
    client.force_login(admin)

    with django_assert_max_num_queries(8):
        page = client.get(reverse("trainer:webhook", args=[hook.pk]))

    assert len(page.context["sent"]) == count


def test_old_events_are_forgotten_with_their_deliveries(hooked):
    emit(event=Event.ATTEMPT_MARKED, payload={}, at=NOW - timedelta(days=31))
    emit(event=Event.ATTEMPT_MARKED, payload={}, at=NOW)

    forget_old_events(at=NOW)

    assert WebhookDelivery.objects.count() == 1
