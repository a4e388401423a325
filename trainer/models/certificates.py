from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.models import Attempt
from quizzes.models.questions import WrittenOnce
from trainer.models.decisions import Decision
from trainer.models.labels import certificate_choices
from trainer.rules.certificates import CertificateKind, CertificateState, CertificateStep, shown_serial


class CertificateQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not revoked."""
        return self.exclude(state=CertificateState.REVOKED)


class Certificate(models.Model):
    """What somebody was certified for. What it says is frozen; ``state`` repeats the newest of its steps.

    ``about`` is a plan, a platform or a SKU by kind. It rests on a decision or on a passed exam. ``credential`` is the
    signed Open Badge.
    """

    serial = models.CharField(_("编号"), max_length=16, unique=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates", verbose_name=_("持证人")
    )
    name = models.CharField(_("姓名"), max_length=40)
    kind = models.CharField(_("种类"), max_length=12, choices=certificate_choices(CertificateKind))
    about = models.CharField(_("证明什么"), max_length=80)
    title = models.CharField(_("名称"), max_length=80)
    title_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name=_("转正结论")
    )
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name=_("考试")
    )
    issued_at = models.DateTimeField(_("颁发时间"))
    valid_until = models.DateField(_("有效期至"))
    state = models.CharField(
        _("状态"), max_length=10, choices=certificate_choices(CertificateState), default=CertificateState.VALID
    )
    credential = models.TextField(_("电子凭证"))

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("证书")
        verbose_name_plural = _("证书")
        ordering = ["-issued_at", "-pk"]
        permissions = [("revoke_certificate", _("吊销证书"))]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "kind", "about"],
                condition=~Q(state=CertificateState.REVOKED),
                name="certificate_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=False, attempt=None) | Q(decision=None, attempt__isnull=False),
                name="certificate_rests_on_one_thing",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def number(self) -> str:
        return shown_serial(self.serial)

    def expired(self, on=None) -> bool:
        return self.valid_until <= (on or timezone.localdate())


class CertificateEvent(WrittenOnce):
    """One step in the life of a certificate. ``by`` is nobody where the rules did it."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events", verbose_name=_("证书"))
    step = models.CharField(_("发生了什么"), max_length=10, choices=certificate_choices(CertificateStep))
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("操作人")
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("证书记录")
        verbose_name_plural = _("证书记录")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step__in=[CertificateStep.REVOKED, CertificateStep.SUSPENDED]) | ~Q(reason=""),
                name="certificate_is_not_taken_without_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.certificate_id} {self.step}"
