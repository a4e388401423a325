"""Certificates: issued on a decision or a passed exam, suspended while a re-check is overdue, revoked with a reason."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from quizzes.models import Attempt, AuditEntry, Blueprint
from quizzes.models.labels import LABELS
from quizzes.rules.vocabulary import Platform
from trainer.commands.badge_key import badge_key
from trainer.commands.notices import notify
from trainer.commands.webhooks import emit
from trainer.models import Certificate, CertificateEvent, Decision, Product
from trainer.queries.certificates import overdue_behind
from trainer.queries.webhook_payloads import of_certificate
from trainer.rules.badges import Claim, Issuer, credential, sign
from trainer.rules.certificates import (
    ALPHABET,
    SERIAL_LENGTH,
    STATE_AFTER,
    STEPS_FROM,
    CertificateKind,
    CertificateState,
    CertificateStep,
    months_after,
)
from trainer.rules.decisions import CONFIRMS
from trainer.rules.webhooks import Event


class NotNow(Exception):
    """The certificate is in no state for that step."""


class ReasonMissing(ValueError):
    """Nobody loses a certificate without a reason."""


@dataclass(frozen=True)
class Ground:
    """What a certificate says, and what it rests on."""

    kind: CertificateKind
    about: str
    title: str
    title_en: str
    criteria: str
    decision: Decision | None = None
    attempt: Attempt | None = None


@transaction.atomic
def follow_decision(*, decision: Decision, at: datetime) -> Certificate | None:
    """Certify who was confirmed; what an overturned confirmation had given is revoked. Safe to repeat."""
    learner = decision.employment.user
    standing = Certificate.objects.standing().filter(holder=learner, kind=CertificateKind.CONFIRMATION)
    if decision.kind not in CONFIRMS:
        _revoke(standing, _("转正结论改了"), at)
        return None
    version = decision.packet.get("plan", {}) if isinstance(decision.packet, dict) else {}
    with override("zh-hans"):
        title, criteria = _("客服上岗证书"), _("达到转正方案的全部要求，由主管署名确认转正。")
    ground = Ground(
        CertificateKind.CONFIRMATION, str(version.get("slug") or "confirmation")[:80], title,
        "Customer service agent, confirmed", criteria, decision=decision,
    )  # fmt: skip
    return _issue(learner, ground, at)


@transaction.atomic
def follow_exam(*, attempt: Attempt, at: datetime) -> Certificate | None:
    """Certify who passed the gate of a product or the exam of one platform; revoke when a new mark takes the pass.

    Safe to repeat: a certificate that stands is given back as it is.
    """
    if attempt.blueprint is None or attempt.passed is None:
        return None
    if not attempt.passed:
        _revoke(Certificate.objects.standing().filter(attempt=attempt), _("重新判分以后没有通过"), at)
        return None
    ground = _ground_of(attempt, attempt.blueprint)
    return _issue(attempt.learner, ground, at) if ground else None


def _ground_of(attempt: Attempt, blueprint: Blueprint) -> Ground | None:
    product = Product.objects.filter(blueprint=blueprint).first()
    with override("zh-hans"):
        criteria = _("通过“%(exam)s”。") % {"exam": blueprint.title}
        if product:
            title = _("%(product)s 接待资格") % {"product": product.name}
            return Ground(
                CertificateKind.PRODUCT, product.sku, title, f"May serve: {product.name}", criteria, attempt=attempt
            )
        platform = platform_of(blueprint)
        if platform is None:
            return None
        title = _("%(platform)s平台规则") % {"platform": LABELS[platform]}
    name = str(platform).capitalize()
    return Ground(CertificateKind.PLATFORM, platform, title, f"Platform rules: {name}", criteria, attempt=attempt)


def platform_of(blueprint: Blueprint) -> Platform | None:
    """The one platform that an exam is about; ``None`` for one that is about several, or about none in particular."""
    asked = {name for section in blueprint.sections.all() for name in section.platforms}
    asked.discard(Platform.ALL)
    return Platform(asked.pop()) if len(asked) == 1 else None


def _issue(holder, ground: Ground, at: datetime) -> Certificate:
    there = Certificate.objects.standing().filter(holder=holder, kind=ground.kind, about=ground.about).first()
    if there and not there.expired(timezone.localdate(at)):
        return there
    if there:  # the old one has run out: a new one takes its place
        _revoke([there], _("到期，换了新证"), at)
    serial = "".join(secrets.choice(ALPHABET) for _place in range(SERIAL_LENGTH))
    until = months_after(timezone.localdate(at), settings.CERTIFICATE_MONTHS)
    ends_at = timezone.make_aware(datetime.combine(until, datetime.min.time()))
    claim = Claim(serial, str(holder), ground.title, ground.criteria, f"{ground.kind}/{ground.about}", at, ends_at)
    token = sign(credential(claim, Issuer(settings.SITE_URL, settings.SITE_NAME)), badge_key())
    try:
        with transaction.atomic():
            certificate = Certificate.objects.create(
                serial=serial, holder=holder, name=str(holder)[:40], kind=ground.kind, about=ground.about,
                title=ground.title, title_en=ground.title_en, decision=ground.decision, attempt=ground.attempt,
                issued_at=at, valid_until=until, credential=token,
            )  # fmt: skip
    except IntegrityError:  # issued in the same moment by somebody else
        return Certificate.objects.standing().get(holder=holder, kind=ground.kind, about=ground.about)
    CertificateEvent.objects.create(certificate=certificate, step=CertificateStep.ISSUED, at=at)
    _tell(certificate, CertificateStep.ISSUED, "", at)
    return certificate


@transaction.atomic
def take_step(*, certificate_id: int, step: CertificateStep, reason: str, by, at: datetime) -> Certificate:
    """Suspend, reinstate or revoke. The same step twice is one. Raises ``NotNow``, ``ReasonMissing``."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
    after = STATE_AFTER[step]
    if certificate.state == after:
        return certificate
    if step not in STEPS_FROM[CertificateState(certificate.state)]:
        raise NotNow
    reason = reason.strip()[:300]
    if not reason and step is not CertificateStep.REINSTATED:
        raise ReasonMissing
    certificate.state = after
    certificate.save(update_fields=["state"])
    CertificateEvent.objects.create(certificate=certificate, step=step, reason=reason, by=by, at=at)
    target = f"certificate:{certificate.serial}"
    AuditEntry.objects.create(at=at, by=by, action=f"certificate_{step}", target=target, detail={"reason": reason})
    _tell(certificate, step, reason, at)
    return certificate


def _revoke(certificates: Iterable[Certificate], reason: str, at: datetime) -> None:
    for certificate in certificates:
        take_step(certificate_id=certificate.pk, step=CertificateStep.REVOKED, reason=reason, by=None, at=at)


def follow_rechecks(*, at: datetime) -> int:
    """Suspend what rests on a rule whose re-check is overdue, and reinstate what no longer does; how many moved."""
    behind = overdue_behind(timezone.localdate(at))
    moved = 0
    for certificate in Certificate.objects.filter(state=CertificateState.VALID, pk__in=behind):
        take_step(
            certificate_id=certificate.pk, step=CertificateStep.SUSPENDED, reason=behind[certificate.pk], by=None, at=at
        )
        moved += 1
    newest = CertificateEvent.objects.filter(certificate=OuterRef("pk")).order_by("-at", "-pk")
    suspended = Certificate.objects.filter(state=CertificateState.SUSPENDED).exclude(pk__in=behind)
    by_rule = suspended.annotate(by=Subquery(newest.values("by")[:1])).filter(by=None)  # not by a person
    for certificate in by_rule:
        take_step(certificate_id=certificate.pk, step=CertificateStep.REINSTATED, reason="", by=None, at=at)
        moved += 1
    return moved


def _tell(certificate: Certificate, step: CertificateStep, reason: str, at: datetime) -> None:
    notify(
        people=[certificate.holder_id],
        key=f"certificate:{certificate.pk}:{step}:{at:%Y%m%d%H%M%S}",
        code=f"certificate_{step}",
        params={"title": certificate.title, "reason": reason},
        url=reverse("trainer:certificate", args=[certificate.serial]),
        at=at,
    )
    event = Event.CERTIFICATE_ISSUED if step is CertificateStep.ISSUED else Event.CERTIFICATE_CHANGED
    emit(event=event, payload=of_certificate(certificate), at=at)
