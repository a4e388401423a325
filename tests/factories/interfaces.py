"""What other systems use: tokens, webhooks, and sheets of people."""

from datetime import timedelta
from hashlib import sha256

import factory
from django.utils import timezone

from tests.factories.people import UserFactory
from tests.factories.quizzes import ago
from trainer.models import ApiToken, IdempotentCall, PeopleLoad, Webhook, WebhookDelivery, WebhookEvent
from trainer.rules.webhooks import DeliveryState, Event


def token_text(number: int) -> str:
    return f"pxt_{number:043}"


class ApiTokenFactory(factory.django.DjangoModelFactory):
    """``token_text(token.pk)`` is not its key: ``key`` is given, or ``pxt_`` with a serial number."""

    class Meta:
        model = ApiToken

    class Params:
        key = factory.Sequence(token_text)

    name = factory.Sequence(lambda n: f"接口 {n}")
    person = factory.SubFactory(UserFactory, role="admin")
    prefix = factory.LazyAttribute(lambda o: o.key[:12])
    digest = factory.LazyAttribute(lambda o: sha256(o.key.encode()).hexdigest())
    scopes = factory.LazyFunction(lambda: ["people:read"])
    created_at = ago(days=1)
    created_by = factory.SelfAttribute("person")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=90))


class IdempotentCallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IdempotentCall

    token = factory.SubFactory(ApiTokenFactory)
    key = factory.Sequence(lambda n: f"call-{n}")
    request = factory.Sequence(lambda n: f"{n:064}")
    status = 201
    answer = factory.LazyFunction(lambda: {"id": 1})
    at = ago(minutes=1)


class WebhookFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Webhook

    name = factory.Sequence(lambda n: f"人事系统 {n}")
    url = "https://hr.example.com/hooks"
    events = factory.LazyFunction(lambda: [Event.ATTEMPT_MARKED.value])
    sealed_secret = "sealed"
    created_at = ago(days=1)
    created_by = factory.SubFactory(UserFactory, role="admin")


class WebhookEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WebhookEvent

    kind = Event.ATTEMPT_MARKED
    payload = factory.LazyFunction(lambda: {"attempt": 1})
    at = ago(minutes=1)


class WebhookDeliveryFactory(factory.django.DjangoModelFactory):
    """One that waits to be sent for the first time."""

    class Meta:
        model = WebhookDelivery

    event = factory.SubFactory(WebhookEventFactory)
    webhook = factory.SubFactory(WebhookFactory)
    state = DeliveryState.PENDING
    next_try_at = ago(minutes=1)


class PeopleLoadFactory(factory.django.DjangoModelFactory):
    """One that waits to be confirmed."""

    class Meta:
        model = PeopleLoad

    name = "人员.xlsx"
    sha256 = factory.Sequence(lambda n: f"{n:064}")
    rows = factory.LazyFunction(lambda: {"rows": [], "problems": [], "unknown": []})
    created_at = ago(minutes=1)
    created_by = factory.SubFactory(UserFactory, role="admin")
