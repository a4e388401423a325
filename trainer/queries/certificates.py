"""Certificates as pages show them, and what stands behind them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trainer.models import Certificate, CertificateEvent, Product, Recheck
from trainer.rules.certificates import CertificateKind, CertificateState


@dataclass(frozen=True)
class Verified:
    """What a stranger is told: nothing personal but the name and what was certified."""

    certificate: Certificate
    state: CertificateState
    expired: bool
    events: tuple[CertificateEvent, ...]

    @property
    def holds(self) -> bool:
        return self.state is CertificateState.VALID and not self.expired


def verified(serial: str, *, on: date) -> Verified | None:
    """The certificate with this serial as a stranger may see it on a day. Two queries."""
    certificate = Certificate.objects.filter(serial=serial).first()
    if certificate is None:
        return None
    events = tuple(certificate.events.order_by("-at", "-pk"))
    return Verified(certificate, CertificateState(certificate.state), certificate.expired(on), events)


class CertificateSort(StrEnum):
    NEWEST = "newest"
    ENDING = "ending"
    NAME = "name"


ORDERS = {
    CertificateSort.NEWEST: ("-issued_at", "-pk"),
    CertificateSort.ENDING: ("valid_until", "pk"),
    CertificateSort.NAME: ("name", "pk"),
}


def certificates(
    reach: QuerySet, *, q: str = "", kind: str = "", state: str = "", sort: CertificateSort = CertificateSort.NEWEST
) -> QuerySet[Certificate]:
    """Those of the people in ``reach``."""
    found = Certificate.objects.filter(holder__in=reach).select_related("holder__employment__team")
    if q:
        found = found.filter(Q(name__icontains=q) | Q(title__icontains=q) | Q(serial__istartswith=q.replace("-", "")))
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    return found.order_by(*ORDERS[sort])


def overdue_behind(on: date) -> dict[int, str]:
    """By certificate that stands, why it may not be relied on: a rule behind it changed and the re-check is overdue.

    A product's rests on its lesson, a platform's on its exam, a confirmation on every exam of the person that a
    re-check names. Three queries.
    """
    overdue: dict[int, list[Recheck]] = defaultdict(list)
    rows = Recheck.objects.overdue(on).select_related("version").prefetch_related("grounds")
    for recheck in rows.order_by("due_on", "pk"):
        overdue[recheck.learner_id].append(recheck)
    lessons = dict(Product.objects.values_list("sku", "lesson"))
    found = {}
    for certificate in Certificate.objects.standing().filter(holder__in=overdue):
        for recheck in overdue[certificate.holder_id]:
            if _rests_on(certificate, recheck, lessons):
                told = _("《%(lesson)s》的规则变了，复查过期没有做；做完复查就恢复。")
                found[certificate.pk] = told % {"lesson": recheck.version}
                break
    return found


def _rests_on(certificate: Certificate, recheck: Recheck, lessons: dict[str, int]) -> bool:
    grounds = [attempt.pk for attempt in recheck.grounds.all()]
    if certificate.kind == CertificateKind.CONFIRMATION:
        return bool(grounds)
    if certificate.kind == CertificateKind.PRODUCT and lessons.get(certificate.about) == recheck.version.lesson_id:
        return True
    return certificate.attempt_id in grounds
