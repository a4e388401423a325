"""Certificates and what happened to them."""

from datetime import timedelta

import factory
from django.utils import timezone

from tests.factories.people import UserFactory
from tests.factories.quizzes import AttemptFactory
from trainer.models import Certificate, CertificateEvent
from trainer.rules.certificates import ALPHABET


def serial(number: int) -> str:
    text = ""
    for _place in range(16):
        number, digit = divmod(number, len(ALPHABET))
        text = ALPHABET[digit] + text
    return text


class CertificateFactory(factory.django.DjangoModelFactory):
    """A valid one for a platform, on a passed exam."""

    class Meta:
        model = Certificate

    serial = factory.Sequence(serial)
    holder = factory.SubFactory(UserFactory, role="trainee")
    name = factory.LazyAttribute(lambda o: str(o.holder))
    kind = "platform"
    about = factory.Sequence(lambda n: f"platform-{n}")
    title = "抖音平台规则"
    attempt = factory.SubFactory(AttemptFactory, learner=factory.SelfAttribute("..holder"), submitted=True)
    issued_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=2))
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=360))
    credential = "a.b.c"


class CertificateEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CertificateEvent

    certificate = factory.SubFactory(CertificateFactory)
    step = "issued"
    at = factory.LazyFunction(timezone.now)
